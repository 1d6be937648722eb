//! One subscription: a picture, then what changes in it. Each is computed from the newest state when the socket has
//! room for it, so that a slow browser skips states instead of queueing them.
use super::{claims::ClaimsScope, detail::DetailScope, feed::Key, hub::Hub, list::list, scope::Scope};
use app::{
    api::ApiError,
    model::{
        claims::ClaimsView,
        detail::{DetailDelta, DetailView},
        list::{ListDelta, ListQuery, ListView, SetRow},
        live::{Freshness, ServerFrame, Shown, Topic, Version},
    },
};
use serde::Serialize;
use serde_json::value::to_raw_value;
use std::{sync::Arc, time::Duration};
use tokio::{sync::mpsc::Sender, time::Instant};

/// A change travels at once; those that follow it this closely travel together.
const TOGETHER: Duration = Duration::from_millis(20);
/// How many times as long as a picture took to make the next one waits: many tabs must not take the whole machine.
const REST: u32 = 8;
/// How often a picture is looked at without a change: some facts come true by the clock alone.
const TICK: Duration = Duration::from_secs(5);

/// How a topic's picture is compared with a newer one.
trait Compared: Shown + Clone + PartialEq {
    fn change(&self, newer: &Self) -> Option<Self::Change>;
}

impl Compared for ListView {
    fn change(&self, newer: &Self) -> Option<ListDelta> {
        self.delta(newer)
    }
}

impl Compared for DetailView {
    fn change(&self, newer: &Self) -> Option<DetailDelta> {
        self.delta(newer)
    }
}

impl Compared for ClaimsView {
    fn change(&self, newer: &Self) -> Option<Self> {
        (self != newer).then(|| newer.clone())
    }
}

/// Follows a topic until the socket or the topic ends.
pub async fn follow(hub: Arc<Hub>, id: u32, topic: Topic, since: Option<Version>, out: Sender<ServerFrame>) {
    match topic {
        Topic::Sets(query) => {
            let scopes = hub.scopes(&query).await;
            let fresh = || {
                scopes
                    .iter()
                    .map(|s| s.freshness())
                    .reduce(older)
                    .unwrap_or(Freshness::Live)
            };
            let resumed = since.and_then(|since| resume_list(&hub, &scopes, &query, since));
            run(
                &hub,
                id,
                &out,
                resumed,
                || list(&scopes, &hub.changes, &query),
                fresh,
            )
            .await;
            hub.linger(scopes);
        }
        Topic::Set {
            namespace,
            name,
            from,
        } => {
            let scope = hub.detail_scope(&namespace, &name, from).await;
            let resumed = since.and_then(|since| resume_detail(&hub, &scope, &(namespace, name), since));
            run(&hub, id, &out, resumed, || scope.view(), || scope.freshness()).await;
            hub.linger(scope);
        }
        Topic::Claims(query) => {
            let scope = hub.claims_scope(&query).await;
            let resumed = since.and_then(|since| resume_claims(&hub, &scope, since));
            run(&hub, id, &out, resumed, || scope.view(), || scope.freshness()).await;
            hub.linger(scope);
        }
    }
}

/// Any change may concern a claim: only where nothing happened the browser's picture still holds.
fn resume_claims(hub: &Hub, scope: &ClaimsScope, since: Version) -> Option<Resumed<ClaimsView>> {
    let missed = hub.changes.after(since)?;
    let view = scope.view().ok().filter(|_| missed.is_empty())?;
    Some((view, None))
}

pub(super) fn older(a: Freshness, b: Freshness) -> Freshness {
    match (a, b) {
        (Freshness::Stale { since: a }, Freshness::Stale { since: b }) => {
            Freshness::Stale { since: a.min(b) }
        }
        (Freshness::Live, other) | (other, Freshness::Live) => other,
    }
}

/// A picture that the browser holds in all but what the change says.
type Resumed<T> = (T, Option<<T as Shown>::Change>);

fn resume_list(
    hub: &Hub,
    scopes: &[Arc<Scope>],
    query: &ListQuery,
    since: Version,
) -> Option<Resumed<ListView>> {
    let missed = hub.changes.rows_after(since)?;
    let view = list(scopes, &hub.changes, query).ok()?;
    if missed.is_empty() {
        return Some((view, None));
    }
    let is = |row: &SetRow, (namespace, name): &Key| row.namespace == *namespace && row.name == *name;
    // What went meanwhile is in no view any more, but perhaps in the browser's: only a whole picture tells. So it is
    // where a namespace or all of them changed at once, for which an empty name stands.
    if !missed.iter().all(|key| view.rows.iter().any(|row| is(row, key))) {
        return None;
    }
    let hit = |row: &SetRow| missed.iter().any(|key| is(row, key));
    let held = ListView {
        rows: view.rows.iter().filter(|r| !hit(r)).cloned().collect(),
        ..ListView::default()
    };
    let change = held.change(&view);
    Some((view, change))
}

fn resume_detail(
    hub: &Hub,
    scope: &DetailScope,
    key: &(String, String),
    since: Version,
) -> Option<Resumed<DetailView>> {
    let missed = hub.changes.after(since)?;
    let hit = missed
        .iter()
        .any(|(ns, n)| (ns.is_empty() || *ns == key.0) && (n.is_empty() || *n == key.1));
    if hit {
        None
    } else {
        scope.view().ok().map(|view| (view, None))
    }
}

async fn run<T: Compared>(
    hub: &Hub,
    id: u32,
    out: &Sender<ServerFrame>,
    resumed: Option<Resumed<T>>,
    view: impl Fn() -> Result<T, ApiError>,
    freshness: impl Fn() -> Freshness,
) {
    let mut changed = hub.changes.subscribe();
    let mut shown: Option<T> = None;
    let mut told: Option<Freshness> = None;
    let mut refused: Option<ApiError> = None;
    let mut cost = None::<Duration>;
    if let Some((picture, change)) = resumed {
        shown = Some(picture);
        let version = hub.changes.version();
        if let Some(frame) = change.and_then(|change| delta(id, version, &change))
            && out.send(frame).await.is_err()
        {
            return;
        }
    }
    loop {
        let begun = Instant::now();
        changed.mark_unchanged();
        let version = hub.changes.version();
        let mut frames = Vec::new();
        match view() {
            Ok(newer) => {
                refused = None;
                match &shown {
                    None => frames.extend(snapshot(id, version, &newer)),
                    Some(old) => frames.extend(old.change(&newer).and_then(|c| delta(id, version, &c))),
                }
                shown = Some(newer);
            }
            // A refusal is told once; should it end, a snapshot follows.
            Err(error) if refused.as_ref() != Some(&error) => {
                shown = None;
                refused = Some(error.clone());
                frames.push(ServerFrame::Closed { id, error });
            }
            Err(_) => {}
        }
        // On a busy machine one picture may be interrupted for long, which says nothing about what the next will cost.
        let took = begun.elapsed();
        let usual = cost.map_or(took, |before| took.min(before * 2));
        cost = Some(usual);
        let next = begun + TOGETHER.max(usual * REST);
        let fresh = freshness();
        if told != Some(fresh) {
            told = Some(fresh);
            frames.push(ServerFrame::Freshness { id, freshness: fresh });
        }
        for frame in frames {
            if out.send(frame).await.is_err() {
                return;
            }
        }
        // The sender lives in the hub, so a closed channel cannot be; a tick looks again anyway.
        let _ = tokio::time::timeout(TICK, changed.changed()).await;
        tokio::time::sleep_until(next).await;
    }
}

/// Our own types always become JSON.
fn snapshot(id: u32, version: Version, picture: &impl Serialize) -> Option<ServerFrame> {
    let picture = to_raw_value(picture).ok()?;
    Some(ServerFrame::Snapshot { id, version, picture })
}

fn delta(id: u32, version: Version, change: &impl Serialize) -> Option<ServerFrame> {
    let change = to_raw_value(change).ok()?;
    Some(ServerFrame::Delta { id, version, change })
}
