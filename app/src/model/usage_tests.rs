use super::*;

fn reading(at: i64, cpu: u64) -> Reading {
    Reading { at, cpu, memory: cpu }
}

fn track(uid: &str, readings: &[(i64, u64)]) -> Track {
    let mut track = Track {
        uid: uid.to_owned(),
        ..Track::default()
    };
    readings
        .iter()
        .for_each(|(at, cpu)| track.take(reading(*at, *cpu)));
    track
}

#[test]
fn no_curve_joins_two_lives() {
    // web-0 was deleted at 100 and its successor started at 104: what was measured from 95 to 110 is of both.
    assert!(!is_of_this_life(110, 15, 104));
    assert!(is_of_this_life(119, 15, 104));
    assert!(
        !is_of_this_life(119, 15, 0),
        "a pod that has not started uses nothing"
    );
}

#[test]
fn a_reading_is_taken_once_and_kept_for_a_quarter_of_an_hour() {
    let mut one = track("a", &[(100, 1), (115, 2), (115, 9), (100, 9)]);
    assert_eq!(one.readings, [reading(100, 1), reading(115, 2)]);
    one.take(reading(100 + KEPT, 3));
    assert_eq!(one.readings, [reading(115, 2), reading(1_000, 3)]);
}

#[test]
fn missing_is_a_gap() {
    let all: Vec<Reading> = [0, 15, 30, 90, 105].map(|at| reading(at, 1)).into();
    let lengths = |all: &[Reading]| runs(all).iter().map(|r| r.len()).collect::<Vec<_>>();
    assert_eq!(lengths(&all), [3, 2]);
    let rare: Vec<Reading> = [0, 60, 120, 180, 400].map(|at| reading(at, 1)).into();
    assert_eq!(
        lengths(&rare),
        [4, 1],
        "a server that measures once a minute has no gaps"
    );
    assert!(runs(&[]).is_empty());
}

#[test]
fn without_a_limit_of_one_there_is_none_of_all() {
    let limited = Bounds { request: 1, limit: 2 };
    let free = Bounds { request: 3, limit: 0 };
    assert_eq!(limited.plus(limited), Bounds { request: 2, limit: 4 });
    assert_eq!(limited.plus(free), Bounds { request: 4, limit: 0 });
}

#[test]
fn a_change_carries_new_readings_alone_and_gives_the_newer_picture() {
    let view = |tracks: Vec<Track>, total: Track| UsageView {
        source: Source::Answers,
        total,
        tracks,
        ..UsageView::default()
    };
    let old = view(
        vec![track("a", &[(100, 1), (115, 2)]), track("b", &[(100, 5)])],
        track("", &[(100, 6)]),
    );
    let newer = view(
        vec![track("a", &[(115, 2), (1_005, 3)]), track("c", &[(130, 1)])],
        track("", &[(100, 6), (130, 4)]),
    );
    let change = old.delta(&newer).unwrap();
    assert_eq!(change.tracks[0].readings, [reading(1_005, 3)]);
    assert_eq!(change.total.readings, [reading(130, 4)]);
    let text = serde_json::to_string(&change).unwrap();
    let mut shown = old.clone();
    shown.apply(serde_json::from_str(&text).unwrap());
    assert_eq!(shown, newer);
    assert!(shown.delta(&newer).is_none());
}
