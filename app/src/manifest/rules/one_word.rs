//! `command` is run as it is, one argument a member. What needs a shell names one.
//!
//! Source: T-20; kubernetes.io, define a command for a container
//!
//! ```bad
//! container.command: ["sleep 3600"]
//! ```
//! ```good
//! container.command: [sleep, "3600"]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "one-word",
    degree: Trap,
    words: texts::RULE_ONE_WORD,
    checks: &[Check::Container(container)],
    fixes,
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    for list in commands(s, c) {
        let first = list.index(0);
        let text = s.bundle.get(&first);
        // A path of Windows may have blanks.
        if text.trim().contains(char::is_whitespace) && !text.contains('\\') {
            found.at(&RULE, &first);
        }
    }
}

/// The words of the command line, or a shell where only that can run it.
fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let text = scene.bundle.get(&lint.place);
    let line = unquoted(text).unwrap_or(text).trim();
    let Some(path) = lint.place.path.parent() else {
        return Vec::new();
    };
    let list = Place {
        path,
        ..lint.place.clone()
    };
    let mut words: Vec<String> = if line.contains(|c| "|&;<>$`\"'*?(){}#~".contains(c)) {
        ["sh", "-c", line].map(str::to_owned).to_vec()
    } else {
        line.split_whitespace().map(str::to_owned).collect()
    };
    let told = words.join(" · ");
    let there = children(scene.bundle, &list).count();
    words.extend((1..there).map(|n| scene.bundle.get(&list.index(n)).to_owned()));
    let edits: Vec<Edit> = words
        .into_iter()
        .enumerate()
        .map(|(n, word)| match Written::Text(word) {
            word if n < there => Edit::Set(list.index(n), word),
            word => Edit::Push(list.clone(), word),
        })
        .collect();
    fix(scene, texts::FIX_SPLIT_WORDS, &[&told], Unsafe, &edits)
}
