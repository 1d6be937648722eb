//! The commands and their flags.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::cluster::{Cluster, Timing, Up};
use crate::progress::{step, tell};
use crate::project::Project;
use crate::scene::{self, Scene};
use crate::{bench, chart, dist, image, release, run, setup, test, tools};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "The project's own commands",
    disable_help_subcommand = true
)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the console, start it, and a local control plane where no cluster is named
    Run(run::Options),
    /// The edit loop: rebuild and reload on every save
    Dev(run::Options),
    /// Lints, unit tests and browser tests against a real control plane
    Test(test::Options),
    /// Build the console
    Build {
        /// One binary with the site inside, at target/dist/ordinal
        #[arg(long)]
        release: bool,
        /// Install Debian packages that are missing without asking
        #[arg(long)]
        yes: bool,
    },
    /// Take the README's pictures from the running product
    Pictures {
        /// Install Debian packages that are missing without asking
        #[arg(long)]
        yes: bool,
    },
    /// Measure, and write docs/benchmarks.md
    Bench(bench::Options),
    /// Build the image: one static binary, as an OCI archive below target/dist
    Image(image::Options),
    /// Make what a release offers for download: archive, Debian package, checksums, plugin manifest
    Dist(dist::Options),
    /// Test the Helm chart in deploy/chart
    Chart(chart::Options),
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
        /// What it is filled with
        #[arg(long, value_enum, default_value = "none")]
        scene: Scene,
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
    let mut project = Project::find()?;
    match cli.command {
        Task::Run(options) => return run::run(&mut project, &options),
        Task::Dev(options) => return run::dev(&mut project, &options),
        Task::Test(options) => return test::run(&mut project, &options),
        Task::Build { release, yes } => build(&mut project, release, yes)?,
        Task::Pictures { yes } => tools::pictures(&mut project, yes)?,
        Task::Bench(options) => bench::run(&mut project, &options)?,
        Task::Image(options) => image::run(&mut project, &options)?,
        Task::Dist(options) => dist::run(&mut project, &options)?,
        Task::Chart(options) => chart::run(&project, &options)?,
        Task::Cluster(task) => cluster(&project, task)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn build(project: &mut Project, release: bool, yes: bool) -> Result<()> {
    setup::build(project, yes)?;
    if release {
        tell!("{}", release::build(project)?.display());
        return Ok(());
    }
    step("debug build", |step| {
        step.run(project.cargo().args(["leptos", "build", "--split"]))?;
        Ok(((), "built"))
    })
}

fn cluster(project: &Project, task: ClusterTask) -> Result<()> {
    match task {
        ClusterTask::Up { name, timing, scene } => {
            let cluster = Cluster::named(project, &name)?;
            bring_up(project, &cluster, &timing)?;
            scene::fill(project, &cluster, scene)?;
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
    step("control plane", |_| {
        match cluster.up(project, &binaries, timing)? {
            Up::Started => Ok(((), "started")),
            Up::Found => Ok(((), "running")),
        }
    })
}

fn summary(cluster: &Cluster) {
    let state = cluster.state().display();
    tell!("export KUBECONFIG={state}/admin.kubeconfig");
    tell!(
        "# alice: admin.kubeconfig · bob (edit in team-a): bob.kubeconfig · carol (view): carol.kubeconfig · dave (nothing): dave.kubeconfig"
    );
    tell!("# kubectl: {state}/bin/kubectl");
}

fn status(cluster: &Cluster) {
    let word = if cluster.healthy() { "up" } else { "down" };
    tell!("{} {word}", cluster.name());
    for (name, pid, alive) in cluster.processes() {
        tell!(
            "  {name:<12} {pid:>8} {}",
            if alive { "running" } else { "ended" }
        );
    }
}
