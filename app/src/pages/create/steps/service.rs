//! The headless Service that is created with the set.
use super::{MoreInYaml, PlaceNotes, lists::protocols};
use crate::{
    components::{
        form::{AddButton, RemoveButton, SelectField, TextField},
        icon::{Icon, IconName},
    },
    manifest::{
        Edit, EditError, Place, Value, apply, field::Field, fields::SERVICE, form::ServicePortRow, tabs,
    },
    pages::create::{
        bind::Kind,
        declared::Folded,
        state::{Wizard, use_wizard},
    },
    texts::use_texts,
};
use leptos::prelude::*;

#[component]
pub(super) fn ServiceStep() -> impl IntoView {
    let wizard = use_wizard();
    let there = Memo::new(move |_| wizard.form.read().service.is_some());
    let named = wizard.part(|f| Some(f.service_name.place.clone()));
    view! {
        <Show when=move || there.get() fallback=Named>
            <Fields/>
            <Instead/>
            <PlaceNotes place=named/>
        </Show>
        <super::access::Access/>
    }
}

/// The headless Services that the namespace has.
fn headless(wizard: Wizard) -> Vec<String> {
    let offers = wizard.offers.read();
    let all = offers.services.iter().flatten().filter(|s| s.headless);
    all.map(|s| s.name.clone()).collect()
}

/// The set names a Service that is, or will be, in the cluster (CCE-127).
#[component]
fn Named() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let name = wizard.part(|f| Some(f.service_name.clone()));
    let set = Memo::new(move |_| wizard.form.read().set.is_some());
    let lead = move || t.create_no_service(name.read().text.clone());
    let offers = Signal::derive(move || headless(wizard));
    view! {
        <Show when=move || set.get()>
            <div class="card">
                <p class="dim">{lead}</p>
                <TextField bind=wizard.bind(name, Kind::Text) label=t.field_service_name() path="spec.serviceName" mono=true offers/>
            </div>
        </Show>
    }
}

/// The other way: a headless Service of the namespace, in place of the one that would be created.
#[component]
fn Instead() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let all = Memo::new(move |_| headless(wizard));
    let option = |name: String| view! { <option value=name.clone()>{name.clone()}</option> };
    let choose = move |e: web_sys::Event| {
        let name = event_target_value(&e);
        if !name.is_empty() {
            wizard.put(with_service_of(wizard, name));
        }
    };
    view! {
        <Show when=move || !all.read().is_empty()>
            <div class="card field"><label for="instead">{t.create_use_service()}</label>
                <span class="in select"><select id="instead" on:change=choose>
                    <option value="">{t.create_use_service_new()}</option>
                    {move || all.get().into_iter().map(option).collect_view()}
                </select><Icon name=IconName::ChevronDown/></span></div>
        </Show>
    }
}

/// The text with a Service of the namespace as the set's, and without the one that it would have got.
fn with_service_of(wizard: Wizard, name: String) -> Result<String, EditError> {
    let form = wizard.form.get_untracked();
    let named = Edit::Set(form.service_name.place, Value::Text(name));
    let text = apply(&wizard.text.get_untracked(), &named)?;
    let line = form.service.and_then(|s| wizard.first_line(s.document));
    Ok(match line {
        Some(line) => tabs::without_at(&text, line),
        None => text,
    })
}

#[component]
pub(super) fn Fields() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let name = wizard.part(|f| f.service.as_ref().map(|s| s.name.clone()));
    let document = Signal::derive(move || Place {
        document: wizard.form.with(|f| f.service.as_ref().map_or(0, |s| s.document)),
        ..Place::default()
    });
    // None that is written out is shown as the first choice too.
    let affinity = wizard.part(|f| {
        let mut field = f.service.as_ref()?.affinity.clone();
        if field.text == "None" {
            field.text.clear();
        }
        Some(field)
    });
    let affinities = Signal::stored(vec![
        (String::new(), t.create_affinity_none().to_owned()),
        ("ClientIP".to_owned(), t.create_affinity_client().to_owned()),
    ]);
    view! {
        <div class="card">
            <TextField bind=wizard.bind(name, Kind::Text) label=t.field_service_name() path="metadata.name" mono=true/>
            <Ports wizard/>
            <SelectField bind=wizard.bind(affinity, Kind::Optional) label=t.field_affinity() path="spec.sessionAffinity" options=affinities/>
            <Folded title=t.decl_g_service().to_owned() base=document groups=&[SERVICE]/>
            <MoreInYaml more=wizard.part(|f| f.service.as_ref().map(|s| s.more.clone()))/>
        </div>
    }
}

/// A port of a container that the Service does not lead to yet.
type Offer = (String, String, String);

fn offers(wizard: Wizard) -> Vec<Offer> {
    let form = wizard.form.get();
    let rows = form.service.map(|s| s.ports).unwrap_or_default();
    let ports = form
        .containers
        .into_iter()
        .flat_map(|c| c.ports.clone())
        .filter(|p| !p.port.text.is_empty());
    let led = |port: &str, name: &str| {
        rows.iter().any(|r| {
            r.target.text == port
                || (!name.is_empty() && r.target.text == name)
                || (r.target.text.is_empty() && r.port.text == port)
        })
    };
    ports
        .filter(|p| !led(&p.port.text, &p.name.text))
        .map(|p| (p.port.text, p.name.text, p.protocol.text))
        .collect()
}

#[component]
fn Ports(wizard: Wizard) -> impl IntoView {
    let t = use_texts();
    let count = wizard.part(|f| f.service.as_ref().map(|s| s.ports.len()));
    let list = move || {
        Place::new(
            wizard
                .form
                .with_untracked(|f| f.service.as_ref().map_or(0, |s| s.document)),
            "spec.ports",
        )
    };
    let add = Callback::new(move |()| wizard.edit(&Edit::Append(list(), "name: \"\"\nport: \"\"".into())));
    let offered = Memo::new(move |_| offers(wizard));
    let offer = move |(port, name, protocol): Offer| {
        let label = t.create_add_service_port_of(&port);
        let on_click = Callback::new(move |()| {
            let name = if name.is_empty() {
                format!("port-{port}")
            } else {
                name.clone()
            };
            let protocol = if protocol.is_empty() {
                String::new()
            } else {
                format!("\nprotocol: {protocol}")
            };
            wizard.edit(&Edit::Append(
                list(),
                format!("name: {name}\nport: {port}\ntargetPort: {port}{protocol}"),
            ));
        });
        view! { <AddButton label on_click/> }
    };
    view! {
        <fieldset><legend class="legend">{t.create_ports()}<span class="path" aria-hidden="true">"spec.ports"</span></legend>
            <For each=move || 0..count.get() key=|n| *n let:n><Port wizard n/></For>
            <div class="row">
                {move || offered.get().into_iter().map(offer).collect_view()}
                <AddButton label=t.create_add_service_port() on_click=add/>
            </div>
        </fieldset>
    }
}

#[component]
fn Port(wizard: Wizard, n: usize) -> impl IntoView {
    let t = use_texts();
    let field = move |pick: fn(&ServicePortRow) -> &Field| {
        wizard.part(move |f| f.service.as_ref()?.ports.get(n).map(|p| pick(p).clone()))
    };
    let protocol = Signal::derive(move || {
        let mut field = field(|p| &p.protocol).get();
        if field.text == "TCP" {
            field.text.clear();
        }
        field
    });
    let targets = wizard.part(|f| {
        let ports = f
            .containers
            .iter()
            .flat_map(|c| &c.ports)
            .flat_map(|p| [p.port.text.clone(), p.name.text.clone()]);
        Some(ports.filter(|p| !p.is_empty()).collect::<Vec<_>>())
    });
    let place = wizard.part(move |f| f.service.as_ref()?.ports.get(n).map(|p| p.place.clone()));
    let label = move |label: &str| t.field_row_n(label, n + 1);
    view! {
        <div class="fields port">
            <TextField bind=wizard.bind(field(|p| &p.name), Kind::Optional) label=label(t.field_port_name()) placeholder=t.field_port_name() mono=true bare=true/>
            <SelectField bind=wizard.bind(protocol, Kind::Optional) label=label(t.field_protocol()) bare=true options=protocols()/>
            <TextField bind=wizard.bind(field(|p| &p.port), Kind::Number) label=label(t.field_service_port()) placeholder=t.field_service_port() mono=true bare=true/>
            <TextField bind=wizard.bind(field(|p| &p.target), Kind::OptionalNumber) label=label(t.field_target_port()) placeholder=t.field_target_port() mono=true bare=true offers=targets/>
            <RemoveButton label=t.create_remove_service_port(n + 1) on_click=Callback::new(move |()| wizard.edit(&Edit::Remove(place.get_untracked())))/>
        </div>
    }
}
