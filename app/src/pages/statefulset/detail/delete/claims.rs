//! The claims one by one: size, class, what becomes of the data, who else uses them.
use super::Flow;
use crate::{
    components::{form::Check, names::told},
    model::delete::{Choice, PlanClaim},
};
use leptos::prelude::*;

/// A tick for each claim that is deleted only because somebody says so.
#[component]
pub(super) fn EachClaim(flow: Flow) -> impl IntoView {
    let t = flow.t;
    let claims = flow.plan.with_untracked(|plan| plan.kept().listed);
    let row = move |claim: PlanClaim| {
        let uid = StoredValue::new(claim.uid.clone());
        let checked = Signal::derive(move || {
            let choice = flow.choice.read();
            choice.claims && uid.with_value(|uid| !choice.spared.contains(uid))
        });
        let tick = Callback::new(move |on: bool| {
            flow.choice
                .update(|choice| uid.with_value(|uid| one(choice, flow, uid, on)));
        });
        let used = (!claim.used.is_empty()).then(|| t.ops_claim_used(told(t, &claim.used)));
        let rest = [claim.size.clone(), claim.class.clone(), claim.policy.clone()];
        let rest = rest
            .into_iter()
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        view! {
            <li><Check checked on_change=tick>
                <span class="mono">{claim.name}</span>" "<span class="dim">{rest}</span>
                {used.map(|words| view! { " "<span class="caution">{words}</span> })}
            </Check></li>
        }
    };
    (!claims.is_empty()).then(|| {
        view! {
            <details><summary class="dim sm">{t.ops_claims_each()}</summary>
                <ul class="plain many">{claims.into_iter().map(row).collect_view()}</ul></details>
        }
    })
}

/// Ticks one claim, or leaves it out. The first one that is ticked spares all the others.
fn one(choice: &mut Choice, flow: Flow, uid: &str, on: bool) {
    let all = || {
        flow.plan
            .with_untracked(|plan| plan.kept().listed.into_iter().map(|c| c.uid).collect::<Vec<_>>())
    };
    if !choice.claims {
        choice.spared = all();
        choice.claims = true;
    }
    choice.spared.retain(|spared| spared != uid);
    if !on {
        choice.spared.push(uid.to_owned());
    }
    if choice.spared.len() == all().len() {
        choice.claims = false;
        choice.spared.clear();
    }
}
