//! Whether each value is of the type that Kubernetes wants there, and each key one of its fields.
use super::{Found, Lint, Rule};
use crate::manifest::{
    documents::Bundle,
    edit::{Edit, Value as Written, apply},
    path::{Path, Place, Segment},
    scalar::{Style, is_not_text, is_number},
    shapes::{self, Many, Type, Value},
    tree::{Kind, Node},
};
use std::sync::Arc;

/// What a place must hold, where something else stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Keys with values.
    Map,
    /// Lines with dashes.
    List,
    /// One value.
    Scalar,
}

/// Looks at every document that the table of fields has.
pub(super) fn shape(bundle: &Bundle, found: &mut Found) {
    for (n, document) in bundle.documents.iter().enumerate() {
        if let Some(of) = Type::of_document(document.kind(), document.api_version()) {
            let mut walk = Walk {
                root: &document.root,
                found,
                place: Place::new(n, ""),
                above: Vec::new(),
            };
            walk.value(&document.root, of);
        }
    }
}

struct Walk<'a> {
    root: &'a Node,
    found: &'a mut Found,
    /// Where it is; it goes down and up.
    place: Place,
    /// The objects on the way down, each with the length of its path.
    above: Vec<(&'static str, usize)>,
}

impl Walk<'_> {
    fn value(&mut self, node: &Node, of: Type) {
        let one = Type {
            many: Many::One,
            ..of
        };
        let wanted = match (&node.kind, of.many, of.of) {
            // Nothing is right everywhere; an alias is told for itself.
            (Kind::Nothing | Kind::Opaque, ..) | (_, Many::One, Value::Any) => return,
            _ if node.is_nothing() => return,
            (Kind::List(items, _), Many::List, _) => {
                for (n, item) in items.iter().enumerate() {
                    self.down(Segment::Index(n), item, one);
                }
                return;
            }
            (Kind::Map(entries, _), Many::Map, _) => {
                for (n, entry) in entries.iter().enumerate() {
                    self.down(Segment::Index(n), &entry.value, one);
                }
                return;
            }
            (Kind::Map(..), Many::One, Value::Object(object)) => return self.object(node, object),
            (Kind::Scalar(text, style), Many::One, of) if !matches!(of, Value::Object(_)) => {
                return self.scalar(text, *style, of);
            }
            (_, Many::List, _) => Wanted::List,
            (_, Many::Map, _) | (_, _, Value::Object(_)) => Wanted::Map,
            _ => Wanted::Scalar,
        };
        self.found.at(&self.place, Rule::Wants(wanted));
    }

    fn down(&mut self, segment: Segment, node: &Node, of: Type) {
        self.place.path.0.push(segment);
        self.value(node, of);
        self.place.path.0.pop();
    }

    /// Kubernetes' reader decides by the notation: a plain `12e34` is a number, and a string field refuses it.
    fn scalar(&mut self, text: &str, style: Style, of: Value) {
        let quoted = matches!(style, Style::Single | Style::Double);
        let rule = match of {
            Value::Text if style == Style::Plain && is_not_text(text) => Rule::NotText,
            Value::Integer if quoted && is_number(text) => Rule::Quoted,
            Value::Flag if quoted && matches!(text, "true" | "false") => Rule::Quoted,
            _ => return,
        };
        self.found.at(&self.place, rule);
    }

    fn object(&mut self, node: &Node, object: &'static str) {
        self.above.push((object, self.place.path.0.len()));
        for entry in node.entries() {
            match shapes::field(object, &entry.key) {
                Some(of) => self.down(Segment::Key(Arc::clone(&entry.key)), &entry.value, of),
                // What only the cluster writes, and a merge key, which is told for itself.
                None if matches!(&*entry.key, "status" | "<<") => {}
                None => {
                    let rule = self.unknown(node, object, &entry.key);
                    self.found.at(&self.place.key(&entry.key), rule);
                }
            }
        }
        self.above.pop();
    }

    /// What a key that no field has most likely is.
    fn unknown(&self, node: &Node, object: &str, key: &str) -> Rule {
        let free = |name: &&str| node.entry(name).is_none();
        let names = shapes::fields(object).iter().map(|(name, _)| *name);
        if let Some(name) = nearest(key, names.filter(free)) {
            return Rule::Misspelled(name);
        }
        let place = self.above.iter().rev().skip(1).find_map(|(object, length)| {
            shapes::field(object, key)?;
            let place = Path(self.place.path.0[..*length].to_vec()).key(key);
            self.root.at(&place).is_none().then_some(place)
        });
        place.map_or(Rule::UnknownField, |place| Rule::Misplaced(place.to_string()))
    }
}

/// The name that was most likely meant: the same but for upper and lower case, or one or two slips away.
pub(super) fn nearest<'a>(key: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = match key.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    names
        .map(|name| (slips(&key.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(slips, _)| *slips <= allowed)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, name)| name)
}

/// How many letters are wrong, missing, too many, or in the other order (optimal string alignment).
fn slips(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let wrong = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + wrong);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// The text without what [`shape`] found.
pub(super) fn mend(bundle: &Bundle, lint: &Lint) -> Option<String> {
    let place = &lint.place;
    let set = |value| apply(&bundle.text, &Edit::Set(place.clone(), value)).ok();
    match &lint.rule {
        Rule::NotText => set(Written::Text(bundle.get(place).to_owned())),
        Rule::Quoted => set(Written::Typed(bundle.get(place).to_owned())),
        Rule::UnknownField => apply(&bundle.text, &Edit::Remove(place.clone())).ok(),
        Rule::Misspelled(name) => apply(&bundle.text, &Edit::Rename(place.clone(), (*name).to_owned())).ok(),
        Rule::Misplaced(path) => moved(bundle, place, path),
        Rule::Wants(_) => typed_anew(bundle, place),
        _ => None,
    }
}

/// One value, taken out and written where it belongs.
fn moved(bundle: &Bundle, place: &Place, path: &str) -> Option<String> {
    let value = Written::Typed(bundle.at(place)?.text()?.to_owned());
    let to = Place::new(place.document, path);
    let written = apply(&bundle.text, &Edit::Set(to, value)).ok()?;
    // The new line may stand above the old one: places are paths, and stay true.
    matches!(place.path.0.last(), Some(Segment::Key(_))).then_some(())?;
    apply(&written, &Edit::Remove(place.clone())).ok()
}

/// A line that has become a word through a character that looks like YAML's own.
fn typed_anew(bundle: &Bundle, place: &Place) -> Option<String> {
    let range = bundle.at(place)?.range.clone();
    let held = &bundle.text[range.clone()];
    let meant = held
        .replace(":\u{a0}", ": ")
        .replace("：", ": ")
        .replace('\u{a0}', " ");
    let text = [&bundle.text[..range.start], &meant, &bundle.text[range.end..]].concat();
    // The character may not be what is wrong.
    (meant != held && Bundle::read(&text).is_ok()).then_some(text)
}
