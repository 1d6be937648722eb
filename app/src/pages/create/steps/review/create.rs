//! The button that creates.
use crate::{
    api::create::create_bundle,
    model::create::{Order, Outcome},
    pages::create::{
        answer::Answer,
        draft,
        state::{Wizard, use_wizard},
        step::Step,
        target::Target,
        typing::read,
    },
    paths,
    texts::use_texts,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// What is asked for now. What names no namespace goes where the wizard began.
pub(super) fn order(wizard: Wizard) -> Order {
    let named = wizard.form.with_untracked(|f| f.namespace.text.clone());
    let begun = || wizard.fresh.with_value(|text| read(text).0);
    let home = || begun().documents.first().map(|d| d.namespace().to_owned());
    Order {
        text: wizard.text.get_untracked(),
        namespace: Some(named)
            .filter(|n| !n.is_empty())
            .or_else(home)
            .unwrap_or_default(),
        kept: wizard.created.get_untracked(),
        last_key_counts: wizard.last_key_counts.get_untracked(),
    }
}

/// The page of what was created: the set's, or its namespace where there was none.
fn created_at(wizard: Wizard, created: &Outcome) -> String {
    if wizard.is_service() {
        return wizard.target.with_value(Target::back);
    }
    let set = created.created.iter().find(|c| c.kind == "StatefulSet");
    let named = set.map(|c| paths::set(&c.namespace, &c.name));
    let form = || {
        wizard
            .form
            .with_untracked(|f| f.set.map(|_| paths::set(&f.namespace.text, &f.name.text)))
    };
    named.or_else(form).unwrap_or_else(|| {
        let bundle = wizard.bundle.read_untracked();
        paths::list_of(bundle.documents.first().map_or("", |d| d.namespace()))
    })
}

/// The button in the foot of the review. Only a text that cannot be read, and what the cluster says, keep it from
/// being pressed.
#[component]
pub(crate) fn CreateButton(
    /// What forgets the draft, where it is not the wizard's own.
    #[prop(optional)]
    done: Option<Callback<()>>,
) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let navigate = use_navigate();
    let create = Action::new(move |(): &()| {
        let (order, navigate) = (order(wizard), navigate.clone());
        async move {
            match create_bundle(order).await {
                Ok(outcome) if outcome.refused.is_empty() => {
                    done.map_or_else(draft::forget, |done| done.run(()));
                    navigate(&created_at(wizard, &outcome), Default::default());
                }
                Ok(outcome) => {
                    wizard.created.update(|c| c.extend(outcome.created.clone()));
                    wizard.answer.set(Answer::of(outcome));
                }
                Err(error) => wizard.answer.set(Answer::failed(&error)),
            }
        }
    });
    let busy = create.pending();
    let blocked = Memo::new(move |_| {
        let answer = wizard.answer.read();
        let doubled = answer.outcome.as_ref().is_some_and(|o| !o.doubled.is_empty());
        wizard.broken.read().is_some()
            || !answer.refused.is_empty()
            || (doubled && !wizard.last_key_counts.get())
    });
    let label = move || {
        if busy.get() {
            t.create_creating().to_owned()
        } else {
            t.create_create(wizard.name())
        }
    };
    view! {
        <Show when=move || wizard.step.get() == Step::Review>
            <button type="button" class="btn primary" disabled=move || busy.get() || blocked.get() on:click=move |_| { create.dispatch(()); }>
                {label}</button>
        </Show>
    }
}
