//! A real control plane on loopback, with simulated nodes: started, found again, stopped.

mod kwok;
mod pki;
mod process;
mod servers;

use std::fs::{self, File, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::interrupt;
use crate::project::Project;
use process::Process;

/// How quickly a cluster notices that a node is lost: tests of that cannot wait for the usual minutes.
#[derive(Args, Clone, Debug)]
pub(crate) struct Timing {
    /// How long a node may be silent before it counts as lost
    #[arg(long, default_value = "50s")]
    node_grace: String,
    /// How long pods stay on a lost node before they are told to go, in seconds
    #[arg(long, default_value_t = 300)]
    tolerate: u32,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            node_grace: "50s".to_owned(),
            tolerate: 300,
        }
    }
}

/// One cluster by name; its state is `target/cluster/NAME`.
pub(crate) struct Cluster {
    name: String,
    state: PathBuf,
}

/// Whether `up` had to start anything.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Up {
    Started,
    Found,
}

impl Cluster {
    /// A cluster of this clone; it need not run.
    pub(crate) fn named(project: &Project, name: &str) -> Result<Self> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || !name.chars().all(plain) {
            bail!(
                "a cluster's name has lower-case letters, digits and dashes, as in `local` or `run-2`: not {name:?}"
            );
        }
        Ok(Self {
            name: name.to_owned(),
            state: project.dir("target/cluster").join(name),
        })
    }

    /// All clusters that this clone has state of.
    pub(crate) fn all(project: &Project) -> Result<Vec<Self>> {
        let entries = fs::read_dir(project.dir("target/cluster"))
            .into_iter()
            .flatten()
            .flatten();
        let mut names: Vec<_> = entries
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names.iter().map(|name| Self::named(project, name)).collect()
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The folder with kubeconfigs, logs and process records.
    pub(crate) fn state(&self) -> &Path {
        &self.state
    }

    /// The kubeconfig of `admin`, `bob`, `carol` or `dave`.
    pub(crate) fn kubeconfig(&self, who: &str) -> PathBuf {
        self.state.join(format!("{who}.kubeconfig"))
    }

    /// Host and port of its API server.
    pub(crate) fn address(&self) -> Result<(String, String)> {
        let text = fs::read_to_string(self.kubeconfig("admin"))?;
        let mut lines = text.lines().map(str::trim);
        let server = lines.find_map(|line| line.strip_prefix("server: https://"));
        let (host, port) = server
            .and_then(|server| server.split_once(':'))
            .context("no server")?;
        Ok((host.to_owned(), port.to_owned()))
    }

    /// kubectl as the administrator.
    pub(crate) fn kubectl(&self) -> Command {
        let mut command = Command::new(self.state.join("bin/kubectl"));
        command.arg("--kubeconfig").arg(self.kubeconfig("admin"));
        command
    }

    /// What runs of it: name, process id, alive or not.
    pub(crate) fn processes(&self) -> Vec<(String, i32, bool)> {
        self.recorded()
            .iter()
            .map(|process| (process.name(), process.pid(), process.alive()))
            .collect()
    }

    fn recorded(&self) -> Vec<Process> {
        Process::recorded(&self.state.join("run"))
    }

    /// Whether all of its processes live and the API server answers.
    pub(crate) fn healthy(&self) -> bool {
        let all = self.recorded();
        self.state.join("ready").exists() && !all.is_empty() && all.iter().all(Process::alive) && self.ready()
    }

    fn ready(&self) -> bool {
        let mut command = self.kubectl();
        command.args(["get", "--raw", "/readyz", "--request-timeout=2s"]);
        let status = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    }

    /// Claims the cluster for as long as the returned file lives; nothing if somebody else has it.
    pub(crate) fn claim(&self) -> Result<Option<File>> {
        let file = self.lock_file("owner")?;
        Ok(file.try_lock().is_ok().then_some(file))
    }

    fn lock_file(&self, what: &str) -> Result<File> {
        let parent = self.state.parent().context("a cluster's state has a parent")?;
        fs::create_dir_all(parent)?;
        Ok(File::create(parent.join(format!("{}.{what}.lock", self.name)))?)
    }

    /// Starts it unless it runs. What is left of one that does not is swept away first.
    pub(crate) fn up(&self, project: &Project, binaries: &Path, timing: &Timing) -> Result<Up> {
        let lock = self.lock_file("setup")?;
        lock.lock()?;
        if self.healthy() {
            return Ok(Up::Found);
        }
        let mut last = None;
        // A port that the system gave us can be gone before the server that should have it opens it.
        for _ in 0..3 {
            self.sweep()?;
            self.make_state(binaries)?;
            match servers::start(self, project, timing) {
                Ok(()) => {
                    fs::write(self.state.join("ready"), "")?;
                    return Ok(Up::Started);
                }
                Err(error) if self.lost_a_port() => last = Some(error),
                Err(error) => {
                    Process::stop(&self.recorded());
                    return Err(
                        error.context(format!("its logs are in {}", self.state.join("run").display()))
                    );
                }
            }
        }
        self.sweep()?;
        Err(last.context("no port could be had")?)
    }

    fn make_state(&self, binaries: &Path) -> Result<()> {
        fs::create_dir_all(self.state.join("run"))?;
        // Keys and logs are inside; only exec's folder must be reachable for its user `nobody`.
        fs::set_permissions(&self.state, Permissions::from_mode(0o711))?;
        fs::set_permissions(self.state.join("run"), Permissions::from_mode(0o700))?;
        std::os::unix::fs::symlink(binaries, self.state.join("bin"))?;
        Ok(())
    }

    fn lost_a_port(&self) -> bool {
        let logs = fs::read_dir(self.state.join("run"))
            .into_iter()
            .flatten()
            .flatten();
        logs.map(|entry| entry.path())
            .filter(|file| file.extension().is_some_and(|e| e == "log"))
            .any(|file| fs::read_to_string(file).is_ok_and(|text| text.contains("address already in use")))
    }

    fn sweep(&self) -> Result<()> {
        Process::stop(&self.recorded());
        if self.state.exists() {
            fs::remove_dir_all(&self.state).with_context(|| format!("removing {}", self.state.display()))?;
        }
        Ok(())
    }

    /// Stops every process of it and removes its state.
    pub(crate) fn down(&self) -> Result<()> {
        let lock = self.lock_file("setup")?;
        lock.lock()?;
        self.sweep()
    }

    /// Waits for `what` by asking again and again; ends early when a server of the cluster died.
    pub(crate) fn wait(&self, what: &str, patience: Duration, mut done: impl FnMut() -> bool) -> Result<()> {
        let start = Instant::now();
        while !done() {
            if let Some(dead) = self.recorded().iter().find(|process| !process.alive()) {
                let log = self.state.join(format!("run/{}.log", dead.name()));
                let text = fs::read_to_string(log).unwrap_or_default();
                let tail: Vec<_> = text.lines().rev().take(5).collect();
                bail!(
                    "{} ended while waiting for {what}:\n{}",
                    dead.name(),
                    tail.into_iter().rev().collect::<Vec<_>>().join("\n")
                );
            }
            if interrupt::asked() {
                bail!("interrupted while waiting for {what}");
            }
            if start.elapsed() > patience {
                bail!("waited {} s for {what} in vain", patience.as_secs());
            }
            thread::sleep(Duration::from_millis(60));
        }
        Ok(())
    }
}

/// Ports that were free a moment ago, all different.
pub(crate) fn free_ports<const N: usize>() -> Result<[u16; N]> {
    let mut held = Vec::with_capacity(N);
    let mut ports = [0; N];
    for port in &mut ports {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        *port = listener.local_addr()?.port();
        // Kept open until all are chosen, or the system could hand out the same one twice.
        held.push(listener);
    }
    Ok(ports)
}
