//! Flags, environment and file: what the console is told, and what it refuses to be told.
mod check;
mod file;
mod report;

use crate::{prometheus::Prometheus, tls::Certificate};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::{net::SocketAddr, path::PathBuf};

pub use check::Public;
pub use file::arguments;
pub use report::checked;

/// Ordinal, a web console for Kubernetes StatefulSets.
#[derive(Clone, Debug, Parser)]
#[command(name = "ordinal", version)]
pub struct Config {
    #[command(subcommand)]
    pub command: Option<Command>,

    /// A file with further flags, one `name = value` a line (TOML); what is a flag or a variable goes before it.
    #[arg(long, env = "ORDINAL_CONFIG", value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,

    /// Changes nothing in the cluster, whatever your rights are: every write is refused.
    #[arg(long, env = "ORDINAL_READ_ONLY")]
    pub read_only: bool,

    #[command(flatten)]
    pub measurements: Measurements,

    #[command(flatten)]
    pub cluster: Cluster,

    #[command(flatten)]
    pub address: Address,

    #[command(flatten)]
    pub people: People,

    /// The folder of the built site; the release binary brings its own.
    #[arg(long, env = "ORDINAL_SITE_ROOT", value_name = "DIR")]
    pub site_root: Option<PathBuf>,

    /// No terminals: nothing is started in a container.
    #[arg(long, env = "ORDINAL_NO_EXEC")]
    pub no_exec: bool,

    /// Seconds after which a terminal ends in which nothing was typed.
    #[arg(long, env = "ORDINAL_TERMINAL_IDLE", value_name = "SECONDS", default_value_t = 1800, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub terminal_idle: u64,

    /// Seconds after which every terminal ends.
    #[arg(long, env = "ORDINAL_TERMINAL_LIMIT", value_name = "SECONDS", default_value_t = 28_800, value_parser = clap::value_parser!(u64).range(1..=604_800))]
    pub terminal_limit: u64,

    /// The image of debug containers, unless somebody names another.
    #[arg(
        long,
        env = "ORDINAL_DEBUG_IMAGE",
        value_name = "IMAGE",
        default_value = "busybox:1.37",
        value_parser = image
    )]
    pub debug_image: String,

    /// How logs are written to standard error. RUST_LOG filters them.
    #[arg(long, env = "ORDINAL_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
}

/// The image of a container, as it is typed.
fn image(typed: &str) -> Result<String, String> {
    let image = app::model::pod::debug::image(typed);
    image
        .map(str::to_owned)
        .ok_or_else(|| "an image is wanted, such as busybox:1.37".to_owned())
}

/// Who keeps what was measured.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Measurements")]
pub struct Measurements {
    /// A Prometheus that scrapes the kubelets: how full volumes are, and were. It is asked only about claims that the person
    /// may read.
    #[arg(long, env = "ORDINAL_PROMETHEUS_URL", value_name = "URL")]
    pub prometheus_url: Option<String>,

    /// The file of a bearer token for it.
    #[arg(
        long,
        env = "ORDINAL_PROMETHEUS_TOKEN_FILE",
        value_name = "FILE",
        requires = "prometheus_url"
    )]
    pub prometheus_token: Option<PathBuf>,

    /// Its certificate authority, PEM, where it is none that everybody trusts.
    #[arg(
        long,
        env = "ORDINAL_PROMETHEUS_CA",
        value_name = "FILE",
        requires = "prometheus_url"
    )]
    pub prometheus_ca: Option<PathBuf>,
}

impl Measurements {
    /// The Prometheus that is told, if one is.
    ///
    /// # Errors
    /// It has no address that can be one, or a file cannot be read.
    pub fn prometheus(&self) -> anyhow::Result<Option<Prometheus>> {
        let of = |url: &String| {
            Prometheus::of(
                url,
                self.prometheus_token.as_deref(),
                self.prometheus_ca.as_deref(),
            )
        };
        self.prometheus_url.as_ref().map(of).transpose()
    }
}

/// Where the API server is.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "The cluster")]
pub struct Cluster {
    /// The kubeconfig that names the cluster, and with --auth kubeconfig the rights; without it KUBECONFIG, then
    /// ~/.kube/config.
    #[arg(long, value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,

    /// The context of the kubeconfig; without it, the current one.
    #[arg(long, env = "ORDINAL_CONTEXT", value_name = "NAME")]
    pub context: Option<String>,

    /// The API server of the cluster that the console runs in. The pod's own identity is never used.
    #[arg(long, env = "ORDINAL_IN_CLUSTER", conflicts_with_all = ["kubeconfig", "context", "api_server"])]
    pub in_cluster: bool,

    /// The address of the API server, in the place of a kubeconfig.
    #[arg(long, env = "ORDINAL_API_SERVER", value_name = "URL", conflicts_with_all = ["kubeconfig", "context"])]
    pub api_server: Option<String>,

    /// The certificate authority of the API server, PEM. In a cluster: ConfigMap `kube-root-ca.crt`.
    #[arg(long, env = "ORDINAL_CLUSTER_CA", value_name = "FILE")]
    pub cluster_ca: Option<PathBuf>,

    /// What the cluster is called on the pages, where no kubeconfig names it.
    #[arg(
        long,
        env = "ORDINAL_CLUSTER_NAME",
        value_name = "NAME",
        default_value = "kubernetes"
    )]
    pub cluster_name: String,

    /// Seconds until a call to the cluster counts as unanswered.
    #[arg(long, env = "ORDINAL_CLUSTER_TIMEOUT", value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=300))]
    pub cluster_timeout: u64,
}

/// Where the console is.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "The address")]
pub struct Address {
    /// Where to listen. Port 0 takes a free one. Other than loopback addresses need --auth and --public-url.
    #[arg(
        long,
        env = "ORDINAL_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:0"
    )]
    pub listen: SocketAddr,

    /// The address that people open, where it is another than --listen: `https://ordinal.example.org`.
    #[arg(long, env = "ORDINAL_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,

    /// The certificate chain to serve TLS with, PEM. It is read again when it was renewed.
    #[arg(long, env = "ORDINAL_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,

    /// The private key of the certificate, PEM.
    #[arg(long, env = "ORDINAL_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,

    /// Where /metrics is served to whoever reaches the port. Without it, only to who is signed in.
    #[arg(long, env = "ORDINAL_METRICS_LISTEN", value_name = "ADDRESS:PORT")]
    pub metrics_listen: Option<SocketAddr>,
}

impl Address {
    /// What TLS is served with, if it is.
    pub fn certificate(&self) -> Option<Certificate> {
        let (chain, key) = (self.tls_cert.clone()?, self.tls_key.clone()?);
        Some(Certificate::new(chain, key))
    }
}

/// Who may come, and how they say who they are.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Signing in")]
pub struct People {
    /// Who one is: `kubeconfig` (everybody who opens the printed link has its rights), `token` (each pastes a token of the
    /// cluster), `oidc` (an OpenID Connect issuer that the cluster trusts).
    #[arg(long, env = "ORDINAL_AUTH", value_enum, default_value_t = Auth::Kubeconfig)]
    pub auth: Auth,

    /// Files of at least 32 random bytes that sessions are encrypted with: the first encrypts, all decrypt. Without one a
    /// restart signs everybody out, and only one replica can run.
    #[arg(
        long,
        env = "ORDINAL_SESSION_KEY_FILE",
        value_name = "FILE,…",
        value_delimiter = ','
    )]
    pub session_key: Vec<PathBuf>,

    /// The issuer, as it names itself.
    #[arg(
        long,
        env = "ORDINAL_OIDC_ISSUER",
        value_name = "URL",
        required_if_eq("auth", "oidc")
    )]
    pub oidc_issuer: Option<String>,

    /// What the issuer calls this console.
    #[arg(
        long,
        env = "ORDINAL_OIDC_CLIENT_ID",
        value_name = "ID",
        required_if_eq("auth", "oidc")
    )]
    pub oidc_client_id: Option<String>,

    /// The file of the client's secret; a public client has none.
    #[arg(long, env = "ORDINAL_OIDC_CLIENT_SECRET_FILE", value_name = "FILE")]
    pub oidc_client_secret: Option<PathBuf>,

    /// What is asked for besides `openid`, separated by spaces.
    #[arg(
        long,
        env = "ORDINAL_OIDC_SCOPES",
        value_name = "SCOPE …",
        value_delimiter = ' ',
        default_value = "email profile groups offline_access"
    )]
    pub oidc_scopes: Vec<String>,

    /// The certificate authority of the issuer, PEM, where it is none that everybody trusts.
    #[arg(long, env = "ORDINAL_OIDC_CA", value_name = "FILE")]
    pub oidc_ca: Option<PathBuf>,
}

/// What `ordinal` does besides serving.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// What the console was told, and whether it can be.
    Config {
        #[command(subcommand)]
        what: ConfigCommand,
    },
}

/// What can be done with what the console was told.
#[derive(Clone, Debug, Subcommand)]
pub enum ConfigCommand {
    /// Says what is wrong with it and what it means, and asks the API server and the issuer.
    Check,
}

/// How people say who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Auth {
    Kubeconfig,
    Token,
    Oidc,
}

/// The form of the logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}
