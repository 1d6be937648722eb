use super::*;

fn container(name: &str, state: State) -> Container {
    Container {
        name: name.into(),
        state,
        ..Container::default()
    }
}

fn view(containers: Vec<Container>) -> PodView {
    let condition = |kind: &str, status: &str, since| Condition {
        kind: kind.into(),
        status: status.into(),
        since,
        ..Condition::default()
    };
    PodView {
        pod: PodBody {
            facts: PodFacts {
                name: "db-0".into(),
                phase: "Running".into(),
                node: "n1".into(),
                created: 1_000,
                ..PodFacts::default()
            },
            conditions: vec![
                condition("Ready", "False", 1_000),
                condition("PodScheduled", "True", 1_010),
            ],
            containers,
            ..PodBody::default()
        },
        node: Ok(Some(NodeAround {
            zone: "a".into(),
            ready: true,
            exists: true,
        })),
        ..PodView::default()
    }
}

fn waiting(reason: &str) -> State {
    State::Waiting {
        reason: reason.into(),
        message: format!("{reason} it is"),
    }
}

fn event(reason: &str, message: &str, container: &str) -> PodEvent {
    PodEvent {
        row: EventRow {
            reason: reason.into(),
            message: message.into(),
            ..EventRow::default()
        },
        container: container.into(),
    }
}

#[test]
fn what_a_container_waits_for_is_told_by_its_kind() {
    let of = |reason: &str| judge(&view(vec![container("db", waiting(reason))])).trouble;
    for reason in ["ErrImagePull", "ImagePullBackOff", "InvalidImageName"] {
        assert!(matches!(of(reason), Trouble::Image { .. }), "{reason}");
    }
    for reason in [
        "CreateContainerConfigError",
        "CreateContainerError",
        "RunContainerError",
    ] {
        assert!(matches!(of(reason), Trouble::Config { .. }), "{reason}");
    }
    assert!(matches!(of("CrashLoopBackOff"), Trouble::Crash { .. }));
    let container = "db".to_owned();
    assert_eq!(of("ContainerCreating"), Trouble::Starting { container });
}

#[test]
fn what_is_the_matter_with_the_whole_pod_comes_before_its_containers() {
    let mut seen = view(vec![container("db", waiting("ContainerCreating"))]);
    seen.pod.conditions[1].status = "False".into();
    seen.pod.conditions[1].message = "0/3 nodes are available".into();
    let words = "0/3 nodes are available".to_owned();
    assert_eq!(judge(&seen).trouble, Trouble::Unschedulable { words });
    seen.pod.scheduling_gates = vec!["example.com/quota".into()];
    assert!(matches!(judge(&seen).trouble, Trouble::Gated { .. }));
    seen.pod.facts.phase = "Failed".into();
    seen.pod.reason = "Evicted".into();
    seen.pod.message = "The node was low on memory".into();
    let (reason, words) = ("Evicted".to_owned(), "The node was low on memory".to_owned());
    assert_eq!(judge(&seen).trouble, Trouble::Failed { reason, words });
}

#[test]
fn a_volume_that_does_not_come_is_told_by_its_event() {
    let mut seen = view(vec![container("db", waiting("ContainerCreating"))]);
    seen.events = Ok(vec![event("FailedMount", "secret \"x\" not found", "")]);
    let (reason, words) = ("FailedMount".to_owned(), "secret \"x\" not found".to_owned());
    assert_eq!(judge(&seen).trouble, Trouble::Setup { reason, words });
    // Once the container runs, an old event says nothing.
    seen.pod.containers[0].state = State::Running { since: 1 };
    assert!(matches!(judge(&seen).trouble, Trouble::NotReady { .. }));
}

#[test]
fn a_running_container_that_is_not_ready_names_the_probe_that_fails() {
    let probe = |kind: &str| Probe {
        kind: kind.into(),
        ..Probe::default()
    };
    let mut db = container("db", State::Running { since: 1 });
    db.probes = vec![probe("readiness"), probe("liveness")];
    let mut seen = view(vec![db]);
    let kinds = |seen: &PodView| match judge(seen) {
        Verdict {
            tone,
            trouble: Trouble::NotReady { probe, words, .. },
        } => (tone, probe, words),
        other => panic!("{other:?}"),
    };
    assert_eq!(kinds(&seen), (Tone::Warn, "readiness".into(), String::new()));
    let words = "Readiness probe failed: connection refused";
    seen.events = Ok(vec![
        event("Unhealthy", words, "other"),
        event("Unhealthy", words, "db"),
    ]);
    assert_eq!(kinds(&seen), (Tone::Bad, "readiness".into(), words.into()));
    assert_eq!(seen.probe_failure("db", "liveness"), None);
}

#[test]
fn a_lost_node_comes_before_all_else_and_a_stopping_pod_before_its_containers() {
    let mut seen = view(vec![container("db", waiting("CrashLoopBackOff"))]);
    seen.pod.facts.terminating = true;
    assert_eq!(judge(&seen).trouble, Trouble::Stopping);
    seen.pod.facts.lost = true;
    let finalizers = Vec::new();
    assert_eq!(judge(&seen).trouble, Trouble::Overdue { finalizers });
    seen.node = Ok(Some(NodeAround::default()));
    let node = "n1".to_owned();
    assert_eq!(judge(&seen).trouble, Trouble::NodeLost { node });
}

#[test]
fn a_ready_pod_is_well_whatever_its_debug_containers_do() {
    let mut seen = view(vec![
        Container {
            ready: true,
            ..container("db", State::Running { since: 1 })
        },
        Container {
            role: Role::Ephemeral,
            ..container("debug", waiting("ImagePullBackOff"))
        },
    ]);
    seen.pod.conditions[0].status = "True".into();
    assert_eq!(judge(&seen).tone, Tone::Well);
    seen.pod.conditions[0].status = "False".into();
    seen.pod.gates = vec!["example.com/lb".into()];
    let missing = vec!["example.com/lb".into()];
    assert_eq!(judge(&seen).trouble, Trouble::Gate { missing });
}

#[test]
fn conditions_and_runs_stand_on_one_line() {
    let run = Run {
        code: 1,
        started: 1_020,
        finished: 1_040,
        ..Run::default()
    };
    let mut db = container("db", State::Running { since: 1_060 });
    db.last = Some(run);
    let seen = view(vec![db]);
    let lanes = lanes(&seen.pod, 1_100);
    let names: Vec<_> = lanes.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(names, ["PodScheduled", "Ready", "db"], "as a pod comes up");
    assert_eq!(
        lanes[0].spans,
        [(Span::Waiting, 0, 100), (Span::True, 100, 1_000)]
    );
    assert_eq!(lanes[1].spans, [(Span::False, 0, 1_000)]);
    let runs = [
        (Span::Ran, 200, 400),
        (Span::Failed, 400, 400),
        (Span::Ran, 600, 1_000),
    ];
    assert_eq!(lanes[2].spans, runs);
}

#[test]
fn only_parts_that_changed_travel() {
    let before = view(vec![container("db", waiting("ContainerCreating"))]);
    let mut after = before.clone();
    assert_eq!(before.delta(&after), None);
    after.events = Ok(vec![event("Pulled", "", "db")]);
    let delta = before.delta(&after).expect("something changed");
    assert!(delta.pod.is_none() && delta.events.is_some());
    let mut held = before;
    held.apply(delta);
    assert_eq!(held, after);
}

#[test]
fn a_pod_has_a_name_where_its_service_gives_it_one() {
    let mut pod = view(Vec::new()).pod;
    pod.facts.namespace = "shop".into();
    pod.hostname = "db-0".into();
    assert_eq!(dns_name(&pod), None);
    pod.subdomain = "db".into();
    assert_eq!(dns_name(&pod).as_deref(), Some("db-0.db.shop.svc"));
}
