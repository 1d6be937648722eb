//! The history of a text, step by step, whichever hand changed it: a field of the form, the editor, a button.
use std::collections::VecDeque;

/// The most steps that are kept.
const MOST: usize = 500;
/// The most bytes that all steps hold together.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// What changed the text. Changes that belong together are one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// A field, by the number of the visit: everything typed during one visit is one step.
    Field(u32),
    /// The editor, where a word is a step.
    Editor,
    /// Anything else: each time a step.
    Other,
}

/// At a byte: what went, and what came.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Splice {
    at: usize,
    out: String,
    into: String,
}

impl Splice {
    /// What makes `new` of `old`.
    fn between(old: &str, new: &str) -> Self {
        let mut front = same(old.as_bytes(), new.as_bytes());
        while !old.is_char_boundary(front) || !new.is_char_boundary(front) {
            front -= 1;
        }
        let mut back = same_end(&old.as_bytes()[front..], &new.as_bytes()[front..]);
        while !old.is_char_boundary(old.len() - back) || !new.is_char_boundary(new.len() - back) {
            back -= 1;
        }
        Self {
            at: front,
            out: old[front..old.len() - back].to_owned(),
            into: new[front..new.len() - back].to_owned(),
        }
    }

    fn is_empty(&self) -> bool {
        self.out.is_empty() && self.into.is_empty()
    }

    fn bytes(&self) -> usize {
        self.out.len() + self.into.len()
    }

    /// Whether `next` goes on with the same word: typed on, or taken away further.
    fn goes_on(&self, next: &Self) -> bool {
        let one = |text: &str| text.chars().nth(1).is_none() && !text.starts_with('\n');
        let typed = self.out.is_empty() && next.out.is_empty() && next.at == self.at + self.into.len();
        let begins = next.into.starts_with(char::is_whitespace) && !self.into.ends_with(char::is_whitespace);
        let taken = self.into.is_empty() && next.into.is_empty();
        let beside = next.at + next.out.len() == self.at || next.at == self.at;
        typed && one(&next.into) && !begins && !self.into.contains('\n')
            || taken && beside && one(&next.out) && !self.out.contains('\n')
    }
}

/// Texts are compared in blocks first: a key changes one byte of perhaps a million.
const BLOCK: usize = 256;

/// How many bytes are the same at the beginning.
fn same(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.chunks_exact(BLOCK).zip(b.chunks_exact(BLOCK));
    let front = blocks.take_while(|(a, b)| a == b).count() * BLOCK;
    let rest = a[front..].iter().zip(&b[front..]);
    front + rest.take_while(|(a, b)| a == b).count()
}

/// How many bytes are the same at the end.
fn same_end(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.rchunks_exact(BLOCK).zip(b.rchunks_exact(BLOCK));
    let back = blocks.take_while(|(a, b)| a == b).count() * BLOCK;
    let (a, b) = (&a[..a.len() - back], &b[..b.len() - back]);
    let rest = a.iter().rev().zip(b.iter().rev());
    back + rest.take_while(|(a, b)| a == b).count()
}

#[derive(Clone, Debug)]
struct Step {
    splice: Splice,
    hand: Hand,
}

/// A text and the steps that led to it.
#[derive(Clone, Debug, Default)]
pub struct History {
    now: String,
    past: VecDeque<Step>,
    future: Vec<Step>,
    /// The last step takes nothing more: one has gone back or forward since.
    closed: bool,
}

impl History {
    /// A history that begins with a text.
    pub fn of(text: String) -> Self {
        Self {
            now: text,
            ..Self::default()
        }
    }

    /// Whether there is a step back.
    pub fn has_past(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step forward.
    pub fn has_future(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes the text as it is now. Whether that is news.
    pub fn take(&mut self, text: &str, hand: Hand) -> bool {
        if self.now == text {
            return false;
        }
        let mut splice = Splice::between(&self.now, text);
        let goes_on = !self.closed
            && self.past.back().is_some_and(|last| match (last.hand, hand) {
                (Hand::Field(a), Hand::Field(b)) => a == b,
                (Hand::Editor, Hand::Editor) => last.splice.goes_on(&splice),
                _ => false,
            });
        if goes_on && let Some(last) = self.past.pop_back() {
            splice = Splice::between(&back(&self.now, &last.splice), text);
        }
        text.clone_into(&mut self.now);
        self.future.clear();
        self.closed = false;
        // What was typed and taken away again is no step.
        if !splice.is_empty() {
            self.past.push_back(Step { splice, hand });
        }
        let mut bytes: usize = self.past.iter().map(|s| s.splice.bytes()).sum();
        while self.past.len() > MOST || bytes > MOST_BYTES {
            bytes -= self.past.pop_front().map_or(bytes, |s| s.splice.bytes());
        }
        true
    }

    /// One step back: the text before it, and the byte at which it differs.
    pub fn back(&mut self) -> Option<(String, usize)> {
        let step = self.past.pop_back()?;
        self.now = back(&self.now, &step.splice);
        let at = step.splice.at + step.splice.out.len();
        self.future.push(step);
        self.closed = true;
        Some((self.now.clone(), at))
    }

    /// One step forward again.
    pub fn forward(&mut self) -> Option<(String, usize)> {
        let step = self.future.pop()?;
        let Splice { at, out, into } = &step.splice;
        self.now.replace_range(*at..at + out.len(), into);
        let at = at + into.len();
        self.past.push_back(step);
        self.closed = true;
        Some((self.now.clone(), at))
    }
}

fn back(text: &str, splice: &Splice) -> String {
    let Splice { at, out, into } = splice;
    [&text[..*at], out, &text[at + into.len()..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn type_on(history: &mut History, words: &str, hand: Hand) {
        for letter in words.chars() {
            let text = format!("{}{letter}", history.now);
            assert!(history.take(&text, hand));
        }
    }

    #[test]
    fn a_word_of_the_editor_is_a_step() {
        let mut history = History::of(String::new());
        type_on(&mut history, "kind: Secret\nname", Hand::Editor);
        let mut texts = Vec::new();
        while let Some((text, _)) = history.back() {
            texts.push(text);
        }
        assert_eq!(texts, ["kind: Secret\n", "kind: Secret", "kind:", ""]);
    }

    #[test]
    fn a_visit_of_a_field_is_a_step_and_none_where_nothing_is_left_of_it() {
        let mut history = History::of("name: \n".to_owned());
        for text in ["name: w\n", "name: we\n", "name: web\n"] {
            history.take(text, Hand::Field(1));
        }
        history.take("name: web\nreplicas: 2\n", Hand::Field(2));
        history.take("name: web\n", Hand::Field(2));
        assert_eq!(history.back(), Some(("name: \n".to_owned(), 6)));
        assert_eq!(history.back(), None);
        assert_eq!(history.forward(), Some(("name: web\n".to_owned(), 9)));
        // A step back ends the visit.
        history.take("name: web1\n", Hand::Field(2));
        assert_eq!(history.back().map(|s| s.0), Some("name: web\n".to_owned()));
    }

    #[test]
    fn typing_after_a_step_back_has_no_way_forward() {
        let mut history = History::of(String::new());
        history.take("a", Hand::Other);
        history.back();
        history.take("b", Hand::Other);
        assert!(!history.has_future());
        assert_eq!(history.back().map(|s| s.0), Some(String::new()));
    }

    #[test]
    fn a_long_text_keeps_small_steps() {
        let text = |middle: &str| format!("{}{middle}{}", "é: 1\n".repeat(999), "€: 2\n".repeat(999));
        let mut history = History::of(text("a"));
        history.take(&text("ab"), Hand::Other);
        assert_eq!(history.past[0].splice.bytes(), 1);
        assert_eq!(history.back(), Some((text("a"), 999 * 6 + 1)));
    }

    #[test]
    fn it_forgets_what_is_too_much() {
        let mut history = History::of(String::new());
        for n in 0..MOST + 10 {
            history.take(&n.to_string(), Hand::Other);
        }
        assert_eq!(std::iter::from_fn(|| history.back()).count(), MOST);
        let (big, other) = ("a".repeat(MOST_BYTES), "b".repeat(MOST_BYTES));
        history.take(&big, Hand::Other);
        history.take(&other, Hand::Other);
        assert!(!history.has_past());
    }

    fn hand() -> impl Strategy<Value = Hand> {
        prop_oneof![
            (0..3_u32).prop_map(Hand::Field),
            Just(Hand::Editor),
            Just(Hand::Other)
        ]
    }

    proptest! {
        #[test]
        fn as_many_steps_forward_as_back_give_the_same_bytes(
            texts in prop::collection::vec(("[aé€😀:\\n ]{0,12}", hand()), 1..60), steps in 1..60_usize,
        ) {
            let mut history = History::of("a: 1\n".to_owned());
            for (text, hand) in &texts {
                history.take(text, *hand);
            }
            let last = history.now.clone();
            let mut seen = vec![last.clone()];
            for _ in 0..steps {
                let Some((text, at)) = history.back() else { break };
                prop_assert!(text.is_char_boundary(at));
                seen.push(text);
            }
            while let Some(before) = seen.pop() {
                prop_assert_eq!(&history.now, &before);
                history.forward();
            }
            prop_assert_eq!(&history.now, &last);
            prop_assert!(!history.has_future());
        }

        #[test]
        fn each_step_of_other_hands_is_a_text_that_was(texts in prop::collection::vec("[aé€😀:\\n ]{0,12}", 1..25)) {
            let mut history = History::of(String::new());
            let mut was = vec![String::new()];
            for text in texts {
                if history.take(&text, Hand::Other) {
                    was.push(text);
                }
            }
            was.pop();
            while let Some(before) = was.pop() {
                prop_assert_eq!(history.back().map(|s| s.0), Some(before));
            }
            prop_assert_eq!(history.back(), None);
        }
    }
}
