//! An object as YAML that Kubernetes reads back as this very object.
use super::scalar::{self, Style};
use serde_json::Value;

/// The text of an object, keys in the order of the map, two spaces a level, lists at the column of their key.
pub fn yaml(value: &Value) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// What stands in one line; `None` for what needs lines of its own.
fn inline(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if is_literal(text) => return None,
        Value::String(text) => scalar::string(text, Style::Plain, false),
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Object(map) if map.is_empty() => "{}".to_owned(),
        Value::Array(_) | Value::Object(_) => return None,
    })
}

/// Lines that a block scalar can hold as they are.
fn is_literal(text: &str) -> bool {
    let odd =
        |c: char| (c.is_control() && c != '\n') || c == '\u{feff}' || ('\u{2028}'..='\u{2029}').contains(&c);
    let body = text.trim_end_matches('\n');
    body.contains('\n') && !body.starts_with([' ', '\n']) && !text.chars().any(odd)
}

fn literal(text: &str, indent: usize, out: &mut String) {
    let body = text.trim_end_matches('\n');
    let ends = text.len() - body.len();
    out.push_str(match ends {
        0 => "|-\n",
        1 => "|\n",
        _ => "|+\n",
    });
    for line in body.lines() {
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(line);
        out.push('\n');
    }
    out.push_str(&"\n".repeat(ends.saturating_sub(1)));
}

/// A value below its key or dash: in the same line, or in lines of its own.
fn after(value: &Value, indent: usize, list: usize, out: &mut String) {
    match (value, inline(value)) {
        (_, Some(text)) => {
            out.push(' ');
            out.push_str(&text);
            out.push('\n');
        }
        (Value::String(text), None) => {
            out.push(' ');
            literal(text, indent, out);
        }
        (Value::Array(_), None) => {
            out.push('\n');
            block(value, list, out);
        }
        (_, None) => {
            out.push('\n');
            block(value, indent, out);
        }
    }
}

fn block(value: &Value, indent: usize, out: &mut String) {
    let space = " ".repeat(indent);
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                out.push_str(&space);
                out.push_str(&scalar::string(key, Style::Plain, false));
                out.push(':');
                after(value, indent + 2, indent, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                out.push_str(&space);
                out.push('-');
                if matches!(item, Value::Object(map) if !map.is_empty()) {
                    // The first key stands behind the dash.
                    let mut lines = String::new();
                    block(item, indent + 2, &mut lines);
                    out.push(' ');
                    out.push_str(&lines[indent + 2..]);
                } else {
                    after(item, indent + 2, indent + 2, out);
                }
            }
        }
        other => {
            let mut line = String::new();
            after(other, 2, 0, &mut line);
            out.push_str(line.trim_start_matches(' '));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn it_looks_as_one_would_write_it() {
        let value = json!({"a": {"on": "on", "count": 1, "none": null, "e": {}, "l": []},
            "list": [{"name": "x", "args": ["-c", "a\nb\n"]}, "y", ["z"]], "script": "#!/bin/sh\necho\n\n"});
        let text = yaml(&value);
        assert_eq!(
            text,
            "a:\n  count: 1\n  e: {}\n  l: []\n  none: null\n  \"on\": \"on\"\nlist:\n- args:\n  - -c\n  - |\n    a\n    b\n  name: x\n- \"y\"\n-\n  - z\nscript: |+\n  #!/bin/sh\n  echo\n\n"
        );
    }

    fn value() -> impl Strategy<Value = Value> {
        let text = prop_oneof![
            "[ -~]{0,12}",
            "[a-c #:'\"\n-]{0,16}",
            "(on|y|0x1F|1e3|1_000|2001-01-01|12:30:45|null|~|=|007|é|\u{7f}|\t){1,2}",
        ];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            text.clone().prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 24, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(text.clone(), inner, 0..4).prop_map(|m| json!(m)),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in value().prop_filter("a map", Value::is_object)) {
            let text = yaml(&value);
            let read: Value = serde_norway::from_str(&text).unwrap();
            prop_assert_eq!(read, value, "{}", text);
        }
    }
}
