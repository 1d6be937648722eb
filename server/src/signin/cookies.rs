//! A cookie that may be longer than browsers take: in pieces, numbered, the first says how many there are.
use crate::guard::cookie;
use axum::http::{HeaderMap, HeaderValue, header};

/// The longest piece in bytes: browsers keep 4,096 for name, value and attributes.
const PIECE: usize = 3_600;
/// Pieces that are kept at most: servers in front take 32 KB of headers, often less.
const MOST: usize = 6;

/// Writes the value under the name, and takes away the pieces that a longer one had. None where it is too long.
pub fn write(name: &str, value: &str, attributes: &str, had: &HeaderMap) -> Option<Vec<HeaderValue>> {
    let pieces: Vec<&str> = value
        .as_bytes()
        .chunks(PIECE)
        .filter_map(|c| std::str::from_utf8(c).ok())
        .collect();
    if pieces.len() > MOST {
        return None;
    }
    let count = pieces.len();
    let first = |at: usize| {
        if at == 0 {
            format!("{count}.")
        } else {
            String::new()
        }
    };
    let write = |(at, piece): (usize, &&str)| {
        let line = format!("{}={}{piece}; {attributes}", called(name, at), first(at));
        HeaderValue::from_str(&line).ok()
    };
    let mut all: Vec<_> = pieces.iter().enumerate().filter_map(write).collect();
    all.extend(expired(name, attributes, had, count));
    Some(all)
}

/// Takes all of it away.
pub fn clear(name: &str, attributes: &str, had: &HeaderMap) -> Vec<HeaderValue> {
    expired(name, attributes, had, 0)
}

fn expired(name: &str, attributes: &str, had: &HeaderMap, from: usize) -> Vec<HeaderValue> {
    (from..MOST)
        .map(|at| called(name, at))
        .filter(|piece| cookie(had, piece).is_some())
        .filter_map(|piece| HeaderValue::from_str(&format!("{piece}=; {attributes}; Max-Age=0")).ok())
        .collect()
}

/// The value under the name, where all its pieces are there.
pub fn read(name: &str, headers: &HeaderMap) -> Option<String> {
    let (count, first) = cookie(headers, name)?.split_once('.')?;
    let count = count.parse::<usize>().ok().filter(|n| (1..=MOST).contains(n))?;
    (1..count).try_fold(first.to_owned(), |all, at| {
        Some(all + cookie(headers, &called(name, at))?)
    })
}

/// Puts the lines into an answer.
pub fn put(lines: Vec<HeaderValue>, into: &mut HeaderMap) {
    for line in lines {
        into.append(header::SET_COOKIE, line);
    }
}

fn called(name: &str, at: usize) -> String {
    match at {
        0 => name.to_owned(),
        at => format!("{name}.{at}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The browser's headers after these lines.
    fn kept(lines: &[HeaderValue]) -> HeaderMap {
        let pairs: Vec<_> = lines
            .iter()
            .filter_map(|l| l.to_str().ok()?.split(';').next())
            .collect();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, pairs.join("; ").parse().expect("a header"));
        headers
    }

    #[test]
    fn what_is_longer_than_a_cookie_comes_back_whole() {
        let none = HeaderMap::new();
        for length in [1, PIECE, PIECE + 1, PIECE * MOST] {
            let value = "x".repeat(length);
            let lines = write("s", &value, "Path=/", &none).expect("is short enough");
            assert!(lines.iter().all(|l| l.len() < 3_800));
            assert_eq!(read("s", &kept(&lines)), Some(value));
        }
        assert_eq!(write("s", &"x".repeat(PIECE * MOST + 1), "Path=/", &none), None);
    }

    #[test]
    fn the_pieces_of_a_longer_one_are_taken_away() {
        let long = write("s", &"x".repeat(PIECE * 3), "Path=/", &HeaderMap::new()).expect("is short enough");
        let had = kept(&long);
        let lines = write("s", "y", "Path=/", &had).expect("is short enough");
        let told: Vec<_> = lines.iter().filter_map(|l| l.to_str().ok()).collect();
        assert_eq!(
            told,
            [
                "s=1.y; Path=/",
                "s.1=; Path=/; Max-Age=0",
                "s.2=; Path=/; Max-Age=0"
            ]
        );
        assert_eq!(clear("s", "Path=/", &had).len(), 3);
    }

    #[test]
    fn what_lacks_a_piece_is_nothing() {
        for pairs in ["s=2.x", "s=x", "s=0.x", "s=99.x", "s.1=y", ""] {
            assert_eq!(
                read("s", &kept(&[pairs.parse().expect("a header")])),
                None,
                "{pairs}"
            );
        }
    }
}
