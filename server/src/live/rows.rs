//! The rows of a scope, judged again only where something changed: to judge ten thousand sets takes long enough to be
//! felt at fifty changes a second.
use super::{
    changes::{Changes, Concern, Missed, Seen},
    feed::Key,
    scope::Scope,
};
use app::model::{index::RowId, list::SetRow};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// One row a set.
#[derive(Debug)]
pub(super) struct Rows {
    rows: BTreeMap<RowId, Arc<SetRow>>,
    /// Those that the clock alone can change.
    timed: BTreeSet<Key>,
    seen: Seen,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            rows: BTreeMap::new(),
            timed: BTreeSet::new(),
            seen: Seen::nothing(true),
        }
    }
}

impl Rows {
    /// Looks again at what changed since the last time. What no event of its own names is told on: the sets whose pods
    /// are on a node that changed.
    pub(super) fn refresh(&mut self, scope: &Scope, changes: &Changes) {
        match self.seen.missed(changes) {
            Missed::Everything => {
                self.rows.clear();
                self.timed.clear();
                let sets = scope.sets.items();
                let keys: Vec<Key> = sets.keys().filter(|k| scope.covers(k)).cloned().collect();
                drop(sets);
                keys.iter().for_each(|key| _ = self.look(scope, key));
            }
            Missed::Keys(keys) => {
                let (nodes, sets): (Vec<_>, Vec<_>) = keys.into_iter().partition(|(ns, _)| ns.is_empty());
                for key in sets.iter().filter(|key| scope.covers(key)) {
                    self.look(scope, key);
                }
                let on_nodes = scope.sets_on(&nodes.into_iter().map(|(_, node)| node).collect());
                self.look_and_tell(scope, changes, on_nodes);
            }
        }
    }

    /// Looks again at those that the clock can change.
    pub(super) fn tick(&mut self, scope: &Scope, changes: &Changes) {
        let timed = self.timed.iter().cloned().collect();
        self.look_and_tell(scope, changes, timed);
    }

    fn look_and_tell(&mut self, scope: &Scope, changes: &Changes, keys: Vec<Key>) {
        let changed: Vec<Key> = keys.into_iter().filter(|key| self.look(scope, key)).collect();
        if !changed.is_empty() {
            changes.touch(Concern::rows(changed));
        }
    }

    /// Judges a set. True where its row is another one now.
    fn look(&mut self, scope: &Scope, key: &Key) -> bool {
        let id = id(key);
        let sets = scope.sets.items();
        let Some(set) = sets.get(key) else {
            self.timed.remove(key);
            return self.rows.remove(&id).is_some();
        };
        let (_, row, timed) = scope.judged(set);
        if timed {
            self.timed.insert(key.clone());
        } else {
            self.timed.remove(key);
        }
        if self.rows.get(&id).is_some_and(|old| **old == row) {
            return false;
        }
        self.rows.insert(id, Arc::new(row));
        true
    }

    /// The row of a set.
    pub(super) fn get(&self, id: &RowId) -> Option<&Arc<SetRow>> {
        self.rows.get(id)
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = (&RowId, &Arc<SetRow>)> {
        self.rows.iter()
    }
}

/// A set's place among the rows.
pub(super) fn id((namespace, name): &Key) -> RowId {
    Arc::new((name.clone(), namespace.clone()))
}

#[cfg(test)]
mod tests {
    use super::{
        super::{feed::Feed, list::ListPicture, question::Picture},
        *,
    };
    use app::model::{
        facts::{ClaimFacts, NodeFacts, PodFacts, SetFacts, TemplateFacts},
        index::Index,
        list::{ListQuery, Sort},
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

    /// Whatever happens in whatever order: the rows are those that a first look would find, and so is what a question
    /// that is kept shows of them.
    #[tokio::test]
    async fn rows_that_are_kept_are_rows_that_are_made_anew() {
        let changes = Arc::new(Changes::new());
        let (sets, write_set) = Feed::scripted(&changes);
        let (pods, write_pod) = Feed::scripted(&changes);
        let (claims, write_claim) = Feed::scripted(&changes);
        let (nodes, write_node) = Feed::scripted(&changes);
        let (warnings, _) = Feed::scripted(&changes);
        let feeds = (Arc::new(sets), Arc::new(pods), Arc::new(claims), Arc::new(nodes));
        let warnings = Arc::new(warnings);
        let scope = |namespace: Option<&str>| {
            let (sets, pods, claims, nodes) = feeds.clone();
            Arc::new(Scope {
                namespace: namespace.map(str::to_owned),
                sets,
                pods,
                claims,
                nodes,
                warnings: Arc::clone(&warnings),
                rows: Mutex::default(),
            })
        };
        let (all, one) = (scope(None), scope(Some("ns-1")));
        let query = ListQuery {
            sort: Sort::Status,
            ..ListQuery::default()
        };
        let mut picture = ListPicture::of(vec![Arc::clone(&all)], &query);
        let (mut seen, mut shown) = (Seen::nothing(ListPicture::ROWS_ONLY), None);
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
            let mut anew = Index::new(&query);
            let rows = all.rows(&changes);
            rows.all().for_each(|(id, row)| _ = anew.put(id, Some(row)));
            drop(rows);
            shown = picture.look(&seen.missed(&changes), &changes).or(shown);
            assert_eq!(shown, Some(Ok(anew.view())));
        }
        let statuses: BTreeSet<u8> = all
            .rows(&changes)
            .all()
            .map(|(_, r)| r.status.urgency())
            .collect();
        assert!(
            statuses.contains(&Status::Stopped.urgency()) && statuses.len() > 2,
            "{statuses:?}"
        );
    }
}
