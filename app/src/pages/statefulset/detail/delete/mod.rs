//! Deleting a set: what goes and what stays first, then, if wanted, scaling to 0, then exactly what was shown.
mod ask;
mod begun;
mod beside;
mod claims;
mod effect;
mod memory;
mod tell;
mod wait;

use crate::{
    api::{
        ApiError,
        delete::{delete_objects, plan_delete},
        ops::operate,
    },
    components::{
        callout::{Callout, Tone},
        dialog::{Modal, close},
        fault::Fault,
    },
    model::{
        delete::{Choice, DeletePlan, Done, Fate, Intent, Propagation, Target, blocked, merged, rest},
        detail::DetailView,
        ops::{DELETING, Op, Shown},
        status::Status,
    },
    paths,
    state::{session, toasts::use_toasts},
    texts::{Texts, use_texts},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

/// The key of the URL that opens the dialog: the list links to it.
const KEY: &str = "delete";

/// Where the delete is.
#[derive(Clone, PartialEq)]
enum Phase {
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
struct Flow {
    t: Texts,
    /// The set as it is now.
    view: Signal<DetailView>,
    /// It does not exist any more.
    gone: Signal<bool>,
    /// The set as it was when the dialog opened, with the UIDs of what goes.
    plan: RwSignal<DeletePlan>,
    choice: RwSignal<Choice>,
    phase: RwSignal<Phase>,
    /// What goes, once it was confirmed.
    confirmed: StoredValue<(Propagation, Vec<Target>)>,
    /// Why it could not be scaled.
    trouble: RwSignal<Option<ApiError>>,
    /// Goes to the list with a word about what went.
    finish: Callback<Vec<Done>>,
}

impl Flow {
    fn name(self) -> String {
        self.plan.read_untracked().name.clone()
    }

    /// What the user confirmed: scaling first where that was chosen.
    fn begin(self) {
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
            if let Err(error) = operate(shown(&plan), stop).await {
                self.trouble.set(Some(error));
                self.phase.set(Phase::Asking);
            }
        });
    }

    /// Goes on with what was begun before.
    fn resume(self, intent: &Intent) {
        let plan = self.plan.get_untracked();
        self.confirmed
            .set_value((intent.propagation, intent.targets(&plan.namespace)));
        memory::keep(&plan.uid);
        self.phase.set(Phase::Waiting { from: intent.from });
    }

    /// Every pod has stopped, or the set is gone altogether.
    fn is_stopped(self) -> bool {
        let stopped = |v: &DetailView| v.head.row.replicas == 0 && v.head.row.status == Status::Stopped;
        self.gone.get() || self.view.with(stopped)
    }

    fn delete(self, targets: Vec<Target>) {
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
    fn again(self, report: &[Done]) {
        self.delete(rest(report));
    }
}

/// The set, whatever its state is now: what goes of it is held by UIDs.
fn shown(plan: &DeletePlan) -> Shown {
    Shown {
        namespace: plan.namespace.clone(),
        name: plan.name.clone(),
        uid: plan.uid.clone(),
        generation: None,
    }
}

/// What is noted in a set of a delete that has begun.
fn begun(view: &DetailView) -> Option<Intent> {
    let note = view.head.annotations.iter().find(|(key, _)| key == DELETING);
    note.and_then(|(_, note)| Intent::read(note, &view.head.row.uid))
}

fn untried(target: Target) -> Done {
    Done {
        target,
        fate: Fate::Untried,
    }
}

/// The dialog, while the URL asks for it.
#[component]
pub fn Delete(view: Signal<DetailView>, gone: Signal<bool>) -> impl IntoView {
    let map = use_query_map();
    let changes = !session::is_read_only();
    let open = Memo::new(move |_| changes && map.read().get(KEY).is_some());
    let waits =
        Memo::new(move |_| view.with(|v| begun(v).is_some() && v.head.row.status != Status::Deleting));
    view! {
        <Show when=move || waits.get() && !open.get() && !gone.get()><Unfinished view/></Show>
        <Show when=move || open.get()><Opened view gone/></Show>
    }
}

/// A delete that has begun and that nobody goes on with.
#[component]
fn Unfinished(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let href = move || view.with(|v| paths::set_delete(&v.head.row.namespace, &v.head.row.name));
    view! {
        <Callout tone=Tone::Warn>
            <b>{t.ops_begun()}</b>" "<a class="more writes js-only" href=href>{t.ops_begun_look()}"…"</a>
        </Callout>
    }
}

/// Reads the plan; the dialog stands meanwhile.
#[component]
fn Opened(view: Signal<DetailView>, gone: Signal<bool>) -> impl IntoView {
    let (t, toasts, navigate, map) = (use_texts(), use_toasts(), use_navigate(), use_query_map());
    let (namespace, name) = view.with_untracked(|v| (v.head.row.namespace.clone(), v.head.row.name.clone()));
    let read = RwSignal::new(None::<Result<(), ApiError>>);
    let plan = RwSignal::new(DeletePlan::default());
    let phase = RwSignal::new(Phase::Asking);
    let go = StoredValue::new(navigate);
    let list = paths::list_of(&namespace);
    let choice = RwSignal::new(Choice::default());
    let finish = Callback::new(move |report: Vec<Done>| {
        toasts.done(tell::summary(
            t,
            &plan.read_untracked(),
            &choice.get_untracked(),
            &report,
        ));
        go.with_value(|go| go(&list, Default::default()));
    });
    let trouble = RwSignal::new(None);
    let flow = Flow {
        t,
        view,
        gone,
        plan,
        choice,
        phase,
        confirmed: StoredValue::default(),
        trouble,
        finish,
    };
    let page = (namespace.clone(), name.clone());
    Effect::new(move || {
        let (namespace, name) = page.clone();
        spawn_local(async move {
            let answer = plan_delete(namespace, name).await;
            // The page may have been left meanwhile.
            let stuck = view
                .try_with_untracked(|v| v.scene.as_ref().and_then(blocked).is_some() || !v.head.may_scale);
            let Some(stuck) = stuck else { return };
            read.set(Some(answer.map(|found| {
                choice.set(found.advised(stuck));
                let uid = found.uid.clone();
                plan.set(found);
                // In the tab in which it was confirmed it goes on by itself; anybody else is asked.
                match view.with_untracked(begun) {
                    Some(intent) if memory::is_kept(&uid) => flow.resume(&intent),
                    Some(intent) => phase.set(Phase::Begun(intent)),
                    None => {}
                }
            })));
        });
    });
    let title = Signal::derive(move || match phase.get() {
        Phase::Asking | Phase::Begun(_) => t.page_delete_object(&name),
        Phase::Waiting { .. } => t.delete_wait_title(&name),
        Phase::Cancelled { .. } => t.delete_cancelled_title(&name),
        Phase::Deleting => t.delete_deleting(&name),
        Phase::Told(_) => t.delete_told_title().to_owned(),
    });
    let may_close = Callback::new(move |()| match phase.get_untracked() {
        Phase::Waiting { from } => {
            phase.set(Phase::Cancelled { from });
            false
        }
        phase => phase != Phase::Deleting,
    });
    let on_close = Callback::new(move |()| {
        let (namespace, name) =
            view.with_untracked(|v| (v.head.row.namespace.clone(), v.head.row.name.clone()));
        let tab = map.read_untracked().get("tab").unwrap_or_default();
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        go.with_value(|go| go(&paths::set_tab(&namespace, &name, &tab), options));
    });
    view! {
        <Modal title may_close on_close>
            {move || match read.get() {
                None => view! { <div class="phase"><div class="body"><div class="skeleton" aria-hidden="true"><div><i></i><i></i></div></div></div></div> }.into_any(),
                Some(Err(error)) => view! { <Fault error><button type="button" class="btn" on:click=|e| close(&e)>{t.frame_close()}</button></Fault> }.into_any(),
                Some(Ok(())) => view! { <Phases flow/> }.into_any(),
            }}
        </Modal>
    }
}

#[component]
fn Phases(flow: Flow) -> impl IntoView {
    Effect::new(move || {
        if matches!(flow.phase.get(), Phase::Waiting { .. }) && flow.is_stopped() {
            flow.delete(flow.confirmed.with_value(|c| c.1.clone()));
        }
    });
    move || match flow.phase.get() {
        Phase::Asking => view! { <ask::Ask flow/> }.into_any(),
        Phase::Begun(intent) => view! { <begun::Begun flow intent/> }.into_any(),
        Phase::Waiting { .. } | Phase::Deleting => view! { <wait::Wait flow/> }.into_any(),
        Phase::Cancelled { from } => view! { <wait::Cancelled flow from/> }.into_any(),
        Phase::Told(report) => view! { <tell::Tell flow report/> }.into_any(),
    }
}
