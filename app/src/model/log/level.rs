//! How grave a line is, by the notations that programs have for it.
use serde::{Deserialize, Serialize};

/// How grave a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Level {
    /// It does not say.
    #[default]
    None,
    Error,
    Warn,
    Info,
    Debug,
}

impl Level {
    /// Each of them, the gravest first.
    pub const ALL: [Self; 5] = [Self::Error, Self::Warn, Self::Info, Self::Debug, Self::None];

    /// Its letter in the URL.
    pub fn letter(self) -> char {
        match self {
            Self::Error => 'e',
            Self::Warn => 'w',
            Self::Info => 'i',
            Self::Debug => 'd',
            Self::None => 'n',
        }
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        match level {
            Level::None => 0,
            Level::Error => 1,
            Level::Warn => 2,
            Level::Info => 3,
            Level::Debug => 4,
        }
    }
}

impl TryFrom<u8> for Level {
    type Error = String;

    fn try_from(n: u8) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|l| u8::from(*l) == n);
        found.ok_or_else(|| format!("{n}: no level"))
    }
}

/// The words for a level, in small letters.
const WORDS: [(&str, Level); 24] = [
    ("emerg", Level::Error),
    ("emergency", Level::Error),
    ("alert", Level::Error),
    ("crit", Level::Error),
    ("critical", Level::Error),
    ("fatal", Level::Error),
    ("panic", Level::Error),
    ("severe", Level::Error),
    ("error", Level::Error),
    ("err", Level::Error),
    ("eror", Level::Error),
    ("warning", Level::Warn),
    ("warn", Level::Warn),
    ("wrn", Level::Warn),
    ("notice", Level::Info),
    ("info", Level::Info),
    ("information", Level::Info),
    ("inf", Level::Info),
    ("log", Level::Info),
    ("debug", Level::Debug),
    ("dbg", Level::Debug),
    ("trace", Level::Debug),
    ("verbose", Level::Debug),
    ("fine", Level::Debug),
];

/// The keys under which JSON and logfmt lines say it.
const KEYS: [&str; 6] = ["level", "severity", "lvl", "loglevel", "levelname", "log.level"];

/// How much of a line is looked at, in bytes: it is said at the beginning.
const LOOKED_AT: usize = 512;

/// The level that a word says.
fn of_word(word: &str) -> Option<Level> {
    let found = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
    found.map(|(_, level)| *level)
}

/// The level that a number says, as bunyan and pino count.
fn of_number(text: &str) -> Option<Level> {
    match text.parse::<u32>().ok()? {
        10..=20 => Some(Level::Debug),
        30 => Some(Level::Info),
        40 => Some(Level::Warn),
        50..=60 => Some(Level::Error),
        _ => None,
    }
}

/// The level of a line.
pub fn level(text: &str) -> Level {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text[..end].trim_start();
    let found = keyed(text).or_else(|| klog(text)).or_else(|| worded(text));
    found.unwrap_or_default()
}

/// `"level":"warn"` or `level=warn`.
fn keyed(text: &str) -> Option<Level> {
    let json = text.starts_with('{');
    KEYS.iter().find_map(|key| {
        let mut rest = text;
        loop {
            let at = find(rest, key)?;
            let before = rest[..at].chars().next_back();
            let after = &rest[at + key.len()..];
            let value = match (json, before) {
                (true, Some('"')) => after
                    .strip_prefix('"')
                    .map(str::trim_start)
                    .and_then(|v| v.strip_prefix(':')),
                (false, None | Some(' ')) => after.strip_prefix('='),
                _ => None,
            };
            if let Some(value) = value {
                let value = value.trim_start().trim_start_matches('"');
                let word = value.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
                return of_word(word).or_else(|| of_number(word));
            }
            rest = after;
        }
    })
}

fn find(text: &str, key: &str) -> Option<usize> {
    let (text, key) = (text.as_bytes(), key.as_bytes());
    text.windows(key.len()).position(|w| w.eq_ignore_ascii_case(key))
}

/// `E1126 15:02:11.123456 …`, as Kubernetes' own programs write.
fn klog(text: &str) -> Option<Level> {
    let mut bytes = text.bytes();
    let level = match bytes.next()? {
        b'E' | b'F' => Level::Error,
        b'W' => Level::Warn,
        b'I' => Level::Info,
        _ => return None,
    };
    let digits = bytes.by_ref().take(4).filter(u8::is_ascii_digit).count() == 4;
    (digits && bytes.next() == Some(b' ')).then_some(level)
}

/// One of the first words, where it is written as a level is: in capitals, between brackets, or before a colon.
fn worded(text: &str) -> Option<Level> {
    let plain = text.split('\u{1b}').enumerate().map(|(n, part)| match n {
        0 => part,
        _ => part.split_once('m').map_or("", |(_, rest)| rest),
    });
    // `[time][WARN ][logger]`, as log4j is often told to write.
    let plain = plain.collect::<String>().replace("][", "] [");
    let words = plain.split([' ', '\t', '|']).filter(|w| !w.is_empty()).take(9);
    words.filter_map(marked).next()
}

fn marked(word: &str) -> Option<Level> {
    let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let level = of_word(bare)?;
    let capitals = bare.len() > 2 && bare.bytes().all(|b| b.is_ascii_uppercase());
    let bracketed = word.starts_with(['[', '<', '(']) && word.len() > bare.len() + 1;
    let colon = word.strip_prefix(bare).is_some_and(|rest| rest.starts_with(':'));
    (capitals || bracketed || colon).then_some(level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_as_programs_write_them() {
        for (line, expected) in [
            (r#"{"ts":1,"level":"warn","msg":"x"}"#, Level::Warn),
            (r#"{"Level" : "ERROR"}"#, Level::Error),
            (r#"{"level":50,"msg":"pino"}"#, Level::Error),
            (r#"{"msg":"level","severity":"NOTICE"}"#, Level::Info),
            (r#"{"msg":"all well"}"#, Level::None),
            ("time=\"2026-11-26\" level=error msg=x", Level::Error),
            ("lvl=dbg msg=\"level=error\"", Level::Debug),
            ("E1126 15:02:11.123456       1 main.go:12] gone", Level::Error),
            (
                "I1126 15:02:11.123456       1 main.go:12] ERROR is a word",
                Level::Info,
            ),
            ("2026-11-26 09:41:57 UTC [1] FATAL:  terminating", Level::Error),
            (
                "2026-11-26 09:41:57.1 UTC [33] LOG:  checkpoint complete",
                Level::Info,
            ),
            (
                "[2026-11-26T09:41:57,123][WARN ][o.e.m.j] [db-0] slow",
                Level::Warn,
            ),
            ("[WARN] slow", Level::Warn),
            ("WARNING: Request to etcd timed out", Level::Warn),
            ("\u{1b}[33mWARN\u{1b}[0m slow", Level::Warn),
            ("<info> started", Level::Info),
            ("error: no such file", Level::Error),
            ("0 errors, no error at all", Level::None),
            ("information for you", Level::None),
            ("", Level::None),
            ("ü".repeat(600).as_str(), Level::None),
        ] {
            assert_eq!(level(line), expected, "{line}");
        }
    }

    #[test]
    fn each_has_a_number_and_a_letter_of_its_own() {
        for level in Level::ALL {
            assert_eq!(Level::try_from(u8::from(level)), Ok(level));
            let same = Level::ALL.iter().filter(|l| l.letter() == level.letter());
            assert_eq!(same.count(), 1);
        }
        assert!(Level::try_from(9).is_err());
    }
}
