//! What one can do to the pod: each way with what comes of it, or why it is not offered.
mod ask;

use super::panel::panel;
use crate::{
    model::pod::{
        PodView, Role,
        act::{After, Deed, Force, after, force},
        debug::Wanted,
    },
    pages::debug::DebugButton,
    state::session,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// The ways to end it; each opens a dialog that says more.
#[component]
pub fn Acts(view: Memo<PodView>) -> impl IntoView {
    let t = use_texts();
    let asked = RwSignal::new(None::<Deed>);
    let name = Memo::new(move |_| view.read().pod.facts.name.clone());
    let offered = Memo::new(move |_| {
        view.with(|v| {
            let node = v.node.as_ref().ok().and_then(Option::as_ref);
            force(&v.pod.facts, node)
        })
    });
    let effect = Memo::new(move |_| view.with(|v| effect(t, v)));
    let rows = move || {
        [Deed::Delete, Deed::Evict, Deed::Force]
            .map(|deed| {
                let off = deed == Deed::Force && *offered.read() != Force::Offered;
                let (words, label) = (title(t, deed, &name.read()), title(t, deed, ""));
                let help = match deed {
                    Deed::Delete => effect.get(),
                    Deed::Evict => t.pod_act_evict_help().to_owned(),
                    Deed::Force => forced(t, &offered.read()).to_owned(),
                };
                let more = format!("{words}…");
                view! {
                    <li>
                        <div><b>{words}</b><p>{help}</p></div>
                        <button type="button" class="btn small js-only writes" disabled=off aria-label=more
                            on:click=move |_| asked.set(Some(deed))>
                            {format!("{}…", label.trim())}</button>
                    </li>
                }
                .into_any()
            })
            .collect_view()
    };
    let close = Callback::new(move |()| asked.set(None));
    let dialog = move || {
        asked
            .get()
            .map(|deed| view! { <ask::Ask view deed close/> }.into_any())
    };
    let list = panel(
        t.pod_acts(),
        ().into_any(),
        view! { <ul class="acts"><Debug view/>{rows}</ul> }.into_any(),
    );
    view! { {list}{dialog} }
}

/// A debug container, where this console has terminals.
#[component]
fn Debug(view: Memo<PodView>) -> impl IntoView {
    let t = use_texts();
    let of = Memo::new(move |_| {
        view.with(|v| {
            let main = v.pod.containers.iter().find(|c| c.role == Role::Main);
            Wanted {
                namespace: v.pod.facts.namespace.clone(),
                pod: v.pod.facts.name.clone(),
                target: main.map(|c| c.name.clone()).unwrap_or_default(),
                ..Wanted::default()
            }
        })
    });
    let title = move || t.debug_title(&of.read().pod);
    session::has_terminals().then(|| {
        view! { <li><div><b>{title}</b><p>{t.debug_help()}</p></div><DebugButton of/></li> }
    })
}

/// What the button and the dialog are called.
fn title(t: Texts, deed: Deed, pod: &str) -> String {
    match deed {
        Deed::Delete => t.pod_act_delete(pod),
        Deed::Evict => t.pod_act_evict(pod),
        Deed::Force => t.pod_act_force(pod),
    }
}

fn forced(t: Texts, offered: &Force) -> &'static str {
    match offered {
        Force::Offered => t.pod_act_force_offered(),
        Force::NodeAnswers => t.pod_act_force_answers(),
        Force::NoNode => t.pod_act_force_no_node(),
    }
}

/// That it stops, and what stands there afterwards.
fn effect(t: Texts, view: &PodView) -> String {
    let stops = if view.pod.facts.node.is_empty() {
        t.pod_act_stops_now().to_owned()
    } else {
        t.pod_act_stops(view.pod.grace)
    };
    [stops, comes_back(t, view)].join(" ")
}

/// What stands at its ordinal afterwards.
fn comes_back(t: Texts, view: &PodView) -> String {
    match after(view) {
        After::Nobody => t.pod_act_nobody().to_owned(),
        After::Owner { kind, name } => t.pod_act_owner(kind, name),
        After::Unknown => t.pod_act_unknown().to_owned(),
        After::Gone { set } => t.pod_act_gone(set),
        After::Back {
            set,
            revision,
            changed,
            claims,
        } => {
            let revision = revision.rsplit('-').next().unwrap_or_default();
            let back = if changed {
                t.pod_act_back_changed(set, revision)
            } else {
                t.pod_act_back(set, revision)
            };
            let claims = (!claims.is_empty()).then(|| t.pod_act_back_claims(claims.join(", ")));
            [Some(back), claims]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
        }
    }
}
