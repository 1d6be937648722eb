//! How full volumes are.
use super::usage::Reading;
use crate::api::ApiError;
use serde::{Deserialize, Serialize};

/// Seconds of the past that a Prometheus is asked for.
pub const SPAN: i64 = 24 * 3_600;

/// How full the volume of a claim is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    pub claim: String,
    /// When that was so, seconds since 1970.
    pub at: i64,
    /// In bytes.
    pub capacity: u64,
    /// Bytes that are not available: the capacity less what a program may still write. What a file system keeps for
    /// root counts as used, for nobody else can use it.
    pub used: u64,
    /// What was used in the last [`SPAN`] seconds, as memory; empty where nobody kept it.
    pub course: Vec<Reading>,
}

impl Fill {
    /// In percent.
    pub fn percent(&self) -> u64 {
        let share = u128::from(self.used) * 100 / u128::from(self.capacity.max(1));
        u64::try_from(share).unwrap_or(100)
    }

    /// Nearly nothing can be written any more.
    pub fn is_nearly_full(&self) -> bool {
        self.percent() >= 90
    }

    /// When it is full if it goes on as in the last [`SPAN`] seconds, in seconds from its reading; none where it does
    /// not grow, or for too short a time to tell.
    pub fn full_in(&self) -> Option<i64> {
        let (first, last) = (self.course.first()?, self.course.last()?);
        let (time, grown) = (last.at - first.at, last.memory.checked_sub(first.memory)?);
        if time < SPAN / 4 || grown == 0 {
            return None;
        }
        let left = u128::from(self.capacity.saturating_sub(self.used));
        let seconds = left * u128::try_from(time).ok()? / u128::from(grown);
        i64::try_from(seconds).ok()
    }
}

/// The claims of a page, as far as somebody keeps how full they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fills {
    /// The console was told of no Prometheus: each can be measured by itself.
    #[default]
    Nobody,
    Kept(Vec<Fill>),
    /// It did not answer, or this person may not see the claims.
    Refused(ApiError),
}

/// What `df -P -k PATH` says of the file system there.
pub fn df(said: &str) -> Option<(u64, u64)> {
    let line = said.lines().last()?;
    // The device may have spaces in it, the numbers come before the last two: used percent and the mount point.
    let words: Vec<&str> = line.split_whitespace().collect();
    let percent = words.iter().position(|w| w.ends_with('%') || *w == "-")?;
    let number = |back: usize| words.get(percent.checked_sub(back)?)?.parse::<u64>().ok();
    let (capacity, available) = (number(3)?, number(1)?);
    (capacity > 0).then(|| (capacity * 1_024, capacity.saturating_sub(available) * 1_024))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(points: &[(i64, u64)]) -> Vec<Reading> {
        let one = |(at, memory): &(i64, u64)| Reading {
            at: *at,
            cpu: 0,
            memory: *memory,
        };
        points.iter().map(one).collect()
    }

    #[test]
    fn df_is_read_as_busybox_and_coreutils_write_it() {
        let head = "Filesystem     1024-blocks      Used Available Capacity Mounted on\n";
        let of = |line: &str| df(&format!("{head}{line}\n"));
        // 5 % are kept for root: of them nobody else has anything.
        assert_eq!(of("/dev/sdb 1000 400 550 42% /data"), Some((1_024_000, 460_800)));
        assert_eq!(of("nas:/a share/b 1000 0 1000 0% /da ta"), Some((1_024_000, 0)));
        assert_eq!(of("proc 0 0 0 - /proc"), None);
        assert_eq!(df("df: not found"), None);
        assert_eq!(df(""), None);
    }

    #[test]
    fn it_is_told_when_it_will_be_full() {
        let fill = |points: &[(i64, u64)]| Fill {
            capacity: 1_000,
            used: 600,
            course: course(points),
            ..Fill::default()
        };
        assert_eq!(fill(&[(0, 500), (SPAN / 2, 600)]).full_in(), Some(2 * SPAN));
        assert_eq!(fill(&[(0, 600), (SPAN, 600)]).full_in(), None, "it does not grow");
        assert_eq!(fill(&[(0, 700), (SPAN, 600)]).full_in(), None, "it shrinks");
        assert_eq!(
            fill(&[(0, 500), (600, 600)]).full_in(),
            None,
            "ten minutes tell nothing"
        );
        assert_eq!((fill(&[]).percent(), fill(&[]).is_nearly_full()), (60, false));
    }
}
