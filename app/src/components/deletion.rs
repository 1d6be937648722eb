//! What deletes say: what became of each object, and what a reclaim policy means.
use super::icon::{Icon, IconName};
use crate::{
    model::{
        claims::sum,
        delete::{Done, Fate, Kind, shown},
        many::whole,
    },
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// What happens to the data of claims of these classes and policies: a sentence for each.
pub fn policies<'a>(t: Texts, claims: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut told: Vec<(&str, &str)> = claims.collect();
    told.sort_unstable();
    told.dedup();
    let sentence = |(class, policy): (&str, &str)| {
        let class = if class.is_empty() {
            t.delete_no_class().to_owned()
        } else {
            t.delete_class(class)
        };
        match policy {
            "Delete" => t.delete_policy_delete(class),
            "Retain" => t.delete_policy_retain(class),
            "" => t.delete_policy_hidden(class),
            other => t.delete_policy_named(class, other),
        }
    };
    told.into_iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// How many claims there are, and how large they are together.
pub fn counted(t: Texts, sizes: &[&str]) -> String {
    t.delete_claims_n(whole(sizes.len()), sum(sizes))
}

/// An object as a sentence names it.
pub fn object(t: Texts, kind: Kind, name: &str) -> String {
    match kind {
        Kind::StatefulSet => t.delete_set(name),
        Kind::Service => t.delete_service(name),
        Kind::PersistentVolumeClaim => t.delete_claim(name),
        Kind::Pod => t.delete_pod(name),
        Kind::HorizontalPodAutoscaler | Kind::PodDisruptionBudget => format!("{} {name}", kind.name()),
    }
}

fn fate(t: Texts, fate: &Fate) -> (IconName, &'static str, String) {
    match fate {
        Fate::Deleted => (IconName::Check, t.delete_fate_deleted(), String::new()),
        Fate::Gone => (IconName::Check, t.delete_fate_gone(), String::new()),
        Fate::Anew => (IconName::Warn, t.delete_fate_anew(), String::new()),
        Fate::Used => (IconName::Warn, t.delete_fate_used(), String::new()),
        Fate::Untried => (IconName::Stop, t.delete_fate_untried(), String::new()),
        Fate::Refused(error) => (IconName::Alert, t.delete_fate_refused(), error.words()),
    }
}

/// What became of each object, with the cluster's words where it refused.
#[component]
pub fn Report(#[prop(into)] report: Signal<Vec<Done>>) -> impl IntoView {
    let t = use_texts();
    let row = move |done: Done| {
        let (icon, word, cause) = fate(t, &done.fate);
        let class = match done.fate {
            Fate::Deleted | Fate::Gone => "st ok",
            Fate::Refused(_) => "st bad",
            _ => "st warn",
        };
        view! {
            <li>
                <span class=class><Icon name=icon/>{object(t, done.target.kind, &done.target.name)}</span>" "
                <span class="dim">{word}</span>
                {(!cause.is_empty()).then(|| view! { <p class="mono sm">{cause}</p> })}
            </li>
        }
    };
    let shown = Memo::new(move |_| shown(&report.read()));
    let more = move || Some(shown.read().more).filter(|n| *n > 0);
    view! {
        <ul class="plain report">{move || shown.get().first.into_iter().map(row).collect_view()}</ul>
        {move || more().map(|n| view! { <p class="dim">{t.delete_told_more(n)}</p> })}
    }
}
