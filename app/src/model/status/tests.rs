use super::*;
use crate::model::facts::{ClaimFacts, NodeFacts, PodFacts, REPLICAS_ANNOTATION, SetFacts};
use crate::model::warnings::WarningFacts;

/// When everything is judged.
const NOW: i64 = 10_000;

fn set(replicas: i32) -> SetFacts {
    SetFacts {
        name: "web".into(),
        replicas,
        observed: true,
        current_revision: "a".into(),
        update_revision: "a".into(),
        ..SetFacts::default()
    }
}

fn pod(ordinal: i64, revision: &str) -> PodFacts {
    PodFacts {
        name: format!("web-{ordinal}"),
        ordinal,
        revision: revision.into(),
        state: "Running".into(),
        phase: "Running".into(),
        ready: true,
        node: "n1".into(),
        ..PodFacts::default()
    }
}

fn starting(ordinal: i64, revision: &str) -> PodFacts {
    PodFacts {
        ready: false,
        phase: "Pending".into(),
        state: "ContainerCreating".into(),
        ..pod(ordinal, revision)
    }
}

fn failing(ordinal: i64, revision: &str) -> PodFacts {
    PodFacts {
        failing: true,
        state: "ImagePullBackOff".into(),
        message: "not found".into(),
        ..starting(ordinal, revision)
    }
}

/// A look at these pods.
fn judged(
    set: &SetFacts,
    pods: &[PodFacts],
    warnings: &[WarningFacts],
    node: Option<bool>,
) -> (Status, Reason) {
    let judged = judge(&Seen {
        set,
        pods: Some(&pods.iter().collect::<Vec<_>>()),
        claims: &[],
        warnings: &warnings.iter().collect::<Vec<_>>(),
        nodes: &|name| {
            node.map(|ready| NodeFacts {
                name: name.into(),
                ready,
                ..NodeFacts::default()
            })
        },
        now: NOW,
    });
    (judged.status, judged.reason)
}

fn status(set: &SetFacts, pods: &[PodFacts]) -> (Status, Reason) {
    judged(set, pods, &[], None)
}

#[test]
fn all_ready_is_running() {
    assert_eq!(
        status(&set(2), &[pod(0, "a"), pod(1, "a")]),
        (Status::Running, Reason::None)
    );
}

#[test]
fn a_deletion_outranks_everything() {
    let deleting = SetFacts {
        deleting: true,
        ..set(1)
    };
    assert_eq!(status(&deleting, &[failing(0, "a")]).0, Status::Deleting);
}

#[test]
fn none_asked_for_and_none_there_is_stopped_and_remembers() {
    let mut stopped = set(0);
    stopped.annotations.insert(REPLICAS_ANNOTATION.into(), "3".into());
    let claim = ClaimFacts::default();
    let judged = judge(&Seen {
        set: &stopped,
        pods: Some(&[]),
        claims: &[&claim, &claim],
        warnings: &[],
        nodes: &|_| None,
        now: NOW,
    });
    let reason = Reason::Remains {
        replicas: 3,
        claims: 2,
    };
    assert_eq!((judged.status, judged.reason), (Status::Stopped, reason));
    // With a pod still there it is not stopped yet (KS-06 calls that "updating").
    let leaving = PodFacts {
        terminating: true,
        ..pod(0, "a")
    };
    assert_eq!(
        status(&set(0), &[leaving]).1,
        Reason::WaitingForStop { pod: "web-0".into() }
    );
}

#[test]
fn a_rollout_waits_for_the_highest_ordinal_that_is_not_done() {
    let rolling = SetFacts {
        update_revision: "b".into(),
        ..set(3)
    };
    let judged = status(&rolling, &[pod(0, "a"), starting(1, "b"), pod(2, "b")]);
    let reason = Reason::WaitingForReady { pod: "web-1".into() };
    assert_eq!(judged, (Status::RollingOut { done: 1, of: 3 }, reason));
}

#[test]
fn a_partition_holds_a_canary_only_when_the_rest_is_done() {
    let canary = SetFacts {
        update_revision: "b".into(),
        partition: 2,
        ..set(3)
    };
    let done = status(&canary, &[pod(0, "a"), pod(1, "a"), pod(2, "b")]);
    assert_eq!(done.0, Status::CanaryHeld { at: 2 });
    let under_way = status(&canary, &[pod(0, "a"), pod(1, "a"), starting(2, "b")]);
    assert_eq!(under_way.0, Status::RollingOut { done: 0, of: 1 });
}

#[test]
fn on_delete_waits_for_a_person() {
    let manual = SetFacts {
        update_revision: "b".into(),
        on_delete: true,
        ..set(2)
    };
    let judged = status(&manual, &[pod(0, "a"), pod(1, "b")]);
    assert_eq!(
        judged,
        (
            Status::RollingOut { done: 1, of: 2 },
            Reason::OnDelete { left: 1 }
        )
    );
}

#[test]
fn a_failing_pod_makes_the_set_stuck_with_the_clusters_words() {
    let rolling = SetFacts {
        update_revision: "b".into(),
        ..set(2)
    };
    let judged = status(&rolling, &[pod(0, "a"), failing(1, "b")]);
    let reason = Reason::Pod {
        state: "ImagePullBackOff".into(),
        message: "not found".into(),
    };
    assert_eq!(judged, (Status::Stuck { pod: "web-1".into() }, reason));
}

#[test]
fn a_lost_node_is_named_only_when_it_is_known_to_be_lost() {
    let lost = PodFacts {
        lost: true,
        ready: false,
        ..pod(1, "a")
    };
    let pods = [pod(0, "a"), lost];
    let found = judged(&set(2), &pods, &[], Some(false));
    let reason = Reason::NodeLost {
        node: "n1".into(),
        pod: "web-1".into(),
    };
    assert_eq!(found, (Status::Degraded { ready: 1, of: 2 }, reason));
    assert_eq!(
        status(&set(2), &pods).1,
        Reason::SeemsLost { pod: "web-1".into() }
    );
    assert!(!matches!(
        judged(&set(2), &pods, &[], Some(true)).1,
        Reason::SeemsLost { .. } | Reason::NodeLost { .. }
    ));
}

#[test]
fn scaling_tells_what_it_waits_for() {
    let up = status(&set(2), &[pod(0, "a")]);
    assert_eq!(up.1, Reason::WaitingForStart { pod: "web-1".into() });
    let begun = status(&set(2), &[pod(0, "a"), starting(1, "a")]);
    assert_eq!(begun.1, Reason::WaitingForReady { pod: "web-1".into() });
    let down = status(&set(1), &[pod(0, "a"), pod(1, "a")]);
    assert_eq!(
        down,
        (
            Status::ScalingDown { pods: 2, to: 1 },
            Reason::WaitingForStop { pod: "web-1".into() }
        )
    );
}

#[test]
fn running_but_unready_is_degraded_unless_it_only_starts() {
    let unready = |since, dropped| PodFacts {
        ready: false,
        since,
        dropped,
        unready: vec!["shipper".into()],
        ..pod(1, "a")
    };
    let reason = Reason::NotReady {
        pod: "web-1".into(),
        names: "shipper".into(),
    };
    let found = status(&set(2), &[pod(0, "a"), unready(NOW - 1, true)]);
    assert_eq!(found, (Status::Degraded { ready: 1, of: 2 }, reason));
    let started = |since| status(&set(2), &[pod(0, "a"), unready(since, false)]).0;
    assert_eq!(started(NOW - 30), Status::Scaling { ready: 1, of: 2 });
    assert_eq!(started(NOW - 60), Status::Degraded { ready: 1, of: 2 });
}

#[test]
fn ready_is_not_yet_available() {
    let patient = SetFacts {
        min_ready: 120,
        ..set(1)
    };
    let ready = |since| status(&patient, &[PodFacts { since, ..pod(0, "a") }]);
    let reason = Reason::WaitingForAvailable {
        pod: "web-0".into(),
        seconds: 120,
    };
    assert_eq!(ready(NOW - 119), (Status::Scaling { ready: 1, of: 1 }, reason));
    assert_eq!(ready(NOW - 120).0, Status::Running);
}

#[test]
fn a_pod_that_the_server_refuses_needs_somebody() {
    let warning = |last| WarningFacts {
        reason: "FailedCreate".into(),
        message: "create Pod web-1 in StatefulSet web failed error: exceeded quota".into(),
        first: NOW - 20,
        last,
        ..WarningFacts::default()
    };
    let refused = Status::Refused { pod: "web-1".into() };
    let seen = |pods: &[PodFacts], last| judged(&set(2), pods, &[warning(last)], None).0;
    assert_eq!(seen(&[pod(0, "a")], NOW - 10), refused);
    assert_eq!(seen(&[pod(0, "a"), pod(1, "a")], NOW - 10), Status::Running);
    assert_ne!(seen(&[starting(0, "a")], NOW - 10), refused, "web-1 is not tried");
}

#[test]
fn a_revision_that_was_taken_back_is_told_only_where_it_blocks() {
    let pods = [pod(0, "a"), failing(1, "b")];
    let reason = Reason::Outdated {
        pod: "web-1".into(),
        revision: "b".into(),
    };
    assert_eq!(
        status(&set(2), &pods),
        (Status::Stuck { pod: "web-1".into() }, reason)
    );
    let parallel = SetFacts {
        parallel: true,
        ..set(2)
    };
    assert!(!matches!(status(&parallel, &pods).1, Reason::Outdated { .. }));
}

#[test]
fn the_highest_pod_that_fails_goes_by_itself_and_two_need_somebody() {
    let down = |pods: &[PodFacts]| status(&set(1), pods);
    let alone = down(&[pod(0, "a"), failing(1, "a")]);
    assert_eq!(alone.0, Status::ScalingDown { pods: 2, to: 1 });
    let two = down(&[pod(0, "a"), failing(1, "a"), failing(2, "a")]);
    let reason = Reason::OutOfTurn { pod: "web-2".into() };
    assert_eq!(two, (Status::Stuck { pod: "web-2".into() }, reason));
}

#[test]
fn what_keeps_a_pod_is_named() {
    let held = PodFacts {
        terminating: true,
        overdue: true,
        finalizers: vec!["backup.example.com/upload".into()],
        ..pod(1, "a")
    };
    let found = status(&set(2), &[pod(0, "a"), held]);
    let reason = Reason::Finalizer {
        object: "web-1".into(),
        name: "backup.example.com/upload".into(),
    };
    assert_eq!(found, (Status::Held { pod: "web-1".into() }, reason));
}

#[test]
fn an_evicted_pod_comes_back_by_itself() {
    let evicted = PodFacts {
        phase: "Failed".into(),
        state: "Evicted".into(),
        message: "The node was low on memory.".into(),
        failing: false,
        ..starting(1, "a")
    };
    let found = status(&set(2), &[pod(0, "a"), evicted]);
    let reason = Reason::Ended {
        pod: "web-1".into(),
        state: "Evicted: The node was low on memory.".into(),
    };
    assert_eq!(found, (Status::Scaling { ready: 1, of: 2 }, reason));
}

#[test]
fn a_partition_above_the_replicas_holds_every_update() {
    let frozen = SetFacts {
        update_revision: "b".into(),
        partition: 5,
        start: 1,
        ..set(1)
    };
    let found = status(&frozen, &[pod(1, "a")]);
    assert_eq!(found, (Status::UpdateHeld, Reason::PartitionAbove { at: 6 }));
}

#[test]
fn a_strategy_that_is_not_known_is_named_and_judged_by_the_pods() {
    let strange = SetFacts {
        update_revision: "b".into(),
        strategy: "Recreate".into(),
        ..set(1)
    };
    let reason = Reason::Strategy {
        name: "Recreate".into(),
        left: 1,
    };
    assert_eq!(status(&strange, &[pod(0, "a")]).1, reason);
    assert_eq!(status(&strange, &[pod(0, "b")]).0, Status::Running);
}

#[test]
fn ordinals_may_start_above_zero() {
    let set = SetFacts { start: 5, ..set(2) };
    assert_eq!(status(&set, &[pod(5, "a"), pod(6, "a")]).0, Status::Running);
    assert_eq!(
        status(&set, &[pod(5, "a")]).1,
        Reason::WaitingForStart { pod: "web-6".into() }
    );
}

#[test]
fn without_the_right_to_read_pods_the_counts_speak() {
    let blind = SetFacts { ready: 1, ..set(2) };
    assert_eq!(
        judge(&Seen {
            set: &blind,
            pods: None,
            claims: &[],
            warnings: &[],
            nodes: &|_| None,
            now: NOW,
        }),
        Judged {
            status: Status::Degraded { ready: 1, of: 2 },
            reason: Reason::PodsHidden,
            since: 0
        }
    );
}

#[test]
fn a_set_whose_pods_are_never_made_is_judged_at_once() {
    for (start, replicas) in [(0, i32::MAX), (i32::MAX, i32::MAX), (0, 1_000_000)] {
        let huge = SetFacts {
            start,
            update_revision: "b".into(),
            ..set(replicas)
        };
        let first = Reason::WaitingForStart {
            pod: format!("web-{start}"),
        };
        let of = replicas;
        assert_eq!(
            status(&huge, &[]),
            (Status::RollingOut { done: 0, of }, first.clone())
        );
        let settled = SetFacts {
            update_revision: "a".into(),
            ..huge
        };
        assert_eq!(status(&settled, &[]), (Status::Scaling { ready: 0, of }, first));
    }
}
