//! `cargo xtask run` and `cargo xtask dev`: the console, with a cluster behind it.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::cluster::{Cluster, Timing, free_ports};
use crate::console::Console;
use crate::progress::tell;
use crate::project::Project;
use crate::scene::{self, Scene};
use crate::{cli, interrupt, release, setup};

/// Which cluster the console is for. Naming none starts a local one, for which Go is needed.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Use the cluster of this file and start none
    #[arg(long, value_name = "FILE")]
    kubeconfig: Option<PathBuf>,
    /// Use this context and start no cluster
    #[arg(long, value_name = "NAME")]
    context: Option<String>,
    /// What a local cluster is filled with
    #[arg(long, value_enum, default_value = "believable")]
    scene: Scene,
    /// The port on loopback; without it, a free one
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Install Debian packages that are missing without asking
    #[arg(long)]
    yes: bool,
}

impl Options {
    fn names_a_cluster(&self) -> bool {
        let exported = std::env::var_os("KUBECONFIG").is_some_and(|value| !value.is_empty());
        self.kubeconfig.is_some() || self.context.is_some() || exported
    }

    fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port.unwrap_or(0))
    }
}

/// A local cluster that goes when this does.
struct Local {
    cluster: Cluster,
    _claim: File,
}

impl Local {
    /// The first of `run`, `run-2`, ... that no other command has.
    fn start(project: &Project, scene: Scene) -> Result<Self> {
        for number in 1..100 {
            let name = if number == 1 {
                "run".to_owned()
            } else {
                format!("run-{number}")
            };
            let cluster = Cluster::named(project, &name)?;
            if let Some(claim) = cluster.claim()? {
                let local = Self {
                    cluster,
                    _claim: claim,
                };
                cli::bring_up(project, &local.cluster, &Timing::default())?;
                scene::fill(project, &local.cluster, scene)?;
                return Ok(local);
            }
        }
        bail!("a hundred local clusters run already")
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        if let Err(error) = self.cluster.down() {
            eprintln!("✗ stopping cluster {}: {error:#}", self.cluster.name());
        }
    }
}

/// Sets up, builds, starts, prints the URL, and stops all of it on Ctrl-C.
pub(crate) fn run(project: &mut Project, options: &Options) -> Result<ExitCode> {
    let local = !options.names_a_cluster();
    if local {
        // First, because it may say that Go is missing: better now than after the build.
        setup::controlplane::programs(project)?;
    }
    setup::build(project, options.yes)?;
    let binary = release::build(project)?;
    interrupt::catch()?;
    let local = if local {
        Some(Local::start(project, options.scene)?)
    } else {
        None
    };

    let mut args: Vec<OsString> = vec!["--listen".into(), options.address().into()];
    let kubeconfig = local
        .as_ref()
        .map(|local| local.cluster.kubeconfig("admin"))
        .or(options.kubeconfig.clone());
    if let Some(file) = kubeconfig {
        args.extend(["--kubeconfig".into(), file.into()]);
    }
    if let Some(context) = &options.context {
        args.extend(["--context".into(), context.into()]);
    }
    let console = Console::start(&binary, &args)?;
    tell!("\nOrdinal is ready: {}\n", console.url);
    tell!(
        "Ctrl-C stops it{}.",
        if local.is_some() { " and its cluster" } else { "" }
    );
    let status = console.wait()?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A session that outlives the servers of one edit loop.
fn secret() -> Result<String> {
    let mut bytes = [0_u8; 32];
    File::open("/dev/urandom")
        .and_then(|mut random| random.read_exact(&mut bytes))
        .context("random numbers")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The edit loop: rebuilt on every save, and the page reloaded when the new server answers its socket.
pub(crate) fn dev(project: &mut Project, options: &Options) -> Result<ExitCode> {
    setup::build(project, options.yes)?;
    setup::editor::into_site(project)?;
    interrupt::catch()?;
    let local = if options.names_a_cluster() {
        None
    } else {
        Some(Local::start(project, options.scene)?)
    };
    // cargo-leptos wants to know where the server listens, to tell the browser when it is back.
    let [free, reload] = free_ports()?;
    let address = format!("127.0.0.1:{}", options.port.unwrap_or(free));
    let mut cargo = project.cargo();
    cargo
        .args(["leptos", "watch", "--split"])
        .env("LEPTOS_SITE_ADDR", &address)
        .env("LEPTOS_RELOAD_PORT", reload.to_string())
        .env("ORDINAL_LISTEN", &address)
        .env("ORDINAL_SITE_ROOT", project.dir("target/site"))
        .env("ORDINAL_DEV_SESSION", secret()?);
    if let Some(file) = local
        .as_ref()
        .map(|local| local.cluster.kubeconfig("admin"))
        .or(options.kubeconfig.clone())
    {
        cargo.env("KUBECONFIG", file);
    }
    if let Some(context) = &options.context {
        cargo.env("ORDINAL_CONTEXT", context);
    }
    let status = interrupt::wait(cargo.spawn().context("starting cargo leptos watch")?)?;
    Ok(if status.success() || interrupt::asked() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
