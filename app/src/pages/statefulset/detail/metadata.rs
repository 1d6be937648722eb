//! Labels, annotations and the settings that decide how the set behaves.
use super::information::EditInformation;
use crate::{components::time::Since, model::detail::DetailView, texts::use_texts};
use leptos::prelude::*;

/// The facts of the set.
#[component]
pub fn Metadata(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let head = Memo::new(move |_| view.read().head.clone());
    let created = Signal::derive(move || head.read().row.created);
    let policy = move || {
        if head.read().parallel {
            t.detail_policy_parallel()
        } else {
            t.detail_policy_ordered()
        }
    };
    let strategy = move || {
        if head.read().on_delete {
            t.detail_strategy_on_delete()
        } else {
            t.detail_strategy_rolling()
        }
    };
    let retention = move || {
        if head.read().deletes_claims_when_scaled {
            t.detail_retention_delete()
        } else {
            t.detail_retention_keep()
        }
    };
    view! {
        <div class="row tools"><EditInformation view/></div>
        <dl class="facts card">
            <dt>{t.detail_created()}</dt><dd><Since then=created/></dd>
            <dt>{t.detail_policy()}</dt><dd>{policy}</dd>
            <dt>{t.detail_strategy()}</dt><dd>{strategy}</dd>
            <dt>{t.detail_retention()}</dt><dd>{retention}</dd>
            <dt>{t.detail_selector()}</dt><dd>{move || view! { <Pairs pairs=head.read().selector.clone()/> }}</dd>
            <dt>{t.detail_labels()}</dt><dd>{move || view! { <Pairs pairs=head.read().labels.clone()/> }}</dd>
            <dt>{t.detail_annotations()}</dt><dd>{move || view! { <Pairs pairs=head.read().annotations.clone()/> }}</dd>
            <dt>{t.detail_uid()}</dt><dd class="mono">{move || head.read().row.uid.clone()}</dd>
        </dl>
    }
}

#[component]
fn Pairs(pairs: Vec<(String, String)>) -> impl IntoView {
    let t = use_texts();
    if pairs.is_empty() {
        return view! { <span class="dimmer">{t.list_none()}</span> }.into_any();
    }
    let pair = |(key, value)| view! { <li class="mono"><span class="dim">{key}</span>": "{value}</li> };
    view! { <ul class="plain">{pairs.into_iter().map(pair).collect_view()}</ul> }.into_any()
}
