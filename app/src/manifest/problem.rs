//! Why a text is not read, with the place.
use std::fmt;

/// The largest text that is read, in bytes.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// The most documents in one text.
pub const MAX_DOCUMENTS: usize = 200;
/// The most aliases (`*name`) in one document. The tree never expands them.
pub const MAX_ALIASES: usize = 1000;

/// Why a text is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Above [`MAX_BYTES`].
    TooLarge,
    /// Above [`MAX_DOCUMENTS`].
    TooManyDocuments,
    /// Nested deeper than `tree::MAX_DEPTH`.
    TooDeep,
    /// Above [`MAX_ALIASES`].
    TooManyAliases,
    /// A template for Helm or Go, not yet a manifest: a guess, for texts that cannot be read.
    Template,
    /// No YAML; in the parser's words.
    Syntax(String),
    /// A map or a list as a key.
    ComplexKey,
    /// Something other than a comment behind `---`, which kubectl refuses.
    Separator(String),
    /// Two dashes, or ones of a word processor, where a `---` is meant.
    Dashes,
    /// `%YAML` or `%TAG`: kubectl cuts a text at its `---` lines, and a directive alone is no document.
    Directive,
    /// A document without `apiVersion` and `kind`.
    NotAnObject,
    /// A list of objects in a list, which kubectl refuses.
    NestedList,
    /// Nothing but comments.
    Empty,
    /// Bytes that are no text in UTF-8.
    NotText,
    /// A character that looks like YAML's own and is not.
    OddCharacter(char),
    /// A line that begins with `//`, which is no comment in YAML.
    SlashComment,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "above {MAX_BYTES} bytes"),
            Self::TooManyDocuments => write!(f, "above {MAX_DOCUMENTS} documents"),
            Self::TooDeep => f.write_str("nested too deep"),
            Self::TooManyAliases => write!(f, "above {MAX_ALIASES} aliases"),
            Self::Template => f.write_str("a template, not yet a manifest"),
            Self::Syntax(words) => f.write_str(words),
            Self::ComplexKey => f.write_str("a map or a list as a key"),
            Self::Separator(words) => write!(f, "{words:?} behind ---"),
            Self::Dashes => f.write_str("three dashes are probably meant"),
            Self::Directive => f.write_str("a directive, which kubectl does not take"),
            Self::NotAnObject => f.write_str("no apiVersion and kind"),
            Self::NestedList => f.write_str("a list in a list"),
            Self::Empty => f.write_str("nothing in it"),
            Self::NotText => f.write_str("no text in UTF-8"),
            Self::OddCharacter(odd) => write!(f, "the character {odd:?}"),
            Self::SlashComment => f.write_str("// begins no comment"),
        }
    }
}

/// A problem with its place, both counted from 1; the column counts characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// The line of a byte, counted from 0.
pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())]
        .iter()
        .filter(|b| **b == b'\n')
        .count()
}

/// A problem at a byte of the text.
pub(super) fn finding(text: &str, at: usize, problem: Problem) -> Finding {
    let at = (0..=at.min(text.len()))
        .rev()
        .find(|n| text.is_char_boundary(*n))
        .unwrap_or(0);
    let line_start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    Finding {
        line: line_of(text, at) + 1,
        column: text[line_start..at].chars().count() + 1,
        problem,
    }
}
