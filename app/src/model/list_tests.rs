use super::*;
use crate::model::index::Index;
use std::sync::Arc;

fn named(name: &str, status: Status) -> SetRow {
    let set = SetFacts {
        uid: format!("u-{name}"),
        name: name.into(),
        namespace: "orders".into(),
        ..Default::default()
    };
    row(&set, status, Reason::None, Vec::new())
}

/// The window that a question finds in these rows.
fn view_of(rows: &[SetRow], query: &ListQuery) -> ListView {
    let mut index = Index::new(query);
    for row in rows {
        let id = Arc::new((row.name.clone(), row.namespace.clone()));
        index.put(&id, Some(&Arc::new(row.clone())));
    }
    index.view()
}

fn sample() -> Vec<SetRow> {
    vec![
        named("b", Status::Running),
        named("a", Status::Stuck { pod: "a-0".into() }),
        named("c", Status::Stopped),
    ]
}

#[test]
fn counts_follow_the_text_but_not_the_chosen_group() {
    let query = ListQuery {
        group: Some(Group::NeedsYou),
        ..ListQuery::default()
    };
    let view = view_of(&sample(), &query);
    assert_eq!((view.counts.all, view.matching, view.rows.len()), (3, 1, 1));
    assert_eq!(view.counts.of(Group::Stopped), 1);
}

#[test]
fn the_url_is_the_state() {
    let query = ListQuery {
        namespaces: vec!["a".into(), "b".into()],
        text: "pg 17".into(),
        group: Some(Group::Rolling),
        sort: Sort::Age,
        descending: true,
        offset: 100,
    };
    let pairs = query.to_pairs();
    let back = ListQuery::from_pairs(|k| pairs.iter().find(|(n, _)| *n == k).map(|(_, v)| v.clone()));
    assert_eq!(back, query);
}

#[test]
fn a_delta_turns_the_old_view_into_the_new_one() {
    let query = ListQuery::default();
    let mut old = view_of(&sample(), &query);
    let mut changed = sample();
    changed[0].status = Status::Scaling { ready: 0, of: 1 };
    changed.remove(2);
    changed.push(named("d", Status::Running));
    let new = view_of(&changed, &query);
    let delta = old.delta(&new).expect("something changed");
    assert_eq!(delta.rows.len(), 2);
    assert!(old.apply(delta));
    assert_eq!(old, new);
    assert_eq!(old.delta(&new), None);
}

#[test]
fn a_delta_for_rows_that_are_missing_asks_for_a_snapshot() {
    let mut view = ListView::default();
    let order = Some(vec!["u-x".to_owned()]);
    assert!(!view.apply(ListDelta {
        rows: vec![],
        order,
        counts: Counts::default(),
        matching: 1
    }));
}

#[test]
fn storage_sorts_by_bytes() {
    assert!(bytes("1Gi") > bytes("1000M"));
    assert!(bytes("2Ti") > bytes("500Gi"));
    assert_eq!(bytes("nonsense"), 0);
}
