//! Edits against real texts: what was not edited stays byte for byte.
use super::{
    documents::Bundle,
    edit::{Edit, EditError, Value, apply, set_together},
    form::StatefulSetForm,
    path::{Path, Place},
    problem::Problem,
    scalar::{Style, is_number, string},
    tree::{Kind, Node},
};
use proptest::prelude::*;
use std::{fs, path::PathBuf};

fn folder(path: &str) -> Vec<(PathBuf, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut texts: Vec<_> = entries
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "yaml"))
        .filter_map(|p| fs::read_to_string(&p).ok().map(|t| (p, t)))
        .collect();
    texts.sort();
    texts
}

fn own() -> Vec<(PathBuf, String)> {
    folder("tests/fixtures")
}

fn all() -> Vec<(PathBuf, String)> {
    let real = folder("../../shared/manifests/real");
    if real.is_empty() {
        println!("skipped: no folder with real manifests beside the project");
    }
    own().into_iter().chain(real).collect()
}

fn readable() -> Vec<(PathBuf, String, Bundle)> {
    all()
        .into_iter()
        .filter_map(|(p, t)| Bundle::read(&t).ok().map(|b| (p, t, b)))
        .collect()
}

/// Every scalar of a document with its path.
fn scalars(node: &Node, path: Path, into: &mut Vec<Path>) {
    match &node.kind {
        Kind::Scalar(..) => into.push(path),
        Kind::Map(entries, _) => {
            let last = |n: usize| entries.iter().rposition(|e| e.key == entries[n].key) == Some(n);
            for (n, entry) in entries.iter().enumerate().filter(|(n, _)| last(*n)) {
                let _ = n;
                scalars(&entry.value, path.key(&entry.key), into);
            }
        }
        Kind::List(items, _) => {
            for (n, item) in items.iter().enumerate() {
                scalars(item, path.index(n), into);
            }
        }
        Kind::Nothing | Kind::Opaque => {}
    }
}

fn places(bundle: &Bundle) -> Vec<Place> {
    let mut places = Vec::new();
    for (document, d) in bundle.documents.iter().enumerate() {
        let mut paths = Vec::new();
        scalars(&d.root, Path::default(), &mut paths);
        places.extend(paths.into_iter().map(|path| Place { document, path }));
    }
    places
}

/// Lines of `old` that are not in `new` at the same distance from the start or the end.
fn touched(old: &str, new: &str) -> usize {
    let (a, b): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let room = a.len().min(b.len()) - front;
    let back = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take(room)
        .take_while(|(x, y)| x == y)
        .count();
    a.len() - front - back
}

#[test]
fn templates_say_so_and_everything_else_is_read() {
    for (path, text) in all() {
        match Bundle::read(&text) {
            Ok(bundle) => assert!(!bundle.documents.is_empty(), "{}", path.display()),
            Err(finding) => assert_eq!(
                finding.problem,
                Problem::Template,
                "{}: {finding:?}",
                path.display()
            ),
        }
    }
}

#[test]
fn writing_what_is_there_changes_no_byte() {
    for (path, text, bundle) in readable() {
        let all = places(&bundle);
        for place in all.iter().step_by(all.len() / 5 + 1) {
            let value = Value::Typed(bundle.get(place).to_owned());
            let Some(Kind::Scalar(old, _)) = bundle.at(place).map(|n| &n.kind) else {
                continue;
            };
            if old.contains('\n') || bundle.at(place).and_then(Node::text).is_none() {
                continue;
            }
            let line = bundle.lines(place).unwrap();
            if line.len() == 1 {
                let new = apply(&text, &Edit::Set(place.clone(), value))
                    .unwrap_or_else(|e| panic!("{} {} {e:?}", path.display(), place.path));
                assert!(touched(&text, &new) <= 1, "{} {}", path.display(), place.path);
            }
        }
    }
}

#[test]
fn an_edited_scalar_is_the_only_change() {
    for (path, text, bundle) in readable() {
        let all = places(&bundle);
        // A sample: every file costs some dozens of parses.
        for (n, place) in all.iter().enumerate().step_by(all.len() / 5 + 1) {
            for value in [["x", "on", "a: b # c", "日志"][n % 4]] {
                let Ok(new) = apply(&text, &Edit::Set(place.clone(), Value::Text(value.to_owned()))) else {
                    panic!("{} {}", path.display(), place.path)
                };
                let range = bundle.at(place).unwrap().range.clone();
                assert!(new.starts_with(&text[..range.start]) && new.ends_with(&text[range.end..]));
                let read = Bundle::read(&new).unwrap();
                assert_eq!(read.get(place), value);
                for other in all.iter().filter(|p| *p != place).step_by(7) {
                    assert_eq!(
                        read.get(other),
                        bundle.get(other),
                        "{} {}",
                        path.display(),
                        other.path
                    );
                }
            }
        }
    }
}

/// Without what notation alone makes different.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !"\"'\\".contains(*c))
        .collect()
}

#[test]
fn edited_and_back_is_the_old_text() {
    for (path, text, bundle) in readable() {
        let all = places(&bundle);
        for (n, place) in all.iter().step_by(all.len() / 3 + 1).enumerate() {
            let node = bundle.at(place).unwrap();
            let (old, Kind::Scalar(_, style)) = (bundle.get(place), &node.kind) else {
                continue;
            };
            let held = &text[node.range.clone()];
            if held.contains('\n') || node.text().is_none() || held.contains('\\') {
                continue;
            }
            // What needs no quotes leaves the notation alone; what does may leave its quotes behind.
            let plain = n % 2 == 0;
            let other = if plain { "else" } else { "no: #" };
            let back = [other, old].iter().fold(text.clone(), |text, value| {
                let value = if is_number(value) {
                    Value::Typed((*value).into())
                } else {
                    Value::Text((*value).into())
                };
                apply(&text, &Edit::Set(place.clone(), value)).unwrap()
            });
            let told = format!("{} {} {style:?}", path.display(), place.path);
            assert!(
                back.starts_with(&text[..node.range.start]) && back.ends_with(&text[node.range.end..]),
                "{told}\n{back}"
            );
            let inside = &back[node.range.start..back.len() - (text.len() - node.range.end)];
            assert_eq!(bare(inside), bare(held), "{told}");
            assert_eq!(Bundle::read(&back).unwrap().get(place), old, "{told}");
            if plain && *style == Style::Plain && string(old, Style::Plain, false) == old {
                assert_eq!(back, text, "{told}");
            }
        }
    }
}

#[test]
fn created_and_removed_again_is_the_old_text() {
    let mut done = 0;
    for (path, text, bundle) in readable() {
        let Some(set) = bundle.find("StatefulSet") else {
            continue;
        };
        for new in [
            "metadata.annotations.x",
            "spec.template.spec.nodeSelector.zone",
            "spec.template.metadata.annotations.y",
        ] {
            let place = Place::new(set, new);
            if bundle.at(&place).is_some()
                || place.path.parent().is_some_and(|p| {
                    bundle
                        .at(&Place {
                            document: set,
                            path: p,
                        })
                        .is_some()
                })
                || bundle.at(&Place::new(set, "spec.template.spec")).is_none()
            {
                continue;
            }
            let there = apply(&text, &Edit::Set(place.clone(), Value::Text("v".into())))
                .unwrap_or_else(|e| panic!("{} {new} {e:?}", path.display()));
            assert_eq!(
                Bundle::read(&there).unwrap().get(&place),
                "v",
                "{}",
                path.display()
            );
            assert!(touched(&text, &there) <= 1, "{} {new}\n{there}", path.display());
            let Ok(back) = apply(&there, &Edit::Remove(place)) else {
                panic!("{} {new}", path.display())
            };
            assert_eq!(back, text, "{} {new}", path.display());
            done += 1;
        }
    }
    assert!(done > 4);
}

#[test]
fn list_members_are_added_and_removed() {
    for (path, text, bundle) in readable() {
        let form = StatefulSetForm::read(&bundle);
        for container in &form.containers {
            let list = container.place.key("env");
            let there = match apply(&text, &Edit::Append(list.clone(), "name: A\nvalue: b".into())) {
                Ok(there) => there,
                Err(EditError::Unsupported)
                    if bundle.at(&list).is_some_and(|n| matches!(n.kind, Kind::Opaque)) =>
                {
                    continue;
                }
                Err(e) => panic!("{} {e:?}", path.display()),
            };
            let read = Bundle::read(&there).unwrap();
            let count = read.at(&list).unwrap().items().len();
            assert_eq!(count, bundle.at(&list).map_or(0, |n| n.items().len()) + 1);
            assert_eq!(read.get(&list.index(count - 1).key("value")), "b");
            assert_eq!(
                apply(&there, &Edit::Remove(list.index(count - 1))).unwrap(),
                text,
                "{}",
                path.display()
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_string_is_read_back(value in "[ -~\n\t\u{e9}\u{4e2d}\u{1f600}]{0,24}", pick in 0usize..10_000) {
        let texts = own();
        let (_, text) = &texts[pick % texts.len()];
        let bundle = Bundle::read(text).unwrap();
        let places = places(&bundle);
        let place = &places[pick / texts.len() % places.len()];
        let new = apply(text, &Edit::Set(place.clone(), Value::Text(value.clone())));
        prop_assert!(new.is_ok(), "{} {:?}", place.path, value);
        let read = Bundle::read(&new.unwrap()).unwrap();
        prop_assert_eq!(read.get(place), value.as_str());
    }

    #[test]
    fn scalars_written_together_are_read_as_the_whole_text_is(
        value in "[ -~\t\u{e9}\u{4e2d}]{0,24}|[a-z0-9.-]{1,12}", typed: bool, pick in 0usize..10_000
    ) {
        let readable = readable();
        let (path, _, bundle) = &readable[pick % readable.len()];
        let held = places(bundle);
        let value = if typed { Value::Typed(value) } else { Value::Text(value) };
        let edits: Vec<Edit> = [1, 7, 31].iter().filter_map(|n| held.get((pick * n) % held.len().max(1)))
            .collect::<std::collections::BTreeSet<_>>().into_iter()
            .map(|place| Edit::Set(place.clone(), value.clone())).collect();
        let Some(together) = set_together(bundle, edits.iter()) else { return Ok(()) };
        prop_assert_eq!(&Bundle::read(&together.text).unwrap(), &together, "{}", path.display());
        let form = StatefulSetForm::read(bundle);
        let written: Vec<Place> = edits.iter().map(|e| e.place().clone()).collect();
        prop_assert_eq!(form.after(&together, &written), StatefulSetForm::read(&together));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[-a-z:{}\\[\\]&*#|>'\" \n?!%,]{0,80}") {
        let _ = Bundle::read(&text).map(|b| StatefulSetForm::read(&b));
    }
}
