//! What the dialogs of operations share.
use crate::{
    api::ApiError,
    model::{detail::DetailView, effect::Scene, ops::OpsPlan},
    texts::Texts,
};
use leptos::prelude::*;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Restart,
    Stop,
    Start,
    Scale,
    Containers,
    RollBack,
}

impl What {
    /// As in the URL.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "restart" => Self::Restart,
            "stop" => Self::Stop,
            "start" => Self::Start,
            "scale" => Self::Scale,
            "images" => Self::Containers,
            "rollback" => Self::RollBack,
            _ => return None,
        })
    }

    pub(super) fn title(self, t: Texts, name: &str) -> String {
        match self {
            Self::Restart => t.ops_restart_title(name),
            Self::Stop => t.ops_stop_title(name),
            Self::Start => t.ops_start_title(name),
            Self::Scale => t.ops_scale_title(name),
            Self::Containers => t.ops_images_title(name),
            Self::RollBack => t.ops_back_title(name),
        }
    }
}

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
pub(super) struct Ops {
    pub(super) t: Texts,
    pub(super) what: What,
    /// The set as it is now.
    pub(super) view: Signal<DetailView>,
    /// The set as it was when the dialog opened: what is sent is meant for that.
    pub(super) plan: StoredValue<OpsPlan>,
    /// It was sent, so the dialog tells how far it is.
    pub(super) sent: RwSignal<bool>,
    /// The `resourceVersion` of the set when it was sent: what is older tells nothing of it.
    pub(super) version: StoredValue<String>,
    /// Why it was not.
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// Reads everything anew.
    pub(super) again: Callback<()>,
}

impl Ops {
    pub(super) fn name(self) -> String {
        self.plan.with_value(|p| p.shown.name.clone())
    }

    /// What the controller looks at, changed as the operation would change it; none where pods may not be read.
    pub(super) fn scene(self, change: impl Fn(&Scene) -> Scene) -> Option<(Scene, Scene)> {
        self.view
            .with(|v| v.scene.as_ref().map(|s| (s.clone(), change(s))))
    }

    /// What was sent, and how it ended.
    pub(super) fn ended(self, answer: Result<(), ApiError>) {
        match answer {
            Ok(()) => self.sent.set(true),
            Err(error) => self.trouble.set(Some(error)),
        }
    }
}
