//! The one Service of a text: of a set that exists. It is the wizard's form, and says what holds for one that is there.
use crate::{
    components::callout::{Callout, Tone},
    manifest::{
        Place,
        fields::{ACCESS, FieldDef},
    },
    pages::create::{
        declared::Declared,
        state::{Wizard, use_wizard},
    },
    texts::use_texts,
};
use leptos::prelude::*;

/// What stands at a path of the Service now.
fn now(wizard: Wizard, path: &str) -> String {
    let place = Place::new(0, path);
    wizard.bundle.with(|b| b.get(&place).to_owned())
}

/// One field of an access Service.
fn only(path: &str) -> &'static [FieldDef] {
    let at = ACCESS.iter().position(|f| f.path == path);
    at.and_then(|n| ACCESS.get(n..=n)).unwrap_or_default()
}

/// Its fields: those of an access Service, or of a headless one.
#[component]
pub(super) fn Only() -> impl IntoView {
    let wizard = use_wizard();
    let base = Signal::stored(Place::new(0, ""));
    let headless = Memo::new(move |_| now(wizard, "spec.clusterIP") == "None");
    let access = move || view! { <section class="card"><Declared base fields=ACCESS/></section> };
    view! {
        <Told headless/>
        <Show when=move || headless.get() fallback=access>
            <super::service::Fields/>
            <section class="card"><Declared base fields=only("spec.selector")/></section>
        </Show>
        <super::PlaceNotes place=Signal::stored(Place::new(0, "spec.selector"))/>
    }
}

/// What is worth knowing of one that exists.
#[component]
fn Told(headless: Memo<bool>) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let governs = Memo::new(move |_| {
        let named = wizard.form.with(|f| f.service_name.text.clone());
        !wizard.is_new() && named == now(wizard, "metadata.name")
    });
    let names = move || {
        let (set, name) = (wizard.form.read().name.text.clone(), now(wizard, "metadata.name"));
        (governs.get() && headless.get())
            .then(|| view! { <Callout tone=Tone::Info>{t.create_only_names(set, name)}</Callout> })
    };
    let address = move || {
        let ip = now(wizard, "spec.clusterIP");
        let fixed = !wizard.is_new() && !headless.get() && !ip.is_empty();
        match (fixed, governs.get()) {
            (false, _) => None,
            (true, false) => Some(view! { <p class="dim">{t.create_only_address(ip)}</p> }.into_any()),
            (true, true) => {
                Some(view! { <Callout tone=Tone::Warn>{t.create_only_anew(ip)}</Callout> }.into_any())
            }
        }
    };
    // Without a word the API server takes Cluster.
    let external = move |text: String| if text == "Local" { text } else { String::new() };
    let moved = Memo::new(move |_| {
        let path = "spec.externalTrafficPolicy";
        let before = wizard.start.with(|s| s.get(&Place::new(0, path)).to_owned());
        !wizard.is_new() && external(before) != external(now(wizard, path))
    });
    view! {
        {names}
        {address}
        <Show when=move || moved.get()><Callout tone=Tone::Warn>{t.create_only_traffic()}</Callout></Show>
    }
}
