//! The regular expressions of the page, by the browser's own engine: it is there, and faster than one that would be loaded.
use crate::model::log::{Line, Look, ansi::plain};
use js_sys::{Array, Function, Reflect, RegExp};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

/// An expression; none where nothing is typed.
type Pattern = Option<SendWrapper<RegExp>>;

/// What is typed, compiled. In the browser only.
#[derive(Clone, Default)]
pub struct Patterns {
    only: Pattern,
    without: Pattern,
    mark: Pattern,
    /// Of the three in this order: it is no regular expression.
    pub wrong: [bool; 3],
}

/// Without a capital letter in it, an expression finds capitals too. The constructor throws where the text is no expression,
/// and the binding of `RegExp::new` would end the page with it.
fn compile(text: &str, more: &str) -> Result<Pattern, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let flags = if text.chars().any(char::is_uppercase) {
        ""
    } else {
        "i"
    };
    let class = Reflect::get(&js_sys::global(), &"RegExp".into()).map_err(drop)?;
    let arguments = Array::of2(&text.into(), &format!("{flags}{more}").into());
    let made = Reflect::construct(class.unchecked_ref::<Function>(), &arguments).map_err(drop)?;
    Ok(Some(SendWrapper::new(made.unchecked_into())))
}

impl Patterns {
    /// What the look says.
    pub fn of(look: &Look) -> Self {
        let all = [(&look.only, ""), (&look.without, ""), (&look.mark, "g")];
        let [only, without, mark] = all.map(|(text, more)| compile(text, more));
        Self {
            wrong: [only.is_err(), without.is_err(), mark.is_err()],
            only: only.unwrap_or_default(),
            without: without.unwrap_or_default(),
            mark: mark.unwrap_or_default(),
        }
    }

    /// Whether a line is shown.
    pub fn shows(&self, line: &Line, look: &Look) -> bool {
        if look.hidden.contains(&line.level) {
            return false;
        }
        if self.only.is_none() && self.without.is_none() {
            return true;
        }
        let text = plain(&line.text);
        self.only.as_ref().is_none_or(|p| p.test(&text))
            && !self.without.as_ref().is_some_and(|p| p.test(&text))
    }

    /// Whether something of it is marked.
    pub fn hits(&self, line: &Line) -> bool {
        self.mark.as_ref().is_some_and(|p| {
            p.set_last_index(0);
            p.test(&plain(&line.text))
        })
    }

    /// What is marked of a text: ranges of its bytes.
    pub fn marks(&self, text: &str) -> Vec<(usize, usize)> {
        let Some(pattern) = &self.mark else {
            return Vec::new();
        };
        pattern.set_last_index(0);
        let mut out = Vec::new();
        // JavaScript counts in UTF-16.
        let mut bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let mut units = 0_u32;
        let mut begins = bytes.next().unwrap_or(0);
        while let Some(found) = pattern.exec(text).filter(|_| out.len() < MARKS) {
            let hit = found.get(0).as_string().unwrap_or_default();
            let index = Reflect::get(&found, &"index".into()).ok();
            let index = index.and_then(|i| i.as_f64()).unwrap_or(0.0) as u32;
            if hit.is_empty() {
                pattern.set_last_index(pattern.last_index() + 1);
                continue;
            }
            while units < index {
                let Some(c) = text[begins..].chars().next() else {
                    break;
                };
                units += c.len_utf16() as u32;
                begins = bytes.next().unwrap_or(text.len());
            }
            out.push((begins, (begins + hit.len()).min(text.len())));
        }
        out
    }
}

/// The most marks of one line.
const MARKS: usize = 200;
