use super::*;

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

fn status(set: &SetFacts, pods: &[PodFacts]) -> (Status, Reason) {
    let pods: Vec<_> = pods.iter().collect();
    judge(set, Some(&pods), &[], &|_| None)
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
    let judged = judge(&stopped, Some(&[]), &[&claim, &claim], &|_| None);
    assert_eq!(
        judged,
        (
            Status::Stopped,
            Reason::Remains {
                replicas: 3,
                claims: 2
            }
        )
    );
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
    assert_eq!(under_way.0, Status::RollingOut { done: 0, of: 3 });
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
    let refs: Vec<_> = pods.iter().collect();
    let down = |name: &str| {
        Some(NodeFacts {
            name: name.into(),
            ..NodeFacts::default()
        })
    };
    let judged = judge(&set(2), Some(&refs), &[], &down);
    let reason = Reason::NodeLost {
        node: "n1".into(),
        pod: "web-1".into(),
    };
    assert_eq!(judged, (Status::Degraded { ready: 1, of: 2 }, reason));
    assert_eq!(
        status(&set(2), &pods).1,
        Reason::Terminating { pod: "web-1".into() }
    );
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
            Status::Scaling { ready: 1, of: 1 },
            Reason::WaitingForStop { pod: "web-1".into() }
        )
    );
}

#[test]
fn running_but_unready_is_degraded() {
    let unready = PodFacts {
        ready: false,
        ..pod(1, "a")
    };
    assert_eq!(
        status(&set(2), &[pod(0, "a"), unready]).0,
        Status::Degraded { ready: 1, of: 2 }
    );
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
        judge(&blind, None, &[], &|_| None),
        (Status::Degraded { ready: 1, of: 2 }, Reason::PodsHidden)
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
        let last = i64::from(start) + i64::from(replicas) - 1;
        let reason = Reason::WaitingForReady {
            pod: format!("web-{last}"),
        };
        assert_eq!(
            status(&huge, &[]),
            (
                Status::RollingOut {
                    done: 0,
                    of: replicas
                },
                reason
            )
        );
        let first = Reason::WaitingForStart {
            pod: format!("web-{start}"),
        };
        let settled = SetFacts {
            update_revision: "a".into(),
            ..huge
        };
        assert_eq!(
            status(&settled, &[]),
            (
                Status::Scaling {
                    ready: 0,
                    of: replicas
                },
                first
            )
        );
    }
}
