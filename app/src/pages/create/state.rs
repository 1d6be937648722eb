//! The wizard's state: one text. Everything else is read from it.
use super::{
    answer::Answer,
    import::Done,
    offers::Around,
    step::{Mode, Step},
    target::Target,
    typing::{Typing, read, with_beside},
};
use crate::{
    manifest::{
        Bundle, EditError, Finding, Place,
        form::StatefulSetForm,
        import::Imported,
        lint::{Lint, lint_form},
    },
    model::{
        create::{Choices, Created, Draft},
        offers::Offers,
        saving::Opened,
    },
    texts::use_texts,
};
use leptos::prelude::*;
use std::sync::Arc;

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
    /// The set that a Service belongs to; empty where the text is that of a set.
    pub beside: StoredValue<String>,
    /// The text with what it is seen beside, which comes after it.
    pub whole: Signal<Arc<Bundle>>,
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
        let text = RwSignal::new(draft.text.clone());
        let opened = Opened {
            text: draft.text,
            choices: draft.choices,
            ..Opened::default()
        };
        Self::over(text, opened, Target::New, step, mode)
    }

    /// A wizard over a text, which began as it was opened.
    pub fn over(
        text: RwSignal<String>,
        opened: Opened,
        target: Target,
        step: Memo<Step>,
        mode: Memo<Mode>,
    ) -> Self {
        let typing = Typing::new();
        let examined = typing.examined(text);
        let bundle = Memo::new(move |_| examined.with(|(bundle, _)| Arc::clone(bundle)));
        let new = target == Target::New;
        let start = opened.text;
        let (choices, offers) = (StoredValue::new(opened.choices), RwSignal::new(Offers::default()));
        let alone = opened.beside.is_empty();
        let beside = StoredValue::new(opened.beside);
        let whole: Signal<_> = if alone {
            bundle.into()
        } else {
            Memo::new(move |_| beside.with_value(|set| with_beside(&bundle.read(), set))).into()
        };
        let around = Memo::new(move |_| choices.with_value(|c| Around::of(c, &offers.read(), new)));
        // The Service of a set that exists is in the cluster, not in the text.
        let nth = RwSignal::new(0);
        let form = typing.form(whole, nth);
        let lints = move || {
            let around = around.read();
            let mut found = lint_form(&whole.read(), &form.read(), &around.offers());
            found.retain(|l| match l.rule.name {
                // What is wrong with the set beside it is nothing to write here.
                _ if !alone => l.place.document == 0,
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
            beside,
            whole,
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
        let namespace = self.form.with(|f| f.namespace.text.clone());
        self.target.with_value(|target| target.page(step, &namespace))
    }

    /// Whether nothing of it exists yet.
    pub fn is_new(self) -> bool {
        self.target.with_value(Target::is_new)
    }

    /// Whether the text is that of one Service.
    pub fn is_service(self) -> bool {
        self.target.with_value(Target::is_service)
    }

    /// The steps: the Services of a set that exists are objects of their own.
    pub fn steps(self) -> impl DoubleEndedIterator<Item = Step> {
        let (new, service) = (self.is_new(), self.is_service());
        Step::ALL.into_iter().filter(move |step| match step {
            Step::Review => true,
            Step::Service => new || service,
            _ => !service,
        })
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
        let own = |b: &Bundle| b.documents.first().map_or("", |d| d.name()).to_owned();
        let name = if self.is_service() {
            self.bundle.with(|b| own(b))
        } else {
            self.form.with(|f| f.name.text.clone())
        };
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
