use super::*;
use serde_json::json;

fn object(image: &str, replicas: i64, env: &[(&str, &str)]) -> Value {
    let env: Vec<Value> = env.iter().map(|(n, v)| json!({"name": n, "value": v})).collect();
    json!({"spec": {"replicas": replicas, "template": {"spec": {"containers": [
        {"name": "db", "image": image, "env": env}, {"name": "proxy", "image": "p:1"}]}}}})
}

fn paths(changes: &[Change]) -> Vec<String> {
    changes.iter().map(|c| c.path.to_string()).collect()
}

#[test]
fn a_change_has_its_place() {
    let (a, b) = (
        object("db:1", 3, &[("A", "1")]),
        object("db:2", 3, &[("A", "1"), ("B", "2")]),
    );
    let at = "spec.template.spec.containers[name=db]";
    assert_eq!(
        paths(&diff(&a, &b)),
        [format!("{at}.env[name=B]"), format!("{at}.image")]
    );
    assert!(diff(&a, &a).is_empty());
}

#[test]
fn both_sides_are_kept_where_they_do_not_touch() {
    let base = object("db:1", 3, &[("A", "1")]);
    let mine = object("db:2", 3, &[("A", "1")]);
    let theirs = object("db:1", 5, &[("A", "1"), ("B", "2")]);
    assert_eq!(
        merge(&base, &mine, &theirs, &[]),
        Ok(object("db:2", 5, &[("A", "1"), ("B", "2")]))
    );
}

#[test]
fn what_both_changed_is_chosen() {
    let (base, mine, theirs) = (
        object("db:1", 3, &[]),
        object("db:2", 3, &[]),
        object("db:3", 4, &[]),
    );
    let conflicts = merge(&base, &mine, &theirs, &[]).unwrap_err();
    assert_eq!(conflicts.len(), 1);
    let Conflict {
        path,
        mine: m,
        theirs: t,
        ..
    } = conflicts[0].clone();
    assert_eq!((m, t), (Some(json!("db:2")), Some(json!("db:3"))));
    let chosen = |side| merge(&base, &mine, &theirs, &[(path.clone(), side)]).unwrap();
    assert_eq!(chosen(Side::Mine), object("db:2", 4, &[]));
    assert_eq!(chosen(Side::Theirs), theirs);
    // To the same is no conflict.
    assert_eq!(merge(&base, &theirs, &theirs, &[]), Ok(theirs.clone()));
}

#[test]
fn what_one_removed_and_the_other_changed_is_a_conflict_of_the_whole() {
    let base = object("db:1", 3, &[("A", "1")]);
    let mut mine = base.clone();
    put(&mut mine, &Path::parse("spec.template"), None);
    let theirs = object("db:9", 3, &[("A", "1")]);
    let conflicts = merge(&base, &mine, &theirs, &[]).unwrap_err();
    assert_eq!(conflicts[0].path.to_string(), "spec.template");
    assert_eq!(conflicts[0].mine, None);
}

#[test]
fn a_new_order_is_a_change_of_the_list() {
    let (a, b) = (
        object("d", 1, &[("A", "1"), ("B", "2")]),
        object("d", 1, &[("B", "2"), ("A", "1")]),
    );
    assert_eq!(
        paths(&diff(&a, &b)),
        ["spec.template.spec.containers[name=db].env"]
    );
}

#[test]
fn removing_removes() {
    let base = object("db:1", 3, &[("A", "1"), ("B", "2")]);
    let mine = object("db:1", 3, &[("B", "2")]);
    let theirs = object("db:1", 9, &[("A", "1"), ("B", "2"), ("C", "3")]);
    assert_eq!(
        merge(&base, &mine, &theirs, &[]),
        Ok(object("db:1", 9, &[("B", "2"), ("C", "3")]))
    );
}

mod properties {
    use super::super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            (0..4i64).prop_map(Value::from),
            "[a-c]{0,2}".prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            let members = prop::collection::btree_map("[a-c]", inner.clone(), 0..3);
            prop_oneof![
                prop::collection::btree_map(
                    prop_oneof!["[a-c]", Just("list".to_owned())],
                    inner.clone(),
                    0..4
                )
                .prop_map(|m| json!(m)),
                members.prop_map(|m| {
                    let items: Vec<Value> = m.into_iter().map(|(k, v)| json!({"name": k, "v": v})).collect();
                    json!({"containers": items})
                }),
                prop::collection::vec(inner, 0..3).prop_map(Value::from),
            ]
        })
    }

    proptest! {
        #[test]
        fn one_side_alone_is_taken(base in value(), changed in value()) {
            prop_assert_eq!(merge(&base, &changed, &base, &[]), Ok(changed.clone()));
            prop_assert_eq!(merge(&base, &base, &changed, &[]), Ok(changed));
        }

        #[test]
        fn both_sides_alike_are_no_conflict(base in value(), changed in value()) {
            prop_assert_eq!(merge(&base, &changed, &changed, &[]), Ok(changed));
        }

        #[test]
        fn a_conflict_can_always_be_settled(base in value(), mine in value(), theirs in value()) {
            if let Err(conflicts) = merge(&base, &mine, &theirs, &[]) {
                for side in [Side::Mine, Side::Theirs] {
                    let choices: Vec<(Path, Side)> = conflicts.iter().map(|c| (c.path.clone(), side)).collect();
                    prop_assert!(merge(&base, &mine, &theirs, &choices).is_ok());
                }
            }
        }
    }
}

#[test]
fn ports_of_a_service_are_merged_one_by_one_where_they_have_names() {
    let service = |ports: Value| json!({"spec": {"ports": ports}});
    let base = service(json!([{"name": "http", "port": 80}, {"name": "admin", "port": 81}]));
    let mine = service(json!([{"name": "http", "port": 8080}, {"name": "admin", "port": 81}]));
    let theirs = service(json!([{"name": "http", "port": 80}, {"name": "admin", "port": 82}]));
    let merged = merge(&base, &mine, &theirs, &[]).unwrap();
    assert_eq!(
        merged,
        service(json!([{"name": "http", "port": 8080}, {"name": "admin", "port": 82}]))
    );
    let other = service(json!([{"name": "http", "port": 8443}, {"name": "admin", "port": 81}]));
    let conflicts = merge(&base, &mine, &other, &[]).unwrap_err();
    assert_eq!(conflicts[0].path.to_string(), "spec.ports[name=http].port");
    assert_eq!(
        (conflicts[0].mine.clone(), conflicts[0].theirs.clone()),
        (Some(json!(8080)), Some(json!(8443)))
    );
    // Without names the list is one value.
    let base = service(json!([{"port": 80}]));
    let mine = service(json!([{"port": 8080}]));
    let other = service(json!([{"port": 8443}]));
    let conflicts = merge(&base, &mine, &other, &[]).unwrap_err();
    assert_eq!(conflicts[0].path.to_string(), "spec.ports");
}
