//! The question of every operation: the effect, what stays, who undoes it, the right that it needs, and one button.
use super::state::Ops;
use crate::{
    api::ApiError,
    components::{
        callout::{Callout, Tone},
        dialog::close,
        strip::Strip,
        writers,
    },
};
use leptos::{ev, html, prelude::*};

/// The button that does it.
#[derive(Clone, Copy)]
pub(super) struct Button {
    pub(super) words: Signal<String>,
    pub(super) danger: Signal<bool>,
    /// Whether it can be pressed.
    pub(super) ready: Signal<bool>,
    pub(super) busy: Signal<bool>,
    pub(super) act: Callback<()>,
    /// The focus goes to it when the dialog opens; else a field of the dialog takes it.
    pub(super) first: bool,
}

/// A form with the strip on top. Enter sends it from wherever a field has the focus; Escape leaves it.
#[component]
pub(super) fn Ask(
    ops: Ops,
    button: Button,
    /// Why the cluster will not do it.
    refused: Option<ApiError>,
    children: Children,
) -> impl IntoView {
    let t = ops.t;
    let cells = Signal::derive(move || ops.view.read().head.row.cells.clone());
    let partition = Signal::derive(move || ops.view.read().head.row.partition);
    let cannot = refused.is_some();
    let ready = move || !cannot && button.ready.get() && !button.busy.get();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if untrack(ready) {
            ops.trouble.set(None);
            ops.version
                .set_value(ops.view.with_untracked(|v| v.head.resource_version.clone()));
            button.act.run(());
        }
    };
    let send = NodeRef::<html::Button>::new();
    Effect::new(move || {
        let Some(send) = send.get().filter(|_| button.first && !cannot) else {
            return;
        };
        // The dialog gives the focus to its title when it opens: that is over by the next frame but one.
        request_animation_frame(move || request_animation_frame(move || drop(send.focus())));
    });
    view! {
        <form class="phase" on:submit=submit>
            <div class="body">
                <Strip name=ops.name() cells partition big=true/>
                {children()}
                {refused.map(|error| view! { <Callout tone=Tone::Bad><b>{t.ops_refused()}</b>" "<span class="mono">{error.words()}</span></Callout> })}
                {move || ops.trouble.get().map(|error| view! { <Trouble ops error/> })}
            </div>
            <footer>
                <button type="button" class="btn" on:click=|e| close(&e)>{t.page_cancel()}</button>
                <button node_ref=send class="btn" class:primary=move || !button.danger.get() class:danger=move || button.danger.get()
                    disabled=move || !ready()>{move || button.words.get()}</button>
            </footer>
        </form>
    }
}

/// It was not done: why, and where somebody else was faster a look at what it is now.
#[component]
fn Trouble(ops: Ops, error: ApiError) -> impl IntoView {
    let t = ops.t;
    let head = match &error {
        ApiError::Conflict(_) => t.ops_conflict(),
        ApiError::NotKnown(_) => t.ops_not_known(),
        _ => t.ops_failed(),
    };
    let anew = matches!(error, ApiError::Conflict(_) | ApiError::NotKnown(_));
    view! {
        <Callout tone=Tone::Bad>
            <p><b>{head}</b></p>
            <p class="mono sm">{error.words()}</p>
            {anew.then(|| view! { <button type="button" class="btn" on:click=move |_| ops.again.run(())>{t.ops_look_again()}</button> })}
        </Callout>
    }
}

/// What stays as it is, how it is undone, who else may undo it, and which right it needs.
#[component]
pub(super) fn Terms(ops: Ops, stays: String, undo: String, right: &'static str) -> impl IntoView {
    let t = ops.t;
    let others = ops.view.with_untracked(|v| {
        let others = v.head.writers.iter().map(|w| writers::of_set(t, w));
        others.collect::<Vec<_>>()
    });
    view! {
        <dl class="rows">
            <dt>{t.ops_stays()}</dt><dd>{stays}</dd>
            <dt>{t.ops_undo()}</dt><dd>{undo}</dd>
            {others.into_iter().map(|words| view! { <dt>{t.ops_others()}</dt><dd class="held">{words}</dd> }).collect_view()}
            <dt>{t.ops_right()}</dt><dd class="mono">{right}</dd>
        </dl>
    }
}
