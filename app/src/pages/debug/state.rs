//! What the parts of the dialog share, and what they ask the cluster.
use crate::{
    api::{ApiError, pods::plan_debug},
    model::pod::debug::{DebugPlan, Profile, Wanted},
    texts::{Texts, use_texts},
};
use leptos::{prelude::*, task::spawn_local};

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
pub(super) struct Debug {
    pub(super) t: Texts,
    /// The pod, as it was asked about.
    pub(super) of: StoredValue<Wanted>,
    pub(super) target: RwSignal<String>,
    /// As it is typed, and as the cluster was asked about it.
    pub(super) typed: RwSignal<String>,
    pub(super) asked: RwSignal<String>,
    /// Somebody's choice; until then the first profile that the cluster takes.
    pub(super) chosen: RwSignal<Option<Profile>>,
    pub(super) plan: RwSignal<Option<DebugPlan>>,
    /// The pod that is meant: that of the first plan.
    pub(super) uid: StoredValue<String>,
    /// Why the last plan is not there.
    pub(super) fault: RwSignal<Option<ApiError>>,
    /// The name of the container, once it was added.
    pub(super) added: RwSignal<Option<String>>,
    pub(super) close: Callback<()>,
}

impl Debug {
    pub(super) fn of(wanted: Wanted, close: Callback<()>) -> Self {
        Self {
            t: use_texts(),
            target: RwSignal::new(wanted.target.clone()),
            of: StoredValue::new(wanted),
            typed: RwSignal::default(),
            asked: RwSignal::default(),
            chosen: RwSignal::new(None),
            plan: RwSignal::new(None),
            uid: StoredValue::default(),
            fault: RwSignal::new(None),
            added: RwSignal::new(None),
            close,
        }
    }

    /// Namespace and name.
    pub(super) fn pod(self) -> (String, String) {
        self.of.with_value(|w| (w.namespace.clone(), w.pod.clone()))
    }

    pub(super) fn done(self) {
        self.close.run(());
    }

    pub(super) fn profile(self) -> Profile {
        let first = || self.plan.with(|p| p.as_ref().map(DebugPlan::first));
        self.chosen.get().or_else(first).unwrap_or_default()
    }

    pub(super) fn choose(self, profile: Profile) {
        self.chosen.set(Some(profile));
    }

    pub(super) fn wanted(self, image: String, profile: Profile) -> Wanted {
        let (namespace, pod) = self.pod();
        Wanted {
            namespace,
            pod,
            target: self.target.get(),
            image,
            profile,
        }
    }

    /// The pod was replaced since the dialog was opened.
    pub(super) fn is_anew(self) -> bool {
        let uid = self.uid.get_value();
        self.plan.with(|p| p.as_ref().is_some_and(|p| p.uid != uid))
    }

    /// Keeps what the cluster says to it.
    pub(super) fn learn(self, plan: DebugPlan) {
        if self.plan.read_untracked().is_none() {
            self.uid.set_value(plan.uid.clone());
            self.typed.set(plan.image.clone());
            let unknown = self
                .target
                .with_untracked(|target| !target.is_empty() && !plan.targets.contains(target));
            if unknown {
                self.target.set(plan.targets.first().cloned().unwrap_or_default());
            }
        }
        self.plan.set(Some(plan));
        self.fault.set(None);
    }

    /// Asks the cluster, now and whenever something else is wanted.
    pub(super) fn ask(self) {
        let wanted = Memo::new(move |_| self.wanted(self.asked.get(), Profile::default()));
        Effect::new(move || {
            let asked = wanted.get();
            spawn_local(async move {
                let answer = plan_debug(asked.clone()).await;
                // The dialog may have been closed, or something else be wanted by now.
                if wanted.try_get_untracked() != Some(asked) {
                    return;
                }
                match answer {
                    Ok(plan) => self.learn(plan),
                    Err(error) => self.fault.set(Some(error)),
                }
            });
        });
    }
}
