//! Access Services: through them clients reach the pods, while the headless one only names them.
use crate::{
    components::form::{AddButton, RemoveButton},
    manifest::{
        Place,
        fields::{ACCESS, Scope},
        lint::bases,
        preset::{ServiceText, service_document, with_document},
        tabs,
    },
    pages::create::{
        declared::Declared,
        state::{Wizard, use_wizard},
    },
    texts::use_texts,
};
use leptos::prelude::*;

/// The most Services that one click writes.
const MOST: u32 = 50;

#[component]
pub(super) fn Access() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let places = Memo::new(move |_| {
        let bundle = wizard.bundle.read();
        wizard.form.with(|form| bases(&bundle, form, Scope::Access))
    });
    let add = Callback::new(move |()| {
        let text = untrack(|| with_access(wizard));
        wizard.text.set(text);
    });
    let each = Callback::new(move |()| {
        let text = untrack(|| with_each(wizard));
        wizard.text.set(text);
    });
    let card = move |n: usize| {
        let base = Signal::derive(move || places.read().get(n).cloned().unwrap_or_default());
        let name = move || {
            wizard
                .bundle
                .with(|b| b.get(&base.read().join("metadata.name")).to_owned())
        };
        let remove = Callback::new(move |()| {
            let text = untrack(|| without(wizard, &base.read()));
            wizard.text.set(text);
        });
        view! {
            <section class="card" aria-label=move || t.create_access_n(n + 1)>
                <div class="row between"><h2>{name}</h2>
                    <RemoveButton label=Signal::derive(move || t.code_remove(name())) on_click=remove/></div>
                <Declared base fields=ACCESS/>
            </section>
        }
    };
    view! {
        <h2>{t.decl_g_access()}</h2>
        <p class="dim">{t.create_access_help()}</p>
        <For each=move || 0..places.read().len() key=|n| *n children=card/>
        <div class="row">
            <AddButton label=t.create_add_access() on_click=add/>
            <AddButton label=t.create_add_each() on_click=each/>
        </div>
    }
}

/// A Service of a type on the ports of the headless one.
fn service(wizard: Wizard, name: String, kind: &str, selector: Vec<(String, String)>) -> String {
    let form = wizard.form.get();
    let ports = form.service.iter().flat_map(|s| &s.ports);
    service_document(&ServiceText {
        name,
        namespace: form.namespace.text.clone(),
        kind: kind.to_owned(),
        selector,
        ports: ports
            .filter(|p| !p.port.text.is_empty())
            .map(|p| (p.name.text.clone(), p.port.text.clone()))
            .collect(),
    })
}

/// With one more Service: it selects what the headless one selects.
fn with_access(wizard: Wizard) -> String {
    let form = wizard.form.get();
    let labels = form.labels.iter().map(|p| (p.key.clone(), p.value.text.clone()));
    let document = service(
        wizard,
        format!("{}-access", form.name.text),
        "ClusterIP",
        labels.collect(),
    );
    with_document(&wizard.text.read(), &document)
}

/// With a Service for each pod, which selects it by the label that the controller gives it (CCE-148).
fn with_each(wizard: Wizard) -> String {
    let form = wizard.form.get();
    let start = wizard
        .bundle
        .with(|b| {
            b.get(&Place::new(form.set.unwrap_or(0), "spec.ordinals.start"))
                .parse::<u32>()
        })
        .unwrap_or(0);
    let count = form.replicas.text.parse::<u32>().unwrap_or(1).min(MOST);
    (start..start.saturating_add(count)).fold(wizard.text.get(), |text, ordinal| {
        let pod = format!("{}-{ordinal}", form.name.text);
        let selector = vec![("statefulset.kubernetes.io/pod-name".to_owned(), pod.clone())];
        with_document(&text, &service(wizard, pod, "LoadBalancer", selector))
    })
}

/// Without the document of a place.
fn without(wizard: Wizard, place: &Place) -> String {
    let text = wizard.text.get();
    match wizard.first_line(place.document) {
        Some(line) => tabs::without_at(&text, line),
        None => text,
    }
}
