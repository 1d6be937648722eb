use super::*;

fn told(runs: &Runs) -> Vec<i64> {
    runs.ordinals().collect()
}

#[test]
fn the_first_are_told_and_the_rest_is_counted() {
    let many = Many::of(0..10, 4);
    assert_eq!(
        (many.first.as_slice(), many.more, many.all()),
        (&[0, 1, 2, 3][..], 6, 10)
    );
    assert_eq!(Many::of(0..2, 4).more, 0);
    assert!(Many::<i64>::default().is_empty());
    // Nobody counts to two thousand million here.
    let end = i64::from(i32::MAX);
    let many = Many::counted(0..end, 4, end);
    assert_eq!((many.first.len(), many.all()), (4, end));
}

#[test]
fn neighbours_are_kept_together() {
    let runs = Runs::of([0, 1, 1, 2, 5, 7, 8]);
    assert_eq!(runs.runs, [(0, 2), (5, 5), (7, 8)]);
    assert_eq!(
        (runs.count(), runs.lowest(), runs.highest()),
        (6, Some(0), Some(8))
    );
    assert!(runs.contains(1) && runs.contains(5) && !runs.contains(3) && !runs.contains(9));
    assert_eq!(told(&runs.within(&(2..8))), [2, 5, 7]);
    assert_eq!(
        told(&runs.with(&Runs::of([3, 6, 20]))),
        [0, 1, 2, 3, 5, 6, 7, 8, 20]
    );
    assert!(runs.within(&(3..5)).is_empty());
}

#[test]
fn any_number_of_ordinals_is_one_run() {
    let end = i64::from(i32::MAX) * 2;
    let runs = Runs::range(&(i64::from(i32::MAX)..end));
    assert_eq!(runs.runs.len(), 1);
    assert_eq!(runs.count(), i64::from(i32::MAX));
    assert_eq!(runs.ordinals().next_back(), Some(end - 1));
    assert!(Runs::range(&(7..7)).is_empty());
}

#[test]
fn too_many_holes_are_counted() {
    let all = 2 * whole(RUNS);
    let runs = Runs::of((0..all).map(|n| 2 * n));
    assert_eq!((runs.runs.len(), runs.count()), (RUNS, all));
    // Above the last that is known nobody can tell, so all of them are meant.
    assert_eq!(runs.within(&(0..10)).count(), 5);
    assert_eq!(runs.within(&(2 * all - 10..2 * all)).count(), whole(RUNS));
    assert_eq!(runs.with(&runs), runs);
    let json = serde_json::to_string(&runs).expect("it can be written");
    assert!(json.len() < 20_000, "{}", json.len());
}
