//! Lines of JSON and logfmt, taken apart.
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::Value;
use std::fmt;

/// A line with fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// What it says, without its fields and its time.
    pub message: String,
    /// The others, in their order; what lies deeper has the path as its key.
    pub pairs: Vec<(String, String)>,
}

/// The keys under which the message stands.
const MESSAGES: [&str; 4] = ["msg", "message", "log", "event"];
/// Those of the time and the level, which a line shows anyway.
const SHOWN: [&str; 9] = [
    "time",
    "ts",
    "timestamp",
    "@timestamp",
    "t",
    "level",
    "lvl",
    "severity",
    "levelname",
];
/// The most fields of a line.
const MOST: usize = 60;
/// How deep objects are taken apart.
const DEEP: usize = 4;

/// The fields of a line; none where it has none.
pub fn fields(text: &str) -> Option<Fields> {
    let text = after_time(text.trim_end());
    let pairs = if text.starts_with('{') {
        json(text)?
    } else {
        logfmt(text)?
    };
    let mut fields = Fields::default();
    for (key, value) in pairs {
        if fields.message.is_empty() && MESSAGES.contains(&key.as_str()) {
            fields.message = value;
        } else if !SHOWN.contains(&key.as_str()) && fields.pairs.len() < MOST {
            fields.pairs.push((key, value));
        }
    }
    Some(fields)
}

/// The line without a time in front of it, where it has one: `2026-11-26T09:41:57.123Z {"msg": …}`.
fn after_time(text: &str) -> &str {
    let Some((first, rest)) = text.split_once(' ') else {
        return text;
    };
    let digits = first.bytes().filter(u8::is_ascii_digit).count();
    let signs =
        |c: u8| c.is_ascii_digit() || matches!(c, b'-' | b':' | b'.' | b',' | b'T' | b'Z' | b'+' | b'/');
    if digits >= 6 && first.bytes().all(signs) {
        after_time(rest.trim_start())
    } else {
        text
    }
}

/// An object with its keys in the order in which they stand.
struct Ordered(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Ordered;

            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Ordered(pairs))
            }
        }
        from.deserialize_map(Pairs)
    }
}

fn json(text: &str) -> Option<Vec<(String, String)>> {
    let Ordered(pairs) = serde_json::from_str(text).ok()?;
    let mut out = Vec::new();
    for (key, value) in pairs {
        flat(key, value, DEEP, &mut out);
    }
    Some(out)
}

fn flat(key: String, value: Value, deep: usize, out: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) if deep > 0 && !map.is_empty() => {
            for (inner, value) in map {
                flat(format!("{key}.{inner}"), value, deep - 1, out);
            }
        }
        Value::String(text) => out.push((key, text)),
        other => out.push((key, other.to_string())),
    }
}

/// `key=value key="a value"`. A sentence with one `=` in it is none.
fn logfmt(text: &str) -> Option<Vec<(String, String)>> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut rest = text.trim_start();
    let mut words = Vec::new();
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let named = !key.is_empty() && key.bytes().all(|b| b.is_ascii_graphic() && b != b'"');
        match after.strip_prefix('=') {
            Some(value) if named => {
                let (value, after) = value_of(value)?;
                pairs.push((key.to_owned(), value));
                rest = after.trim_start();
            }
            _ => {
                // Words before the first pair are the message; among the pairs they are none of logfmt.
                let end = rest.find(' ').unwrap_or(rest.len());
                words.push(&rest[..end]);
                rest = rest[end..].trim_start();
            }
        }
    }
    let telling = pairs.iter().any(|(key, _)| MESSAGES.contains(&key.as_str()));
    if pairs.len() < 2 || (!telling && words.len() > pairs.len() * 3) {
        return None;
    }
    if !words.is_empty() && !telling {
        pairs.insert(0, (MESSAGES[0].to_owned(), words.join(" ")));
    }
    Some(pairs)
}

/// A value, and what comes after it.
fn value_of(text: &str) -> Option<(String, &str)> {
    let Some(inside) = text.strip_prefix('"') else {
        let end = text.find(' ').unwrap_or(text.len());
        return Some((text[..end].to_owned(), &text[end..]));
    };
    let mut value = String::new();
    let mut chars = inside.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, &inside[at + 1..])),
            '\\' => match chars.next()?.1 {
                'n' => value.push('\n'),
                't' => value.push('\t'),
                other => value.push(other),
            },
            c => value.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> (String, Vec<String>) {
        let fields = fields(text).unwrap();
        let pairs = fields.pairs.into_iter().map(|(k, v)| format!("{k}={v}"));
        (fields.message, pairs.collect())
    }

    #[test]
    fn json_keeps_its_order_and_its_depth() {
        let (message, pairs) = of(
            r#"{"ts":1.5,"level":"info","msg":"took it","z":true,"a":{"b":{"c":7}},"list":[1,2],"none":null}"#,
        );
        assert_eq!(message, "took it");
        assert_eq!(pairs, ["z=true", "a.b.c=7", "list=[1,2]", "none=null"]);
        assert_eq!(fields(r#"{"cut": "of"#), None);
        assert_eq!(fields("[1, 2]"), None);
    }

    #[test]
    fn a_time_in_front_is_no_part_of_it() {
        let (message, pairs) = of(r#"2026-11-26T09:41:57.123Z {"message":"x","n":"1"}"#);
        assert_eq!(
            (message.as_str(), pairs.as_slice()),
            ("x", ["n=1".to_owned()].as_slice())
        );
        assert_eq!(of("2026/11/26 09:41:57 a=1 b=2").1, ["a=1", "b=2"]);
    }

    #[test]
    fn logfmt_is_told_from_sentences() {
        let (message, pairs) = of(r#"level=warn msg="archive \"push\" slow" took_ms=5120 path="/a b""#);
        assert_eq!(message, r#"archive "push" slow"#);
        assert_eq!(pairs, ["took_ms=5120", "path=/a b"]);
        assert_eq!(
            of("archive push slow segment=F2 took_ms=5120").0,
            "archive push slow"
        );
        for sentence in [
            "the option a=b was set",
            "plain words",
            "",
            "x=\"never ends",
            "SELECT 1 FROM t WHERE a = 1 AND b = 2",
        ] {
            assert_eq!(fields(sentence), None, "{sentence}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_too_odd(text in "\\PC{0,200}") {
            let _ = fields(&text);
        }

        #[test]
        fn every_pair_of_logfmt_comes_back(pairs in proptest::collection::vec(("[a-z]{1,8}x", "[ -~]{0,12}"), 2..8)) {
            let quoted = |v: &String| format!("\"{}\"", v.replace('\\', "\\\\").replace('"', "\\\""));
            let line: Vec<String> = pairs.iter().map(|(k, v)| format!("{k}={}", quoted(v))).collect();
            prop_assert_eq!(fields(&line.join(" ")).unwrap().pairs, pairs);
        }
    }
}
