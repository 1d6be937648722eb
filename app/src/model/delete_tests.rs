use super::*;

fn plan() -> DeletePlan {
    let claim = |ordinal: i32| PlanClaim {
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

fn names(claims: &[PlanClaim]) -> Vec<&str> {
    claims.iter().map(|c| c.name.as_str()).collect()
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
        names(&plan.effect(advised).stay),
        ["data-db-0", "data-db-1", "data-db-2"]
    );
    plan.service.as_mut().unwrap().sets.push("other".into());
    assert!(!plan.advised(false).service);
    assert!(!plan.advised(true).scale_first);
}

#[test]
fn scaling_first_is_not_advised_where_it_deletes_claims_that_would_stay() {
    let mut plan = plan();
    plan.scaling_deletes = true;
    assert!(!plan.advised(false).scale_first);
    let effect = plan.effect(Choice {
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
    assert_eq!(names(&plan.effect(Choice::default()).owned), ["data-db-0"]);
    let targets = plan.targets(choice);
    let told: Vec<_> = targets.iter().map(|t| (t.kind, t.uid.as_str())).collect();
    let claim = Kind::PersistentVolumeClaim;
    assert_eq!(told, [(Kind::StatefulSet, "s"), (claim, "c1"), (claim, "c2")]);
}

#[test]
fn only_what_was_refused_or_not_tried_is_tried_again() {
    let targets = plan().targets(Choice {
        claims: true,
        service: true,
        scale_first: false,
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
    let row = |ordinal: i32, failing: bool| OrdinalRow {
        ordinal,
        pod: format!("db-{ordinal}"),
        present: true,
        ready: !failing,
        failing,
        ..OrdinalRow::default()
    };
    let mut rows = vec![row(0, true), row(1, false), row(2, false)];
    assert_eq!(
        blocked(&rows, false),
        None,
        "the lowest that is not ready is stopped"
    );
    rows[2] = row(2, true);
    let waits = Blocked::Waits {
        pod: "db-2".into(),
        below: "db-0".into(),
    };
    assert_eq!(blocked(&rows, false), Some(waits));
    assert_eq!(blocked(&rows, true), None);
    rows[1].lost = true;
    assert_eq!(blocked(&rows, true), Some(Blocked::Lost { pod: "db-1".into() }));
}
