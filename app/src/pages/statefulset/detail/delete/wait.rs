//! While the pods stop, and what is offered when the user thinks better of it.
use super::{
    flow::{Flow, Phase, shown},
    memory,
};
use crate::{
    api::ops::operate,
    components::{
        callout::{Callout, Tone},
        dialog::close,
        strip::Strip,
    },
    model::ops::Op,
    state::toasts::use_toasts,
};
use leptos::prelude::*;

/// The strip as the pods stop; then the delete itself, which takes a moment.
#[component]
pub(super) fn Wait(flow: Flow) -> impl IntoView {
    let t = flow.t;
    let view = flow.view;
    let cells = Signal::derive(move || view.read().head.row.cells.clone());
    let left = Memo::new(move |_| view.read().pods().count());
    // Once 0 was seen, any other number is somebody's, or an autoscaler's.
    let seen = Memo::new(move |seen: Option<&bool>| {
        view.read().head.row.replicas == 0 || seen.copied().unwrap_or(false)
    });
    let others = move || Some(view.read().head.row.replicas).filter(|n| *n > 0 && seen.get());
    let deleting = Memo::new(move |_| flow.phase.get() == Phase::Deleting);
    let words = move || {
        if deleting.get() {
            t.delete_deleting_help().to_owned()
        } else {
            t.delete_wait_left(left.get())
        }
    };
    let cancel = move |_| {
        if let Phase::Waiting { from } = flow.phase.get_untracked() {
            flow.cancel(from);
        }
    };
    view! {
        <div class="phase">
            <div class="body">
                <Strip name=flow.name() cells partition=None big=true/>
                <p role="status">{words}</p>
                <Show when=move || !deleting.get()><p class="dim sm">{move || if flow.unnoted.get() { t.delete_wait_unnoted() } else { t.delete_wait_help() }}</p></Show>
                {move || others().map(|n| view! { <Callout tone=Tone::Warn>{t.delete_interfered(i64::from(n))}</Callout> })}
            </div>
            <footer><button type="button" class="btn" disabled=move || deleting.get() on:click=cancel>{t.page_cancel()}</button></footer>
        </div>
    }
}

/// It is still asked for 0 replicas: back to what it was, or left so.
#[component]
pub(super) fn Cancelled(flow: Flow, from: i32) -> impl IntoView {
    let (t, toasts) = (flow.t, use_toasts());
    let failed = RwSignal::new(None::<String>);
    let done = RwSignal::new(false);
    let back = Action::new(move |(): &()| {
        let plan = flow.plan.get_untracked();
        async move {
            memory::forget(&plan.uid);
            match operate(shown(&plan), Op::Start { replicas: from }).await {
                Ok(_) => {
                    toasts.done(t.scale_asked(plan.name, from));
                    done.set(true);
                }
                Err(error) => failed.set(Some(error.words())),
            }
        }
    });
    let cells = Signal::derive(move || flow.view.read().head.row.cells.clone());
    view! {
        <div class="phase">
            <div class="body">
                <Strip name=flow.name() cells partition=None big=true/>
                <p role="status">{move || if done.get() { t.delete_back(i64::from(from)) } else { t.delete_cancelled(i64::from(from), flow.name()) }}</p>
                {move || flow.trouble.get().map(|e| view! { <Callout tone=Tone::Bad>{t.ops_begun_stays()}" "<span class="mono">{e.words()}</span></Callout> })}
                {move || failed.get().map(|words| view! { <Callout tone=Tone::Bad><span class="mono">{words}</span></Callout> })}
            </div>
            <footer>
                <button type="button" class="btn" on:click=|e| close(&e)>
                    {move || if done.get() { t.frame_close() } else { t.delete_leave() }}
                </button>
                <Show when=move || !done.get()>
                    <button type="button" class="btn primary" disabled=move || back.pending().get() on:click=move |_| { back.dispatch(()); }>
                        {t.scale_to(flow.name(), from)}
                    </button>
                </Show>
            </footer>
        </div>
    }
}
