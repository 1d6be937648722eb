//! Of several sets in one text: which one the form shows. The others are as well checked.
use crate::{
    components::icon::{Icon, IconName},
    manifest::lint::Degree,
    pages::create::state::use_wizard,
    texts::use_texts,
};
use leptos::prelude::*;

#[component]
pub(super) fn Sets() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let sets = Memo::new(move |_| {
        let bundle = wizard.bundle.read();
        let named = bundle.sets().map(|n| (n, bundle.documents[n].name().to_owned()));
        named.collect::<Vec<_>>()
    });
    let shown = move |document: usize| wizard.form.read().set == Some(document);
    let refused = move |document: usize| {
        let lints = wizard.lints.read();
        lints
            .iter()
            .any(|l| l.place.document == document && l.rule.degree == Degree::Refused)
    };
    let one = move |(nth, (document, name)): (usize, (usize, String))| {
        let pressed = move || if shown(document) { "true" } else { "false" };
        let mark =
            move || (refused(document) && !shown(document)).then(|| view! { <Icon name=IconName::Alert/> });
        view! {
            <button type="button" aria-pressed=pressed on:click=move |_| wizard.nth.set(nth)>{mark}"StatefulSet "{name}</button>
        }
    };
    view! {
        <Show when=move || { sets.read().len() > 1 }>
            <div class="seg sets" role="group" aria-label=t.create_sets()>
                {move || sets.get().into_iter().enumerate().map(one).collect_view()}
            </div>
        </Show>
    }
}
