//! What became of it: in a toast where all went well, else object by object.
use super::Flow;
use crate::{
    components::{
        deletion::{Report, object},
        dialog::close,
    },
    model::delete::{Choice, DeletePlan, Done, Effect, Kind, Share, rest},
    texts::Texts,
};
use leptos::prelude::*;

/// What went and what stays, in two sentences.
pub(super) fn summary(t: Texts, plan: &DeletePlan, choice: &Choice, report: &[Done]) -> String {
    let gone = |name: &str, kind: Kind| {
        report
            .iter()
            .any(|d| d.is_gone() && d.target.kind == kind && d.target.name == name)
    };
    let claim = Kind::PersistentVolumeClaim;
    let Effect {
        deleted,
        owned,
        scaled,
        mut stay,
    } = plan.effect(choice);
    // Those that Kubernetes deletes by itself, and of the others those that really went.
    let (mut went, kept): (Vec<_>, Vec<_>) = deleted.listed.into_iter().partition(|c| gone(&c.name, claim));
    stay.listed.extend(kept);
    went.extend(owned.listed.into_iter().chain(scaled.listed));
    let unlisted = owned.unlisted.into_iter().chain(scaled.unlisted);
    let went = Share {
        listed: went,
        unlisted: unlisted.collect(),
    };
    let sizes =
        |claims: &Share| (claims.count() > 0).then(|| t.delete_claims_n(claims.count(), claims.size()));
    let objects = report.iter().filter(|d| d.is_gone() && d.target.kind != claim);
    let objects = objects.map(|d| object(t, d.target.kind, &d.target.name));
    let beside = plan.beside.iter().filter(|b| b.kind == Kind::Service);
    let beside = beside.map(|b| &b.name).chain(&plan.others.first);
    let services = plan.service.iter().map(|s| &s.name).chain(beside);
    let services = services
        .filter(|s| !gone(s, Kind::Service))
        .map(|s| t.delete_service(s));
    let more = (plan.others.more > 0).then(|| t.delete_services_more(plan.others.more));
    let went: Vec<String> = objects.chain(sizes(&went)).collect();
    let stay: Vec<String> = sizes(&stay).into_iter().chain(services).chain(more).collect();
    let stays = (!stay.is_empty()).then(|| t.delete_toast_stays(stay.join(", ")));
    let went = t.delete_toast_went(went.join(", "));
    [Some(went), stays]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Something is still there: what, and why.
#[component]
pub(super) fn Tell(flow: Flow, report: Vec<Done>) -> impl IntoView {
    let t = flow.t;
    let failed = !rest(&report).is_empty();
    let set_gone = report
        .iter()
        .any(|d| d.target.kind == Kind::StatefulSet && d.is_gone());
    let (shown, kept) = (report.clone(), StoredValue::new(report));
    view! {
        <div class="phase">
            <div class="body"><Report report=shown/></div>
            <footer>
                // Without the set there is no page to go back to.
                {if set_gone {
                    view! { <button type="button" class="btn" on:click=move |_| flow.finish.run(kept.get_value())>{t.delete_to_list()}</button> }.into_any()
                } else {
                    view! { <button type="button" class="btn" on:click=|e| close(&e)>{t.frame_close()}</button> }.into_any()
                }}
                {failed.then(|| view! {
                    <button type="button" class="btn danger" on:click=move |_| kept.with_value(|r| flow.again(r))>{t.delete_again()}</button>
                })}
            </footer>
        </div>
    }
}
