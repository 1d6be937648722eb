//! What is refused and where, before anything else; and what an earlier try has made.
use super::found::Row;
use crate::{
    api::create::undo_create,
    components::{
        callout::{Callout, Tone},
        icon::{Icon, IconName},
    },
    manifest::{
        Bundle, Place,
        lint::{Degree, Lint},
    },
    model::create::Created,
    pages::create::{answer::Refusal, foot::use_go, state::use_wizard},
    state::toasts::use_toasts,
    texts::use_texts,
};
use leptos::prelude::*;

/// What the cluster refused, and what the rules expect it to.
#[component]
pub(super) fn Refused() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let expected = Memo::new(move |_| {
        let answer = wizard.answer.read();
        let lints = wizard.lints.read();
        let refused = lints
            .iter()
            .filter(|l| l.rule.degree == Degree::Refused && !answer.contradicts(l));
        refused.cloned().collect::<Vec<Lint>>()
    });
    let ours = move || {
        let all = expected.get();
        (!all.is_empty()).then(|| {
            let rows = all.into_iter().map(|lint| view! { <Row lint/> });
            view! { <p>{t.create_review_expected()}</p><ul class="found">{rows.collect_view()}</ul> }
        })
    };
    let any = Memo::new(move |_| !wizard.answer.read().refused.is_empty() || !expected.read().is_empty());
    view! {
        <Show when=move || any.get()>
            <section class="grp card bad" aria-labelledby="refused">
                <h2 id="refused"><Icon name=IconName::Alert/>{t.create_review_refused()}</h2>
                {move || wizard.answer.get().refused.into_iter().map(|refusal| view! { <One refusal/> }).collect_view()}
                {ours}
            </section>
        </Show>
        {move || wizard.created.get().into_iter().map(|object| view! { <Half object/> }).collect_view()}
    }
}

/// One refusal: the cluster's words, and a way to each field that they name; or why there are none.
#[component]
fn One(refusal: Refusal) -> impl IntoView {
    let (t, wizard, go) = (use_texts(), use_wizard(), use_go());
    let object = refusal.document.and_then(|n| {
        let of = |b: &Bundle| b.documents.get(n).map(|d| format!("{} {}", d.kind(), d.name()));
        wizard.bundle.with_untracked(|b| of(b))
    });
    let refuses = object.map(|object| {
        view! { <p><b>{t.create_review_refuses(object)}</b></p><p class="sm dimmer">{t.create_refused_says()}</p> }
    });
    let at = move |(place, _): (Place, String)| {
        let path = place.path.to_string();
        view! { <button type="button" class="at" on:click=move |_| go.run(place.clone())>{path}</button> }
    };
    view! {
        <div class="refusal">
            {refuses}
            <p class="mono sm said">{refusal.message}</p>
            <div class="row">{refusal.fields.into_iter().map(at).collect_view()}</div>
        </div>
    }
}

/// One object that exists already, while its set does not.
#[component]
fn Half(object: Created) -> impl IntoView {
    let (t, wizard, toasts) = (use_texts(), use_wizard(), use_toasts());
    let Created { kind, name, .. } = object.clone();
    let words = t.create_half(&kind, &name);
    let label = t.create_undo(&kind, &name);
    let undo = Action::new(move |(): &()| {
        let object = object.clone();
        async move {
            match undo_create(vec![object.clone()]).await {
                Ok(()) => {
                    wizard.created.update(|c| c.retain(|o| o.uid != object.uid));
                    toasts.done(t.create_undone(&object.kind, &object.name));
                }
                Err(error) => toasts.failed(t.create_undo_failed(error)),
            }
        }
    });
    let busy = undo.pending();
    view! {
        <Callout tone=Tone::Warn>
            <p>{words}</p>
            <button type="button" class="btn" disabled=move || busy.get() on:click=move |_| { undo.dispatch(()); }>
                <Icon name=IconName::Trash/>{label}</button>
        </Callout>
    }
}
