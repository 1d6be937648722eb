//! Scaling from anywhere: the same plan as on the set's page, in a dialog.
use super::{
    ask::{Ask, Button},
    state::Ops,
};
use crate::{
    api::sets::scale_set,
    model::effect::{MAX_REPLICAS, replicas},
    pages::statefulset::detail::{ScalePlan, lost},
};
use leptos::{html, prelude::*};

/// A number, and what it does.
#[component]
pub(super) fn ScaleTo(ops: Ops) -> impl IntoView {
    let t = ops.t;
    let from = ops.plan.with_value(|p| p.replicas);
    let typed = RwSignal::new(from.to_string());
    let to = Signal::derive(move || replicas(&typed.read()));
    let losing = Signal::derive(move || lost(ops.view, to.get()));
    let send = Action::new_local(move |(): &()| {
        let (shown, to) = (ops.plan.with_value(|p| p.shown.clone()), to.get_untracked());
        async move {
            if let Some(to) = to {
                let answer = scale_set(shown.namespace, shown.name, shown.uid, Some(from), to).await;
                ops.ended(answer.map(drop));
            }
        }
    });
    let words = move || match to.get() {
        Some(to) if losing.get() > 0 => t.scale_to_losing(losing.get(), ops.name(), to),
        Some(to) => t.scale_to(ops.name(), to),
        None => t.ops_scale_title(ops.name()),
    };
    let button = Button {
        words: Signal::derive(words),
        danger: Signal::derive(move || losing.get() > 0),
        ready: Signal::derive(move || to.get().is_some_and(|to| to != from)),
        busy: send.pending().into(),
        act: Callback::new(move |()| drop(send.dispatch(()))),
        first: false,
    };
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        let Some(field) = field.get() else { return };
        request_animation_frame(move || {
            request_animation_frame(move || {
                let _ = field.focus();
                field.select();
            });
        });
    });
    view! {
        <Ask ops button refused=ops.plan.with_value(|p| p.scale_refused.clone())>
            <div class="field">
                <label for="replicas">{t.scale_label()}</label>
                <input node_ref=field id="replicas" class="in num" inputmode="numeric" autocomplete="off" aria-invalid=move || to.get().is_none().then_some("true")
                    prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e))/>
                {move || to.get().is_none().then(|| view! { <p class="err">{t.scale_invalid(MAX_REPLICAS)}</p> })}
            </div>
            {move || to.get().filter(|to| *to != from).map(|to| view! { <div class="effect"><ScalePlan view=ops.view to/></div> })}
        </Ask>
    }
}
