//! What goes along when it is ticked, what becomes of the pods, and what holds what is deleted.
use super::Flow;
use crate::{
    components::{
        callout::{Callout, Tone},
        deletion::object,
        form::Check,
        names::told,
    },
    model::delete::{Beside, Propagation},
    texts::Texts,
};
use leptos::prelude::*;

/// Access Services, autoscalers and budgets, each with who else it serves.
#[component]
pub(super) fn BesideTicks(flow: Flow) -> impl IntoView {
    let t = flow.t;
    let row = move |beside: Beside| {
        let uid = StoredValue::new(beside.uid.clone());
        let checked = Signal::derive(move || uid.with_value(|uid| flow.choice.read().beside.contains(uid)));
        let tick = Callback::new(move |on: bool| {
            flow.choice.update(|choice| {
                uid.with_value(|uid| choice.beside.retain(|b| b != uid));
                if on {
                    choice.beside.push(uid.get_value());
                }
            });
        });
        let used = (!beside.used.is_empty()).then(|| t.ops_beside_used(told(t, &beside.used)));
        let name = t.ops_beside_too(object(t, beside.kind, &beside.name));
        view! {
            <Check checked on_change=tick>
                {name}{used.map(|words| view! { " "<span class="caution">{words}</span> })}
            </Check>
        }
    };
    flow.plan
        .with_untracked(|plan| plan.beside.clone())
        .into_iter()
        .map(row)
        .collect_view()
}

fn way(t: Texts, propagation: Propagation) -> &'static str {
    match propagation {
        Propagation::Foreground => t.ops_foreground(),
        Propagation::Background => t.ops_background(),
        Propagation::Orphan => t.ops_orphan(),
    }
}

/// The three propagations, each with what it does.
#[component]
pub(super) fn Ways(flow: Flow) -> impl IntoView {
    let t = flow.t;
    let chosen = move || flow.choice.read().propagation;
    let choose = move |event| {
        let propagation = Propagation::from_name(&event_target_value(&event));
        flow.choice.update(|choice| {
            choice.propagation = propagation;
            // Pods that go on running are not stopped first, and need what they mount.
            if propagation == Propagation::Orphan {
                choice.scale_first = false;
                choice.claims = false;
                choice.spared.clear();
                choice.service = false;
            }
        });
    };
    let option = move |p: Propagation| view! { <option value=p.name() selected=move || chosen() == p>{p.name()}</option> };
    view! {
        <div class="field">
            <label for="propagation">{t.ops_propagation()}</label>
            <select id="propagation" class="in" on:change=choose>{Propagation::ALL.map(option)}</select>
            <p class="dim sm">{move || way(t, chosen())}</p>
        </div>
    }
}

/// What does not go by itself once it is deleted: the finalizers, by name.
#[component]
pub(super) fn Finalizers(flow: Flow) -> impl IntoView {
    let t = flow.t;
    let held = flow.plan.with_untracked(|plan| plan.finalizers.clone());
    let row =
        move |(object, finalizer): (String, String)| view! { <li>{t.ops_finalizer(object, finalizer)}</li> };
    (!held.is_empty()).then(|| view! {
        <Callout tone=Tone::Warn><b>{t.ops_finalizers()}</b><ul>{held.into_iter().map(row).collect_view()}</ul></Callout>
    })
}
