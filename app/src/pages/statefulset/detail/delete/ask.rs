//! The question: effect, choices, and the name typed.
use super::{
    Flow,
    beside::{BesideTicks, Finalizers, Ways},
    claims::EachClaim,
    effect::GoesAndStays,
};
use crate::{
    api::ApiError,
    components::{
        callout::{Callout, Tone},
        deletion::policies,
        dialog::close,
        form::Check,
    },
    model::{
        delete::{Kind, blocked},
        detail::DetailView,
        effect::Hold,
        many::whole,
    },
};
use leptos::{ev, prelude::*};

/// In which order the pods stop.
fn lead(flow: Flow) -> String {
    let (t, plan, pods) = (flow.t, flow.plan.read(), flow.view.with(DetailView::pods));
    let name = |ordinal: i64| format!("{}-{ordinal}", plan.name);
    let (Some(lowest), Some(highest)) = (pods.lowest(), pods.highest()) else {
        return t.delete_lead_none().to_owned();
    };
    if lowest == highest {
        t.delete_lead_single(name(lowest))
    } else if flow.choice.read().scale_first && !plan.parallel {
        t.delete_lead_ordered(name(highest), name(lowest))
    } else {
        t.delete_lead_together().to_owned()
    }
}

/// The form. Nothing is sent before its name is typed.
#[component]
pub(super) fn Ask(flow: Flow) -> impl IntoView {
    let t = flow.t;
    let typed = RwSignal::new(String::new());
    let (name, owner) = flow.plan.with_untracked(|p| (p.name.clone(), p.owner.clone()));
    let refused = flow
        .plan
        .with_untracked(|p| p.refusal(Kind::StatefulSet).map(ApiError::words));
    let cannot = refused.is_some();
    let expected = name.clone();
    let ready = Memo::new(move |_| !cannot && *typed.read() == expected);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if ready.get_untracked() {
            flow.begin();
        }
    };
    let trouble = move || flow.trouble.get().map(|e| e.words());
    view! {
        <form class="phase" on:submit=submit>
            <div class="body">
                <p class="dim">{move || lead(flow)}</p>
                {(!owner.is_empty()).then(|| view! { <Callout tone=Tone::Warn>{t.delete_owner(&owner)}</Callout> })}
                <GoesAndStays flow/>
                <div class="checks"><ClaimsTick flow/><EachClaim flow/><BesideTicks flow/><ScaleTick flow/></div>
                <Ways flow/>
                <Finalizers flow/>
                {refused.map(|words| view! { <Callout tone=Tone::Bad><b>{t.delete_forbidden()}</b>" "<span class="mono">{words}</span></Callout> })}
                {move || trouble().map(|words| view! { <Callout tone=Tone::Bad><b>{t.delete_not_scaled()}</b>" "<span class="mono">{words}</span></Callout> })}
                <div class="field">
                    <label for="confirm">{t.delete_confirm(&name)}</label>
                    <input id="confirm" class="in mono" autocomplete="off" autocapitalize="off" spellcheck="false" disabled=cannot
                        prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e))/>
                </div>
            </div>
            <footer>
                <button type="button" class="btn" on:click=|e| close(&e)>{t.page_cancel()}</button>
                <button class="btn danger" disabled=move || !ready.get()>{t.page_delete_object(&name)}</button>
            </footer>
        </form>
    }
}

/// The claims: off, and what becomes of the data.
#[component]
fn ClaimsTick(flow: Flow) -> impl IntoView {
    let t = flow.t;
    flow.plan.with_untracked(|plan| {
        let kept = plan.kept();
        let n = whole(kept.listed.len());
        let help = policies(
            t,
            kept.listed.iter().map(|c| (c.class.as_str(), c.policy.as_str())),
        );
        let rest = kept.count() - n;
        let rest = (rest > 0).then(|| t.delete_claims_rest(rest, n));
        let cannot = plan.refusal(Kind::PersistentVolumeClaim).is_some();
        let refused = plan.own_refusal(Kind::PersistentVolumeClaim).map(ApiError::words);
        let tick = Callback::new(move |claims| {
            flow.choice.update(|c| {
                c.claims = claims;
                c.spared.clear();
            })
        });
        (n > 0).then(|| view! {
            <Check checked=Signal::derive(move || flow.choice.read().claims) on_change=tick disabled=cannot>
                <b>{t.delete_claims_too(n)}</b>" "<span class="dim">{t.delete_claims_data()}" "{help}</span>
                {rest.map(|words| view! { " "<span class="caution">{words}</span> })}
                {refused.map(|words| view! { " "<span class="mono sm">{words}</span> })}
            </Check>
        })
    })
}

/// Scaling first: why one would, and what speaks against it.
#[component]
fn ScaleTick(flow: Flow) -> impl IntoView {
    let t = flow.t;
    let may = flow.view.with_untracked(|v| v.head.may_scale);
    let caution = move || match flow.view.with(|v| v.scene.as_ref().and_then(blocked)) {
        _ if !may => Some(t.scale_forbidden().to_owned()),
        Some((pod, Hold::Kept)) => Some(t.delete_blocked_lost(pod)),
        Some((pod, _)) => Some(t.delete_blocked_waits(pod)),
        None => flow
            .plan
            .with(|p| p.scaling_deletes && !p.claims.is_empty())
            .then(|| t.delete_scaling_deletes().to_owned()),
    };
    let help = if flow.plan.with_untracked(|p| p.parallel) {
        t.delete_scale_first_parallel()
    } else {
        t.delete_scale_first_help()
    };
    let tick = Callback::new(move |scale_first| flow.choice.update(|c| c.scale_first = scale_first));
    (flow.plan.read_untracked().replicas > 0).then(|| view! {
        <Check checked=Signal::derive(move || flow.choice.read().scale_first) on_change=tick disabled=!may>
            <b>{t.delete_scale_first()}</b>" "<span class="dim">{help}</span>
            {move || caution().map(|words| view! { " "<span class="caution">{words}</span> })}
        </Check>
    })
}
