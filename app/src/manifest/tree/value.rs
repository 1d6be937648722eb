//! A document as the JSON that kubectl makes of it (`sigs.k8s.io/yaml`): what YAML 1.1 calls a number or a boolean is one,
//! aliases and merge keys are written out, of keys that stand twice the last counts.
use super::read::{Broken, broken, problem_of};
use crate::manifest::{
    problem::Problem,
    resolve::{Resolved, resolve},
};
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use serde_json::{Map, Number, Value};
use std::{collections::BTreeMap, ops::Range};

/// The most values that aliases may stand for in one document: enough for any manifest, and no bomb.
const MOST: usize = 200_000;

/// What was read, and whether a strict reader would refuse it where kubectl's does not.
pub(in crate::manifest) struct Read {
    pub value: Value,
    /// A key stands twice, or a merge key brings one that stands there as well.
    pub doubled: bool,
}

/// Reads the first document of a part of the text.
pub(in crate::manifest) fn value(text: &str, range: Range<usize>) -> Result<Read, Broken> {
    let body = text[range.clone()].trim_start_matches('\u{feff}');
    let mut builder = Builder::default();
    let mut parser = Parser::new_from_str(body);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| broken(range.start, problem_of(&error)))?;
        let at = |problem| broken(range.start + span.start.index().min(body.len()), problem);
        if matches!(event, Event::DocumentEnd) && builder.root.is_some() {
            break;
        }
        builder.take(event).map_err(at)?;
    }
    Ok(Read {
        value: builder.root.unwrap_or_default(),
        doubled: builder.doubled,
    })
}

enum Open {
    Map {
        map: Map<String, Value>,
        key: Option<Key>,
        anchor: usize,
    },
    List {
        items: Vec<Value>,
        anchor: usize,
    },
}

enum Key {
    Text(String),
    Merge,
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: BTreeMap<usize, Value>,
    root: Option<Value>,
    expanded: usize,
    doubled: bool,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) -> Result<(), Problem> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let merge = text == "<<" && style == ScalarStyle::Plain && tag.is_none();
                if let Some(Open::Map { key: key @ None, .. }) = self.open.last_mut() {
                    *key = Some(if merge {
                        Key::Merge
                    } else {
                        Key::Text(key_of(&scalar(&text, style, tag.as_deref())))
                    });
                    return Ok(());
                }
                let value = scalar(&text, style, tag.as_deref());
                self.put(value, anchor)
            }
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned().unwrap_or_default();
                self.expanded += size(&value);
                if self.expanded > MOST {
                    return Err(Problem::TooManyAliases);
                }
                self.put(value, 0)
            }
            Event::MappingStart(anchor, _) => {
                let map = Map::new();
                self.begin(Open::Map {
                    map,
                    key: None,
                    anchor,
                })
            }
            Event::SequenceStart(anchor, _) => {
                let items = Vec::new();
                self.begin(Open::List { items, anchor })
            }
            Event::MappingEnd | Event::SequenceEnd => match self.open.pop() {
                Some(Open::Map { map, anchor, .. }) => self.put(Value::Object(map), anchor),
                Some(Open::List { items, anchor }) => self.put(Value::Array(items), anchor),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn begin(&mut self, open: Open) -> Result<(), Problem> {
        if matches!(self.open.last(), Some(Open::Map { key: None, .. })) {
            return Err(Problem::ComplexKey);
        }
        if self.open.len() > super::MAX_DEPTH {
            return Err(Problem::TooDeep);
        }
        self.open.push(open);
        Ok(())
    }

    fn put(&mut self, value: Value, anchor: usize) -> Result<(), Problem> {
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            None => self.root = Some(value),
            Some(Open::List { items, .. }) => items.push(value),
            Some(Open::Map { map, key, .. }) => match key.take() {
                Some(Key::Text(text)) => self.doubled |= map.insert(text, value).is_some(),
                Some(Key::Merge) => {
                    let sources = match value {
                        Value::Array(all) => all,
                        one => vec![one],
                    };
                    // Earlier sources count before later ones; what stood above the merge key is written over.
                    for source in sources.into_iter().rev() {
                        for (key, value) in source.as_object().cloned().unwrap_or_default() {
                            self.doubled |= map.insert(key, value).is_some();
                        }
                    }
                }
                // An alias as a key.
                None => *key = Some(Key::Text(key_of(&value))),
            },
        }
        Ok(())
    }
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(map) => map.values().map(size).sum(),
        _ => 0,
    }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let string = || Value::String(text.to_owned());
    let core = tag.filter(|t| t.is_yaml_core_schema()).map(|t| t.suffix.as_str());
    match (style, core) {
        (_, Some("str")) => string(),
        (ScalarStyle::Plain, _) | (_, Some("int" | "float" | "bool" | "null")) => match resolve(text) {
            Resolved::Null => Value::Null,
            Resolved::Flag(flag) => Value::Bool(flag),
            Resolved::Integer(n) => number(n),
            Resolved::Float(n) => float(n),
            Resolved::Text => string(),
        },
        _ => string(),
    }
}

fn number(n: i128) -> Value {
    let signed = i64::try_from(n).map(Value::from);
    signed.unwrap_or_else(|_| u64::try_from(n).map_or(Value::Null, Value::from))
}

/// Go writes a float without a fraction as a whole number, and so it is one to who reads the JSON.
fn float(n: f64) -> Value {
    if n.fract() == 0.0 && n.abs() < 9_007_199_254_740_992.0 {
        return Value::from(n as i64);
    }
    Number::from_f64(n).map_or(Value::Null, Value::Number)
}

/// What a key of another type becomes: `on` is the key `true`.
pub(in crate::manifest) fn key_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "null".to_owned(),
        other => other.to_string(),
    }
}

/// What a plain or quoted key is called in the JSON.
pub(in crate::manifest) fn key_name(text: &str, plain: bool) -> String {
    let style = if plain {
        ScalarStyle::Plain
    } else {
        ScalarStyle::DoubleQuoted
    };
    key_of(&scalar(text, style, None))
}
