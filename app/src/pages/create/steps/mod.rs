//! The steps, one file each.
mod access;
mod basics;
mod containers;
mod keys;
mod labels;
mod lists;
mod nth;
mod only;
mod registry;
mod review;
mod service;
mod sets;
mod space;
mod tools;
mod volumes;

pub(crate) use review::CreateButton;

use super::{state::use_wizard, step::Step};
use crate::{
    components::form::Note,
    components::icon::Icon,
    manifest::{Place, form::More},
    texts::use_texts,
};
use leptos::prelude::*;

/// The step of the URL.
#[component]
pub(super) fn Body() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let lead = move |step: Step| match step {
        Step::Basics => t.create_lead_basics().to_owned(),
        Step::Containers => t.create_lead_containers(wizard.name()),
        Step::Volumes => t.create_lead_volumes().to_owned(),
        Step::Service if wizard.is_service() => t.create_lead_access(wizard.form.read().name.text.clone()),
        Step::Service => match wizard.form.read().service_name.text.as_str() {
            "" => t.create_lead_service_none().to_owned(),
            service => t.create_lead_service(wizard.name(), service),
        },
        Step::Labels => t.create_lead_labels().to_owned(),
        Step::Nodes => t.create_lead_nodes().to_owned(),
        Step::Review => t.create_lead_review().to_owned(),
    };
    view! {
        {move || {
            let step = wizard.step.get();
            let body = match step {
                Step::Basics => view! { <basics::Basics/> }.into_any(),
                Step::Containers => view! { <containers::Containers/> }.into_any(),
                Step::Volumes => view! { <volumes::Volumes/> }.into_any(),
                Step::Service if wizard.is_service() => view! { <only::Only/> }.into_any(),
                Step::Service => view! { <service::ServiceStep/> }.into_any(),
                Step::Labels => view! { <labels::Labels/> }.into_any(),
                Step::Nodes => view! { <labels::Nodes/> }.into_any(),
                Step::Review => view! { <review::Review/> }.into_any(),
            };
            view! {
                <sets::Sets/>
                <h1 tabindex="-1">{step.title(t)}</h1>
                <p class="dim">{move || lead(step)}</p>
                {(step != Step::Review).then(|| view! { <super::fixes::Fixes step/> })}
                {body}
            }
        }}
    }
}

/// The root of the StatefulSet's document.
fn set_document() -> Signal<Place> {
    let wizard = use_wizard();
    Signal::derive(move || Place {
        document: wizard.form.read().set.unwrap_or(0),
        ..Place::default()
    })
}

/// "2 more fields are set in YAML", with the way there.
#[component]
fn MoreInYaml(more: Signal<More>) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let count = move || i64::try_from(more.read().keys.len()).unwrap_or(0);
    view! {
        <Show when=move || count() != 0>
            <p class="dimmer sm row">{move || t.create_more(count(), more.read().keys.join(", "))}
                <button type="button" class="btn ghost small" on:click=move |_| wizard.focused.set(Some(more.read_untracked().first.clone()))>
                    {t.create_more_show()}</button></p>
        </Show>
    }
}

/// What is wrong at a place that has no field of its own.
#[component]
fn PlaceNotes(place: Signal<Place>) -> impl IntoView {
    let wizard = use_wizard();
    let notes = Memo::new(move |_| wizard.notes(&place.read()));
    let one = |note: Note| {
        let (class, icon) = note.look();
        view! { <p class=class><Icon name=icon/><span>{note.text}</span></p> }
    };
    view! { <div id=move || place.read().id() tabindex="-1">{move || notes.get().into_iter().map(one).collect_view()}</div> }
}
