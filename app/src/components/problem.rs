//! What keeps a text from being read, in words.
use crate::{
    manifest::{
        Problem,
        problem::{MAX_ALIASES, MAX_BYTES, MAX_DOCUMENTS},
        tree::MAX_DEPTH,
    },
    texts::Texts,
};

/// The sentence of a problem: what it is, and what helps.
pub fn problem_words(t: Texts, problem: &Problem) -> String {
    match problem {
        Problem::TooLarge => t.import_too_large(MAX_BYTES / 1024 / 1024),
        Problem::TooManyDocuments => t.import_too_many(MAX_DOCUMENTS),
        Problem::TooDeep => t.import_too_deep(MAX_DEPTH),
        Problem::TooManyAliases => t.import_aliases(MAX_ALIASES),
        Problem::Template => t.import_template().to_owned(),
        Problem::Syntax(words) => t.import_syntax(words),
        Problem::ComplexKey => t.import_complex_key().to_owned(),
        Problem::Separator(words) => t.import_separator(words),
        Problem::Dashes => t.import_dashes().to_owned(),
        Problem::Directive => t.import_directive().to_owned(),
        Problem::NotAnObject => t.import_no_object().to_owned(),
        Problem::NestedList => t.import_nested().to_owned(),
        Problem::Empty => t.import_empty().to_owned(),
        Problem::NotText => t.import_no_text().to_owned(),
        Problem::SlashComment => t.import_slash_comment().to_owned(),
        Problem::OddCharacter('\t') => t.import_tab().to_owned(),
        Problem::OddCharacter(odd) => t.import_odd(format!("U+{:04X}", u32::from(*odd))),
    }
}
