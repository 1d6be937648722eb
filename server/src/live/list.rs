//! The picture of the list: rows that are judged again only where something changed.
use super::{
    changes::Changes,
    feed::Key,
    hub::Hub,
    scope::{Scope, soon},
};
use app::{
    api::{ApiError, sets::Versioned},
    model::{
        facts::SetFacts,
        list::{ListQuery, ListView, SetRow},
        live::Version,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The rows of a scope. To judge ten thousand sets takes long enough to be felt at fifty changes a second.
#[derive(Default)]
pub(super) struct Rows {
    /// By name and namespace: the order in which they are mostly shown.
    rows: BTreeMap<(String, String), SetRow>,
    /// Those that can change without an event.
    timed: BTreeSet<Key>,
    /// What the rows are made of.
    version: Option<Version>,
}

impl Rows {
    /// Looks again at what changed since the last time.
    pub(super) fn refresh(&mut self, scope: &Scope, changes: &Changes) {
        // Read before the facts: what comes between the two is looked at twice.
        let newest = changes.version();
        let missed = self.version.replace(newest).and_then(|v| changes.rows_after(v));
        match missed {
            Some(missed) if missed.iter().all(|(namespace, _)| !namespace.is_empty()) => {
                let timed = self.timed.clone();
                for key in missed.iter().chain(timed.difference(&missed)) {
                    self.look(scope, key);
                }
            }
            _ => self.look_at_all(scope),
        }
    }

    fn look(&mut self, scope: &Scope, key: &Key) {
        if scope.namespace.as_ref().is_some_and(|n| *n != key.0) {
            return;
        }
        if key.1.is_empty() {
            return self.look_at_namespace(scope, &key.0);
        }
        match scope.sets.items().get(key) {
            Some(set) => self.put(scope, key, set),
            None => {
                self.rows.remove(&by_name(key));
                self.timed.remove(key);
            }
        }
    }

    fn look_at_namespace(&mut self, scope: &Scope, namespace: &str) {
        self.rows.retain(|(_, n), _| n != namespace);
        self.timed.retain(|(n, _)| n != namespace);
        let sets = scope.sets.items();
        let from = (namespace.to_owned(), String::new());
        let inside = sets.range(from..).take_while(|((n, _), _)| n == namespace);
        inside.for_each(|(key, set)| self.put(scope, key, set));
    }

    fn look_at_all(&mut self, scope: &Scope) {
        self.rows.clear();
        self.timed.clear();
        if let Some(namespace) = &scope.namespace {
            return self.look_at_namespace(scope, namespace);
        }
        let sets = scope.sets.items();
        sets.iter().for_each(|(key, set)| self.put(scope, key, set));
    }

    fn put(&mut self, scope: &Scope, key: &Key, set: &SetFacts) {
        let (row, timed) = scope.row(set);
        if timed {
            self.timed.insert(key.clone());
        } else {
            self.timed.remove(key);
        }
        self.rows.insert(by_name(key), row);
    }
}

fn by_name((namespace, name): &Key) -> (String, String) {
    (name.clone(), namespace.clone())
}

/// A window of the list out of its scopes; an error only where none of them has anything to show.
pub(super) fn list(
    scopes: &[Arc<Scope>],
    changes: &Changes,
    query: &ListQuery,
) -> Result<ListView, ApiError> {
    let faults: Vec<ApiError> = scopes.iter().filter_map(|s| s.fault()).collect();
    if faults.len() == scopes.len()
        && let Some(fault) = faults.into_iter().next()
    {
        return Err(fault);
    }
    let rows: Vec<_> = scopes.iter().map(|s| s.rows(changes)).collect();
    Ok(ListView::of(rows.iter().flat_map(|r| r.rows.values()), query))
}

impl Hub {
    /// The list for a first paint.
    ///
    /// # Errors
    /// None of the namespaces may be listed, or the cluster does not answer.
    pub async fn list_once(&self, query: &ListQuery) -> Result<Versioned<ListView>, ApiError> {
        let version = self.changes.version();
        let open = async {
            let scopes = self.scopes(query).await;
            futures::future::join_all(scopes.iter().map(|s| s.settled())).await;
            scopes
        };
        let scopes = soon(open).await?;
        self.linger(scopes.clone());
        list(&scopes, &self.changes, query).map(|picture| Versioned { version, picture })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::feed::Feed, *};
    use app::model::{
        facts::{ClaimFacts, NodeFacts, PodFacts, TemplateFacts},
        status::Status,
    };
    use rand::{Rng, SeedableRng, rngs::StdRng};
    use std::sync::Mutex;

    fn key(namespace: &str, name: &str) -> Key {
        (namespace.to_owned(), name.to_owned())
    }

    fn set((namespace, name): &Key, replicas: i32) -> SetFacts {
        SetFacts {
            uid: format!("{namespace}/{name}"),
            namespace: namespace.clone(),
            name: name.clone(),
            replicas,
            ready: replicas,
            observed: true,
            templates: vec![TemplateFacts {
                name: "data".into(),
                ..TemplateFacts::default()
            }],
            ..SetFacts::default()
        }
    }

    fn pod((namespace, name): &Key, ready: bool, node: &str) -> PodFacts {
        PodFacts {
            namespace: namespace.clone(),
            name: format!("{name}-0"),
            owner: name.clone(),
            owner_uid: format!("{namespace}/{name}"),
            ready,
            terminating: !ready,
            node: node.into(),
            ..PodFacts::default()
        }
    }

    /// Whatever happens in whatever order: the rows are those that a first look would find.
    #[tokio::test]
    async fn rows_that_are_kept_are_rows_that_are_made_anew() {
        let changes = Arc::new(Changes::new());
        let (sets, write_set) = Feed::scripted(&changes);
        let (pods, write_pod) = Feed::scripted(&changes);
        let (claims, write_claim) = Feed::scripted(&changes);
        let (nodes, write_node) = Feed::scripted(&changes);
        let feeds = (Arc::new(sets), Arc::new(pods), Arc::new(claims), Arc::new(nodes));
        let scope = |namespace: Option<&str>| Scope {
            namespace: namespace.map(str::to_owned),
            sets: Arc::clone(&feeds.0),
            pods: Arc::clone(&feeds.1),
            claims: Arc::clone(&feeds.2),
            nodes: Arc::clone(&feeds.3),
            rows: Mutex::default(),
        };
        let (all, one) = (scope(None), scope(Some("ns-1")));
        let mut random = StdRng::seed_from_u64(7);
        for _ in 0..2_000 {
            let key = key(
                &format!("ns-{}", random.random_range(0..3)),
                &format!("db-{}", random.random_range(0..4)),
            );
            let there = random.random_bool(0.7);
            match random.random_range(0..8) {
                0..3 => write_set.put(key.clone(), there.then(|| set(&key, random.random_range(0..3)))),
                3..6 => {
                    let facts = pod(&key, random.random_bool(0.5), "node-0");
                    write_pod.put((key.0.clone(), facts.name.clone()), there.then_some(facts));
                }
                6 => {
                    let name = format!("data-{}-1", key.1);
                    let facts = ClaimFacts {
                        namespace: key.0.clone(),
                        name: name.clone(),
                        ..ClaimFacts::default()
                    };
                    write_claim.put((key.0.clone(), name), there.then_some(facts));
                }
                _ => {
                    let name = "node-0".to_owned();
                    let facts = NodeFacts {
                        name: name.clone(),
                        ready: random.random_bool(0.5),
                        ..NodeFacts::default()
                    };
                    write_node.put((String::new(), name), there.then_some(facts));
                }
            }
            for scope in [&all, &one] {
                let mut anew = Rows::default();
                anew.refresh(scope, &changes);
                let kept = scope.rows(&changes);
                assert_eq!(kept.rows, anew.rows);
                assert_eq!(kept.timed, anew.timed);
            }
        }
        let statuses: BTreeSet<u8> = all
            .rows(&changes)
            .rows
            .values()
            .map(|r| r.status.urgency())
            .collect();
        assert!(
            statuses.contains(&Status::Stopped.urgency()) && statuses.len() > 2,
            "{statuses:?}"
        );
    }
}
