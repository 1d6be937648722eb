//! Telling what is being done: one line a step, with its outcome and its time.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::iter;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Prints a line for whoever reads our output. One who stopped reading (`| head -1`) is no reason to fail.
macro_rules! tell {
    ($($argument:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($argument)*);
    }};
}
pub(crate) use tell;

/// How often a log without a terminal hears that a long step is still alive.
const HEARTBEAT: Duration = Duration::from_secs(30);
/// How much of a failed command's output is shown.
const TAIL: usize = 60;

/// A step under way.
pub(crate) struct Step {
    name: &'static str,
    start: Instant,
    terminal: bool,
}

impl Step {
    /// Says that a step begins.
    pub(crate) fn begin(name: &'static str) -> Self {
        let step = Self {
            name,
            start: Instant::now(),
            terminal: io::stderr().is_terminal(),
        };
        if step.terminal {
            step.redraw("");
        }
        step
    }

    /// Says how it ended: `found`, `built`, ...
    pub(crate) fn done(self, outcome: &str) {
        let clear = if self.terminal { "\r\x1b[2K" } else { "" };
        eprintln!(
            "{clear}✓ {:<28} {outcome:<12} {}",
            self.name,
            seconds(self.start.elapsed())
        );
    }

    /// Says what a long step is about to do.
    pub(crate) fn note(&self, what: &str) {
        let clear = if self.terminal { "\r\x1b[2K" } else { "" };
        eprintln!("{clear}… {}: {what}", self.name);
        if self.terminal {
            self.redraw("");
        }
    }

    fn redraw(&self, last: &str) {
        let last: String = last.trim().chars().filter(|c| !c.is_control()).take(70).collect();
        eprint!(
            "\r\x1b[2K… {} {} {last}",
            self.name,
            seconds(self.start.elapsed())
        );
        // A terminal that went away is no reason to stop.
        let _ = io::stderr().flush();
    }

    /// Runs a command quietly: its last line is the progress, its last page the report if it fails.
    pub(crate) fn run(&self, command: &mut Command) -> Result<()> {
        let shown = words(command);
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {shown}"))?;
        let (sender, lines) = mpsc::channel();
        if let Some(out) = child.stdout.take() {
            forward(out, sender.clone());
        }
        if let Some(err) = child.stderr.take() {
            forward(err, sender.clone());
        }
        drop(sender);
        let tail = self.follow(&lines);
        let status = child.wait()?;
        if !status.success() {
            if self.terminal {
                eprintln!();
            }
            for line in &tail {
                eprintln!("    {line}");
            }
            bail!("{}: `{shown}` ended with {status}", self.name);
        }
        Ok(())
    }

    fn follow(&self, lines: &mpsc::Receiver<String>) -> VecDeque<String> {
        let mut tail = VecDeque::new();
        let mut told = Instant::now();
        loop {
            match lines.recv_timeout(Duration::from_millis(500)) {
                Ok(line) => {
                    if tail.len() == TAIL {
                        tail.pop_front();
                    }
                    tail.push_back(line);
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return tail,
            }
            let last = tail.back().map_or("", String::as_str);
            if self.terminal {
                self.redraw(last);
            } else if told.elapsed() > HEARTBEAT {
                told = Instant::now();
                eprintln!(
                    "… {} {} {}",
                    self.name,
                    seconds(self.start.elapsed()),
                    last.trim()
                );
            }
        }
    }
}

/// Begins a step, does it, tells its outcome.
pub(crate) fn step<T>(
    name: &'static str,
    work: impl FnOnce(&Step) -> Result<(T, &'static str)>,
) -> Result<T> {
    let step = Step::begin(name);
    let (value, outcome) = work(&step)?;
    step.done(outcome);
    Ok(value)
}

/// `0.4 s` or `2 min 05 s`.
pub(crate) fn seconds(time: Duration) -> String {
    if time < Duration::from_secs(60) {
        return format!("{:.1} s", time.as_secs_f32());
    }
    format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
}

/// A line without the colours that some programs give even to a pipe.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line.trim_end();
    while let Some((before, after)) = rest.split_once("\x1b[") {
        text.push_str(before);
        let end = after
            .find(|c: char| c.is_ascii_alphabetic())
            .map_or(after.len(), |at| at + 1);
        rest = &after[end..];
    }
    text.push_str(rest);
    text
}

/// The program and its arguments: `{:?}` would print the whole environment as well.
pub(crate) fn words(command: &Command) -> String {
    let all = iter::once(command.get_program()).chain(command.get_args());
    all.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn forward(stream: impl io::Read + Send + 'static, lines: mpsc::Sender<String>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut raw = Vec::new();
        // Bytes, not `lines()`: a compiler may print what is no UTF-8, and must not block on a full pipe then.
        while matches!(reader.read_until(b'\n', &mut raw), Ok(n) if n > 0) {
            if lines.send(plain(&String::from_utf8_lossy(&raw))).is_err() {
                return;
            }
            raw.clear();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short_to_read() {
        assert_eq!(seconds(Duration::from_millis(432)), "0.4 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(plain("\x1b[38;5;77m    Front\x1b[0m done\n"), "    Front done");
        assert_eq!(plain("plain"), "plain");
    }

    #[test]
    fn a_failed_command_is_an_error() {
        let step = Step::begin("a test");
        assert!(
            step.run(Command::new("sh").args(["-c", "echo why >&2; exit 3"]))
                .is_err()
        );
        assert!(step.run(Command::new("sh").args(["-c", "exit 0"])).is_ok());
    }
}
