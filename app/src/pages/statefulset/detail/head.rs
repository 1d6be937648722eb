//! Name, status, what is wrong and what helps, the big strip, the replicas.
use super::scale::Scale;
use crate::{
    components::{
        callout::{Callout, Tone},
        status::{StatusWord, Why},
        strip::Strip,
    },
    model::{
        detail::DetailView,
        status::{Reason, Status},
    },
    texts::use_texts,
};
use leptos::prelude::*;

/// What stands above the tabs.
#[component]
pub fn Head(view: Signal<DetailView>, gone: Signal<bool>) -> impl IntoView {
    let name = view.with_untracked(|v| v.head.row.name.clone());
    let status = Signal::derive(move || view.read().head.row.status.clone());
    let reason = Signal::derive(move || view.read().head.row.reason.clone());
    let cells = Signal::derive(move || view.read().head.row.cells.clone());
    let partition = Signal::derive(move || view.read().head.row.partition);
    view! {
        <div class="row between title">
            <div class="row">
                <h1 class="name">{name.clone()}</h1>
                <StatusWord status/>
            </div>
            <Show when=move || !gone.get()><Scale view/></Show>
        </div>
        <Why reason/>
        <Trouble view/>
        <Strip name cells partition big=true/>
    }
}

/// The call-out of a set that needs somebody: the cause, and what Kubernetes will and will not do by itself.
#[component]
fn Trouble(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let trouble = Memo::new(move |_| view.with(|v| match (&v.head.row.status, &v.head.row.reason) {
        (Status::Stuck { pod }, Reason::Pod { state, message }) => {
            let rolling = v.head.current_revision != v.head.update_revision;
            let title = if rolling { t.detail_stuck_rollout().to_owned() } else { t.detail_stuck_start(&v.head.row.name) };
            let rest = if v.head.parallel { t.detail_stuck_parallel() } else { t.detail_stuck_ordered() };
            Some((Tone::Bad, title, t.detail_stuck_pod(pod, state), message.clone(), rest.to_owned()))
        }
        (Status::Degraded { .. }, reason @ (Reason::NodeLost { pod, .. } | Reason::Terminating { pod })) => {
            let title = crate::components::status::why(t, reason);
            Some((Tone::Warn, title, String::new(), String::new(), t.detail_lost(pod)))
        }
        _ => None,
    }));
    move || trouble.get().map(|(tone, title, cause, words, rest)| view! {
        <Callout tone>
            <b>{title}</b>" "{cause}" "
            {(!words.is_empty()).then(|| view! { <span class="mono">{words}</span>" " })}
            <span class="dim">{rest}</span>
        </Callout>
    })
}

#[cfg(test)]
mod tests {
    use crate::components::status::why;
    use crate::{model::status::Reason, texts::use_texts};

    #[test]
    fn a_reason_without_words_is_the_state_alone() {
        let reason = Reason::Pod { state: "CrashLoopBackOff".into(), message: String::new() };
        assert_eq!(why(use_texts(), &reason), "CrashLoopBackOff");
    }
}
