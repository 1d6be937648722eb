//! Typing: the text that an edit writes, what is read of it, and when the rules look at it (ADR 0008).
use super::state::Wizard;
use crate::manifest::{
    Bundle, Edit, Finding, Path, Place,
    edit::emptied,
    form::StatefulSetForm,
    links::{Linked, apply_linked_where},
    lint::Lint,
    preset::with_document,
    strict::{examine, refused},
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::{sync::Arc, time::Duration};

/// How long after a key the rules are asked.
const REST: Duration = Duration::from_millis(80);

/// What an edit has read already of the text that it wrote.
struct Ahead {
    bundle: Arc<Bundle>,
    form: Option<StatefulSetForm>,
}

/// What is known ahead of the reading of a text, and whether somebody types.
#[derive(Clone, Copy)]
pub(crate) struct Typing {
    ahead: StoredValue<Option<Ahead>>,
    /// The rules wait until the user stops: what is typed is to be seen first.
    on: RwSignal<bool>,
    rest: StoredValue<Option<TimeoutHandle>>,
}

/// A text that was read, and what keeps it from being taken.
type Examined = (Arc<Bundle>, Option<Finding>);

/// What can be shown of a text, and what keeps it from being taken; nothing where it cannot be read at all.
pub(super) fn read(text: &str) -> Examined {
    let empty = || Bundle {
        text: text.to_owned(),
        documents: Vec::new(),
    };
    let (bundle, found) = examine(text).unwrap_or_else(|found| (empty(), Some(found)));
    (Arc::new(bundle), found)
}

/// A Service before the set that it is seen beside: its places are what they are in its own text. Nothing while that is
/// not one document, for then they would be others.
pub(super) fn with_beside(service: &Bundle, set: &str) -> Arc<Bundle> {
    match service.documents.as_slice() {
        [_] => read(&with_document(&service.text, set)).0,
        _ => read("").0,
    }
}

/// The Service's own text of such a one; nothing where more than that was written.
pub(super) fn without_beside(whole: &str, set: &str) -> Option<String> {
    let text = whole.strip_suffix(set)?.strip_suffix("---\n")?;
    let one = |b: &Bundle| b.documents.len() == 1;
    Bundle::read(text).is_ok_and(|b| one(&b)).then(|| text.to_owned())
}

impl Typing {
    pub fn new() -> Self {
        Self {
            ahead: StoredValue::new(None),
            on: RwSignal::new(false),
            rest: StoredValue::new(None),
        }
    }

    fn known<T>(self, pick: impl Fn(&Ahead) -> Option<T>) -> Option<T> {
        self.ahead.with_value(|ahead| ahead.as_ref().and_then(pick))
    }

    /// The text as it is read.
    pub fn examined(self, text: RwSignal<String>) -> Memo<Examined> {
        Memo::new(move |_| {
            let text = text.read();
            let known = self.known(|a| (a.bundle.text == *text).then(|| Arc::clone(&a.bundle)));
            match known {
                Some(bundle) => {
                    let found = refused(&bundle);
                    (bundle, found)
                }
                None => read(&text),
            }
        })
    }

    /// The form of the text.
    pub fn form(self, bundle: Signal<Arc<Bundle>>, nth: RwSignal<usize>) -> Memo<StatefulSetForm> {
        Memo::new(move |_| {
            let (bundle, nth) = (bundle.read(), nth.get());
            let known = self.known(|a| a.form.clone().filter(|_| Arc::ptr_eq(&a.bundle, &bundle)));
            // Known ahead is the form of the set that was shown.
            known
                .filter(|form| form.set == bundle.nth_set(nth))
                .unwrap_or_else(|| StatefulSetForm::nth(&bundle, nth))
        })
    }

    /// What the rules find; what they found before, while somebody types.
    pub fn at_rest(self, rules: impl Fn() -> Vec<Lint> + Send + Sync + 'static) -> Memo<Vec<Lint>> {
        Memo::new_owning(move |before: Option<Vec<Lint>>| match before {
            Some(before) if self.on.get() => (before, false),
            before => {
                let now = rules();
                let changed = before.as_ref() != Some(&now);
                (now, changed)
            }
        })
    }

    /// Takes what an edit has read. Where it wrote scalars only, places are what they were, and so is what the rules
    /// have found so far: they are asked once no key has come for a while.
    fn take(self, bundle: Bundle, form: Option<StatefulSetForm>) {
        let on = self.on;
        on.set(form.is_some());
        let bundle = Arc::new(bundle);
        self.ahead.set_value(Some(Ahead { bundle, form }));
        let next = set_timeout_with_handle(move || _ = on.try_set(false), REST).ok();
        let last = self.rest.try_update_value(|rest| std::mem::replace(rest, next));
        if let Some(last) = last.flatten() {
            last.clear();
        }
    }
}

impl Wizard {
    /// Applies an edit to the text. What cannot be edited by the form is said, and nothing changes.
    pub fn edit(self, edit: &Edit) {
        // Not borrowed: the text is written below, and all that is read of it follows.
        let bundle = self.bundle.get_untracked();
        let again = self.start.with_untracked(|began| emptied(&bundle, began, edit));
        // What is derived from a field of a new set (its selector, its Service) is fixed, or not in the text, later.
        let pods = Path::parse("spec.template.spec");
        let may = |place: &Place| self.is_new() || pods.contains(&place.path);
        let done = self
            .form
            .with_untracked(|form| apply_linked_where(&bundle, form, edit, again.as_ref(), may));
        self.stuck.set(done.is_err());
        let Ok(Linked { bundle, scalars }) = done else {
            return;
        };
        let after = |written: Vec<Place>| self.form.with_untracked(|f| f.after(&bundle, &written));
        let form = scalars.map(after);
        let text = bundle.text.clone();
        self.typing.take(bundle, form);
        self.text.set(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::lint::{fixes, lint};

    const SET: &str = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  serviceName: db\n  \
        selector:\n    matchLabels:\n      app: db\n  template:\n    metadata:\n      labels:\n        app: db\n";

    fn service(selector: &str) -> Bundle {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: front\nspec:\n  selector:\n    {selector}\n  \
             ports:\n    - port: 80\n"
        );
        Bundle::read(&text).unwrap()
    }

    #[test]
    fn a_service_is_judged_beside_its_set_and_written_alone() {
        let wrong = service("app: other");
        let whole = with_beside(&wrong, SET);
        let found = lint(&whole);
        let found = found.iter().find(|l| l.rule.name == "access-selector").unwrap();
        assert_eq!(found.place, Place::new(0, "spec.selector"));
        let fixed = &fixes(&whole, found)[0].text;
        let text = without_beside(fixed, SET).unwrap();
        assert!(
            text.contains("app: db") && !text.contains("StatefulSet"),
            "{text}"
        );
        let whole = with_beside(&service("app: db"), SET);
        assert!(lint(&whole).iter().all(|l| l.rule.name != "access-selector"));
        assert_eq!(whole.sets().next(), Some(1));
    }

    #[test]
    fn what_is_not_one_service_stands_beside_nothing() {
        let two = Bundle::read("kind: Service\n---\nkind: Service\n").unwrap();
        let none = Bundle::read("").unwrap();
        for text in [two, none] {
            assert!(with_beside(&text, SET).documents.is_empty());
        }
        assert_eq!(without_beside("kind: Service\n---\nkind: Other\n", SET), None);
        assert_eq!(without_beside(&format!("a: 1\n---\nb: 1\n---\n{SET}"), SET), None);
    }
}
