//! Stop, which remembers how many replicas there were, and start, which brings them back.
use super::{
    ask::{Ask, Button, Terms},
    state::Ops,
};
use crate::{
    api::ops::operate,
    components::{
        callout::{Callout, Tone},
        writers,
    },
    model::{
        effect::{MAX_REPLICAS, replicas},
        ops::Op,
    },
    pages::statefulset::detail::course,
};
use leptos::prelude::*;

/// What a number of replicas does, and who else sets it.
#[component]
fn Course(ops: Ops, to: Signal<Option<i32>>) -> impl IntoView {
    let t = ops.t;
    move || {
        let to = to.get()?;
        let templates = ops.view.with(|v| v.head.templates.clone());
        let size = |n: usize| templates.get(n).map(|c| c.size.clone()).unwrap_or_default();
        let steps = match ops.scene(|s| s.scaled(to)) {
            Some((_, after)) => course(t, &after, size).into_any(),
            None => view! { <p class="dim">{t.why_hidden()}</p> }.into_any(),
        };
        let others = ops.view.with(|v| {
            let others = v.head.writers.iter().map(|w| writers::of_replicas(t, w, to));
            others.collect::<Vec<_>>()
        });
        Some(view! { {steps}{others.into_iter().map(|w| view! { <p class="held">{w}</p> }).collect_view()} })
    }
}

/// Whoever may only scale stops it without memory: said before.
fn without_memory(ops: Ops) -> bool {
    ops.plan
        .with_value(|p| p.refused.is_some() && p.scale_refused.is_none())
}

fn send(ops: Ops, op: impl Fn() -> Option<Op> + Copy + 'static) -> Action<(), ()> {
    Action::new_local(move |(): &()| {
        let (shown, op) = (ops.plan.with_value(|p| p.shown.clone()), op());
        async move {
            if let Some(op) = op {
                ops.ended(operate(shown, op).await.map(drop));
            }
        }
    })
}

/// Scales to 0 and notes the number in the set.
#[component]
pub(super) fn Stop(ops: Ops) -> impl IntoView {
    let t = ops.t;
    let send = send(ops, || {
        Some(Op::Stop {
            deleting: String::new(),
        })
    });
    let blind = without_memory(ops);
    let button = Button {
        words: Signal::stored(t.ops_stop_title(ops.name())),
        danger: Signal::derive(move || ops.view.with(|v| v.head.deletes_claims_when_scaled)),
        ready: Signal::derive(move || ops.view.read().head.row.replicas > 0),
        busy: send.pending().into(),
        act: Callback::new(move |()| drop(send.dispatch(()))),
        first: true,
    };
    let refused = ops.plan.with_value(|p| p.refused.clone()).filter(|_| !blind);
    let had = ops.plan.with_value(|p| i64::from(p.replicas));
    let right = if blind {
        "patch statefulsets.apps/scale"
    } else {
        "patch statefulsets.apps"
    };
    view! {
        <Ask ops button refused>
            <p>{t.scale_all_stop(ops.name())}</p>
            <Course ops to=Signal::stored(Some(0))/>
            {blind.then(|| view! { <Callout tone=Tone::Warn>{t.ops_stop_blind(had)}</Callout> })}
            <Terms ops stays=t.ops_stop_stays().to_owned() undo=t.ops_stop_undo(had) right/>
        </Ask>
    }
}

/// Brings back what was remembered, or another number.
#[component]
pub(super) fn Start(ops: Ops) -> impl IntoView {
    let t = ops.t;
    let remembered = ops.plan.with_value(|p| p.remembered);
    let typed = RwSignal::new(remembered.unwrap_or(1).to_string());
    let to = Signal::derive(move || replicas(&typed.read()).filter(|n| *n > 0));
    let send = send(ops, move || {
        Some(Op::Start {
            replicas: to.get_untracked()?,
        })
    });
    let blind = without_memory(ops);
    let button = Button {
        words: Signal::derive(move || {
            to.get().map_or_else(
                || t.ops_start_title(ops.name()),
                |n| t.ops_start_to(ops.name(), n),
            )
        }),
        danger: Signal::stored(false),
        ready: Signal::derive(move || to.get().is_some_and(|n| n != ops.view.read().head.row.replicas)),
        busy: send.pending().into(),
        act: Callback::new(move |()| drop(send.dispatch(()))),
        first: true,
    };
    let refused = ops.plan.with_value(|p| p.refused.clone()).filter(|_| !blind);
    let right = if blind {
        "patch statefulsets.apps/scale"
    } else {
        "patch statefulsets.apps"
    };
    let told = match remembered {
        Some(n) => t.ops_start_remembered(i64::from(n)),
        None => t.ops_start_forgotten().to_owned(),
    };
    view! {
        <Ask ops button refused>
            <p>{told}</p>
            <div class="field">
                <label for="replicas">{t.scale_label()}</label>
                <input id="replicas" class="in num" inputmode="numeric" autocomplete="off" aria-invalid=move || to.get().is_none().then_some("true")
                    prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e))/>
                {move || to.get().is_none().then(|| view! { <p class="err">{t.scale_invalid(MAX_REPLICAS)}</p> })}
            </div>
            <Course ops to/>
            <Terms ops stays=t.ops_start_stays().to_owned() undo=t.ops_start_undo().to_owned() right/>
        </Ask>
    }
}
