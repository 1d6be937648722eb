//! What the cluster said to the text, as far as it is told.
use crate::{
    api::ApiError,
    manifest::{Place, lint::Lint},
    model::create::{Outcome, Said},
};

/// The answer to the last dry run or try.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Everything that it said; nothing before it was asked.
    pub outcome: Option<Outcome>,
    /// What it refused.
    pub refused: Vec<Refusal>,
}

/// What keeps a text from being created.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The document that the cluster refuses; none where nothing came back.
    pub document: Option<usize>,
    /// The cluster's own words, or what kept them from coming.
    pub message: String,
    /// The fields that it names.
    pub fields: Vec<(Place, String)>,
}

impl Answer {
    /// An answer that came.
    pub fn of(outcome: Outcome) -> Self {
        let one = |(document, error): &(usize, ApiError)| Refusal {
            document: Some(*document),
            message: error.words(),
            fields: fields(*document, error),
        };
        Self {
            refused: outcome.refused.iter().map(one).collect(),
            outcome: Some(outcome),
        }
    }

    /// What an edit of one document is refused for.
    pub fn refused(error: &ApiError) -> Self {
        Self {
            outcome: None,
            refused: vec![Refusal {
                document: Some(0),
                message: error.words(),
                fields: fields(0, error),
            }],
        }
    }

    /// None came.
    pub fn failed(error: &ApiError) -> Self {
        Self {
            outcome: None,
            refused: vec![Refusal {
                document: None,
                message: error.words(),
                fields: Vec::new(),
            }],
        }
    }

    /// Whether the cluster would take all of it.
    pub fn accepted(&self) -> bool {
        self.outcome.is_some() && self.refused.is_empty()
    }

    /// Whether it takes what a rule calls refused: then that is only unusual.
    pub fn contradicts(&self, lint: &Lint) -> bool {
        let later = |o: &Outcome| o.later.contains(&lint.place.document);
        self.accepted() && !self.outcome.as_ref().is_some_and(later)
    }

    /// Every field that it names, with what it says of it.
    pub fn fields(&self) -> impl Iterator<Item = &(Place, String)> {
        self.refused.iter().flat_map(|r| &r.fields)
    }

    /// Forgets what it said of a field, which is another one by now.
    pub fn without(&mut self, place: &Place) {
        for refusal in &mut self.refused {
            refusal.fields.retain(|(p, _)| p != place);
        }
    }

    /// What it says of documents without refusing them.
    pub fn said(&self, pick: fn(&Outcome) -> &Vec<Said>) -> Vec<Said> {
        self.outcome.as_ref().map(|o| pick(o).clone()).unwrap_or_default()
    }
}

fn fields(document: usize, error: &ApiError) -> Vec<(Place, String)> {
    let fields = error.fields().iter();
    fields
        .map(|f| (place(document, &f.field), f.message.clone()))
        .collect()
}

/// The place of a field that the API server names. It has three names of its own for what stands elsewhere
/// (`pkg/apis/apps/validation`, `pkg/apis/core/validation`).
pub(super) fn place(document: usize, field: &str) -> Place {
    let named = field
        .replace("spec.template.labels", "spec.template.metadata.labels")
        .replace("spec.template.annotations", "spec.template.metadata.annotations")
        .replace("spec.resources[storage]", "spec.resources.requests.storage");
    Place::new(document, &named)
}
