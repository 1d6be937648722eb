//! What pods use, as `metrics.k8s.io` tells it. That API knows only now, so readings are kept for a quarter of an
//! hour while somebody looks.
use super::{many::Many, shown::Shown};
use crate::api::ApiError;
use serde::{Deserialize, Serialize};

/// Seconds of readings that are kept.
pub const KEPT: i64 = 900;
/// Seconds between two questions: the resolution that metrics-server is installed with.
pub const EVERY: u32 = 15;
/// Readings that are further apart than this have a gap between them, in seconds, however often they come otherwise.
const GAP: i64 = 45;

/// One reading of a pod: the sum over its containers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(i64, u64, u64)", into = "(i64, u64, u64)")]
pub struct Reading {
    /// The end of the window that it was taken over, seconds since 1970.
    pub at: i64,
    /// Millionths of a core.
    pub cpu: u64,
    /// Bytes of the working set.
    pub memory: u64,
}

impl From<(i64, u64, u64)> for Reading {
    fn from((at, cpu, memory): (i64, u64, u64)) -> Self {
        Self { at, cpu, memory }
    }
}

impl From<Reading> for (i64, u64, u64) {
    fn from(reading: Reading) -> Self {
        (reading.at, reading.cpu, reading.memory)
    }
}

/// What is measured of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Measure {
    Cpu,
    Memory,
}

impl Measure {
    /// This part of a reading.
    pub fn of(self, reading: Reading) -> u64 {
        match self {
            Self::Cpu => reading.cpu,
            Self::Memory => reading.memory,
        }
    }
}

impl Measure {
    /// As in the URL.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Cpu, Self::Memory].into_iter().find(|m| m.name() == name)
    }

    /// See [`Self::from_name`].
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Memory => "memory",
        }
    }
}

/// Two amounts of one resource, in the units of [`Reading`]; 0 where none is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    pub request: u64,
    pub limit: u64,
}

impl Bounds {
    /// Those of both together. Without a limit of one of them there is none of both.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let limit = match (self.limit, other.limit) {
            (0, _) | (_, 0) => 0,
            (a, b) => a.saturating_add(b),
        };
        Self {
            request: self.request.saturating_add(other.request),
            limit,
        }
    }
}

/// What a pod asks for while it runs: the sum over containers and sidecars, or what is set for the pod as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub cpu: Bounds,
    pub memory: Bounds,
}

impl Asked {
    pub fn of(self, measure: Measure) -> Bounds {
        match measure {
            Measure::Cpu => self.cpu,
            Measure::Memory => self.memory,
        }
    }

    /// Of two pods together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.plus(other.cpu),
            memory: self.memory.plus(other.memory),
        }
    }
}

/// The readings of one pod in its present life, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Track {
    pub uid: String,
    pub pod: String,
    pub ordinal: i64,
    pub asked: Asked,
    pub readings: Vec<Reading>,
}

impl Track {
    /// The newest reading.
    pub fn last(&self) -> Option<Reading> {
        self.readings.last().copied()
    }

    /// Takes a newer reading; one that is known, or older, is left out.
    pub fn take(&mut self, reading: Reading) {
        if self.last().is_none_or(|last| last.at < reading.at) {
            self.readings.push(reading);
            self.trim();
        }
    }

    fn trim(&mut self) {
        let newest = self.last().map_or(0, |last| last.at);
        self.readings.retain(|r| r.at > newest - KEPT);
    }

    /// The same with the readings alone that come after another one's.
    fn since(&self, older: Option<&Self>) -> Self {
        let known = older.and_then(Self::last).map_or(i64::MIN, |last| last.at);
        let newer = self.readings.iter().filter(|r| r.at > known);
        Self {
            readings: newer.copied().collect(),
            ..self.clone()
        }
    }

    /// The same with what was known before in front.
    fn after(self, older: Option<&Self>) -> Self {
        let mut known = older.map(|o| o.readings.clone()).unwrap_or_default();
        known.extend(&self.readings);
        let mut all = Self {
            readings: known,
            ..self
        };
        all.trim();
        all
    }
}

/// Whether a reading is one of this life of a pod. Names repeat in a set, and `PodMetrics` carries no UID: what was
/// measured before the pod started belongs to the one before it.
pub fn is_of_this_life(at: i64, window: i64, started: i64) -> bool {
    started > 0 && at - window >= started
}

/// Readings without a gap between them: missing is not 0, and no line is drawn over it.
pub fn runs(readings: &[Reading]) -> Vec<&[Reading]> {
    let mut steps: Vec<i64> = readings.windows(2).map(|w| w[1].at - w[0].at).collect();
    steps.sort_unstable();
    let usual = steps.get(steps.len().saturating_sub(1) / 2).copied().unwrap_or(0);
    let gap = GAP.max(usual * 5 / 2);
    readings.chunk_by(|a, b| b.at - a.at <= gap).collect()
}

/// Whose use is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UsageQuery {
    pub namespace: String,
    /// The set.
    pub name: String,
    /// This pod of it alone; all where it is empty.
    pub pod: String,
    /// How many pods come before the first that is shown.
    pub from: i64,
    /// Those that use most of it first; by ordinal where it is none.
    pub by: Option<Measure>,
}

/// Where the numbers come from, or why there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// Nobody has answered yet.
    #[default]
    Asked,
    Answers,
    /// The cluster serves no `metrics.k8s.io`.
    Nobody,
    /// It did not answer, or this person may not read it.
    Refused(ApiError),
}

/// What the pods of a set use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageView {
    pub source: Source,
    /// The sum of all running pods, at times when each of them had a reading.
    pub total: Track,
    /// The pods by ordinal, as many as a page shows.
    pub tracks: Vec<Track>,
    /// How many running pods there are.
    pub all: i64,
    /// Running pods without a reading of this life.
    pub missing: Many<String>,
}

impl UsageView {
    /// The track of a pod.
    pub fn track(&self, pod: &str) -> Option<&Track> {
        self.tracks.iter().find(|t| t.pod == pod)
    }

    fn of_uid(&self, uid: &str) -> Option<&Track> {
        self.tracks.iter().find(|t| t.uid == uid)
    }

    /// What a page needs that shows this, to show the newer one: that, with new readings alone.
    pub fn delta(&self, newer: &Self) -> Option<Self> {
        (self != newer).then(|| Self {
            total: newer.total.since(Some(&self.total)),
            tracks: newer
                .tracks
                .iter()
                .map(|t| t.since(self.of_uid(&t.uid)))
                .collect(),
            ..newer.clone()
        })
    }

    /// Takes a change in.
    pub fn apply(&mut self, change: Self) {
        let total = change.total.after(Some(&self.total));
        let tracks = change.tracks.into_iter();
        let tracks = tracks.map(|t| {
            let known = self.of_uid(&t.uid);
            t.after(known)
        });
        *self = Self {
            total,
            tracks: tracks.collect(),
            source: change.source,
            all: change.all,
            missing: change.missing,
        };
    }
}

impl Shown for UsageView {
    type Change = Self;
}

#[cfg(test)]
#[path = "usage_tests.rs"]
mod tests;
