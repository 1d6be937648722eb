//! The wizard's state: one text. Everything else is read from it.
use super::{import::Done, words::words};
use crate::{
    api::{
        FieldError,
        create::{Choices, Created, Draft},
    },
    components::form::{Bind, Note},
    manifest::{
        Bundle, Edit, Finding, Place, Value,
        default::DESCRIPTION,
        form::{Field, StatefulSetForm},
        import::{Imported, examine},
        links::apply_linked,
        lint::{Lint, Way, lint, mends},
    },
    texts::{Texts, use_texts},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The steps, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Basics,
    Containers,
    Volumes,
    Service,
    Labels,
    Nodes,
    Review,
}

impl Step {
    pub const ALL: [Self; 7] = [
        Self::Basics,
        Self::Containers,
        Self::Volumes,
        Self::Service,
        Self::Labels,
        Self::Nodes,
        Self::Review,
    ];

    /// As in the URL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Containers => "containers",
            Self::Volumes => "volumes",
            Self::Service => "service",
            Self::Labels => "labels",
            Self::Nodes => "nodes",
            Self::Review => "review",
        }
    }

    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|s| s.name() == name)
            .unwrap_or(Self::Basics)
    }

    pub fn title(self, t: Texts) -> &'static str {
        match self {
            Self::Basics => t.create_basics(),
            Self::Containers => t.create_containers(),
            Self::Volumes => t.create_volumes(),
            Self::Service => t.create_service(),
            Self::Labels => t.create_labels(),
            Self::Nodes => t.create_nodes(),
            Self::Review => t.create_review(),
        }
    }

    pub fn after(self) -> Option<Self> {
        Self::ALL.into_iter().find(|s| *s > self)
    }

    pub fn before(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|s| *s < self)
    }

    /// The step that has a place.
    pub fn of(place: &Place, form: &StatefulSetForm) -> Self {
        if form
            .service
            .as_ref()
            .is_some_and(|s| s.document == place.document)
        {
            return if place.path.to_string() == "spec.selector" {
                Self::Labels
            } else {
                Self::Service
            };
        }
        let path = place.path.to_string();
        let starts = |with: &str| path.starts_with(with);
        if starts("spec.volumeClaimTemplates") || path.contains("].volumeMounts") {
            Self::Volumes
        } else if form.set != Some(place.document) && form.set.is_some() {
            // An access Service.
            Self::Service
        } else if starts("spec.template.spec.volumes") {
            Self::Volumes
        } else if ["containers", "initContainers", "imagePullSecrets"]
            .iter()
            .any(|list| path.starts_with(&format!("spec.template.spec.{list}")))
        {
            Self::Containers
        } else if starts("spec.template.spec.terminationGracePeriodSeconds") {
            Self::Basics
        } else if starts("spec.template.spec") {
            Self::Nodes
        } else if starts("spec.serviceName") {
            Self::Service
        } else if starts("spec.selector")
            || starts("spec.template.metadata")
            || starts("metadata.labels")
            || starts("metadata.annotations") && !path.contains(DESCRIPTION)
        {
            Self::Labels
        } else {
            Self::Basics
        }
    }
}

/// The ways to the text: all three write the same one, and end in the same review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Form,
    Import,
    Code,
}

impl Mode {
    /// As in the URL, in the place of a step.
    pub fn from_name(name: &str) -> Self {
        match name {
            "import" => Self::Import,
            "code" => Self::Code,
            _ => Self::Form,
        }
    }
}

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A string that stays, even when empty.
    Text,
    /// A number that stays, even when empty.
    Number,
    /// A string that goes when it is emptied.
    Optional,
    /// A number or quantity that goes when it is emptied.
    OptionalNumber,
}

/// What the cluster said to the last try.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Refusal {
    pub message: String,
    /// The fields that it names, where the manifest has them.
    pub fields: Vec<(Place, String)>,
}

/// The state, in every part of the page.
#[derive(Clone, Copy)]
pub(super) struct Wizard {
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
    /// The text from before a document was taken out.
    pub dropped: RwSignal<Option<String>>,
    pub form: Memo<StatefulSetForm>,
    pub lints: Memo<Vec<Lint>>,
    pub step: Memo<Step>,
    pub mode: Memo<Mode>,
    /// Steps that the user has left: what is wrong there is told.
    pub left: RwSignal<Vec<Step>>,
    /// Fields that the user has been in.
    pub seen: RwSignal<Vec<Place>>,
    pub focused: RwSignal<Option<Place>>,
    /// Where the focus goes when its step is drawn.
    pub wanted: RwSignal<Option<Place>>,
    pub refusal: RwSignal<Option<Refusal>>,
    pub created: RwSignal<Vec<Created>>,
    /// Documents whose objects exist and are what the text says, after the last dry run.
    pub unchanged: RwSignal<Vec<usize>>,
    pub choices: StoredValue<Choices>,
    /// The last edit could only be made in the text.
    pub stuck: RwSignal<bool>,
}

/// What can be shown of a text, and what keeps it from being taken; nothing where it cannot be read at all.
fn read(text: &str) -> (Arc<Bundle>, Option<Finding>) {
    let empty = || Bundle {
        text: text.to_owned(),
        documents: Vec::new(),
    };
    let (bundle, found) = examine(text).unwrap_or_else(|found| (empty(), Some(found)));
    (Arc::new(bundle), found)
}

impl Wizard {
    pub fn new(draft: Draft, step: Memo<Step>, mode: Memo<Mode>) -> Self {
        let start = read(&draft.text).0;
        let fresh = StoredValue::new(draft.text.clone());
        let text = RwSignal::new(draft.text);
        let examined = Memo::new(move |_| read(&text.read()));
        let bundle = Memo::new(move |_| examined.with(|(bundle, _)| Arc::clone(bundle)));
        Self {
            text,
            start: RwSignal::new(start),
            fresh,
            brought: RwSignal::default(),
            bundle,
            broken: Memo::new(move |_| examined.with(|(_, finding)| finding.clone())),
            dropped: RwSignal::default(),
            form: Memo::new(move |_| StatefulSetForm::read(&bundle.read())),
            lints: Memo::new(move |_| lint(&bundle.read())),
            step,
            mode,
            left: RwSignal::default(),
            seen: RwSignal::default(),
            focused: RwSignal::default(),
            wanted: RwSignal::default(),
            refusal: RwSignal::default(),
            created: RwSignal::default(),
            unchanged: RwSignal::default(),
            choices: StoredValue::new(draft.choices),
            stuck: RwSignal::new(false),
        }
    }

    /// Applies an edit to the text. What cannot be edited by the form is said, and nothing changes.
    pub fn edit(self, edit: &Edit) {
        // Not read in place: the text is locked as long as it is read, and is written below.
        let old = self.text.get_untracked();
        match apply_linked(&old, edit) {
            Ok(text) => {
                self.stuck.set(false);
                self.text.set(text);
            }
            Err(_) => self.stuck.set(true),
        }
    }

    /// Goes on with imported text, and keeps what stood there. Returns its namespace.
    pub fn replace(self, imported: Imported) -> String {
        let before = self.text.get_untracked();
        self.start.set(read(&imported.text).0);
        self.text.set(imported.text.clone());
        self.brought.set(Some(Done { imported, before }));
        self.refusal.set(None);
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

    /// The errors that the user is told: where they have been.
    pub fn told(self, place: &Place) -> bool {
        let step = self.form.with(|f| Step::of(place, f));
        self.left.with(|l| l.contains(&step) || l.contains(&Step::Review))
            || self.seen.with(|s| s.contains(place))
    }

    /// The text without what a lint found, where a click can correct it, by each way that there is.
    pub fn mended(self, lint: &Lint) -> Vec<(Way, String)> {
        self.bundle.with(|bundle| mends(bundle, lint))
    }

    /// What stands under a place.
    pub fn notes(self, place: &Place) -> Vec<Note> {
        let t = use_texts();
        let mut notes = self.lints.with(|lints| {
            let here = lints.iter().filter(|l| l.place == *place);
            let shown = here.filter(|l| l.rule.is_warning() || self.told(place));
            shown
                .map(|l| Note {
                    text: words(t, &l.place, &l.rule),
                    warning: l.rule.is_warning(),
                })
                .collect::<Vec<_>>()
        });
        self.refusal.with(|refusal| {
            let fields = refusal.iter().flat_map(|r| &r.fields).filter(|(p, _)| p == place);
            notes.extend(fields.map(|(_, text)| Note {
                text: text.clone(),
                warning: false,
            }));
        });
        notes
    }

    /// Ties an input to a field.
    pub fn bind(self, field: Signal<Field>, kind: Kind) -> Bind {
        self.tie(
            field,
            Signal::derive(move || field.read().text.clone()),
            "",
            move |place, text| match kind {
                Kind::Optional | Kind::OptionalNumber if text.is_empty() => Edit::Remove(place),
                Kind::Text | Kind::Optional => Edit::Set(place, Value::Text(text)),
                Kind::Number | Kind::OptionalNumber => Edit::Set(place, Value::Typed(text)),
            },
        )
    }

    /// Ties an input to the key of a map's entry.
    pub fn bind_key(self, field: Signal<Field>, key: Signal<String>) -> Bind {
        let mut bind = self.tie(field, key, "-key", Edit::Rename);
        let value = self.bind(field, Kind::Text);
        bind.notes = value.notes;
        bind
    }

    fn tie(
        self,
        field: Signal<Field>,
        value: Signal<String>,
        suffix: &'static str,
        edit: impl Fn(Place, String) -> Edit + Send + Sync + 'static,
    ) -> Bind {
        let place = move || field.read().place.clone();
        let before = move || self.start.with(|s| s.get(&field.read().place).to_owned());
        let notes = Memo::new(move |_| self.notes(&place()));
        Bind {
            id: Signal::derive(move || format!("{}{suffix}", place().id())),
            value,
            touched: Signal::derive(move || {
                suffix.is_empty() && field.read().set && field.read().text != before()
            }),
            help: Signal::stored(String::new()),
            notes: notes.into(),
            input: Callback::new(move |text: String| {
                let place = field.with_untracked(|f| f.place.clone());
                self.refusal
                    .update(|r| r.iter_mut().for_each(|r| r.fields.retain(|(p, _)| *p != place)));
                self.edit(&edit(place, text));
            }),
            focus: Callback::new(move |()| self.focused.set(Some(field.with_untracked(|f| f.place.clone())))),
            blur: Callback::new(move |()| {
                let place = field.with_untracked(|f| f.place.clone());
                if self.seen.with_untracked(|s| !s.contains(&place)) {
                    self.seen.update(|s| s.push(place));
                }
            }),
        }
    }

    /// What the cluster refused: each cause at its field, if the form has it.
    pub fn refuse(self, document: usize, message: String, fields: &[FieldError]) {
        let at = |f: &FieldError| (Place::new(document, &f.field), f.message.clone());
        let fields = fields.iter().map(at).collect();
        self.refusal.set(Some(Refusal { message, fields }));
    }

    /// The errors of a step.
    pub fn errors(self, step: Step) -> usize {
        let of = |place: &Place| self.form.with(|f| Step::of(place, f)) == step;
        let lints = self
            .lints
            .with(|l| l.iter().filter(|l| !l.rule.is_warning() && of(&l.place)).count());
        lints
            + self
                .refusal
                .with(|r| r.iter().flat_map(|r| &r.fields).filter(|(p, _)| of(p)).count())
    }

    /// Every error that is told, in the order of the form.
    pub fn told_errors(self) -> Vec<Place> {
        let lints = self.lints.get();
        let mut places: Vec<Place> = lints
            .into_iter()
            .filter(|l| !l.rule.is_warning())
            .map(|l| l.place)
            .collect();
        places.retain(|p| self.told(p));
        places.extend(
            self.refusal
                .get()
                .into_iter()
                .flat_map(|r| r.fields)
                .map(|(p, _)| p),
        );
        places
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
