//! Lines of a container's log, each no longer in memory than it is wanted.
use app::model::log::Nanos;
use futures::{AsyncBufRead, AsyncBufReadExt};
use std::io;

/// A line as it came.
#[derive(Debug, PartialEq, Eq)]
pub struct Raw {
    /// None for the kubelet's own words, which it writes among the lines.
    pub at: Option<Nanos>,
    pub text: String,
    /// The bytes of the whole line, where `text` is only its beginning; else 0.
    pub whole: u64,
}

/// Room for the time in front of a line: `2026-11-26T09:41:57.123456789+05:30 `.
const STAMP: usize = 40;

/// Reads lines with their times; of a line that is longer than `most` bytes it keeps the beginning.
pub struct Lines<R> {
    from: R,
    most: usize,
}

impl<R: AsyncBufRead + Unpin> Lines<R> {
    /// Of a log with times in front of its lines.
    pub fn new(from: R, most: usize) -> Self {
        Self { from, most }
    }

    /// The next line; none at the end.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn next(&mut self) -> io::Result<Option<Raw>> {
        let room = self.most + STAMP;
        let mut kept: Vec<u8> = Vec::new();
        let mut all = 0_usize;
        let ended = loop {
            let chunk = self.from.fill_buf().await?;
            if chunk.is_empty() {
                break true;
            }
            let end = chunk.iter().position(|b| *b == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            kept.extend_from_slice(&part[..part.len().min(room - kept.len())]);
            all += part.len();
            let used = part.len() + usize::from(end.is_some());
            self.from.consume_unpin(used);
            if end.is_some() {
                break false;
            }
        };
        Ok((!ended || all > 0).then(|| raw(&kept, all, self.most)))
    }
}

fn raw(kept: &[u8], all: usize, most: usize) -> Raw {
    let space = kept.iter().take(STAMP).position(|b| *b == b' ');
    let stamp = space.and_then(|end| Some((end, std::str::from_utf8(&kept[..end]).ok()?)));
    let at = stamp.and_then(|(end, text)| Some((end + 1, nanos(text)?)));
    // A line without any text has nothing after its time, not even the space.
    let at = at.or_else(|| Some((kept.len(), nanos(std::str::from_utf8(kept).ok()?)?)));
    let begins = at.map_or(0, |(begins, _)| begins);
    let (body, length) = (&kept[begins..], all - begins);
    let text = String::from_utf8_lossy(&body[..body.len().min(most)]);
    // Where a character was cut in the middle, its beginning is no character.
    let text = if length > most {
        text.trim_end_matches('\u{fffd}').to_owned()
    } else {
        text.into_owned()
    };
    Raw {
        at: at.map(|(_, at)| at),
        text,
        whole: if length > most { length as u64 } else { 0 },
    }
}

/// The time that the kubelet writes, in RFC 3339.
fn nanos(text: &str) -> Option<Nanos> {
    let stamp: jiff::Timestamp = text.parse().ok()?;
    stamp.as_nanosecond().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::model::log::SECOND;

    async fn read(text: &[u8], most: usize) -> Vec<Raw> {
        let mut lines = Lines::new(text, most);
        let mut all = Vec::new();
        while let Some(line) = lines.next().await.unwrap() {
            all.push(line);
        }
        all
    }

    fn line(at: Option<Nanos>, text: &str, whole: u64) -> Raw {
        Raw {
            at,
            text: text.to_owned(),
            whole,
        }
    }

    #[tokio::test]
    async fn lines_have_a_time_and_a_text() {
        let log = b"1970-01-01T00:00:01.000000002Z a b\n1970-01-01T01:00:02+01:00 \n1970-01-01T00:00:03Z\nfailed to watch\n\n1970-01-01T00:00:04Z no end";
        assert_eq!(
            read(log, 100).await,
            [
                line(Some(SECOND + 2), "a b", 0),
                line(Some(2 * SECOND), "", 0),
                line(Some(3 * SECOND), "", 0),
                line(None, "failed to watch", 0),
                line(None, "", 0),
                line(Some(4 * SECOND), "no end", 0),
            ]
        );
    }

    #[tokio::test]
    async fn a_long_line_is_kept_to_its_beginning_and_counted() {
        let mut log = b"1970-01-01T00:00:01Z ".to_vec();
        log.extend("ä".repeat(5_000_000).bytes());
        log.extend(b"\n1970-01-01T00:00:02Z next\n");
        assert_eq!(
            read(&log, 5).await,
            [
                line(Some(SECOND), "ää", 10_000_000),
                line(Some(2 * SECOND), "next", 0)
            ]
        );
    }

    #[tokio::test]
    async fn what_is_no_text_is_told_as_marks() {
        assert_eq!(
            read(b"1970-01-01T00:00:01Z a\xff\xfeb\n", 100).await,
            [line(Some(SECOND), "a\u{fffd}\u{fffd}b", 0)]
        );
    }
}
