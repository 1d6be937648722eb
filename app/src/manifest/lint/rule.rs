//! What a rule is. Each has a file of its own in `manifest::rules`, whose first lines say why it is one.
use super::scene::{OfSet, Scene, Visit};
use crate::{
    manifest::{
        documents::Document,
        edit::{Edit, apply_all},
        field::Field,
        fields::Holds,
        form::{ContainerForm, ServiceForm, TemplateForm},
        path::Place,
        tree::Node,
    },
    texts::{self, Text},
};

/// How bad it is to break a rule. None of these keeps anybody from asking the cluster, which has the last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    /// The API server refuses it: proven against one for each rule's example.
    Refused,
    /// Legal, and most likely not meant.
    Trap,
    /// Legal, and worth knowing.
    Hint,
}

/// What a rule looks at. Everything is walked once, and each rule is asked where it wants to be.
#[derive(Clone, Copy)]
pub enum Check {
    /// The whole text.
    Bundle(fn(&Scene, &mut Found)),
    /// Every document, by its number.
    Document(fn(&Scene, usize, &Document, &mut Found)),
    /// Every StatefulSet.
    Set(fn(&OfSet, &mut Found)),
    /// Every container and init container of a set.
    Container(fn(&OfSet, &ContainerForm, &mut Found)),
    /// Every claim template of a set.
    Template(fn(&OfSet, &TemplateForm, &mut Found)),
    /// Every Service.
    Service(fn(&Scene, &ServiceForm, &mut Found)),
    /// Every node of every document.
    Node(fn(&Scene, &Place, &Node, &mut Found)),
    /// Every node that the table of Kubernetes' fields knows, with its type.
    Value(fn(&Visit, &mut Found)),
    /// Every declared field that is set (`manifest::fields`).
    Declared(fn(&Field, &Node, Holds, &mut Found)),
}

/// Whether a correction leaves the object what it is for the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The same object, or one that could not be created before and has one meaning only.
    Safe,
    /// Another object: it says so.
    Unsafe,
}

/// What one click does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in words: "put 1.30 in quotes".
    pub label: Text,
    /// What the words name, in their order.
    pub args: Vec<String>,
    pub safety: Safety,
    /// The whole text afterwards.
    pub text: String,
}

/// One rule.
pub struct Rule {
    /// As in `docs/rules.md`: lower-case words with dashes.
    pub name: &'static str,
    pub degree: Degree,
    /// The sentence at the field.
    pub words: Text,
    pub checks: &'static [Check],
    /// Every correction, the most likely first; none where only the author knows what was meant.
    pub fixes: fn(&Scene, &Lint) -> Vec<Fix>,
    /// What others say of the same place, or below it, follows from this and is not told.
    pub covers: bool,
    /// It is about what the create finds in the cluster, or in the way of another set.
    pub meets: bool,
}

impl Rule {
    /// What a rule is unless it says otherwise.
    pub const PLAIN: Self = Self {
        name: "",
        degree: Degree::Hint,
        words: texts::RULE_IGNORED,
        checks: &[],
        fixes: no_fix,
        covers: false,
        meets: false,
    };
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// A rule that a place breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// The field.
    pub place: Place,
    /// What is wrong.
    pub rule: &'static Rule,
    /// What the sentence names, in its order.
    pub args: Vec<String>,
}

/// What the rules found.
#[derive(Default)]
pub struct Found(pub(super) Vec<Lint>);

impl Found {
    /// A place breaks a rule.
    pub fn at(&mut self, rule: &'static Rule, place: &Place) {
        self.say(rule, place, &[]);
    }

    /// As [`Found::at`], with what the sentence names.
    pub fn say(&mut self, rule: &'static Rule, place: &Place, args: &[&str]) {
        let lint = Lint {
            place: place.clone(),
            rule,
            args: args.iter().map(|a| (*a).to_owned()).collect(),
        };
        // A mount is looked at from its template and from its container.
        if !self.0.contains(&lint) {
            self.0.push(lint);
        }
    }

    /// The field breaks a rule unless it is good.
    pub fn check(&mut self, rule: &'static Rule, field: &Field, good: bool) {
        if !good {
            self.at(rule, &field.place);
        }
    }

    /// Names that must differ: each repetition is told, the first one is not.
    pub fn unique<'a>(&mut self, rule: &'static Rule, fields: impl IntoIterator<Item = &'a Field>) {
        let mut seen: Vec<&str> = Vec::new();
        for field in fields {
            if !field.text.is_empty() && seen.contains(&field.text.as_str()) {
                self.say(rule, &field.place, &[&field.text]);
            }
            seen.push(&field.text);
        }
    }
}

/// For rules whose author alone knows what was meant.
fn no_fix(_: &Scene, _: &Lint) -> Vec<Fix> {
    Vec::new()
}

/// The only correction, if the edits can be made.
pub fn fix(scene: &Scene, label: Text, args: &[&str], safety: Safety, edits: &[Edit]) -> Vec<Fix> {
    let text = apply_all(&scene.bundle.text, edits.iter().cloned()).ok();
    let edited = text.filter(|_| !edits.is_empty());
    rewritten(label, args, safety, edited)
}

/// As [`fix`], where more than edits is needed.
pub fn rewritten(label: Text, args: &[&str], safety: Safety, text: Option<String>) -> Vec<Fix> {
    let args = args.iter().map(|a| (*a).to_owned()).collect();
    let one = |text| Fix {
        label,
        args,
        safety,
        text,
    };
    text.map(one).into_iter().collect()
}
