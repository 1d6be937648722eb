//! The dialog: what comes of it, what the cluster says to it, and for force the name typed.
use super::{comes_back, effect, title};
use crate::{
    api::{
        ApiError,
        pods::{end_pod, plan_pod},
    },
    components::{
        callout::{Callout, Tone},
        dialog::{Modal, close as close_dialog},
        fault::Fault,
    },
    model::pod::{
        PodView,
        act::{Budget, Deed, PodPlan},
    },
    state::toasts::use_toasts,
    texts::use_texts,
};
use leptos::{ev, prelude::*, task::spawn_local};

/// Reads what the cluster would say; the pod that was shown is the only one that is meant, by its UID.
#[component]
pub(super) fn Ask(view: Memo<PodView>, deed: Deed, close: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let (namespace, name, uid) = view.with_untracked(|v| {
        (
            v.pod.facts.namespace.clone(),
            v.pod.facts.name.clone(),
            v.pod.uid.clone(),
        )
    });
    let plan = RwSignal::new(None::<Result<PodPlan, ApiError>>);
    let pod = (namespace, name.clone());
    Effect::new(move || {
        let (namespace, name) = pod.clone();
        spawn_local(async move {
            let answer = plan_pod(namespace, name).await;
            // The dialog may have been closed meanwhile.
            let _ = plan.try_set(Some(answer));
        });
    });
    let heading = Signal::stored(title(t, deed, &name));
    let uid = StoredValue::new(uid);
    view! {
        <Modal title=heading may_close=Callback::new(|()| true) on_close=close>
            {move || match plan.get() {
                None => view! {
                    <div class="phase"><div class="body">
                        <div class="skeleton" aria-hidden="true"><div><i></i></div></div>
                    </div></div>
                }.into_any(),
                Some(Err(error)) => view! { <Fault error/> }.into_any(),
                Some(Ok(plan)) => view! { <Form view deed plan uid=uid.get_value() close/> }.into_any(),
            }}
        </Modal>
    }
}

#[component]
fn Form(view: Memo<PodView>, deed: Deed, plan: PodPlan, uid: String, close: Callback<()>) -> impl IntoView {
    let (t, toasts) = (use_texts(), use_toasts());
    let (namespace, name) =
        view.with_untracked(|v| (v.pod.facts.namespace.clone(), v.pod.facts.name.clone()));
    let refusal = match deed {
        Deed::Evict => plan.evict.clone(),
        Deed::Delete | Deed::Force => plan.delete.clone(),
    };
    let anew = plan.uid != uid;
    let cannot = refusal.is_some() || anew;
    let (typed, trouble) = (RwSignal::new(String::new()), RwSignal::new(None::<ApiError>));
    let wanted = name.clone();
    let ready = Memo::new(move |_| !cannot && (deed != Deed::Force || *typed.read() == wanted));
    let (label, button, shown) = (t.pod_act_confirm(&name), title(t, deed, &name), name.clone());
    let end = Action::new(move |(): &()| {
        let (namespace, name, uid) = (namespace.clone(), name.clone(), uid.clone());
        async move {
            match end_pod(deed, namespace, name.clone(), uid).await {
                Ok(()) => {
                    toasts.done(t.pod_act_done(name));
                    close.run(());
                }
                Err(error) => trouble.set(Some(error)),
            }
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if ready.get_untracked() && !end.pending().get_untracked() {
            end.dispatch(());
        }
    };
    let said = move |head: String, error: ApiError| {
        view! { <Callout tone=Tone::Bad><b>{head}</b>" "<span class="mono">{error.words()}</span></Callout> }
    };
    view! {
        <form class="phase" on:submit=submit>
            <div class="body">
                <Effect view deed/>
                {(deed == Deed::Evict).then(|| view! { <Budgets budgets=plan.budgets hidden=plan.hidden/> })}
                {anew.then(|| view! { <Callout tone=Tone::Warn>{t.pod_act_anew(&shown)}</Callout> })}
                {refusal.map(|error| said(t.pod_act_not_allowed().to_owned(), error))}
                {move || trouble.get().map(|error| said(t.pod_act_refused().to_owned(), error))}
                {(deed == Deed::Force).then(|| view! {
                    <div class="field">
                        <label for="confirm">{label}</label>
                        <input id="confirm" class="in mono" autocomplete="off" autocapitalize="off" spellcheck="false"
                            disabled=cannot prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e))/>
                    </div>
                })}
            </div>
            <footer>
                <button type="button" class="btn" on:click=|e| close_dialog(&e)>{t.page_cancel()}</button>
                <button class="btn danger" disabled=move || !ready.get() || end.pending().get()>{button}</button>
            </footer>
        </form>
    }
}

/// What comes of it; for force first what it breaks.
#[component]
fn Effect(view: Memo<PodView>, deed: Deed) -> impl IntoView {
    let t = use_texts();
    let node = move || t.pod_act_force_sure(&view.read().pod.facts.node);
    if deed == Deed::Force {
        return view! {
            <Callout tone=Tone::Warn>{t.pod_act_force_once()}" "<b>{node}</b></Callout>
            <p class="dim">{move || view.with(|v| comes_back(t, v))}</p>
        }
        .into_any();
    }
    view! { <p>{move || view.with(|v| effect(t, v))}</p> }.into_any()
}

/// The budgets that find the pod, with their numbers.
#[component]
fn Budgets(budgets: Vec<Budget>, hidden: Option<ApiError>) -> impl IntoView {
    let t = use_texts();
    if let Some(error) = hidden {
        let words = error.words();
        return view! { <p class="dim">{t.pod_act_budgets_hidden()}" "<span class="mono sm">{words}</span></p> }
            .into_any();
    }
    if budgets.is_empty() {
        return view! { <p class="dim">{t.pod_act_no_budget()}</p> }.into_any();
    }
    let one = |b: Budget| view! { <li>{t.pod_act_budget(b.name, b.desired, b.healthy, b.allowed)}</li> };
    view! { <ul>{budgets.into_iter().map(one).collect_view()}</ul> }.into_any()
}
