//! Labels of the set and its pods, and the node selector: both are maps of strings.
use super::{PlaceNotes, set_document};
use crate::{
    components::form::{AddButton, RemoveButton, TextField},
    manifest::{
        Edit, Place, Value,
        field::Pair,
        fields::{ANNOTATIONS, DNS, POD, POD_SECURITY, SCHEDULING},
        form::StatefulSetForm,
    },
    model::create::NodeChoice,
    pages::create::{
        bind::Kind,
        declared::{Declared, Folded},
        offers,
        state::{Wizard, use_wizard},
    },
    texts::use_texts,
};
use leptos::prelude::*;

/// Where a map of the form is read.
type Pick = fn(&StatefulSetForm) -> &Vec<Pair>;

#[component]
pub(super) fn Labels() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let selector = wizard.part(|f| f.set.map(|s| Place::new(s, "spec.selector.matchLabels")));
    let service = wizard.part(|f| {
        f.service
            .as_ref()
            .map(|s| Place::new(s.document, "spec.selector"))
    });
    let selected = Memo::new(move |_| {
        let bundle = wizard.bundle.read();
        bundle
            .at(&selector.read())
            .map(|n| n.entries().iter().map(|e| e.key.clone()).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let hint = move || selected.read().join(", ");
    view! {
        <div class="card">
            <Pairs wizard path="spec.template.metadata.labels" pick=|f| &f.labels offers=Signal::default()/>
            <p class="dimmer sm"><span class="mono">{hint}</span>" · "{t.create_label_selected()}</p>
            <PlaceNotes place=selector/>
            <PlaceNotes place=service/>
        </div>
        <div class="card"><Declared base=set_document() fields=ANNOTATIONS/></div>
    }
}

#[component]
pub(super) fn Nodes() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let nodes = StoredValue::new(wizard.choices.with_value(|c| c.nodes.clone()));
    let labels = offers::of_nodes(wizard, |n| n.labels.clone());
    let matching = move || {
        let form = wizard.form.read();
        let wanted = &form.node_selector;
        let fits = |node: &NodeChoice| {
            wanted
                .iter()
                .all(|w| node.labels.iter().any(|(k, v)| *k == w.key && *v == w.value.text))
        };
        let count = nodes.with_value(|n| n.as_ref().map(|n| n.iter().filter(|n| fits(n)).count()));
        match count {
            None => t.create_nodes_forbidden().to_owned(),
            Some(0) => t.create_node_none().to_owned(),
            Some(n) => t.create_node_matches(i64::try_from(n).unwrap_or(0)),
        }
    };
    view! {
        <div class="card">
            <Pairs wizard path="spec.template.spec.nodeSelector" pick=|f| &f.node_selector offers=Signal::stored(labels)/>
            <p class="dimmer sm">{matching}</p>
        </div>
        <div class="card">
            <Presets/>
            <Taints/>
            <Folded title=t.decl_g_scheduling().to_owned() base=set_document() groups=&[SCHEDULING]/>
            <Folded title=t.decl_g_pod().to_owned() base=set_document() groups=&[POD]/>
            <Folded title=t.decl_g_pod_security().to_owned() base=set_document() groups=&[POD_SECURITY]/>
            <Folded title=t.decl_g_dns().to_owned() base=set_document() groups=&[DNS]/>
        </div>
    }
}

/// The rows of a map.
#[component]
fn Pairs(
    wizard: Wizard,
    path: &'static str,
    pick: Pick,
    offers: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let t = use_texts();
    let count = wizard.part(move |f| Some(pick(f).len()));
    let add = Callback::new(move |()| {
        let place = Place::new(wizard.form.with_untracked(|f| f.set.unwrap_or(0)), path);
        wizard.edit(&Edit::Insert(place, String::new(), Value::Text(String::new())));
    });
    view! {
        <fieldset><legend class="vh">{path}</legend>
            <For each=move || 0..count.get() key=|n| *n let:n><Row wizard n pick offers/></For>
            <AddButton label=t.create_add_label() on_click=add/>
        </fieldset>
    }
}

#[component]
fn Row(wizard: Wizard, n: usize, pick: Pick, offers: Signal<Vec<(String, String)>>) -> impl IntoView {
    let t = use_texts();
    let pair = wizard.part(move |f| pick(f).get(n).cloned());
    let field = Signal::derive(move || pair.read().value.clone());
    let key = Signal::derive(move || pair.read().key.clone());
    let keys = Signal::derive(move || {
        let mut keys: Vec<String> = offers.read().iter().map(|(k, _)| k.clone()).collect();
        keys.dedup();
        keys
    });
    let values = Signal::derive(move || {
        offers
            .read()
            .iter()
            .filter(|(k, _)| *k == *key.read())
            .map(|(_, v)| v.clone())
            .collect::<Vec<_>>()
    });
    let mut value = wizard.bind(field, Kind::Text);
    let key = wizard.bind_key(field, key);
    // What is wrong with a pair stands once, under its key.
    value.notes = Signal::default();
    let remove =
        Callback::new(move |()| wizard.edit(&Edit::Remove(field.with_untracked(|f| f.place.clone()))));
    view! {
        <div class="fields pair">
            <TextField bind=key label=t.create_label_key_n(n + 1) mono=true bare=true offers=keys/>
            <TextField bind=value label=t.create_label_value_n(n + 1) mono=true bare=true offers=values/>
            <RemoveButton label=t.create_remove_label(n + 1) on_click=remove/>
        </div>
    }
}

/// Taints of the nodes, each tolerated by a click (CCE-175), and what the runtime costs (CCE-19).
#[component]
fn Taints() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let taints = offers::of_nodes(wizard, |n| n.taints.clone());
    let one = move |taint: String| {
        let label = t.create_tolerate(&taint);
        let on_click = Callback::new(move |()| {
            let list = set_document()
                .get_untracked()
                .join("spec.template.spec.tolerations");
            wizard.edit(&Edit::Append(list, toleration(&taint)));
        });
        view! { <AddButton label on_click/> }
    };
    let runtime = move || {
        let name = wizard.bundle.with(|b| {
            b.get(&set_document().read().join("spec.template.spec.runtimeClassName"))
                .to_owned()
        });
        let found = wizard.choices.with_value(|c| {
            let found = c.runtime_classes.iter().flatten().find(|r| r.name == name);
            found.map(|r| r.overhead.clone())
        });
        let cost = found.filter(|cost| !cost.is_empty());
        cost.map(|cost| view! { <p class="dimmer sm">{t.create_runtime_overhead(name, cost)}</p> })
    };
    view! { <div class="row">{taints.into_iter().map(one).collect_view()}</div>{runtime} }
}

/// The toleration of a taint that is written as `kubectl taint` does.
fn toleration(taint: &str) -> String {
    let (rest, effect) = taint.rsplit_once(':').unwrap_or((taint, ""));
    match rest.split_once('=') {
        Some((key, value)) => format!("key: {key}\noperator: Equal\nvalue: \"{value}\"\neffect: {effect}"),
        None => format!("key: {rest}\noperator: Exists\neffect: {effect}"),
    }
}

/// The two rules that most sets want, as one click each (KS-81): away from each other, or close together.
#[component]
fn Presets() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let add = move |kind: &'static str, weight: u8| {
        let labels = wizard.form.with_untracked(|f| {
            let lines = f
                .labels
                .iter()
                .map(|p| format!("\n      {}: \"{}\"", p.key, p.value.text));
            lines.collect::<String>()
        });
        let term = format!(
            "weight: {weight}\npodAffinityTerm:\n  topologyKey: kubernetes.io/hostname\n  labelSelector:\n    matchLabels:{labels}"
        );
        let list = set_document().get_untracked().join(&format!(
            "spec.template.spec.affinity.{kind}.preferredDuringSchedulingIgnoredDuringExecution"
        ));
        wizard.edit(&Edit::Append(list, term));
    };
    view! {
        <div class="row">
            <span class="dim">{t.create_presets()}</span>
            <button type="button" class="btn small" on:click=move |_| add("podAntiAffinity", 100)>{t.create_spread()}</button>
            <button type="button" class="btn small" on:click=move |_| add("podAffinity", 100)>{t.create_pack()}</button>
        </div>
    }
}
