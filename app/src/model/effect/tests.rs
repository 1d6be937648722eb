use super::*;
use crate::model::many::Runs;

/// A set `db` of so many pods, all available on revision `a`.
fn scene(replicas: i32) -> Scene {
    let pod = Actor {
        revision: "a".into(),
        ..Actor::default()
    };
    Scene {
        name: "db".into(),
        replicas,
        rolls: true,
        current: "a".into(),
        update: "a".into(),
        pods: (0..i64::from(replicas)).map(|o| (o, pod.clone())).collect(),
        claims: vec![Claims {
            template: "data".into(),
            states: vec![(ClaimState::Bound, Runs::of(0..i64::from(replicas)))],
        }],
        ..Scene::default()
    }
}

fn with(mut scene: Scene, ordinals: &[i64], health: Health) -> Scene {
    for ordinal in ordinals {
        scene.pods.get_mut(ordinal).expect("it is there").health = health;
    }
    scene
}

fn parallel(scene: Scene) -> Scene {
    Scene {
        parallel: true,
        ..scene
    }
}

/// The course in short: `-4` stops, `+4` starts, `~4` replaces, `=4` remakes; `4?` is waited for, `4!` without end.
#[track_caller]
fn told(scene: &Scene, short: &str) {
    let course = Course::of(scene);
    let wait = |w: &Wait| format!("{}{}", w.ordinal, if w.hold.is_some() { "!" } else { "?" });
    let step = |s: &Step| {
        let mark = match s.act {
            Act::Start => "+",
            Act::Stop => "-",
            Act::Replace => "~",
            Act::Remake => "=",
        };
        let waits = s.waits.iter().map(wait);
        waits.chain([format!("{mark}{}", s.ordinal)]).collect::<Vec<_>>()
    };
    let steps = course.steps.iter().flat_map(step);
    let all: Vec<String> = steps.chain(course.rest.iter().map(wait)).collect();
    assert_eq!(all.join(" "), short);
}

#[test]
fn a_set_as_asked_for_has_no_course() {
    told(&scene(3), "");
    told(&parallel(scene(3)), "");
}

#[test]
fn ordered_sets_scale_one_by_one_and_parallel_ones_at_once() {
    told(&scene(2).scaled(4), "+2 2? +3 3?");
    told(&parallel(scene(2)).scaled(4), "+2 +3 3? 2?");
    told(&scene(4).scaled(2), "-3 3? -2 2?");
    told(&parallel(scene(4)).scaled(2), "-2 -3 3? 2?");
}

#[test]
fn a_scale_down_goes_past_the_pod_that_goes_only_where_it_alone_fails() {
    told(&with(scene(3), &[2], Health::Failing).scaled(2), "-2 2?");
    told(&with(scene(3), &[0, 2], Health::Failing).scaled(2), "0! -2 2?");
    told(
        &with(scene(5), &[3, 4], Health::Failing).scaled(2),
        "4! -3 3? -2 2?",
    );
    let hold = Course::of(&with(scene(5), &[3, 4], Health::Failing).scaled(2)).blocked();
    assert!(hold.and_then(|w| w.hold).is_some_and(Hold::ends_by_delete));
}

#[test]
fn a_rollout_goes_from_the_top_and_waits_below_the_partition_too() {
    told(&scene(3).edited("b"), "~2 2? ~1 1? ~0 0?");
    told(
        &with(scene(3), &[0], Health::Failing).edited("b"),
        "0! 0? ~2 2? ~1 1?",
    );
    let low = Scene {
        partition: 2,
        ..with(scene(3), &[0], Health::Failing)
    };
    told(&low.edited("b"), "0! ~2 2?");
    told(&parallel(low).edited("b"), "~2 2? 0!");
}

#[test]
fn under_parallel_a_superseded_pod_is_replaced_whatever_its_health() {
    told(
        &parallel(with(scene(3), &[1], Health::Failing)).edited("b"),
        "~2 2? ~1 1? ~0 0?",
    );
}

#[test]
fn the_boundary_is_counted_from_the_start() {
    let mut shifted = scene(6);
    shifted.pods = shifted.pods.into_iter().map(|(o, p)| (o + 2, p)).collect();
    let shifted = Scene {
        start: 2,
        partition: 3,
        ..shifted
    };
    assert_eq!(shifted.boundary(), 5);
    told(&shifted.edited("b"), "~7 7? ~6 6? ~5 5?");
    let frozen = Scene {
        partition: 6,
        ..shifted
    };
    told(&frozen.edited("b"), "");
}

#[test]
fn a_broken_revision_that_was_taken_back_has_to_be_deleted_by_hand() {
    let mut stuck = with(scene(3), &[2], Health::Failing);
    stuck.pods.get_mut(&2).expect("it is there").revision = "b".into();
    told(&stuck, "2! 2?");
    assert_eq!(Course::of(&stuck).rest[0].hold, Some(Hold::Outdated));
    told(&stuck.without(2), "2? +2 2?");
    told(&parallel(stuck), "~2 2?");
}

#[test]
fn on_delete_changes_a_pod_only_when_somebody_deletes_it() {
    let manual = Scene {
        rolls: false,
        ..scene(3)
    }
    .edited("b");
    told(&manual, "");
    let course = Course::of(&manual.without(1));
    assert_eq!(
        (course.steps[0].ordinal, course.steps[0].revision.as_str()),
        (1, "b")
    );
}

#[test]
fn what_has_ended_is_made_anew() {
    told(&with(scene(2), &[1], Health::Ended), "=1 1?");
}

#[test]
fn with_max_unavailable_several_go_at_once() {
    let several = |most| Scene {
        max_unavailable: Some(most),
        ..scene(4)
    };
    told(&several(2).edited("b"), "~3 ~2 2? 3? ~1 ~0 0? 1?");
    told(
        &parallel(with(several(1), &[0], Health::Failing)).edited("b"),
        "0! 0? ~3 3? ~2 2? ~1 1?",
    );
}

#[test]
fn claims_are_told_one_by_one() {
    let mut down = scene(4);
    down.deletes_claims_when_scaled = true;
    down.claims[0].states = vec![
        (ClaimState::Bound, Runs::of([0, 1, 2])),
        (ClaimState::Foreign, Runs::of([3])),
    ];
    let fates = |scene: &Scene| -> Vec<(String, Fate)> {
        let course = Course::of(scene);
        let claims = course.steps.into_iter().flat_map(|s| s.claims);
        claims.map(|c| (c.name, c.fate)).collect()
    };
    let expected = [("data-db-3", Fate::Stays), ("data-db-2", Fate::Goes)];
    assert_eq!(fates(&down.scaled(2)), expected.map(|(n, f)| (n.to_owned(), f)));
    let mut up = scene(2);
    up.claims[0].states = vec![(ClaimState::Bound, Runs::of(0..3))];
    let expected = [("data-db-2", Fate::TakenUp), ("data-db-3", Fate::New)];
    assert_eq!(fates(&up.scaled(4)), expected.map(|(n, f)| (n.to_owned(), f)));
    up.pods.clear();
    assert_eq!(up.left_claims(1), ["data-db-1"]);
}

#[test]
fn a_slip_of_a_finger_takes_no_time() {
    let huge = Scene {
        replicas: i32::MAX,
        ..scene(3)
    };
    assert!(Course::of(&huge).cut);
    assert!(Course::of(&parallel(huge)).cut);
}

#[test]
fn a_scene_travels_as_it_is() {
    let scene = with(scene(40), &[7], Health::Failing);
    let text = serde_json::to_string(&scene).expect("it can be written");
    assert!(text.len() < 600, "{text}");
    assert_eq!(
        serde_json::from_str::<Scene>(&text).expect("it can be read"),
        scene
    );
}

#[test]
fn a_number_outside_of_its_range_is_set_back() {
    let hpa = Hpa {
        name: "db".into(),
        min: 2,
        max: 5,
    };
    assert_eq!(
        [0, 1, 3, 9].map(|n| hpa.corrects(n)),
        [None, Some(2), None, Some(5)]
    );
}

#[test]
fn a_number_of_replicas_is_read_exactly() {
    assert_eq!(replicas(" 3 "), Some(3));
    assert_eq!(replicas("10001"), None);
    assert_eq!(replicas("-1"), None);
    assert_eq!(replicas("x"), None);
}
