//! What will be created, in which order, and what happens then.
use crate::{
    manifest::{Bundle, form::StatefulSetForm},
    pages::create::state::{Wizard, use_wizard},
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

#[component]
pub(super) fn Then() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let item = |(title, lines): (String, Vec<String>)| {
        let lines = lines.into_iter().map(|l| view! { <p class="dim">{l}</p> });
        view! { <li><h3>{title}</h3>{lines.collect_view()}</li> }
    };
    view! {
        <section class="grp card" aria-labelledby="then">
            <h2 id="then">{t.create_review_then()}</h2>
            <ol class="plan">{move || plan(t, wizard).into_iter().map(item).collect_view()}</ol>
        </section>
    }
}

/// A title and some lines for each document, the sets last.
fn plan(t: Texts, wizard: Wizard) -> Vec<(String, Vec<String>)> {
    let bundle = wizard.bundle.get();
    let answer = wizard.answer.read();
    let outcome = answer.outcome.as_ref();
    let one = |n: usize| {
        let document = &bundle.documents[n];
        let has = |list: fn(&crate::model::create::Outcome) -> &Vec<usize>| {
            outcome.is_some_and(|o| list(o).contains(&n))
        };
        let lines = if has(|o| &o.unchanged) {
            vec![t.create_sum_unchanged().to_owned()]
        } else if has(|o| &o.later) {
            vec![t.create_review_later().to_owned()]
        } else {
            lines(t, &bundle, n)
        };
        (t.create_sum_object(document.kind(), document.name()), lines)
    };
    let mut order: Vec<usize> = (0..bundle.documents.len()).collect();
    order.sort_by_key(|n| bundle.documents[*n].kind() == "StatefulSet");
    order.into_iter().map(one).collect()
}

fn lines(t: Texts, bundle: &Bundle, n: usize) -> Vec<String> {
    let document = &bundle.documents[n];
    match document.kind() {
        "StatefulSet" => set(t, bundle, n),
        "Service" => {
            let ports = document.root.below("spec.ports").map_or(0, |p| p.items().len());
            let kind = document.text("spec.type");
            vec![match (document.text("spec.clusterIP"), kind) {
                ("None", _) => t.create_sum_service(ports),
                (_, "") => t.create_sum_access("ClusterIP", ports),
                (_, kind) => t.create_sum_access(kind, ports),
            }]
        }
        _ => vec![t.create_sum_asis().to_owned()],
    }
}

fn set(t: Texts, bundle: &Bundle, n: usize) -> Vec<String> {
    let (document, form) = (&bundle.documents[n], StatefulSetForm::of_set(bundle, n));
    let replicas = match form.replicas.text.as_str() {
        "" => "1",
        text => text,
    };
    let start = document.text("spec.ordinals.start");
    let first = format!(
        "{}-{}",
        form.name.text,
        if start.is_empty() { "0" } else { start }
    );
    let pods = if document.text("spec.podManagementPolicy") == "Parallel" {
        t.create_sum_set_parallel(replicas, form.containers.len())
    } else {
        t.create_sum_set(replicas, form.containers.len(), first)
    };
    let goes = document.text("spec.persistentVolumeClaimRetentionPolicy.whenDeleted") == "Delete";
    let fate = if goes {
        t.create_sum_claims_go()
    } else {
        t.create_sum_claims_stay()
    };
    let claims = form.templates.iter();
    let claims = claims.map(|c| t.create_sum_claims(replicas, &c.capacity.text, &c.name.text, fate));
    std::iter::once(pods).chain(claims).collect()
}
