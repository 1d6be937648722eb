//! The texts of one language, by number. `build.rs` makes a method of every key in `locales/`.
//!
//! The wasm holds no text at all: the server writes the chosen language's catalogue into the page (as JSON), so
//! that the first paint and the hydrated page read the same table and the other language never travels.
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::{fmt::Display, sync::RwLock};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The id of the page's `<script type="application/json">` that holds the catalogue.
pub const ELEMENT_ID: &str = "texts";

/// A language that Ordinal speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, also for every language that is not known.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Language {
    /// The BCP 47 tag, as in `<html lang>` and in the cookie.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
        }
    }

    /// The language that a tag or an `Accept-Language` header asks for first.
    pub fn from_tag(tag: &str) -> Self {
        let first = tag
            .split([',', ';'])
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        if first == "zh" || first.starts_with("zh-") {
            Self::Zh
        } else {
            Self::En
        }
    }
}

/// A text that data names: a rule's sentence, a correction's label. `build.rs` makes a constant of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(usize);

/// Texts that travel only with the pages that draw them (`LAZY` in `build.rs`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Of pages with an editor.
    Editor,
    /// Of the pages of one set, of one pod and of the claims.
    Objects,
    /// Of the pages of logs.
    Logs,
    /// Of the page where one signs in: it has no wasm, so this part never travels.
    SignIn,
}

/// The lazy parts that came, for the life of the process.
static KEPT: RwLock<Vec<(Language, Part, &[String])>> = RwLock::new(Vec::new());

/// How many lazy parts there are.
const PARTS: usize = ENDS.len() - 1;

/// One language's texts: cheap to copy, the same for the life of the page.
#[derive(Clone, Copy)]
pub struct Texts {
    language: Language,
    list: &'static [String],
    /// The lazy parts; each is empty before a page that draws it is opened.
    lazy: [&'static [String]; PARTS],
}

impl Texts {
    /// Keeps the catalogue for the life of the process; call once a language.
    pub fn new(language: Language, list: Vec<String>) -> Self {
        Self {
            language,
            list: Box::leak(list.into_boxed_slice()),
            lazy: [&[]; PARTS],
        }
    }

    /// A language with all of its texts, of which the server hands each page what it draws.
    pub fn whole(language: Language) -> Self {
        // The build script wrote them.
        let list = |json: &str| serde_json::from_str::<Vec<String>>(json).unwrap_or_default();
        let [every, lazy @ ..] = source::json(language);
        let texts = Self::new(language, list(every));
        let parts = [Part::Editor, Part::Objects, Part::Logs, Part::SignIn]
            .into_iter()
            .zip(lazy);
        parts.fold(texts, |texts, (part, json)| texts.with_lazy(part, &list(json)))
    }

    /// With a lazy part. It is kept for the life of the process, once.
    #[must_use]
    pub fn with_lazy(mut self, part: Part, list: &[String]) -> Self {
        self.lazy[part as usize] = self.kept(part).unwrap_or_else(|| {
            let list: &'static [String] = Box::leak(list.to_vec().into_boxed_slice());
            if let (false, Ok(mut all)) = (list.is_empty(), KEPT.write()) {
                all.push((self.language, part, list));
            }
            list
        });
        self
    }

    /// A lazy part, where some page has brought it.
    pub fn kept(self, part: Part) -> Option<&'static [String]> {
        let all = KEPT.read().ok()?;
        let mut same = all.iter().filter(|(l, p, _)| (*l, *p) == (self.language, part));
        same.next().map(|(_, _, list)| *list)
    }

    /// What [`Texts::with_lazy`] takes, for the server to send along.
    pub fn lazy(self, part: Part) -> Vec<String> {
        self.lazy[part as usize].to_vec()
    }

    /// The language that these texts are in.
    pub fn language(self) -> Language {
        self.language
    }

    /// The catalogue as the page carries it.
    pub fn catalogue(self) -> &'static [String] {
        self.list
    }

    /// A text by its name in the data, with its arguments in their order.
    pub fn say(self, text: Text, arguments: &[String]) -> String {
        let numbers: Vec<String> = (0..arguments.len()).map(|n| n.to_string()).collect();
        let named = numbers.iter().zip(arguments);
        let all: Vec<(&str, &dyn Display)> = named.map(|(n, a)| (n.as_str(), a as &dyn Display)).collect();
        self.format(text.0, &all)
    }

    fn get(self, index: usize) -> &'static str {
        let later = || {
            let mut parts = ENDS.iter().zip(self.lazy);
            parts.find_map(|(start, list)| list.get(index.checked_sub(*start)?))
        };
        self.list.get(index).or_else(later).map_or("", String::as_str)
    }

    fn format(self, index: usize, arguments: &[(&str, &dyn Display)]) -> String {
        let mut out = String::new();
        let mut rest = self.get(index);
        while let Some((before, tail)) = rest.split_once('{') {
            out.push_str(before);
            let (name, after) = tail.split_once('}').unwrap_or((tail, ""));
            if let Some((_, value)) = arguments.iter().find(|(n, _)| *n == name) {
                out.push_str(&value.to_string());
            }
            rest = after;
        }
        out + rest
    }
}

/// A number as one reads it: `1,000,000`. From ten thousand on, for four digits are read as well without.
pub fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    if digits.len() < 5 {
        return n.to_string();
    }
    let mut out = String::from(if n < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The page's texts. Without any (a component drawn alone) every text is empty.
pub fn use_texts() -> Texts {
    use_context().unwrap_or(Texts {
        language: Language::En,
        list: &[],
        lazy: [&[]; PARTS],
    })
}

/// The texts of every language, in the order of the methods: for the server, which hands one of them to the page.
mod source {
    use super::Language;

    /// JSON arrays of strings: what every page draws, then each lazy part.
    pub fn json(language: Language) -> [&'static str; super::PARTS + 1] {
        macro_rules! catalogues {
            ($($file:literal),*) => { [$(include_str!(concat!(env!("OUT_DIR"), $file))),*] };
        }
        match language {
            Language::En => catalogues!(
                "/en-0.json",
                "/en-1.json",
                "/en-2.json",
                "/en-3.json",
                "/en-4.json"
            ),
            Language::Zh => catalogues!(
                "/zh-0.json",
                "/zh-1.json",
                "/zh-2.json",
                "/zh-3.json",
                "/zh-4.json"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_read_by_threes() {
        for (n, told) in [
            (0, "0"),
            (9_999, "9999"),
            (10_000, "10,000"),
            (999_000, "999,000"),
            (2_147_483_647, "2,147,483,647"),
            (-12_345, "-12,345"),
        ] {
            assert_eq!(grouped(n), told);
        }
    }

    /// The glossary's last column says what no text may call a thing.
    #[test]
    fn one_term_a_concept() {
        let page = include_str!("../../docs/glossary.md");
        let rows = page.lines().filter(|l| l.starts_with("| ")).skip(1);
        let never = rows.filter_map(|row| row.trim_end_matches('|').rsplit('|').next());
        let never: Vec<&str> = never.flat_map(|words| words.split(',')).map(str::trim).collect();
        assert!(never.len() > 15);
        let texts = source::json(Language::Zh).into_iter();
        let texts = texts.flat_map(|json| serde_json::from_str::<Vec<String>>(json).unwrap());
        let wrong: Vec<String> = texts
            .filter(|t| never.iter().any(|word| t.contains(word)))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
