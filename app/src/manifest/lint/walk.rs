//! Every place is walked once, and the rules are asked there.
use super::{
    rule::{Check, Found, Rule},
    scene::{Scene, Visit},
};
use crate::manifest::{
    documents::Bundle,
    field::At,
    fields::{FieldDef, GROUPS, Holds, MAX, Scope},
    form::StatefulSetForm,
    path::{Place, Segment},
    shapes::{self, Many, Type, Value},
    tree::{Kind, Node, each},
};
use std::sync::Arc;

/// Asks every rule wherever it wants to be asked.
pub(super) fn ask(scene: &Scene, rules: &'static [&'static Rule], found: &mut Found) {
    let checks = || rules.iter().flat_map(|r| r.checks);
    for check in checks() {
        match check {
            Check::Bundle(check) => check(scene, found),
            Check::Document(check) => {
                let documents = scene.bundle.documents.iter().enumerate();
                documents.for_each(|(n, document)| check(scene, n, document, found));
            }
            Check::Set(check) => scene.sets().for_each(|set| check(&set, found)),
            Check::Container(check) => {
                for set in scene.sets() {
                    set.containers().for_each(|c| check(&set, c, found));
                }
            }
            Check::Template(check) => {
                for set in scene.sets() {
                    set.form.templates.iter().for_each(|t| check(&set, t, found));
                }
            }
            Check::Service(check) => scene.services.iter().for_each(|s| check(scene, s, found)),
            Check::Node(_) | Check::Value(_) | Check::Declared(_) => {}
        }
    }
    let nodes: Vec<_> = checks()
        .filter_map(|c| {
            if let Check::Node(check) = c {
                Some(*check)
            } else {
                None
            }
        })
        .collect();
    for (n, document) in scene.bundle.documents.iter().enumerate() {
        each(&document.root, Place::new(n, ""), &mut |place, node| {
            nodes.iter().for_each(|check| check(scene, place, node, found));
        });
    }
    let values: Vec<_> = checks()
        .filter_map(|c| {
            if let Check::Value(check) = c {
                Some(*check)
            } else {
                None
            }
        })
        .collect();
    for (n, document) in scene.bundle.documents.iter().enumerate() {
        if let Some(of) = Type::of_document(document.kind(), document.api_version()) {
            let mut typed = Typed {
                root: &document.root,
                checks: &values,
                place: Place::new(n, ""),
                above: Vec::new(),
                found,
            };
            typed.value(&document.root, of);
        }
    }
    let declared: Vec<_> = checks()
        .filter_map(|c| {
            if let Check::Declared(check) = c {
                Some(*check)
            } else {
                None
            }
        })
        .collect();
    let mut visit = |at: At<'_>, holds: Holds| {
        let Some(node) = at.node.filter(|n| !n.text().unwrap_or_default().is_empty()) else {
            return;
        };
        let field = at.field();
        declared
            .iter()
            .for_each(|check| check(&field, node, holds, found));
    };
    for set in scene.sets() {
        for (scope, fields) in GROUPS.iter().filter(|(s, _)| !s.is_service()) {
            for base in bases(scene.bundle, set.form, *scope) {
                below(scene.bundle, base, fields, &mut visit);
            }
        }
    }
    for service in &scene.services {
        // Services are no set's own: what is declared for one holds for each.
        let headless = service.cluster_ip.text == "None";
        let scope = if headless { Scope::Service } else { Scope::Access };
        for (_, fields) in GROUPS.iter().filter(|(s, _)| *s == scope) {
            below(scene.bundle, Place::new(service.document, ""), fields, &mut visit);
        }
    }
}

/// What a scope is in this bundle.
pub fn bases(bundle: &Bundle, form: &StatefulSetForm, scope: Scope) -> Vec<Place> {
    let document = |n: usize| Place::new(n, "");
    match scope {
        Scope::Set => form.set.map(document).into_iter().collect(),
        Scope::Container => form
            .containers
            .iter()
            .chain(&form.init)
            .map(|c| c.place.clone())
            .collect(),
        Scope::Template => form.templates.iter().map(|t| t.place.clone()).collect(),
        Scope::Service => form.service.iter().map(|s| document(s.document)).collect(),
        Scope::Access => (0..bundle.documents.len())
            .filter(|n| {
                bundle.documents[*n].kind() == "Service"
                    && form.service.as_ref().is_none_or(|s| s.document != *n)
            })
            .map(document)
            .collect(),
    }
}

fn below(bundle: &Bundle, base: Place, fields: &[FieldDef], visit: &mut dyn FnMut(At<'_>, Holds)) {
    if let Some(node) = bundle.at(&base) {
        all(node, &base, fields, visit);
    }
}

/// Most fields are not there: what is, is looked for from the node above it, and only then has a place made.
fn all(above: &Node, base: &Place, fields: &[FieldDef], visit: &mut dyn FnMut(At<'_>, Holds)) {
    for declared in fields {
        let Some(node) = above.below(declared.path) else {
            continue;
        };
        let rows = || {
            let list = base.join(declared.path);
            let rows = node.items().iter().enumerate();
            rows.map(move |(n, row)| (row, list.index(n)))
        };
        let mut one = |node, place, holds| {
            let node = Some(node);
            visit(At { place, node }, holds);
        };
        match declared.holds {
            Holds::Rows(fields, _) => rows().for_each(|(row, place)| all(row, &place, fields, visit)),
            Holds::Group(fields) => all(node, &base.join(declared.path), fields, visit),
            Holds::Either(variants) => {
                let shape = variants.iter().find_map(|v| Some((v, node.below(v.key)?)));
                if let Some((variant, node)) = shape {
                    let place = base.join(declared.path).join(variant.key);
                    all(node, &place, variant.fields, visit);
                }
            }
            Holds::Integers => rows().for_each(|(row, place)| one(row, place, Holds::Integer(0, MAX))),
            Holds::Words | Holds::Pairs => {}
            holds => one(node, base.join(declared.path), holds),
        }
    }
}

struct Typed<'a> {
    root: &'a Node,
    checks: &'a [fn(&Visit, &mut Found)],
    /// Where it is; it goes down and up.
    place: Place,
    above: Vec<(&'static str, usize)>,
    found: &'a mut Found,
}

impl Typed<'_> {
    fn value(&mut self, node: &Node, of: Type) {
        self.tell(node, Some(of));
        let one = Type {
            many: Many::One,
            ..of
        };
        match (&node.kind, of.many, of.of) {
            (Kind::List(items, _), Many::List, _) => {
                for (n, item) in items.iter().enumerate() {
                    self.down(Segment::Index(n), item, one);
                }
            }
            (Kind::Map(entries, _), Many::Map, _) => {
                for (n, entry) in entries.iter().enumerate() {
                    self.down(Segment::Index(n), &entry.value, one);
                }
            }
            (Kind::Map(entries, _), Many::One, Value::Object(object)) => {
                self.above.push((object, self.place.path.0.len()));
                for entry in entries {
                    let key = Segment::Key(Arc::clone(&entry.key));
                    match shapes::field(object, &entry.key) {
                        Some(of) => self.down(key, &entry.value, of),
                        // What only the cluster writes, and a merge key, which is told for itself.
                        None if matches!(&*entry.key, "status" | "<<") => {}
                        None => {
                            self.place.path.0.push(key);
                            self.tell(&entry.value, None);
                            self.place.path.0.pop();
                        }
                    }
                }
                self.above.pop();
            }
            _ => {}
        }
    }

    fn down(&mut self, segment: Segment, node: &Node, of: Type) {
        self.place.path.0.push(segment);
        self.value(node, of);
        self.place.path.0.pop();
    }

    fn tell(&mut self, node: &Node, of: Option<Type>) {
        let visit = Visit {
            place: &self.place,
            node,
            of,
            root: self.root,
            above: &self.above,
        };
        self.checks.iter().for_each(|check| check(&visit, self.found));
    }
}
