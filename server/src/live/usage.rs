//! What the pods of a set use: asked for every few seconds while somebody looks, and kept for a quarter of an hour.
use super::{
    changes::{Changes, Concern, Missed},
    feed::Key,
    hub::{Hub, KEPT},
    question::Picture,
    scope::{PATIENCE, Scope},
};
use crate::{
    cluster::{Kube, Measured},
    held::held,
};
use app::{
    api::ApiError,
    model::{
        facts::PodFacts,
        live::Freshness,
        many::{Many, NAMES, ROWS, whole},
        usage::{Asked, EVERY, Measure, Reading, Source, Track, UsageQuery, UsageView, is_of_this_life},
    },
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;

/// The readings of one set, which all who look at it share.
pub(super) struct Usage {
    kept: Arc<Mutex<Kept>>,
    answered: watch::Receiver<bool>,
    _task: AbortOnDropHandle<()>,
}

#[derive(Default)]
struct Kept {
    source: Source,
    total: Track,
    /// By UID: a pod that is made anew begins anew.
    tracks: BTreeMap<String, Track>,
    missing: Vec<String>,
}

impl Usage {
    fn begin(kube: Arc<Kube>, scope: Arc<Scope>, changes: Arc<Changes>, key: Key) -> Self {
        let kept = Arc::new(Mutex::new(Kept::default()));
        let (told, answered) = watch::channel(false);
        let task = ask(kube, scope, changes, key, Arc::clone(&kept), told);
        Self {
            kept,
            answered,
            _task: AbortOnDropHandle::new(tokio::spawn(task)),
        }
    }
}

async fn ask(
    kube: Arc<Kube>,
    scope: Arc<Scope>,
    changes: Arc<Changes>,
    key: Key,
    kept: Arc<Mutex<Kept>>,
    told: watch::Sender<bool>,
) {
    scope.settled().await;
    let mut every = tokio::time::interval(Duration::from_secs(EVERY.into()));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let set = scope.sets.items().get(&key).cloned();
        if let Some(set) = set {
            let answer = kube.measured(&set.namespace, &set.selector).await;
            let pods = scope.pods_of(&set).unwrap_or_default();
            let mut kept = held(&kept);
            match answer {
                Ok(None) => kept.source = Source::Nobody,
                Ok(Some(found)) => kept.take(&pods, &found),
                Err(error) => kept.source = Source::Refused(error.into()),
            }
        }
        told.send_replace(true);
        changes.touch(Concern {
            keys: vec![key.clone()],
            in_rows: false,
        });
    }
}

/// A pod that can use something.
fn runs(pod: &&PodFacts) -> bool {
    pod.started > 0 && !matches!(pod.phase.as_str(), "Succeeded" | "Failed")
}

impl Kept {
    /// Takes what was measured of these pods.
    fn take(&mut self, pods: &[PodFacts], found: &[Measured]) {
        let found: HashMap<&str, &Measured> = found.iter().map(|m| (m.pod.as_str(), m)).collect();
        let mut tracks = BTreeMap::new();
        self.missing.clear();
        let (mut sum, mut newest) = (Reading::default(), 0);
        for pod in pods.iter().filter(runs) {
            let measured = found.get(pod.name.as_str());
            let measured = measured.filter(|m| is_of_this_life(m.reading.at, m.window, pod.started));
            let mut track = self.tracks.remove(&pod.uid).unwrap_or_default();
            track.uid.clone_from(&pod.uid);
            track.pod.clone_from(&pod.name);
            (track.ordinal, track.asked) = (pod.ordinal, pod.asked);
            match measured {
                Some(measured) => {
                    track.take(measured.reading);
                    sum.cpu = sum.cpu.saturating_add(measured.reading.cpu);
                    sum.memory = sum.memory.saturating_add(measured.reading.memory);
                    newest = newest.max(measured.reading.at);
                }
                None => self.missing.push(pod.name.clone()),
            }
            tracks.insert(pod.uid.clone(), track);
        }
        self.total.asked = tracks
            .values()
            .map(|t| t.asked)
            .reduce(Asked::plus)
            .unwrap_or_default();
        // The sum of some is not what all use.
        if self.missing.is_empty() && !tracks.is_empty() {
            sum.at = newest;
            self.total.take(sum);
        }
        self.tracks = tracks;
        self.source = Source::Answers;
    }

    fn view(&self, query: &UsageQuery) -> UsageView {
        let mut tracks: Vec<&Track> = self.tracks.values().collect();
        if !query.pod.is_empty() {
            tracks.retain(|t| t.pod == query.pod);
        }
        tracks.sort_by_key(|t| {
            let used = |by: Measure| t.last().map(|r| by.of(r));
            (Reverse(query.by.map(used)), t.ordinal)
        });
        let from = usize::try_from(query.from).unwrap_or(0);
        let shown: Vec<Track> = tracks.iter().skip(from).take(ROWS).copied().cloned().collect();
        UsageView {
            source: self.source.clone(),
            total: if query.pod.is_empty() {
                self.total.clone()
            } else {
                Track::default()
            },
            all: whole(tracks.len()),
            tracks: shown,
            missing: Many::of(self.missing.iter().cloned(), NAMES),
        }
    }
}

/// The picture of a page that shows use.
pub(super) struct UsagePicture {
    query: UsageQuery,
    scope: Arc<Scope>,
    usage: Arc<Usage>,
}

impl Picture for UsagePicture {
    type View = UsageView;

    async fn settled(&mut self) {
        self.scope.settled().await;
        let mut answered = self.usage.answered.clone();
        let _ = tokio::time::timeout(PATIENCE, answered.wait_for(|answered| *answered)).await;
    }

    fn look(&mut self, missed: &Missed, _: &Changes) -> Option<Result<UsageView, ApiError>> {
        if !missed.concerns(&self.query.namespace, &self.query.name) {
            return None;
        }
        if let Some(fault) = self.scope.fault() {
            return Some(Err(fault));
        }
        let (namespace, name) = (&self.query.namespace, &self.query.name);
        let there = self
            .scope
            .sets
            .items()
            .contains_key(&(namespace.clone(), name.clone()));
        let gone = || ApiError::NotFound(format!("statefulsets.apps \"{name}\" not found"));
        Some(
            there
                .then(|| held(&self.usage.kept).view(&self.query))
                .ok_or_else(gone),
        )
    }

    fn freshness(&self) -> Freshness {
        self.scope.freshness()
    }
}

impl Hub {
    /// The readings of a set, and who looks at them.
    pub(super) fn usage(&self, query: &UsageQuery) -> UsagePicture {
        let scope = self.scope(Some(&query.namespace));
        let key = (query.namespace.clone(), query.name.clone());
        UsagePicture {
            query: query.clone(),
            usage: self.readings(key, &scope),
            scope,
        }
    }

    fn readings(&self, key: Key, scope: &Arc<Scope>) -> Arc<Usage> {
        let mut usages = held(&self.usages);
        usages.retain(|_, usage| usage.strong_count() > 0);
        if let Some(usage) = usages.get(&key).and_then(std::sync::Weak::upgrade) {
            return usage;
        }
        let (kube, changes) = (Arc::clone(&self.kube), Arc::clone(&self.changes));
        let usage = Arc::new(Usage::begin(kube, Arc::clone(scope), changes, key.clone()));
        usages.insert(key, Arc::downgrade(&usage));
        drop(usages);
        self.keep(usage.clone(), KEPT);
        usage
    }
}

#[cfg(test)]
#[path = "usage_tests.rs"]
mod tests;
