//! Commands as published samples have them, and as no kernel and no shell understands them (T-20).
use super::{Found, Lint, Rule};
use crate::manifest::{
    documents::Bundle,
    edit::{Edit, Value, apply, apply_all},
    form::{ContainerForm, StatefulSetForm, children},
    path::{Path, Place},
};

pub(super) fn commands(bundle: &Bundle, form: &StatefulSetForm, found: &mut Found) {
    for container in form.containers.iter().chain(&form.init) {
        for list in lists(bundle, container) {
            command(bundle, &list, found);
        }
        // `args` go on where `command` ends.
        script(&words(bundle, &container.place, &["command", "args"]), found);
    }
}

/// The lists of a container that are run without a shell.
fn lists(bundle: &Bundle, container: &ContainerForm) -> Vec<Place> {
    let below = [
        "livenessProbe",
        "readinessProbe",
        "startupProbe",
        "lifecycle.postStart",
        "lifecycle.preStop",
    ];
    let hooks = below.map(|key| container.place.join(key).join("exec.command"));
    let all = std::iter::once(container.place.key("command")).chain(hooks);
    all.filter(|list| bundle.at(list).is_some()).collect()
}

fn words<'a>(bundle: &'a Bundle, base: &Place, keys: &[&str]) -> Vec<(Place, &'a str)> {
    let lists = keys.iter().map(|key| base.key(key));
    lists
        .flat_map(|list| children(bundle, &list).collect::<Vec<_>>())
        .map(|place| {
            let text = bundle.get(&place);
            (place, text)
        })
        .collect()
}

fn command(bundle: &Bundle, list: &Place, found: &mut Found) {
    let base = Place {
        document: list.document,
        path: list.path.parent().unwrap_or_default(),
    };
    let words = words(bundle, &base, &["command"]);
    if let Some((place, first)) = words.first()
        && first.trim().contains(char::is_whitespace)
        // A path of Windows may have blanks.
        && !first.contains('\\')
    {
        found.at(place, Rule::OneWord);
    }
    script(&words, found);
}

/// `sh -c` and one text: quotes around all of it make the shell look for a program of that name.
fn script(words: &[(Place, &str)], found: &mut Found) {
    if let [(_, shell), (_, flag), (place, text), ..] = words
        && shell.rsplit('/').next().is_some_and(|s| s.ends_with("sh"))
        && flag.starts_with('-')
        && flag.ends_with('c')
        && unquoted(text).is_some()
    {
        found.at(place, Rule::QuotedScript);
    }
}

/// The inside of a text that is one pair of quotes with several words.
fn unquoted(text: &str) -> Option<&str> {
    let text = text.trim();
    ['"', '\''].into_iter().find_map(|quote| {
        let inside = text.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inside.contains(quote) && inside.trim().contains(char::is_whitespace)).then_some(inside)
    })
}

/// The text without what [`commands`] found.
pub(super) fn mend(bundle: &Bundle, lint: &Lint) -> Option<String> {
    let text = bundle.get(&lint.place);
    match lint.rule {
        Rule::OneWord => split(bundle, &lint.place, text),
        Rule::QuotedScript => {
            let value = Value::Text(unquoted(text)?.to_owned());
            apply(&bundle.text, &Edit::Set(lint.place.clone(), value)).ok()
        }
        _ => None,
    }
}

/// The words of a command line, or a shell where only that can run it.
fn split(bundle: &Bundle, first: &Place, text: &str) -> Option<String> {
    let line = unquoted(text).unwrap_or(text).trim();
    let list = Place {
        document: first.document,
        path: Path(first.path.0.split_last()?.1.to_vec()),
    };
    let rest = children(bundle, &list)
        .skip(1)
        .map(|place| bundle.get(&place).to_owned());
    let mut words: Vec<String> = if line.contains(|c| "|&;<>$`\"'*?(){}#~".contains(c)) {
        ["sh", "-c", line].map(str::to_owned).to_vec()
    } else {
        line.split_whitespace().map(str::to_owned).collect()
    };
    words.extend(rest);
    let there = children(bundle, &list).count();
    let edits = words.into_iter().enumerate().map(|(n, word)| {
        let value = Value::Text(word);
        if n < there {
            Edit::Set(list.index(n), value)
        } else {
            Edit::Push(list.clone(), value)
        }
    });
    apply_all(&bundle.text, edits).ok()
}
