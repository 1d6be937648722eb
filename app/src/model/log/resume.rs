//! A stream goes on where it was cut. The API server takes a time to begin from, in whole seconds (`sinceTime` is a
//! `metav1.Time`), so what was read of that second comes again, and is known by its time and content.
use super::{Nanos, SECOND};
use std::{
    collections::{HashMap, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
};

/// How much earlier than the newest line one may be that is written after it: a container's output and its errors are stamped
/// by themselves and meet in one file.
const BEHIND: Nanos = SECOND / 10;

/// Lines that are remembered of a stream: more come in a second of no program that people read.
const REMEMBERED: usize = 20_000;

/// What was read of one stream last.
#[derive(Clone, Debug, Default)]
pub struct Resume {
    /// The lines of the newest second, as far as they come again, and the newest line at least.
    recent: VecDeque<(Nanos, u64)>,
    last: Option<Nanos>,
    /// The earliest line of this run: what comes before it was not asked for.
    first: Option<Nanos>,
    /// What may come again, and how often; while the stream is in that second.
    again: Option<Again>,
}

#[derive(Clone, Debug, Default)]
struct Again {
    known: HashMap<(Nanos, u64), u32>,
    /// Some of it did.
    met: bool,
    /// There were too many to remember: what is earlier than this was read.
    forgot: bool,
    oldest: Nanos,
}

/// What a line of a stream is that was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    New,
    /// It was read before the cut.
    Again,
    /// The first after a cut, and nothing of what was read last is there any more: between these times lines are
    /// missing.
    AfterGap {
        from: Nanos,
        to: Nanos,
    },
}

/// What tells two lines of the same time apart.
pub fn content(text: &str, whole: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (text, whole).hash(&mut hasher);
    hasher.finish()
}

impl Resume {
    /// The second from which the stream is to be asked for again; none where nothing was read.
    pub fn since(&self) -> Option<i64> {
        self.last.map(|at| (at - BEHIND).div_euclid(SECOND))
    }

    /// The time of the newest line.
    pub fn last(&self) -> Option<Nanos> {
        self.last
    }

    /// The stream was opened again, from [`Resume::since`] on.
    pub fn opened_again(&mut self) {
        let Some(oldest) = self.recent.front().map(|(at, _)| *at) else {
            return;
        };
        let mut again = Again {
            oldest,
            forgot: self.recent.len() >= REMEMBERED,
            ..Again::default()
        };
        for line in &self.recent {
            *again.known.entry(*line).or_default() += 1;
        }
        self.again = Some(again);
    }

    /// Another run, or another pod: nothing of it was read.
    pub fn began_anew(&mut self) {
        self.again = None;
        self.first = None;
    }

    /// Everything up to this time counts as read, though it was not seen.
    pub fn skip(&mut self, to: Nanos) {
        if self.last.is_none_or(|last| last <= to) {
            self.remember(to, 0);
        }
    }

    fn remember(&mut self, at: Nanos, content: u64) {
        self.first = Some(self.first.map_or(at, |first| first.min(at)));
        self.recent.push_back((at, content));
        let last = self.last.map_or(at, |last| last.max(at));
        self.last = Some(last);
        let second = (last - BEHIND).div_euclid(SECOND) * SECOND;
        let old = |line: Option<&(Nanos, u64)>| line.is_some_and(|(at, _)| *at < second);
        while self.recent.len() > REMEMBERED || (self.recent.len() > 1 && old(self.recent.front())) {
            self.recent.pop_front();
        }
    }

    /// A line came.
    pub fn came(&mut self, at: Nanos, content: u64) -> Came {
        let (Some(again), Some(last)) = (&mut self.again, self.last) else {
            self.remember(at, content);
            return Came::New;
        };
        if let Some(count) = again.known.get_mut(&(at, content)).filter(|n| **n > 0) {
            *count -= 1;
            again.met = true;
            return Came::Again;
        }
        // Skipped lines are known by nothing but their time.
        let skipped = again.known.contains_key(&(last, 0)) && at <= last;
        let before = self.first.is_some_and(|first| at < first);
        if (again.forgot && at < again.oldest) || skipped || before {
            again.met = true;
            return Came::Again;
        }
        let met = again.met;
        if at > last {
            self.again = None;
        }
        self.remember(at, content);
        if met || at <= last {
            Came::New
        } else {
            Came::AfterGap { from: last, to: at }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_read_of_the_second_comes_once() {
        let mut resume = Resume::default();
        let half = SECOND + SECOND / 2;
        for (at, c) in [(half, 1), (half + 5, 2), (half + 5, 2)] {
            assert_eq!(resume.came(at, c), Came::New);
        }
        assert_eq!(resume.since(), Some(1));
        resume.opened_again();
        // The same time and content a third time is another line.
        let came = [
            (half, 1),
            (half + 5, 2),
            (half + 5, 2),
            (half + 5, 2),
            (half + 7, 3),
        ];
        let came: Vec<Came> = came.iter().map(|(at, c)| resume.came(*at, *c)).collect();
        assert_eq!(
            came,
            [Came::Again, Came::Again, Came::Again, Came::New, Came::New]
        );
    }

    #[test]
    fn a_gap_is_told_where_nothing_of_the_last_second_is_left() {
        let mut resume = Resume::default();
        resume.came(5 * SECOND, 1);
        resume.opened_again();
        let to = 9 * SECOND;
        assert_eq!(resume.came(to, 2), Came::AfterGap { from: 5 * SECOND, to });
        assert_eq!(resume.came(to, 3), Came::New, "once");
    }

    /// As grafana/alloy#7076 tells of a reader that took every earlier time for one that it had read.
    #[test]
    fn a_line_of_an_earlier_time_is_a_line() {
        let mut resume = Resume::default();
        let (out, error) = (2 * SECOND + 50, 2 * SECOND - 30);
        assert_eq!(resume.came(SECOND + 10, 0), Came::New);
        assert_eq!(resume.came(out, 1), Came::New);
        assert_eq!(resume.came(error, 2), Came::New);
        resume.opened_again();
        assert_eq!(resume.since(), Some(1), "it may have been written after the cut");
        let came = [(out, 1), (error, 2), (error - 5, 3)];
        let came = came.map(|(at, c)| resume.came(at, c));
        assert_eq!(came, [Came::Again, Came::Again, Came::New]);
    }

    #[test]
    fn what_was_not_asked_for_does_not_come_after_a_cut() {
        let mut resume = Resume::default();
        resume.came(SECOND + SECOND / 2, 7);
        resume.opened_again();
        assert_eq!(
            resume.came(SECOND + 1, 3),
            Came::Again,
            "before the tail that it began with"
        );
        assert_eq!(resume.came(SECOND + SECOND / 2, 7), Came::Again);
    }

    #[test]
    fn another_run_is_no_gap() {
        let mut resume = Resume::default();
        resume.came(5 * SECOND, 1);
        resume.opened_again();
        resume.began_anew();
        assert_eq!(resume.came(9 * SECOND, 2), Came::New);
    }

    #[test]
    fn lines_that_were_left_out_do_not_come_again() {
        let mut resume = Resume::default();
        resume.came(SECOND, 1);
        resume.skip(SECOND + 50);
        resume.opened_again();
        assert_eq!(resume.came(SECOND, 1), Came::Again);
        assert_eq!(resume.came(SECOND + 20, 7), Came::Again);
        assert_eq!(resume.came(SECOND + 50, 8), Came::Again);
        assert_eq!(resume.came(SECOND + 51, 9), Came::New);
    }

    proptest! {
        /// A file is read, cut wherever, as often as it likes: each line is told once, in order, and no gap.
        #[test]
        fn nothing_twice_and_nothing_lost(
            steps in proptest::collection::vec((0_i64..SECOND, 0_u64..3), 1..120),
            cuts in proptest::collection::vec(1_usize..40, 0..8),
        ) {
            let mut at = 0;
            let file: Vec<(Nanos, u64)> = steps.iter().map(|(step, c)| { at += step / 3; (at, *c) }).collect();
            let mut resume = Resume::default();
            let mut told = Vec::new();
            let mut read = |resume: &mut Resume, count: usize| {
                let from = resume.since().unwrap_or(0) * SECOND;
                for (at, c) in file.iter().filter(|(at, _)| *at >= from).take(count) {
                    match resume.came(*at, *c) {
                        Came::New => told.push((*at, *c)),
                        Came::Again => {}
                        Came::AfterGap { .. } => panic!("there is none"),
                    }
                }
            };
            for cut in cuts {
                read(&mut resume, cut);
                resume.opened_again();
            }
            read(&mut resume, usize::MAX);
            prop_assert_eq!(&told, &file);
        }
    }
}
