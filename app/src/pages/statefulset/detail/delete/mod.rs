//! Deleting a set: what goes and what stays first, then, if wanted, scaling to 0, then exactly what was shown.
mod ask;
mod begun;
mod beside;
mod claims;
mod effect;
mod flow;
mod memory;
mod tell;
mod wait;

use crate::{
    api::{ApiError, delete::plan_delete},
    components::{
        dialog::{Modal, close},
        fault::Fault,
    },
    model::{
        delete::{Choice, DeletePlan, Done, blocked},
        detail::DetailView,
        status::Status,
    },
    paths,
    state::{session, toasts::use_toasts},
    texts::use_texts,
};
use begun::noted;
use flow::{Flow, Phase};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

/// The key of the URL that opens the dialog: the list links to it.
const KEY: &str = "delete";

/// The dialog, while the URL asks for it.
#[component]
pub fn Delete(view: Signal<DetailView>, gone: Signal<bool>) -> impl IntoView {
    let map = use_query_map();
    let changes = !session::is_read_only();
    let open = Memo::new(move |_| changes && map.read().get(KEY).is_some());
    let waits =
        Memo::new(move |_| view.with(|v| noted(v).is_some() && v.head.row.status != Status::Deleting));
    view! {
        <Show when=move || waits.get() && !open.get() && !gone.get()><begun::Unfinished view/></Show>
        <Show when=move || open.get()><Opened view gone/></Show>
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
        unnoted: RwSignal::new(false),
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
                match view.with_untracked(noted) {
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
            flow.cancel(from);
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
