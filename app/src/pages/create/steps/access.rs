//! Access Services: through them clients reach the pods, while the headless one only names them.
use crate::{
    components::form::{AddButton, RemoveButton},
    manifest::{
        Place,
        fields::{ACCESS, Scope},
        lint::bases,
        tabs,
    },
    pages::create::{
        declared::Declared,
        state::{Wizard, use_wizard},
    },
    texts::use_texts,
};
use leptos::prelude::*;
use std::fmt::Write as _;

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
        <AddButton label=t.create_add_access() on_click=add/>
    }
}

/// With one more Service: it selects what the headless one selects, on the same ports.
fn with_access(wizard: Wizard) -> String {
    let mut text = wizard.text.get();
    let form = wizard.form.get();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let (name, namespace) = (&form.name.text, &form.namespace.text);
    let _ = write!(
        text,
        "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {name}-access\n  namespace: {namespace}\nspec:\n  type: ClusterIP\n  selector:\n"
    );
    for pair in &form.labels {
        let _ = writeln!(text, "    {}: \"{}\"", pair.key, pair.value.text);
    }
    let ports = form
        .service
        .iter()
        .flat_map(|s| &s.ports)
        .filter(|p| !p.port.text.is_empty());
    for (n, port) in ports.enumerate() {
        let head = if n == 0 { "  ports:\n" } else { "" };
        let _ = write!(
            text,
            "{head}    - name: \"{}\"\n      port: {}\n",
            port.name.text, port.port.text
        );
    }
    text
}

/// Without the document of a place.
fn without(wizard: Wizard, place: &Place) -> String {
    let first = wizard
        .bundle
        .with(|b| b.documents.get(place.document).map(|d| d.lines.start));
    let tabs = tabs::split(&wizard.text.read());
    let lines = tabs::first_lines(&tabs);
    match first.and_then(|first| lines.iter().rposition(|line| *line <= first)) {
        Some(n) => tabs::join(&tabs::without(tabs, n)),
        None => tabs::join(&tabs),
    }
}
