//! Where a delete is, and what it does next.
use super::memory;
use crate::{
    api::{ApiError, delete::delete_objects, ops::operate},
    model::{
        delete::{Choice, DeletePlan, Done, Fate, Intent, Propagation, Target, merged, rest},
        detail::DetailView,
        ops::{Op, Shown},
        status::Status,
    },
    texts::Texts,
};
use leptos::{prelude::*, task::spawn_local};

/// Where the delete is.
#[derive(Clone, PartialEq)]
pub(super) enum Phase {
    Asking,
    /// It was begun before, here or elsewhere: what is noted in the set.
    Begun(Intent),
    /// Scaled to 0, from so many replicas; nothing is deleted yet.
    Waiting {
        from: i32,
    },
    Cancelled {
        from: i32,
    },
    Deleting,
    /// Something was not deleted.
    Told(Vec<Done>),
}

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
pub(super) struct Flow {
    pub(super) t: Texts,
    /// The set as it is now.
    pub(super) view: Signal<DetailView>,
    /// It does not exist any more.
    pub(super) gone: Signal<bool>,
    /// The set as it was when the dialog opened, with the UIDs of what goes.
    pub(super) plan: RwSignal<DeletePlan>,
    pub(super) choice: RwSignal<Choice>,
    pub(super) phase: RwSignal<Phase>,
    /// What goes, once it was confirmed.
    pub(super) confirmed: StoredValue<(Propagation, Vec<Target>)>,
    /// The set could be scaled, and what is to go not be noted in it.
    pub(super) unnoted: RwSignal<bool>,
    /// Why it could not be scaled, or the note not be taken off.
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// Goes to the list with a word about what went.
    pub(super) finish: Callback<Vec<Done>>,
}

impl Flow {
    pub(super) fn name(self) -> String {
        self.plan.read_untracked().name.clone()
    }

    /// What the user confirmed: scaling first where that was chosen.
    pub(super) fn begin(self) {
        let (plan, choice) = (self.plan.get_untracked(), self.choice.get_untracked());
        let targets = plan.targets(&choice);
        self.confirmed.set_value((choice.propagation, targets.clone()));
        if !(choice.scale_first && plan.replicas > 0) {
            return self.delete(targets);
        }
        self.trouble.set(None);
        let intent = Intent::new(plan.replicas, choice.propagation, &targets);
        memory::keep(&plan.uid);
        self.phase.set(Phase::Waiting { from: plan.replicas });
        spawn_local(async move {
            let stop = Op::Stop {
                deleting: intent.note(),
            };
            match operate(shown(&plan), stop).await {
                Ok(ended) => {
                    self.unnoted.set(ended.unremembered);
                    // Somebody thought better of it before this was answered: the note goes again.
                    if let Phase::Cancelled { from } = self.phase.get_untracked() {
                        self.cancel(from);
                    }
                }
                Err(error) => {
                    self.trouble.set(Some(error));
                    self.phase.set(Phase::Asking);
                }
            }
        });
    }

    /// Goes on with what was begun before.
    pub(super) fn resume(self, intent: &Intent) {
        let plan = self.plan.get_untracked();
        self.confirmed
            .set_value((intent.propagation, intent.targets(&plan.namespace)));
        memory::keep(&plan.uid);
        self.phase.set(Phase::Waiting { from: intent.from });
    }

    /// Nothing is deleted: neither here nor by whoever looks at the set next.
    pub(super) fn cancel(self, from: i32) {
        let plan = self.plan.get_untracked();
        memory::forget(&plan.uid);
        self.phase.set(Phase::Cancelled { from });
        if self.unnoted.get_untracked() {
            return;
        }
        spawn_local(async move {
            let keep = Op::Stop {
                deleting: String::new(),
            };
            let answer = operate(shown(&plan), keep).await;
            let _ = self.trouble.try_set(answer.err());
        });
    }

    /// Every pod has stopped, or the set is gone altogether.
    pub(super) fn is_stopped(self) -> bool {
        let stopped = |v: &DetailView| v.head.row.replicas == 0 && v.head.row.status == Status::Stopped;
        self.gone.get() || self.view.with(stopped)
    }

    pub(super) fn delete(self, targets: Vec<Target>) {
        let before = match self.phase.get_untracked() {
            Phase::Told(report) => report,
            _ => targets.iter().map(|t| untried(t.clone())).collect(),
        };
        self.phase.set(Phase::Deleting);
        spawn_local(async move {
            // An answer that does not come leaves it open what was deleted: asking again is harmless, by UID.
            let propagation = self.confirmed.with_value(|c| c.0);
            let done = delete_objects(targets.clone(), propagation)
                .await
                .unwrap_or_else(|error| {
                    let refused = |target| Done {
                        target,
                        fate: Fate::Refused(error.clone()),
                    };
                    targets.into_iter().map(refused).collect()
                });
            let report = merged(&before, &done);
            if report.iter().all(Done::is_gone) {
                self.finish.run(report);
            } else {
                self.phase.set(Phase::Told(report));
            }
        });
    }

    /// Tries again what failed.
    pub(super) fn again(self, report: &[Done]) {
        self.delete(rest(report));
    }
}

/// The set, whatever its state is now: what goes of it is held by UIDs.
pub(super) fn shown(plan: &DeletePlan) -> Shown {
    Shown {
        namespace: plan.namespace.clone(),
        name: plan.name.clone(),
        uid: plan.uid.clone(),
        generation: None,
    }
}

fn untried(target: Target) -> Done {
    Done {
        target,
        fate: Fate::Untried,
    }
}
