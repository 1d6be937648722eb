//! A status: a shape, a word and a colour, and under it why.
use super::icon::{Icon, IconName};
use crate::{
    model::status::{Reason, Status},
    texts::{Texts, grouped, use_texts},
};
use leptos::prelude::*;

/// The word of a status.
pub fn word(t: Texts, status: &Status) -> String {
    let all = |of: &i32| grouped((*of).into());
    match status {
        Status::Running => t.status_running().to_owned(),
        Status::RollingOut { done, of } => t.status_rolling(done, all(of)),
        Status::Scaling { ready, of } => t.status_scaling(ready, all(of)),
        Status::ScalingDown { pods, to } => t.status_scaling_down(all(pods), all(to)),
        Status::CanaryHeld { at } => t.status_canary(at),
        Status::UpdateHeld => t.status_update_held().to_owned(),
        Status::Refused { pod } => t.status_refused(pod),
        Status::Held { pod } => t.status_held(pod),
        Status::Stuck { pod } => t.status_stuck(pod),
        Status::Degraded { ready, of } => t.status_degraded(ready, all(of)),
        Status::Stopped => t.status_stopped().to_owned(),
        Status::Deleting => t.status_deleting().to_owned(),
    }
}

/// The line under it; empty where the word says all.
pub fn why(t: Texts, reason: &Reason) -> String {
    match reason {
        Reason::None => String::new(),
        Reason::WaitingForReady { pod } => t.why_ready(pod),
        Reason::WaitingForStart { pod } => t.why_start(pod),
        Reason::WaitingForStop { pod } => t.why_stop(pod),
        Reason::WaitingForAvailable { pod, seconds } => t.why_available(pod, seconds),
        Reason::Ended { pod, state } => t.why_ended(pod, state),
        Reason::PartitionAbove { at } => t.why_partition_above(at),
        Reason::Strategy { name, left } => t.why_strategy(i64::from(*left), name),
        Reason::Outdated { pod, revision } => t.why_outdated(pod, revision),
        Reason::OutOfTurn { pod } => t.why_out_of_turn(pod),
        Reason::Warning { reason, message } => t.why_pod(reason, message),
        Reason::SeemsLost { pod } => t.why_seems_lost(pod),
        Reason::Finalizer { object, name } => t.why_finalizer(object, name),
        Reason::Foreground { pods } => t.why_foreground(i64::from(*pods)),
        Reason::Partition { at, first, last } => t.why_partition(at, first, last),
        Reason::OnDelete { left } => t.why_on_delete(i64::from(*left)),
        Reason::Pod { state, message } if message.is_empty() => state.clone(),
        Reason::Pod { state, message } => t.why_pod(state, message),
        Reason::NodeLost { node, pod } => t.why_node_lost(node, pod),
        Reason::Terminating { pod } => t.why_terminating(pod),
        Reason::NotReady { pod, names } if names.is_empty() => t.why_not_ready(pod),
        Reason::NotReady { pod, names } => t.why_not_ready_of(pod, names),
        Reason::Remains { replicas, claims } => {
            let was = (*replicas > 0).then(|| t.why_was(i64::from(*replicas)));
            let left = (*claims > 0).then(|| t.why_claims(i64::from(*claims)));
            was.into_iter().chain(left).collect::<Vec<_>>().join("; ")
        }
        Reason::NotObserved => t.why_not_observed().to_owned(),
        Reason::PodsHidden => t.why_hidden().to_owned(),
    }
}

fn look(status: &Status) -> (&'static str, IconName) {
    match status {
        Status::Running => ("ok", IconName::Check),
        Status::RollingOut { .. } | Status::Scaling { .. } | Status::ScalingDown { .. } => {
            ("busy", IconName::Rolling)
        }
        Status::CanaryHeld { .. } | Status::UpdateHeld => ("held", IconName::Held),
        Status::Stuck { .. } | Status::Refused { .. } => ("bad", IconName::Alert),
        Status::Degraded { .. } | Status::Held { .. } => ("warn", IconName::Warn),
        Status::Stopped => ("idle", IconName::Stop),
        Status::Deleting => ("idle", IconName::Trash),
    }
}

/// The mark and the word.
#[component]
pub fn StatusWord(#[prop(into)] status: Signal<Status>) -> impl IntoView {
    let t = use_texts();
    view! {
        <span class=move || format!("st {}", look(&status.read()).0)>
            {move || view! { <Icon name=look(&status.read()).1/> }.into_any()}
            {move || word(t, &status.read())}
        </span>
    }
}

/// The line under a status; its whole text on hover, for it may be cut.
#[component]
pub fn Why(#[prop(into)] reason: Signal<Reason>) -> impl IntoView {
    let t = use_texts();
    let text = Memo::new(move |_| why(t, &reason.read()));
    view! {
        {move || {
            let text = text.get();
            (!text.is_empty()).then(|| view! { <div class="why" title=text.clone()>{text.clone()}</div> }.into_any())
        }}
    }
}
