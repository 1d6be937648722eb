//! Every declared field is written, read back as it was meant, liked by the rules, and taken out again without a trace.
use super::{
    documents::Bundle,
    edit::{Edit, Value, apply},
    field::{children, field, pairs},
    fields::{FieldDef, Form, GROUPS, Holds, Scope, variant},
    form::StatefulSetForm,
    lint::{Degree, bases, lint},
    path::Place,
};

/// In block style, in flow style, and with lists that stand at the column of their key.
const TEXTS: [&str; 2] = [
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: db\n  namespace: x\nspec:\n  clusterIP: None\n  selector:\n    app: db\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\n  namespace: x\nspec:\n  serviceName: db\n  selector:\n    matchLabels:\n      app: db\n  template:\n    metadata:\n      labels:\n        app: db\n    spec:\n      containers:\n      - name: main # first\n        image: db:1\n  volumeClaimTemplates:\n  - metadata:\n      name: data\n    spec:\n      accessModes:\n      - ReadWriteOnce\n      resources:\n        requests:\n          storage: 1Gi\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: front\n  namespace: x\nspec:\n  type: ClusterIP\n",
    "apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: x}\nspec: {clusterIP: None, selector: {app: db}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n    name: db\n    namespace: x\nspec:\n    serviceName: db\n    selector: {matchLabels: {app: db}}\n    template:\n        metadata: {labels: {app: db}}\n        spec:\n            containers:\n                # The only one.\n                - image: \"db:1\"\n                  name: 'main'\n    volumeClaimTemplates:\n        - metadata: {name: data}\n          spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n\n---\nkind: Service\napiVersion: v1\nmetadata: {name: front, namespace: x}\nspec:\n    type: ClusterIP\n",
];

/// A value that the field takes.
fn good(holds: Holds) -> Option<Value> {
    Some(match holds {
        Holds::Text(Form::Absolute) => Value::Text("/a b".into()),
        Holds::Text(Form::Any | Form::KeyOf(_)) => Value::Text("on: #".into()),
        Holds::Text(Form::LabelKey) => Value::Text("a.b/c".into()),
        Holds::Text(_) => Value::Text("1".into()),
        Holds::Integer(low, high) => Value::Typed((low + 1).min(high).to_string()),
        Holds::Share => Value::Typed("25%".into()),
        Holds::Port => Value::Typed("80".into()),
        Holds::Quantity => Value::Typed("1.5".into()),
        Holds::Flag => Value::Typed("true".into()),
        Holds::Choice(values) => Value::Text((*values.last()?).into()),
        _ => return None,
    })
}

/// Writes a field, and what is below it, as the pages do; checks what is read back.
fn write(text: &str, base: &Place, declared: &FieldDef) -> String {
    let place = base.join(declared.path);
    let told = |what: &str| format!("{what} {} below {}\n{text}", declared.path, base.path);
    let edit =
        |text: &str, edit: Edit| apply(text, &edit).unwrap_or_else(|e| panic!("{e:?} {}", told("writing")));
    let read = |text: &str| Bundle::read(text).unwrap();
    let all = |text: String, base: &Place, fields: &[FieldDef]| {
        fields.iter().fold(text, |text, f| write(&text, base, f))
    };
    match declared.holds {
        Holds::Words | Holds::Integers => {
            let values = if matches!(declared.holds, Holds::Words) {
                ["no", "a, b"]
            } else {
                ["1", "2"]
            };
            let value = |v: &str| match declared.holds {
                Holds::Words => Value::Text(v.into()),
                _ => Value::Typed(v.into()),
            };
            let new = values.iter().fold(text.to_owned(), |t, v| {
                edit(&t, Edit::Push(place.clone(), value(v)))
            });
            let bundle = read(&new);
            let there: Vec<String> = children(&bundle, &place)
                .map(|p| field(&bundle, p).text)
                .collect();
            assert_eq!(there, values, "{}", told("reading"));
            new
        }
        Holds::Pairs => {
            let value = Value::Text("yes".into());
            let new = edit(text, Edit::Insert(place.clone(), "k.x/1".into(), value));
            let held = pairs(&read(&new), &place);
            assert!(
                held.iter().any(|p| p.key == "k.x/1" && p.value.text == "yes"),
                "{}",
                told("reading")
            );
            new
        }
        Holds::Rows(fields, start) => {
            let count = children(&read(text), &place).count();
            let new = edit(text, Edit::Append(place.clone(), start.into()));
            let row = place.index(count);
            // The shape that a row begins with goes before another is chosen.
            all(new, &row, fields)
        }
        Holds::Group(fields) => all(text.to_owned(), &place, fields),
        Holds::Either(variants) => {
            let mut new = text.to_owned();
            for (n, shape) in variants.iter().enumerate() {
                if let Some(old) = variant(&read(&new), &place, variants) {
                    new = edit(&new, Edit::Remove(place.join(variants[old].key)));
                }
                for (path, value) in shape.start {
                    let at = place.join(shape.key);
                    let start = Value::Typed((*value).into());
                    new = match path.strip_suffix("[]") {
                        Some(list) => edit(&new, Edit::Push(at.join(list), start)),
                        None => edit(&new, Edit::Set(at.join(path), start)),
                    };
                }
                assert_eq!(
                    variant(&read(&new), &place, variants),
                    Some(n),
                    "{}",
                    told(shape.key)
                );
                let below: Vec<&FieldDef> = shape
                    .fields
                    .iter()
                    .filter(|f| !matches!(f.holds, Holds::Words))
                    .collect();
                new = below
                    .into_iter()
                    .fold(new, |text, f| write(&text, &place.join(shape.key), f));
            }
            new
        }
        holds => {
            let value = good(holds).unwrap();
            let new = edit(text, Edit::Set(place.clone(), value.clone()));
            let bundle = read(&new);
            let held = field(&bundle, place);
            assert_eq!(
                (held.set, held.text.as_str()),
                (true, value.as_str()),
                "{}",
                told("reading")
            );
            new
        }
    }
}

#[test]
fn every_declared_field_is_written_and_read_back() {
    for text in TEXTS {
        let bundle = Bundle::read(text).unwrap();
        let form = StatefulSetForm::read(&bundle);
        for (scope, fields) in GROUPS {
            let base = &bases(&bundle, &form, *scope)[0];
            for declared in *fields {
                let new = write(text, base, declared);
                let after = Bundle::read(&new).unwrap();
                let below = base.join(declared.path);
                let against = lint(&after).into_iter().find(|l| {
                    l.place.document == below.document
                        && below.path.contains(&l.place.path)
                        && l.rule.degree == Degree::Refused
                        // What it needs beside it is another field.
                        && !["operator-without-values", "mount-of-nothing"].contains(&l.rule.name)
                });
                assert_eq!(against, None, "{scope:?} {}\n{new}", declared.path);
                // What was not there goes again, with the maps that were made for it.
                let place = base.join(declared.path);
                let made = bundle.at(&place).is_none() && after.at(&place).is_some();
                if made && *scope != Scope::Access {
                    let back = apply(&new, &Edit::Remove(place)).unwrap();
                    assert_eq!(back, text, "{scope:?} {}", declared.path);
                }
            }
        }
    }
}
