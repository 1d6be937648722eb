use super::*;
use crate::model::facts::{Owner, TemplateFacts};

fn claim(name: &str, labels: &[(&str, &str)]) -> ClaimFacts {
    ClaimFacts {
        namespace: "shop".into(),
        name: name.into(),
        labels: labels.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
        ..ClaimFacts::default()
    }
}

fn set(name: &str, template: &str, app: &str) -> SetFacts {
    SetFacts {
        namespace: "shop".into(),
        name: name.into(),
        replicas: 2,
        templates: vec![TemplateFacts {
            name: template.into(),
            ..TemplateFacts::default()
        }],
        selector: [("app".to_owned(), app.to_owned())].into(),
        ..SetFacts::default()
    }
}

fn around<'a>(sets: &[&'a SetFacts]) -> Around<'a> {
    Around::new(sets.iter().copied(), Some([]))
}

fn found(claim: &ClaimFacts, sets: &[&SetFacts]) -> Option<(String, String, i64, Evidence)> {
    let found = around(sets).home(claim);
    found.map(|h| (h.template, h.set, h.ordinal, h.evidence))
}

fn is(
    template: &str,
    set: &str,
    ordinal: i64,
    evidence: Evidence,
) -> Option<(String, String, i64, Evidence)> {
    Some((template.into(), set.into(), ordinal, evidence))
}

#[test]
fn the_template_of_a_living_set_decides_by_name_alone() {
    let db = set("db", "data", "db");
    assert_eq!(
        found(&claim("data-db-7", &[]), &[&db]),
        is("data", "db", 7, Evidence::Template)
    );
    assert_eq!(found(&claim("data-db-07", &[]), &[&db]), None);
}

#[test]
fn of_two_sets_that_make_the_same_name_the_labels_tell() {
    let (long, short) = (set("x-db", "data", "long"), set("db", "data-x", "short"));
    for (app, expected) in [
        ("long", is("data", "x-db", 0, Evidence::Template)),
        ("short", is("data-x", "db", 0, Evidence::Template)),
    ] {
        let claim = claim("data-x-db-0", &[("app", app)]);
        assert_eq!(found(&claim, &[&long, &short]), expected);
        assert_eq!(found(&claim, &[&short, &long]), expected);
    }
}

#[test]
fn a_number_at_the_end_proves_nothing() {
    for name in ["cache-0", "backup-2026", "data-db-0", "disk-of-alice-3"] {
        assert_eq!(found(&claim(name, &[]), &[]), None, "{name}");
        assert_eq!(found(&claim(name, &[("tier", "gold")]), &[]), None, "{name}");
    }
    assert_eq!(found(&claim("data-db-x", &[("app", "db")]), &[]), None);
}

#[test]
fn a_gone_set_is_believed_by_its_labels() {
    let label = |l: &str| Evidence::Label(l.into());
    let simple = claim("data-db-2", &[("app", "db")]);
    assert_eq!(found(&simple, &[]), is("data", "db", 2, label("app=db")));
    let instance = [
        ("app.kubernetes.io/instance", "shop"),
        ("app.kubernetes.io/name", "db"),
    ];
    let helm = claim("data-shop-db-0", &instance);
    let expected = is("data", "shop-db", 0, label("app.kubernetes.io/instance=shop"));
    assert_eq!(found(&helm, &[]), expected);
    assert_eq!(
        found(&claim("data-dbx-0", &[("app", "db")]), &[]),
        None,
        "no part of a word"
    );
    assert_eq!(found(&claim("db-0", &[("app", "db")]), &[]), None, "no template");
}

#[test]
fn a_gone_set_is_believed_by_its_ownership_and_strangers_are_not() {
    let owned = |kind: &str, name: &str| ClaimFacts {
        owners: vec![Owner {
            kind: kind.into(),
            name: name.into(),
            uid: "u".into(),
            controller: true,
        }],
        ..claim("data-db-1", &[("app", "db")])
    };
    assert_eq!(
        found(&owned("StatefulSet", "db"), &[]),
        is("data", "db", 1, Evidence::Owner)
    );
    assert_eq!(
        found(&owned("Pod", "db-1"), &[]),
        is("data", "db", 1, Evidence::Owner)
    );
    assert_eq!(found(&owned("Pod", "db-2"), &[]), None);
    assert_eq!(found(&owned("VolumeSnapshot", "db"), &[]), None);
}

#[test]
fn a_claim_is_left_behind_only_when_nothing_uses_it() {
    let db = set("db", "data", "db");
    let of = |name: &str, set: Option<&SetFacts>, pods: Option<&[&PodFacts]>| {
        let claim = claim(name, &[("app", "db")]);
        let around = Around::new(set, pods.map(|p| p.iter().copied()));
        around.usage(&claim, &around.home(&claim).expect("a home"))
    };
    let pod = PodFacts {
        name: "debug".into(),
        mounts: vec!["data-db-3".into()],
        ..PodFacts::default()
    };
    assert_eq!(of("data-db-1", Some(&db), Some(&[])), Use::Awaited);
    assert_eq!(of("data-db-2", Some(&db), Some(&[])), Use::Left(Left::Beyond));
    assert_eq!(of("old-db-0", Some(&db), Some(&[])), Use::Left(Left::NoTemplate));
    assert_eq!(of("data-db-0", None, Some(&[])), Use::Left(Left::SetGone));
    assert_eq!(
        of("data-db-3", Some(&db), Some(&[&pod])),
        Use::Pod("debug".into())
    );
    assert_eq!(
        of("data-db-2", Some(&db), None),
        Use::Unknown,
        "another pod may have it"
    );
}

#[test]
fn sizes_are_summed_as_they_were_written() {
    assert_eq!(sum(&["100Gi", "100Gi"]), "200Gi");
    assert_eq!(sum(&["1Gi", "512Mi"]), "1.5Gi");
    assert_eq!(sum(&["600Gi", "600G"]), "1.1Ti");
    assert_eq!(sum(&["1.5Gi", "1.5Gi"]), "3Gi");
    assert_eq!((sum(&[]), sum(&["500"])), ("0".into(), "500".into()));
}

#[test]
fn what_is_typed_names_what_goes() {
    let row = |set: &str, ordinal: i64| ClaimRow {
        uid: String::new(),
        namespace: "shop".into(),
        name: format!("data-{set}-{ordinal}"),
        set: set.into(),
        template: "data".into(),
        ordinal,
        evidence: Evidence::Template,
        living: true,
        usage: Use::Left(Left::Beyond),
        phase: String::new(),
        size: "1Gi".into(),
        class: String::new(),
        policy: String::new(),
        created: 0,
    };
    assert!(confirms(&[row("db", 1)], "data-db-1"));
    assert!(!confirms(&[row("db", 1)], "1"), "one is named");
    assert!(confirms(&[row("db", 1), row("db", 2)], "db"));
    assert!(confirms(&[row("db", 1), row("mq", 2)], "2"));
    assert!(!confirms(&[row("db", 1), row("mq", 2)], "db"));
    assert!(!confirms(&[], ""));
}

#[test]
fn the_window_counts_what_it_does_not_show() {
    let db = set("db", "data", "db");
    let rows: Vec<ClaimRow> = (0..5)
        .rev()
        .map(|n| row_of(&format!("data-db-{n}"), &db))
        .collect();
    let view = ClaimsView::of(
        rows,
        &ClaimsQuery {
            left: true,
            ..ClaimsQuery::default()
        },
    );
    assert_eq!((view.all, view.left, view.left_size.as_str()), (5, 3, "30Gi"));
    let names: Vec<_> = view.rows.iter().map(|r| r.ordinal).collect();
    assert_eq!(names, [2, 3, 4]);
}

fn row_of(name: &str, set: &SetFacts) -> ClaimRow {
    let claim = ClaimFacts {
        size: "10Gi".into(),
        ..claim(name, &[])
    };
    around(&[set]).row(&claim, String::new()).expect("a row")
}
