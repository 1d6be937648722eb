//! Flags and environment.
use clap::{Parser, ValueEnum};
use std::{net::SocketAddr, path::PathBuf};

/// Ordinal, a web console for Kubernetes StatefulSets.
#[derive(Clone, Debug, Parser)]
#[command(name = "ordinal", version)]
pub struct Config {
    /// The kubeconfig whose rights the console has; without it KUBECONFIG, then ~/.kube/config.
    #[arg(long, value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,

    /// The context of the kubeconfig; without it, the current one.
    #[arg(long, env = "ORDINAL_CONTEXT", value_name = "NAME")]
    pub context: Option<String>,

    /// Changes nothing in the cluster, whatever your rights are: every write is refused.
    #[arg(long, env = "ORDINAL_READ_ONLY")]
    pub read_only: bool,

    /// Where to listen. Port 0 takes a free one. Only loopback addresses: nobody signs in yet, and the console has
    /// the rights of your kubeconfig.
    #[arg(
        long,
        env = "ORDINAL_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:0"
    )]
    pub listen: SocketAddr,

    /// The folder of the built site; the release binary brings its own.
    #[arg(long, env = "ORDINAL_SITE_ROOT", value_name = "DIR")]
    pub site_root: Option<PathBuf>,

    /// Seconds until a call to the cluster counts as unanswered.
    #[arg(long, env = "ORDINAL_CLUSTER_TIMEOUT", value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=300))]
    pub cluster_timeout: u64,

    /// No terminals: nothing is started in a container.
    #[arg(long, env = "ORDINAL_NO_EXEC")]
    pub no_exec: bool,

    /// Seconds after which a terminal ends in which nothing was typed.
    #[arg(long, env = "ORDINAL_TERMINAL_IDLE", value_name = "SECONDS", default_value_t = 1800, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub terminal_idle: u64,

    /// Seconds after which every terminal ends.
    #[arg(long, env = "ORDINAL_TERMINAL_LIMIT", value_name = "SECONDS", default_value_t = 28_800, value_parser = clap::value_parser!(u64).range(1..=604_800))]
    pub terminal_limit: u64,

    /// How logs are written to standard error. RUST_LOG filters them.
    #[arg(long, env = "ORDINAL_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
}

/// The form of the logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

impl Config {
    /// Refuses what would open somebody's cluster to others.
    ///
    /// # Errors
    /// A sentence that says what to write instead.
    pub fn check(&self) -> Result<(), String> {
        if self.listen.ip().is_loopback() {
            return Ok(());
        }
        Err(format!(
            "--listen {}: refused, because nobody signs in yet and everybody who reaches this address would have \
             the rights of your kubeconfig. Write --listen 127.0.0.1:{} and reach it from elsewhere through \
             `ssh -L`.",
            self.listen,
            self.listen.port()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Config {
        Config::parse_from([&["ordinal"], arguments].concat())
    }

    #[test]
    fn only_loopback_is_listened_on() {
        assert!(parsed(&[]).check().is_ok());
        assert!(parsed(&["--listen", "[::1]:80"]).check().is_ok());
        for open in ["0.0.0.0:8080", "192.168.1.2:80", "[::]:80"] {
            let said = parsed(&["--listen", open]).check().expect_err("must be refused");
            assert!(said.contains("--listen 127.0.0.1:"), "{said}");
        }
    }
}
