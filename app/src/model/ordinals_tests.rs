use super::*;
use crate::model::facts::TemplateFacts;

fn set(start: i32, replicas: i32) -> SetFacts {
    SetFacts {
        name: "db".into(),
        start,
        replicas,
        templates: ["data", "log"]
            .map(|name| TemplateFacts {
                name: name.into(),
                ..TemplateFacts::default()
            })
            .into(),
        ..SetFacts::default()
    }
}

fn pod(ordinal: i64) -> PodFacts {
    PodFacts {
        name: format!("db-{ordinal}"),
        ordinal,
        ready: true,
        ..PodFacts::default()
    }
}

fn claim(template: &str, ordinal: i64) -> ClaimFacts {
    ClaimFacts {
        name: format!("{template}-db-{ordinal}"),
        phase: "Bound".into(),
        ..ClaimFacts::default()
    }
}

/// The ordinals of the rows from an offset on, and what is told of all.
fn told(set: &SetFacts, pods: &[PodFacts], claims: &[ClaimFacts], offset: i64) -> (Vec<i64>, Whole) {
    let (pods, claims): (Vec<_>, Vec<_>) = (pods.iter().collect(), claims.iter().collect());
    let all = Ordinals::new(set, Some(&pods), &claims);
    let rows = all.table(offset, &|_| None);
    (rows.iter().map(|r| r.ordinal).collect(), all.whole(offset))
}

#[test]
fn a_row_for_all_that_is_asked_for_or_exists_in_natural_order() {
    let claims = [
        claim("data", 1),
        claim("log", 7),
        claim("data", 8),
        claim("data", 6),
    ];
    let (rows, whole) = told(&set(5, 2), &[pod(2), pod(6)], &claims, 0);
    assert_eq!(rows, [1, 2, 5, 6, 7, 8]);
    assert_eq!(whole.rows, 6);
    assert_eq!(whole.left.first, ["data-db-1", "log-db-7", "data-db-8"]);
    assert_eq!(whole.present, Some(Runs::of([2, 6])));
}

#[test]
fn windows_follow_on_each_other_and_the_last_is_never_empty() {
    let (size, before) = (whole(ROWS), [pod(0), pod(1)]);
    let set = set(10, 250);
    let claims: Vec<_> = (500..503).map(|o| claim("data", o)).collect();
    let mut all = Vec::new();
    for window in 0..3 {
        all.extend(told(&set, &before, &claims, window * size).0);
    }
    let expected: Vec<i64> = (0..2).chain(10..260).chain(500..503).collect();
    assert_eq!(all, expected);
    let (rows, whole) = told(&set, &before, &claims, 1_000_000);
    assert_eq!((rows.len(), whole.offset, whole.rows), (55, 200, 255));
    assert_eq!(told(&set, &before, &claims, -7).1.offset, 0);
    assert_eq!(
        told(&SetFacts::default(), &[], &[], 100),
        (vec![], told(&SetFacts::default(), &[], &[], 0).1)
    );
}

#[test]
fn no_number_of_replicas_makes_more_than_a_window() {
    for (start, replicas) in [(0, 1_000_000), (0, i32::MAX), (i32::MAX, i32::MAX)] {
        let set = set(start, replicas);
        for offset in [0, 5_000, i64::from(i32::MAX), i64::MAX] {
            let (rows, whole) = told(&set, &[pod(i64::from(start))], &[], offset);
            assert!(!rows.is_empty() && rows.len() <= ROWS);
            assert_eq!(whole.rows, i64::from(replicas));
            let first = rows.first().copied().unwrap_or_default();
            assert_eq!(first, i64::from(start) + whole.offset);
            let json = serde_json::to_string(&whole).expect("it can be written");
            assert!(json.len() < 400, "{json}");
        }
    }
}

#[test]
fn pods_that_may_not_be_read_are_not_taken_to_be_missing() {
    let claims = [claim("data", 0)];
    let claims: Vec<_> = claims.iter().collect();
    let set = set(0, 2);
    let hidden = Ordinals::new(&set, None, &claims);
    let rows = hidden.table(0, &|_| None);
    let whole = hidden.whole(0);
    assert_eq!((rows.len(), whole.present, whole.left.all()), (2, None, 0));
}
