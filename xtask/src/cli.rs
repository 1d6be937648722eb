//! The commands and their flags.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::cluster::{Cluster, Timing, Up};
use crate::progress::step;
use crate::project::Project;
use crate::setup;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own commands", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// A real local control plane with simulated nodes
    #[command(subcommand)]
    Cluster(ClusterTask),
}

#[derive(Subcommand)]
enum ClusterTask {
    /// Start it, unless it runs
    Up {
        #[arg(long, default_value = "local")]
        name: String,
        #[command(flatten)]
        timing: Timing,
    },
    /// Stop it and remove its state
    Down {
        #[arg(long, default_value = "local")]
        name: String,
    },
    /// Tell what runs
    Status {
        /// This one only
        #[arg(long)]
        name: Option<String>,
    },
}

/// Does what the command line says.
pub(crate) fn run() -> Result<ExitCode> {
    let cli = Cli::parse();
    let project = Project::find()?;
    match cli.command {
        Task::Cluster(task) => cluster(&project, task)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn cluster(project: &Project, task: ClusterTask) -> Result<()> {
    match task {
        ClusterTask::Up { name, timing } => {
            let cluster = Cluster::named(project, &name)?;
            bring_up(project, &cluster, &timing)?;
            summary(&cluster);
        }
        ClusterTask::Down { name } => {
            Cluster::named(project, &name)?.down()?;
            eprintln!("✓ cluster {name} is down");
        }
        ClusterTask::Status { name: Some(name) } => status(&Cluster::named(project, &name)?),
        ClusterTask::Status { name: None } => Cluster::all(project)?.iter().for_each(status),
    }
    Ok(())
}

/// Finds or builds the binaries, finds or starts the cluster, and tells both steps.
pub(crate) fn bring_up(project: &Project, cluster: &Cluster, timing: &Timing) -> Result<()> {
    let binaries = setup::controlplane::programs(project)?;
    step("control plane", |_| match cluster.up(project, &binaries, timing)? {
        Up::Started => Ok(((), "started")),
        Up::Found => Ok(((), "running")),
    })
}

fn summary(cluster: &Cluster) {
    let state = cluster.state().display();
    println!("export KUBECONFIG={state}/admin.kubeconfig");
    println!("# alice: admin.kubeconfig · bob (edit in team-a): bob.kubeconfig · carol (view): carol.kubeconfig · dave (nothing): dave.kubeconfig");
    println!("# kubectl: {state}/bin/kubectl");
}

fn status(cluster: &Cluster) {
    let word = if cluster.healthy() { "up" } else { "down" };
    println!("{} {word}", cluster.name());
    for (name, pid, alive) in cluster.processes() {
        println!("  {name:<12} {pid:>8} {}", if alive { "running" } else { "ended" });
    }
}
