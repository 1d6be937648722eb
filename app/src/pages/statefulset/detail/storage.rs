//! The claims of the ordinals: what they asked for, what they have, and where that is.
use super::fill::{Filled, Known};
use crate::{
    components::icon::{Icon, IconName},
    model::{
        detail::DetailView,
        ordinals::{ClaimCell, OrdinalRow},
    },
    paths,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// A row for each claim of the window.
#[component]
pub fn Storage(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let rows = Memo::new(move |_| view.read().ordinals.clone());
    let namespace = StoredValue::new(view.with_untracked(|v| v.head.row.namespace.clone()));
    let none = Memo::new(move |_| rows.read().iter().all(|row| row.claims.is_empty()));
    let lead = move || {
        let view = view.read();
        match (view.head.templates.is_empty(), none.get()) {
            (true, _) => Some(t.detail_storage_none()),
            (false, true) => Some(t.detail_storage_no_claims()),
            _ => None,
        }
    };
    let known = Known::of(namespace.get_value(), rows);
    let drawn = move || namespace.with_value(|ns| rows.with(|rows| all(t, known, ns, rows)));
    let heads = [
        t.detail_pod(),
        t.claims_claim(),
        t.claims_phase(),
        t.detail_storage_asked(),
        t.claims_capacity(),
        t.fill_head(),
        t.claims_class(),
        t.detail_storage_modes(),
        t.detail_storage_volume(),
        t.detail_node(),
    ];
    let heads = move || {
        heads
            .map(|word| view! { <th scope="col">{word}</th> }.into_any())
            .collect_view()
    };
    view! {
        {move || lead().map(|words| view! { <p class="dim">{words}</p> })}
        <Show when=move || !none.get()>
            <div class="card scroll"><table class="cards storage"><thead><tr>{heads()}</tr></thead><tbody>{drawn}</tbody></table></div>
            {known.note(t)}
        </Show>
    }
}

fn all(t: Texts, known: Known, namespace: &str, rows: &[OrdinalRow]) -> Vec<AnyView> {
    let claims = rows
        .iter()
        .flat_map(|row| row.claims.iter().map(move |claim| (row, claim)));
    claims
        .map(|(row, claim)| one(t, known, namespace, row, claim))
        .collect()
}

fn one(t: Texts, known: Known, namespace: &str, row: &OrdinalRow, claim: &ClaimCell) -> AnyView {
    let pod = if row.present {
        let href = paths::pod(namespace, &row.pod);
        view! { <a class="name" href=href>{row.pod.clone()}</a> }.into_any()
    } else {
        view! { <span class="dim">{row.pod.clone()}" "{t.detail_no_pod()}</span> }.into_any()
    };
    let (class, icon, phase) = match claim.phase.as_str() {
        _ if claim.going => ("st busy", IconName::Rolling, t.claims_deleting().to_owned()),
        "Bound" => ("st ok", IconName::Check, claim.phase.clone()),
        _ => ("st warn", IconName::Warn, claim.phase.clone()),
    };
    // While nothing is bound the size is what is asked for, and nothing is there.
    let bound = claim.phase == "Bound";
    let asked = Some(claim.asked.clone())
        .filter(|a| !a.is_empty())
        .unwrap_or_else(|| claim.size.clone());
    let size = bound.then(|| claim.size.clone());
    let class_name = match claim.class.as_str() {
        "" => t.pod_claim_no_class().to_owned(),
        named => named.to_owned(),
    };
    let filled = (bound && row.present).then(|| {
        let (namespace, pod, claim) = (namespace.to_owned(), row.pod.clone(), claim.name.clone());
        view! { <Filled known namespace pod claim/> }
    });
    view! {
        <tr>
            <th scope="row" class="name">{pod}</th>
            <td class="mono full">{claim.name.clone()}</td>
            <td><span class=class><Icon name=icon/>{phase}</span></td>
            <td class="num dim" data-label=t.detail_storage_asked()>{asked}</td>
            <td class="num" data-label=t.claims_capacity()>{size}</td>
            <td class="full-of" data-label=t.fill_head()>{filled}</td>
            <td class="dim">{class_name}</td>
            <td class="dim">{claim.modes.clone()}</td>
            <td class="mono dimmer full">{claim.volume.clone()}</td>
            <td class="dim hide-s">{row.node.clone()}</td>
        </tr>
    }
    .into_any()
}
