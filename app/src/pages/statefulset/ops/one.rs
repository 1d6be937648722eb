//! The pods one by one: each is deleted by its UID, and its set makes it anew.
use super::state::Ops;
use crate::{
    api::pods::end_pod,
    model::{ops::PodLine, pod::act::Deed},
};
use leptos::prelude::*;

/// Each pod with its state and a button, who leads at last.
#[component]
pub(super) fn OneByOne(ops: Ops) -> impl IntoView {
    let t = ops.t;
    let pods = ops.plan.with_value(|p| p.pods.clone());
    if pods.is_empty() {
        return view! { <p class="dim">{t.ops_no_pods()}</p> }.into_any();
    }
    let rows = pods.into_iter().map(|pod| view! { <One ops pod/> });
    view! { <p class="dim sm">{t.ops_one_help()}</p><ul class="acts">{rows.collect_view()}</ul> }.into_any()
}

#[component]
fn One(ops: Ops, pod: PodLine) -> impl IntoView {
    let t = ops.t;
    let name = pod.name.clone();
    let state = move || {
        ops.view.with(|v| {
            let row = v.ordinals.iter().find(|o| o.pod == name && o.present);
            row.map_or_else(|| t.detail_no_pod().to_owned(), |r| r.state.clone())
        })
    };
    let ended = RwSignal::new(None::<Result<(), String>>);
    let end = Action::new_local({
        let (namespace, pod) = (ops.plan.with_value(|p| p.shown.namespace.clone()), pod.clone());
        move |(): &()| {
            let (namespace, pod) = (namespace.clone(), pod.clone());
            async move {
                let answer = end_pod(Deed::Delete, namespace, pod.name, pod.uid).await;
                ended.set(Some(answer.map_err(|e| e.words())));
            }
        }
    });
    let off = move || end.pending().get() || matches!(ended.get(), Some(Ok(())));
    let label = t.ops_one_delete(&pod.name);
    view! {
        <li>
            <div>
                <b>{pod.name.clone()}</b>" "{(!pod.leads.is_empty()).then(|| view! { <span class="tag mono">{pod.leads.clone()}</span> })}
                <p class="dim">{state}{move || ended.get().map(|e| match e {
                    Ok(()) => format!(" · {}", t.ops_one_deleted()),
                    Err(words) => format!(" · {words}"),
                })}</p>
            </div>
            <button type="button" class="btn small" disabled=off aria-label=label on:click=move |_| { end.dispatch(()); }>{t.ops_one_button()}</button>
        </li>
    }
}
