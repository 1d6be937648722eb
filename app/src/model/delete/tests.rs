use super::*;
use crate::model::{
    facts::{PodFacts, SetFacts},
    many::whole,
};

fn plan() -> DeletePlan {
    let claim = |ordinal: i64| PlanClaim {
        name: format!("data-db-{ordinal}"),
        uid: format!("c{ordinal}"),
        ordinal,
        ..PlanClaim::default()
    };
    DeletePlan {
        namespace: "shop".into(),
        name: "db".into(),
        uid: "s".into(),
        replicas: 2,
        service: Some(PlanService {
            name: "db".into(),
            uid: "v".into(),
            headless: true,
            selects: true,
            ..PlanService::default()
        }),
        claims: (0..3).map(claim).collect(),
        ..DeletePlan::default()
    }
}

fn names(claims: &Share) -> Vec<&str> {
    claims.listed.iter().map(|c| c.name.as_str()).collect()
}

#[test]
fn by_itself_nothing_goes_that_holds_data_or_serves_others() {
    let mut plan = plan();
    let advised = plan.advised(false);
    assert_eq!(
        (advised.service, advised.claims, advised.scale_first),
        (true, false, true)
    );
    assert_eq!(
        names(&plan.effect(&advised).stay),
        ["data-db-0", "data-db-1", "data-db-2"]
    );
    plan.service.as_mut().unwrap().sets = Many::of(["other".to_owned()], 1);
    assert!(!plan.advised(false).service);
    assert!(!plan.advised(true).scale_first);
}

#[test]
fn scaling_first_is_not_advised_where_it_deletes_claims_that_would_stay() {
    let mut plan = plan();
    plan.scaling_deletes = true;
    assert!(!plan.advised(false).scale_first);
    let effect = plan.effect(&Choice {
        scale_first: true,
        ..Choice::default()
    });
    assert_eq!(names(&effect.scaled), ["data-db-0", "data-db-1"]);
    assert_eq!(
        names(&effect.stay),
        ["data-db-2"],
        "its pod is not among those that stop"
    );
}

#[test]
fn claims_that_the_set_owns_go_without_being_asked_for() {
    let mut plan = plan();
    plan.claims[0].owned = true;
    let choice = Choice {
        claims: true,
        ..Choice::default()
    };
    assert_eq!(names(&plan.effect(&Choice::default()).owned), ["data-db-0"]);
    let targets = plan.targets(&choice);
    let told: Vec<_> = targets.iter().map(|t| (t.kind, t.uid.as_str())).collect();
    let claim = Kind::PersistentVolumeClaim;
    assert_eq!(told, [(Kind::StatefulSet, "s"), (claim, "c1"), (claim, "c2")]);
}

#[test]
fn claims_are_chosen_one_by_one_and_what_stands_beside_goes_when_it_is_ticked() {
    let mut plan = plan();
    plan.beside = vec![Beside {
        kind: Kind::HorizontalPodAutoscaler,
        name: "db".into(),
        uid: "h".into(),
        used: Many::default(),
    }];
    let choice = Choice {
        claims: true,
        spared: vec!["c1".into()],
        beside: vec!["h".into(), "unknown".into()],
        ..Choice::default()
    };
    let targets = plan.targets(&choice);
    assert_eq!(
        targets.iter().map(|t| t.uid.as_str()).collect::<Vec<_>>(),
        ["s", "h", "c0", "c2"]
    );
    assert_eq!(names(&plan.effect(&choice).stay), ["data-db-1"]);
}

#[test]
fn only_what_was_refused_or_not_tried_is_tried_again() {
    let targets = plan().targets(&Choice {
        claims: true,
        service: true,
        ..Choice::default()
    });
    let fates = [
        Fate::Gone,
        Fate::Refused(ApiError::Unauthorized),
        Fate::Anew,
        Fate::Untried,
        Fate::Deleted,
    ];
    let done = |(target, fate)| Done { target, fate };
    let report: Vec<_> = targets.into_iter().zip(fates).map(done).collect();
    let again = rest(&report);
    assert_eq!(
        again.iter().map(|t| t.uid.as_str()).collect::<Vec<_>>(),
        ["v", "c1"]
    );
    let fixed = Done {
        target: again[0].clone(),
        fate: Fate::Deleted,
    };
    assert_eq!(rest(&merged(&report, &[fixed])), again[1..]);
}

#[test]
fn an_ordered_set_gets_stuck_on_two_failing_pods_and_any_on_a_lost_one() {
    let pod = |ordinal: i64, failing: bool| PodFacts {
        ordinal,
        name: format!("db-{ordinal}"),
        ready: !failing,
        failing,
        ..PodFacts::default()
    };
    let told = |pods: &[PodFacts], parallel| {
        let set = SetFacts {
            name: "db".into(),
            replicas: 3,
            parallel,
            ..SetFacts::default()
        };
        blocked(&Scene::of(&set, &pods.iter().collect::<Vec<_>>(), &[], 0))
    };
    let mut pods = vec![pod(0, true), pod(1, false), pod(2, false)];
    assert_eq!(
        told(&pods, false),
        None,
        "the lowest that is not ready is stopped"
    );
    pods[2] = pod(2, true);
    assert_eq!(told(&pods, false), Some(("db-2".into(), Hold::OutOfTurn)));
    assert_eq!(told(&pods, true), None);
    pods[1].lost = true;
    assert_eq!(told(&pods, true), Some(("db-1".into(), Hold::Kept)));
}

#[test]
fn claims_that_are_not_listed_are_counted_and_stay_unless_kubernetes_deletes_them() {
    let unlisted = |owned, asked_for, count, size: &str| Unlisted {
        owned,
        asked_for,
        count,
        size: size.into(),
    };
    let mut plan = plan();
    plan.claims[0].size = "1Gi".into();
    plan.unlisted = vec![
        unlisted(false, true, 9_000, "9000Gi"),
        unlisted(false, false, 500, "500Gi"),
        unlisted(true, true, 7, "7Gi"),
    ];
    let ticked = Choice {
        claims: true,
        ..Choice::default()
    };
    let effect = plan.effect(&ticked);
    assert_eq!(
        (effect.deleted.count(), effect.stay.count(), effect.owned.count()),
        (3, 9_500, 7)
    );
    assert_eq!(effect.stay.size(), "9500Gi");
    assert_eq!(
        (effect.stay.names().first.len(), effect.stay.names().more),
        (0, 9_500)
    );
    assert_eq!(
        plan.targets(&ticked).len(),
        4,
        "the set and the claims that were shown"
    );
    assert_eq!(plan.kept().count(), 9_503);
    plan.scaling_deletes = true;
    let scaled = plan.effect(&Choice {
        scale_first: true,
        ..Choice::default()
    });
    assert_eq!((scaled.scaled.count(), scaled.stay.count()), (9_002, 501));
    assert!(!plan.advised(false).scale_first);
}

#[test]
fn a_long_report_shows_first_what_is_still_there() {
    let done = |n: i64, fate| Done {
        target: Target {
            kind: Kind::PersistentVolumeClaim,
            namespace: "shop".into(),
            name: format!("data-db-{n}"),
            uid: n.to_string(),
        },
        fate,
    };
    let mut report: Vec<Done> = (0..500).map(|n| done(n, Fate::Deleted)).collect();
    report[321].fate = Fate::Used;
    let told = shown(&report);
    assert_eq!((told.first.len(), told.more), (ROWS, 500 - whole(ROWS)));
    assert_eq!(
        (
            told.first[0].target.name.as_str(),
            told.first[1].target.name.as_str()
        ),
        ("data-db-321", "data-db-0")
    );
}
