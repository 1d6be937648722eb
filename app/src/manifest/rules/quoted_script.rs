//! `sh -c` gets one text. Quotes around all of it make it one word.
//!
//! Source: T-20
//!
//! ```bad
//! container.command: [sh, -c, '"nginx -c nginx.conf"']
//! ```
//! ```good
//! container.command: [sh, -c, 'nginx -c nginx.conf']
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "quoted-script",
    degree: Trap,
    words: texts::RULE_QUOTED_SCRIPT,
    checks: &[Check::Container(container)],
    fixes,
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    for list in commands(s, c) {
        script(s, children(s.bundle, &list).collect(), found);
    }
    // `args` go on where `command` ends.
    let (command, args) = (c.place.key("command"), c.place.key("args"));
    let all = children(s.bundle, &command).chain(children(s.bundle, &args));
    script(s, all.collect(), found);
}

fn script(s: &OfSet, words: Vec<Place>, found: &mut Found) {
    if let [shell, flag, text, ..] = words.as_slice()
        && s.bundle
            .get(shell)
            .rsplit('/')
            .next()
            .is_some_and(|word| word.ends_with("sh"))
        && s.bundle.get(flag).starts_with('-')
        && s.bundle.get(flag).ends_with('c')
        && unquoted(s.bundle.get(text)).is_some()
    {
        found.at(&RULE, text);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let inside = unquoted(scene.bundle.get(&lint.place)).map(str::to_owned);
    let edits: Vec<Edit> = inside
        .map(|text| Edit::Set(lint.place.clone(), Written::Text(text)))
        .into_iter()
        .collect();
    fix(scene, texts::FIX_UNQUOTE_SCRIPT, &[], Unsafe, &edits)
}
