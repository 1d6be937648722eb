use super::*;
use crate::model::log::SECOND;
use proptest::prelude::*;

fn stream(id: u32, pod: &str, count: i32) -> Stream {
    Stream {
        id,
        pod: pod.into(),
        wanted: true,
        run: Some(("u".into(), count)),
        ..Stream::default()
    }
}

fn entry(stream: u32, at: Nanos, text: &str) -> Entry {
    Entry::Line(Line {
        stream,
        at,
        level: Level::None,
        text: text.into(),
        whole: 0,
    })
}

fn texts(book: &Book) -> Vec<String> {
    let of = |r: &Row| match &*r.entry {
        Entry::Line(line) => line.text.clone(),
        Entry::Dropped(d) => format!("-{}", d.count()),
        Entry::Gap { .. } => "gap".into(),
        Entry::Began { .. } => "began".into(),
    };
    book.rows().iter().map(of).collect()
}

#[test]
fn a_cut_repeats_nothing_and_numbers_may_change() {
    let mut book = Book::default();
    book.told(vec![stream(0, "a", 0), stream(1, "b", 0)]);
    book.take(vec![entry(0, SECOND, "a1"), entry(1, SECOND + 1, "b1")], |_| true);
    let cursors = book.connected_again();
    assert_eq!(cursors.len(), 2);
    book.told(vec![stream(0, "b", 0), stream(1, "a", 0)]);
    let again = vec![
        entry(1, SECOND, "a1"),
        entry(0, SECOND + 1, "b1"),
        entry(0, SECOND + 2, "b2"),
        entry(1, SECOND + 3, "a2"),
    ];
    book.take(again, |_| true);
    assert_eq!(texts(&book), ["a1", "b1", "b2", "a2"]);
}

#[test]
fn a_run_that_began_while_nobody_was_connected_is_told_and_is_no_gap() {
    let mut book = Book::default();
    book.told(vec![stream(0, "a", 0)]);
    book.take(vec![entry(0, SECOND, "a1")], |_| true);
    book.connected_again();
    book.told(vec![stream(0, "a", 1)]);
    book.take(vec![entry(0, 9 * SECOND, "new")], |_| true);
    assert_eq!(texts(&book), ["a1", "began", "new"]);
    book.connected_again();
    book.told(vec![stream(0, "a", 1)]);
    book.take(vec![entry(0, 20 * SECOND, "later")], |_| true);
    assert_eq!(texts(&book)[3..], ["gap", "later"]);
}

#[test]
fn what_was_left_out_stays_left_out() {
    let mut book = Book::default();
    book.told(vec![stream(0, "a", 0)]);
    let mut left = Dropped::default();
    left.add(0, SECOND + 1);
    left.add(0, SECOND + 2);
    book.take(vec![entry(0, SECOND, "a"), Entry::Dropped(left)], |_| true);
    book.connected_again();
    book.told(vec![stream(0, "a", 0)]);
    let again = [(0, "a"), (1, "b"), (2, "c"), (3, "d")];
    book.take(
        again.iter().map(|(n, text)| entry(0, SECOND + n, text)).collect(),
        |_| true,
    );
    assert_eq!(texts(&book), ["a", "-2", "d"]);
}

#[test]
fn only_the_newest_are_kept_and_what_is_late_stands_at_its_time() {
    let mut book = Book::default();
    book.told(vec![stream(0, "a", 0)]);
    let many = (0..KEPT as i64 + 5).map(|n| entry(0, n * 2, "x")).collect();
    book.take(many, |_| true);
    assert_eq!(book.rows().len(), KEPT);
    book.take(vec![entry(0, KEPT as i64 * 2 - 3, "late")], |_| true);
    assert_eq!(
        book.rows()
            .iter()
            .rev()
            .position(|r| line(&r.entry).unwrap().text == "late"),
        Some(6)
    );
    let long = "y".repeat(BYTES / 10);
    let at = KEPT as i64 * 9;
    book.take((0..20).map(|n| entry(0, at + n, &long)).collect(), |_| true);
    assert!(book.rows().len() <= 10);
}

#[test]
fn what_is_not_shown_is_kept() {
    let mut book = Book::default();
    book.told(vec![stream(0, "a", 0)]);
    book.take(vec![entry(0, 1, "x"), entry(0, 2, "y")], |l| l.text == "y");
    assert_eq!(book.lines(), (2, 1));
    book.sift(|l| l.text == "x");
    assert_eq!(
        book.rows().iter().map(|r| r.shown).collect::<Vec<_>>(),
        [true, false]
    );
    assert_eq!(book.count(Level::None), 2);
    book.clear();
    assert_eq!(book.lines(), (0, 0));
}

proptest! {
    /// Two files, merged, cut wherever: what stands in the book is both files, once, in order.
    #[test]
    fn however_often_it_is_cut(
        steps in proptest::collection::vec((0_u32..2, 0_i64..SECOND / 2), 1..80),
        cuts in proptest::collection::vec(1_usize..30, 0..6),
    ) {
        let mut at = 0;
        let all: Vec<(u32, Nanos)> = steps.iter().map(|(s, step)| { at += step; (*s, at) }).collect();
        let mut book = Book::default();
        book.told(vec![stream(0, "a", 0), stream(1, "b", 0)]);
        let mut from = [0, 0];
        for cut in cuts.into_iter().chain([usize::MAX]) {
            let served: Vec<Entry> = all.iter().filter(|(s, at)| *at >= from[*s as usize])
                .take(cut).map(|(s, at)| entry(*s, *at, "same")).collect();
            book.take(served, |_| true);
            for cursor in book.connected_again() {
                from[usize::from(cursor.pod == "b")] = cursor.since * SECOND;
            }
            book.told(vec![stream(0, "a", 0), stream(1, "b", 0)]);
        }
        let got: Vec<(u32, Nanos)> = book.rows().iter().map(|r| { let l = line(&r.entry).unwrap(); (l.stream, l.at) }).collect();
        let mut expected = all.clone();
        expected.sort_by_key(|(_, at)| *at);
        let mut sorted = got.clone();
        sorted.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(sorted, expected);
        prop_assert!(got.windows(2).all(|w| w[0].1 <= w[1].1));
    }
}
