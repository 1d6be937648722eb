//! The rules one by one, and two people at once against a model of the API server.
use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn object(replicas: i32) -> Value {
    json!({
        "metadata": {"name": "db", "uid": "u", "resourceVersion": "1", "generation": 1},
        "spec": {"replicas": replicas, "template": {"metadata": {}, "spec": {
            "initContainers": [{"name": "init", "image": "busybox:1"}],
            "containers": [{"name": "db", "image": "db:1", "resources": {"requests": {"cpu": 1}}}],
        }}},
        "status": {},
    })
}

fn shown(object: &Value) -> Shown {
    let now = Now::of(object);
    Shown {
        namespace: "shop".into(),
        name: "db".into(),
        uid: now.uid,
        generation: Some(now.generation),
    }
}

/// RFC 7396.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    if let Some(map) = target.as_object_mut() {
        for (key, value) in patch {
            if value.is_null() {
                map.remove(key);
            } else {
                merge(map.entry(key).or_insert(Value::Null), value);
            }
        }
    }
}

/// What the API server does with a write: 409 where it names another version, a new version for each change, a new
/// generation for each change of the spec.
fn store(server: &mut Value, mut wanted: Value) -> Result<(), u16> {
    if wanted["metadata"]["resourceVersion"] != server["metadata"]["resourceVersion"]
        || wanted["metadata"]["uid"] != server["metadata"]["uid"]
    {
        return Err(409);
    }
    if wanted != *server {
        let number = |at: &Value| at.as_str().and_then(|v| v.parse::<u64>().ok()).unwrap_or(0);
        let next = number(&server["metadata"]["resourceVersion"]) + 1;
        wanted["metadata"]["resourceVersion"] = json!(next.to_string());
        if wanted["spec"] != server["spec"] {
            wanted["metadata"]["generation"] = json!(Now::of(server).generation + 1);
        }
        *server = wanted;
    }
    Ok(())
}

fn patched(server: &Value, patch: &Value) -> Value {
    let mut wanted = server.clone();
    merge(&mut wanted, patch);
    wanted
}

fn sent(op: &Op, object: &Value) -> Value {
    match op.decide(&shown(object), &Now::of(object), "2026-01-01T00:00:00Z") {
        Decision::Send(patch) => patch,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_stop_remembers_and_a_start_forgets() {
    let mut server = object(3);
    let stop = Op::Stop {
        deleting: String::new(),
    };
    let patch = sent(&stop, &server);
    let wanted = patched(&server, &patch);
    store(&mut server, wanted).unwrap();
    assert!(holds(&server, &patch), "it is found when no answer came");
    let now = Now::of(&server);
    assert_eq!((now.replicas, now.remembered, now.generation), (0, Some(3), 2));
    assert_eq!(stop.decide(&shown(&server), &now, ""), Decision::Nothing);
    // The beginning of a delete is noted also in a set that is stopped, and keeps the number.
    let patch = sent(&Op::Stop { deleting: "x".into() }, &server);
    let wanted = patched(&server, &patch);
    store(&mut server, wanted).unwrap();
    let now = Now::of(&server);
    assert_eq!((now.remembered, now.deleting.as_str()), (Some(3), "x"));
    let patch = sent(&Op::Start { replicas: 3 }, &server);
    let wanted = patched(&server, &patch);
    store(&mut server, wanted).unwrap();
    let now = Now::of(&server);
    assert_eq!(
        (now.replicas, now.remembered, now.deleting.as_str()),
        (3, None, "")
    );
    assert!(holds(&server, &patch) && !holds(&server, &json!({"spec": {"replicas": 4}})));
}

#[test]
fn what_changed_since_it_was_shown_is_refused() {
    let seen = shown(&object(3));
    let mut now = Now::of(&object(3));
    now.generation = 2;
    assert!(matches!(
        Op::Restart.decide(&seen, &now, ""),
        Decision::Refuse(ApiError::Conflict(_))
    ));
    // Of many sets only the object is meant.
    let any = Shown {
        generation: None,
        ..seen
    };
    assert!(matches!(Op::Restart.decide(&any, &now, ""), Decision::Send(_)));
    now.uid = "v".into();
    assert!(matches!(Op::Restart.decide(&any, &now, ""), Decision::Refuse(_)));
}

#[test]
fn fields_of_containers_are_changed_where_they_are_what_was_shown() {
    let mut set = object(1);
    let all = containers(&set);
    assert_eq!(
        all[0],
        Container {
            name: "init".into(),
            init: true,
            values: ["busybox:1", "", "", "", ""].map(str::to_owned)
        }
    );
    assert_eq!(
        all[1].values,
        ["db:1", "1", "", "", ""].map(str::to_owned),
        "a number is a quantity"
    );
    let to = |init, field, before: &str, after: &str| Change {
        container: if init { "init" } else { "db" }.into(),
        init,
        field,
        before: before.into(),
        after: after.into(),
    };
    let changes = [
        to(false, Amount::MemoryLimit, "", "1Gi"),
        to(false, Amount::CpuRequest, "1", ""),
        to(true, Amount::Image, "busybox:1", "busybox:2"),
    ];
    change(&mut set, &changes).unwrap();
    let db = &set["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(
        db["resources"],
        json!({"limits": {"memory": "1Gi"}}),
        "an empty map goes"
    );
    change(&mut set, &changes).unwrap();
    let error = change(&mut set, &[to(false, Amount::Image, "db:0", "db:2")]).unwrap_err();
    assert!(
        error.words().contains("db image is \"db:1\" now, not \"db:0\""),
        "{error}"
    );
}

#[test]
fn who_leads_is_restarted_last() {
    let labels = |k: &str, v: &str| BTreeMap::from([(k.to_owned(), v.to_owned())]);
    assert_eq!(
        leads(&labels("cnpg.io/instanceRole", "primary")),
        "cnpg.io/instanceRole=primary"
    );
    assert_eq!(leads(&labels("app/leader", "true")), "app/leader=true");
    assert_eq!(leads(&labels("app", "primary-school")), "");
    let pod = |ordinal, leads: &str| PodLine {
        ordinal,
        leads: leads.into(),
        ..PodLine::default()
    };
    let order = one_by_one(vec![pod(0, ""), pod(2, "role=master"), pod(1, "")]);
    assert_eq!(order.iter().map(|p| p.ordinal).collect::<Vec<_>>(), [1, 0, 2]);
}

#[test]
fn a_revision_holds_the_whole_template() {
    let revision = json!({"data": {"spec": {"template": {"$patch": "replace", "spec": {"containers": []}}}}});
    assert_eq!(template_of(&revision), Some(json!({"spec": {"containers": []}})));
    assert_eq!(template_of(&json!({})), None);
}

/// What one person wants.
#[derive(Clone, Debug)]
enum Wish {
    Op(Op),
    Change(Amount, String),
    Back,
}

/// Where a person's operation is: each step may be followed by one of somebody else.
#[derive(Clone, Debug)]
enum At {
    Rests,
    /// The dialog shows the set.
    Saw(Shown, Value),
    /// The console has read it and decided what to send.
    Read(Shown, Value, Value),
}

fn wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        Just(Wish::Op(Op::Restart)),
        Just(Wish::Op(Op::Stop {
            deleting: String::new()
        })),
        (1..5_i32).prop_map(|replicas| Wish::Op(Op::Start { replicas })),
        (0..5_usize, 0..3_u8).prop_map(|(n, v)| Wish::Change(Amount::ALL[n], format!("v{v}"))),
        Just(Wish::Back),
    ]
}

/// What a wish makes of an object, on the condition of what was seen.
fn wanted(wish: &Wish, seen: &Shown, saw: &Value, object: &Value, time: &str) -> Option<Value> {
    match wish {
        Wish::Op(op) => match op.decide(seen, &Now::of(object), time) {
            Decision::Send(patch) => Some(patched(object, &patch)),
            _ => None,
        },
        Wish::Change(field, after) => {
            let n = Amount::ALL.iter().position(|f| f == field)?;
            let before = containers(saw)[1].values[n].clone();
            let change_to = Change {
                container: "db".into(),
                init: false,
                field: *field,
                before,
                after: after.clone(),
            };
            let mut next = object.clone();
            change(&mut next, &[change_to]).ok()?;
            Some(next)
        }
        Wish::Back => {
            still(seen, &Now::of(object)).ok()?;
            let mut next = object.clone();
            next["spec"]["template"] = self::object(1)["spec"]["template"].clone();
            Some(next)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    /// Two people and the controller, step by step in any order: what somebody wrote is overwritten only by somebody who saw it.
    #[test]
    fn two_people_never_overwrite_each_other(steps in prop::collection::vec((0..3_usize, wish()), 10..80)) {
        let mut server = object(3);
        let mut people = [At::Rests, At::Rests];
        let mut wishes = [Wish::Back, Wish::Back];
        for (n, (who, next)) in steps.into_iter().enumerate() {
            if who == 2 {
                let mut status = server.clone();
                status["status"]["n"] = json!(n);
                store(&mut server, status).unwrap();
                continue;
            }
            people[who] = match people[who].clone() {
                At::Rests => {
                    wishes[who] = next;
                    At::Saw(shown(&server), server.clone())
                }
                At::Saw(seen, saw) => match wanted(&wishes[who], &seen, &saw, &server, &n.to_string()) {
                    Some(object) => At::Read(seen, saw, object),
                    None => At::Rests,
                },
                At::Read(seen, saw, object) => {
                    let before = server.clone();
                    match store(&mut server, object) {
                        Err(_) => {
                            prop_assert_eq!(&server, &before);
                            At::Saw(seen, saw)
                        }
                        Ok(()) => {
                            // Whatever this write changed of the spec was as the person saw it.
                            for (then, was) in leaves(&before["spec"], &server["spec"]) {
                                let told = saw["spec"].pointer(&then).cloned().unwrap_or(Value::Null);
                                prop_assert_eq!(told, was, "{} by {:?}", then, wishes[who]);
                            }
                            if let Wish::Op(op) = &wishes[who] {
                                prop_assert_eq!(seen.generation, Some(Now::of(&before).generation));
                                prop_assert!(op.replicas().is_none_or(|r| Now::of(&server).replicas == r));
                                if let (Op::Stop { .. }, 1..) = (op, Now::of(&before).replicas) {
                                    prop_assert_eq!(Now::of(&server).remembered, Some(Now::of(&before).replicas));
                                }
                            }
                            At::Rests
                        }
                    }
                }
            };
        }
    }
}

/// The paths that differ, each with what was there before.
fn leaves(before: &Value, after: &Value) -> Vec<(String, Value)> {
    match (before, after) {
        (a, b) if a == b => Vec::new(),
        // A map that comes or goes is its members.
        (Value::Null, Value::Object(_)) => leaves(&json!({}), after),
        (Value::Object(_), Value::Null) => leaves(before, &json!({})),
        (Value::Object(a), Value::Object(b)) => {
            let keys = a.keys().chain(b.keys().filter(|k| !a.contains_key(*k)));
            let each = keys.flat_map(|key| {
                let null = Value::Null;
                let inner = leaves(a.get(key).unwrap_or(&null), b.get(key).unwrap_or(&null));
                let key = key.replace('~', "~0").replace('/', "~1");
                inner
                    .into_iter()
                    .map(move |(path, was)| (format!("/{key}{path}"), was))
                    .collect::<Vec<_>>()
            });
            each.collect()
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let each = a.iter().zip(b).enumerate();
            each.flat_map(|(n, (x, y))| {
                leaves(x, y)
                    .into_iter()
                    .map(move |(p, was)| (format!("/{n}{p}"), was))
                    .collect::<Vec<_>>()
            })
            .collect()
        }
        (a, _) => vec![(String::new(), a.clone())],
    }
}
