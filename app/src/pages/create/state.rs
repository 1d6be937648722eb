//! The wizard's state: one text. Everything else is read from it.
use super::{
    answer::Answer,
    import::Done,
    offers::Around,
    step::{Mode, Step},
    typing::{Typing, read},
};
use crate::{
    api::create::{Choices, Created, Draft},
    components::{form::Standing, icon::IconName},
    manifest::{
        Bundle, EditError, Finding, Path, Place, Segment,
        form::StatefulSetForm,
        import::Imported,
        lint::{Lint, lint_form},
    },
    model::{
        edit::{Impact, impact},
        offers::Offers,
    },
    paths,
    texts::use_texts,
};
use leptos::prelude::*;
use std::sync::Arc;

/// What the text becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// New objects.
    New,
    /// A change of this set, by namespace and name.
    Existing(String, String),
}

/// The state, in every part of the page.
#[derive(Clone, Copy)]
pub(crate) struct Wizard {
    pub text: RwSignal<String>,
    /// The text of a wizard that nobody has touched.
    pub fresh: StoredValue<String>,
    /// What changes are marked against: the text as the wizard began, or as an import left it.
    pub start: RwSignal<Arc<Bundle>>,
    /// What an import brought, until the user closes the word about it.
    pub brought: RwSignal<Option<Done>>,
    pub bundle: Memo<Arc<Bundle>>,
    /// What keeps the text from being read; the form waits until it is gone.
    pub broken: Memo<Option<Finding>>,
    /// The text from before a document was taken out, and from after it.
    pub dropped: RwSignal<Option<(String, String)>>,
    /// The text is a draft of before; whether values of Secrets are missing in it.
    pub restored: RwSignal<Option<bool>>,
    pub form: Memo<StatefulSetForm>,
    pub lints: Memo<Vec<Lint>>,
    pub step: Memo<Step>,
    pub mode: Memo<Mode>,
    /// Steps that the user has left: what is wrong there is told.
    pub left: RwSignal<Vec<Step>>,
    /// Fields that the user has been in.
    pub seen: RwSignal<Vec<Place>>,
    pub focused: RwSignal<Option<Place>>,
    /// The focus came into a field by itself: to leave it as it is tells nothing yet.
    pub offered: StoredValue<bool>,
    /// Where the focus goes when its step is drawn.
    pub wanted: RwSignal<Option<Place>>,
    /// What the cluster said to the last dry run or try.
    pub answer: RwSignal<Answer>,
    pub created: RwSignal<Vec<Created>>,
    /// Of keys that stand twice the last one is to be sent.
    pub last_key_counts: RwSignal<bool>,
    /// Which of several sets the form shows, counted from 0.
    pub nth: RwSignal<usize>,
    pub choices: StoredValue<Choices>,
    /// What the text becomes.
    pub target: StoredValue<Target>,
    /// What the namespace of the text has, once it is known.
    pub offers: RwSignal<Offers>,
    /// The last edit could only be made in the text.
    pub stuck: RwSignal<bool>,
    pub typing: Typing,
}

impl Wizard {
    /// The wizard of a new set.
    pub fn new(draft: Draft, step: Memo<Step>, mode: Memo<Mode>) -> Self {
        let (fresh, choices) = (draft.text.clone(), draft.choices);
        Self::over(RwSignal::new(draft.text), fresh, choices, Target::New, step, mode)
    }

    /// A wizard over a text, which began as `start`.
    pub fn over(
        text: RwSignal<String>,
        start: String,
        choices: Choices,
        target: Target,
        step: Memo<Step>,
        mode: Memo<Mode>,
    ) -> Self {
        let typing = Typing::new();
        let examined = typing.examined(text);
        let bundle = Memo::new(move |_| examined.with(|(bundle, _)| Arc::clone(bundle)));
        let new = target == Target::New;
        let (choices, offers) = (StoredValue::new(choices), RwSignal::new(Offers::default()));
        let around = Memo::new(move |_| choices.with_value(|c| Around::of(c, &offers.read(), new)));
        // The Service of a set that exists is in the cluster, not in the text.
        let nth = RwSignal::new(0);
        let form = typing.form(bundle, nth);
        let lints = move || {
            let around = around.read();
            let mut found = lint_form(&bundle.read(), &form.read(), &around.offers());
            found.retain(|l| match l.rule.name {
                "service-nowhere" => new || around.knows_services(),
                // It cannot be given one any more.
                "no-service-name" => new,
                _ => true,
            });
            found
        };
        Self {
            text,
            start: RwSignal::new(read(&start).0),
            fresh: StoredValue::new(start),
            brought: RwSignal::default(),
            bundle,
            broken: Memo::new(move |_| examined.with(|(_, finding)| finding.clone())),
            dropped: RwSignal::default(),
            restored: RwSignal::default(),
            form,
            lints: typing.at_rest(lints),
            step,
            mode,
            left: RwSignal::default(),
            seen: RwSignal::default(),
            focused: RwSignal::default(),
            offered: StoredValue::default(),
            wanted: RwSignal::default(),
            answer: RwSignal::default(),
            created: RwSignal::default(),
            last_key_counts: RwSignal::new(false),
            nth,
            choices,
            target: StoredValue::new(target),
            offers,
            stuck: RwSignal::new(false),
            typing,
        }
    }

    /// The page of a step, or of another way to the text.
    pub fn href(self, step: &str) -> String {
        self.target.with_value(|target| match target {
            Target::New => paths::create(&self.form.read().namespace.text, step),
            Target::Existing(namespace, name) if step == "code" => paths::set_edit(namespace, name),
            Target::Existing(namespace, name) => paths::set_edit_step(namespace, name, step),
        })
    }

    /// Whether nothing of it exists yet.
    pub fn is_new(self) -> bool {
        self.target.with_value(|target| *target == Target::New)
    }

    /// The steps: the Services of a set that exists are objects of their own.
    pub fn steps(self) -> impl DoubleEndedIterator<Item = Step> {
        let new = self.is_new();
        Step::ALL.into_iter().filter(move |s| new || *s != Step::Service)
    }

    /// What a change at a place does to what exists.
    pub fn standing(self, place: &Place) -> Standing {
        if self.is_new() {
            return Standing::Free;
        }
        let t = use_texts();
        match impact(&place.path) {
            Impact::Immutable => Standing::Fixed(t.edit_locked(), t.edit_fixed_why()),
            _ if self.selected(place) => Standing::Fixed(t.edit_locked(), t.edit_selected_why()),
            Impact::Restarts => Standing::Does(t.edit_restarts(), IconName::Rolling),
            Impact::Scales => Standing::Does(t.edit_scales(), IconName::Plus),
            Impact::InPlace => Standing::Does(t.edit_in_place(), IconName::Check),
        }
    }

    /// Whether it is a label of the pods by which the set finds them.
    fn selected(self, place: &Place) -> bool {
        let labels = Path::parse("spec.template.metadata.labels");
        let key = match place.path.0.strip_prefix(labels.0.as_slice()) {
            Some([Segment::Key(key)]) => key.to_string(),
            Some([Segment::Index(n)]) => {
                let key = self.form.with(|f| f.labels.get(*n).map(|p| p.key.clone()));
                key.unwrap_or_default()
            }
            _ => return false,
        };
        let selector = Place::new(place.document, "spec.selector.matchLabels").key(&key);
        self.bundle.with(|b| b.at(&selector).is_some())
    }

    /// Takes a text that one click wrote. Where it could not be written that is said, and nothing changes.
    pub fn put(self, text: Result<String, EditError>) {
        self.stuck.set(text.is_err());
        if let Ok(text) = text {
            self.text.set(text);
        }
    }

    /// Goes on with imported text, and keeps what stood there. Returns its namespace.
    pub fn replace(self, imported: Imported) -> String {
        let before = self.text.get_untracked();
        self.start.set(read(&imported.text).0);
        self.text.set(imported.text.clone());
        self.brought.set(Some(Done { imported, before }));
        self.answer.set(Answer::default());
        self.stuck.set(false);
        self.form.with_untracked(|f| f.namespace.text.clone())
    }

    /// A part of the form, followed.
    pub fn part<T: Clone + Default + PartialEq + Send + Sync + 'static>(
        self,
        pick: impl Fn(&StatefulSetForm) -> Option<T> + Send + Sync + 'static,
    ) -> Signal<T> {
        let form = self.form;
        Memo::new(move |_| form.with(|f| pick(f)).unwrap_or_default()).into()
    }

    /// The first line of a document.
    pub fn first_line(self, document: usize) -> Option<usize> {
        self.bundle
            .with_untracked(|b| b.documents.get(document).map(|d| d.lines.start))
    }

    /// The name for headings, with a stand-in while there is none.
    pub fn name(self) -> String {
        let name = self.form.with(|f| f.name.text.clone());
        if name.is_empty() {
            use_texts().create_unnamed().to_owned()
        } else {
            name
        }
    }
}

/// The wizard of this page.
pub(super) fn use_wizard() -> Wizard {
    expect_context()
}
