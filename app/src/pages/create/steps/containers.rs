//! The containers: a card each.
use super::{
    MoreInYaml, PlaceNotes,
    lists::{Effective, Env, Ports, Words},
    nth::{Nth, list},
    registry::NewPullSecret,
    set_document,
    tools::{Extended, Logs},
};
use crate::{
    components::{
        form::{AddButton, QuantityField, RemoveButton, SelectField, TextField},
        icon::{Icon, IconName},
    },
    manifest::{
        Edit, Place, default,
        fields::{CONTAINER, HOOKS, IMAGES, PROBES, SECURITY},
    },
    model::offers::Limits,
    pages::create::{
        bind::Kind,
        declared::{Declared, Folded},
        state::use_wizard,
    },
    texts::use_texts,
};
use leptos::prelude::*;

/// Six letters or digits for a generated name; the browser's own randomness.
fn random() -> String {
    const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    (0..6)
        .map(|_| char::from(LETTERS[(js_sys::Math::random() * 36.0) as usize % 36]))
        .collect()
}

#[component]
pub(super) fn Containers() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let place = Signal::derive(move || set_document().read().join("spec.template.spec.containers"));
    view! {
        <List init=false label=t.create_add_container()/>
        <PlaceNotes place/>
        <List init=true label=t.create_add_init()/>
        <Show when=move || wizard.form.read().set.is_some()>
            <div class="card"><Declared base=set_document() fields=IMAGES/><NewPullSecret/></div>
        </Show>
    }
}

/// So many containers are all open.
const FEW: usize = 3;

#[component]
fn List(init: bool, label: &'static str) -> impl IntoView {
    let wizard = use_wizard();
    let path = if init {
        "spec.template.spec.initContainers"
    } else {
        "spec.template.spec.containers"
    };
    let document = set_document();
    // Of many containers the first is open, and one that was added by hand.
    let added = StoredValue::new(None::<usize>);
    let open = move |n: usize| {
        let total = wizard.form.with_untracked(|f| f.containers.len() + f.init.len());
        total <= FEW || n == 0 && !init || added.get_value() == Some(n)
    };
    let add = Callback::new(move |()| {
        let place = document.read_untracked().join(path);
        added.set_value(Some(wizard.form.with_untracked(|f| list(f, init).len())));
        wizard.edit(&Edit::Append(place, default::container(&random())));
    });
    let count = move || list(&wizard.form.read(), init).len();
    view! {
        <For each=move || 0..count() key=|n| *n let:n><Card at=Nth::new(wizard, init, n) open=RwSignal::new(open(n))/></For>
        <AddButton label on_click=add/>
    }
}

#[component]
fn Card(at: Nth, open: RwSignal<bool>) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let name = at.field(|c| &c.name);
    let title = Signal::derive(move || {
        let name = name.read();
        if name.text.is_empty() {
            t.create_container_n(at.n + 1)
        } else {
            name.text.clone()
        }
    });
    let remove = Callback::new(move |()| wizard.edit(&Edit::Remove(at.place())));
    // A line of the YAML, or an error in the foot, may lead to a field in here.
    let place = at.part(|c| Some(c.place.clone()));
    Effect::new(move || {
        if wizard
            .wanted
            .with(|w| w.as_ref().is_some_and(|w| place.read().contains(w)))
        {
            open.set(true);
        }
    });
    view! {
        // With its number: two of the same name are an error, but must still be told apart.
        <section class="card" aria-label=move || format!("{} {}", t.create_container_n(at.n + 1), name.read().text)>
            <div class="row between"><h2>{move || title.get()}</h2>
                <div class="row"><Folding at place open/><span class="tag">{if at.init { t.create_init_container() } else { t.create_container() }}</span>
                    <Show when=move || at.init || wizard.form.read().containers.len() != 1>
                        <RemoveButton label=Signal::derive(move || t.create_remove_container(title.get())) on_click=remove/></Show></div></div>
            <Show when=move || open.get()><Body at/></Show>
        </section>
    }
}

/// Opens and folds a card; of a folded one the image is told, and how much in it is to correct.
#[component]
fn Folding(at: Nth, place: Signal<Place>, open: RwSignal<bool>) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let image = at.field(|c| &c.image);
    let errors = Memo::new(move |_| {
        let (place, told) = (place.read(), wizard.told_errors());
        i64::try_from(told.iter().filter(|p| place.contains(p)).count()).unwrap_or(0)
    });
    let title = move || t.create_container_fields(at.n + 1);
    view! {
        <Show when=move || !open.get()>
            <span class="mono sm dimmer">{move || image.read().text.clone()}</span>
            <Show when=move || errors.get() != 0><span class="err">{move || t.create_to_correct(errors.get())}</span></Show>
        </Show>
        <button type="button" class="btn ghost icon fold" aria-label=title title=title
            aria-expanded=move || if open.get() { "true" } else { "false" }
            on:click=move |_| open.update(|o| *o = !*o)><Icon name=IconName::ChevronDown/></button>
    }
}

#[component]
fn Body(at: Nth) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let policies = Signal::derive(move || {
        let named = ["Always", "IfNotPresent", "Never"].map(|p| (p.to_owned(), p.to_owned()));
        std::iter::once((String::new(), t.field_pull_default().to_owned()))
            .chain(named)
            .collect::<Vec<_>>()
    });
    view! {
        <TextField bind=wizard.bind(at.field(|c| &c.image), Kind::Text) label=t.field_image() path="image" mono=true/>
        <div class="grid2">
            <TextField bind=wizard.bind(at.field(|c| &c.name), Kind::Text) label=t.field_container_name() path="name" mono=true/>
            <SelectField bind=wizard.bind(at.field(|c| &c.pull_policy), Kind::Optional) label=t.field_pull_policy()
                path="imagePullPolicy" options=policies/>
        </div>
        <Resources at/>
        <Ports at/>
        <Advanced at/>
        <Further at/>
        <MoreInYaml more=at.part(|c| Some(c.more.clone()))/>
    }
}

/// Units of CPU: thousandths, and whole cores.
const CPU: &[&str] = &["m", ""];
/// Units of memory.
const MEMORY: &[&str] = &["Mi", "Gi", "Ti", "M", "G"];

#[component]
fn Resources(at: Nth) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let bind = |pick, given: fn(&Limits) -> &String| {
        let field = at.field(pick);
        let bind = wizard.bind(field, Kind::OptionalNumber);
        // What the cluster would write into the pods (KS-58).
        bind.with_help(Signal::derive(move || {
            let offers = wizard.offers.read();
            let given = offers
                .limits
                .as_ref()
                .map(given)
                .filter(|q| !q.is_empty() && !field.read().set);
            given.map(|q| t.create_limit_gives(q)).unwrap_or_default()
        }))
    };
    view! {
        <fieldset><legend class="legend">{t.create_resources()}</legend>
            <div class="grid4">
                <QuantityField bind=bind(|c| &c.cpu_request, |l| &l.cpu_request) label=t.field_cpu_request() units=CPU/>
                <QuantityField bind=bind(|c| &c.cpu_limit, |l| &l.cpu_limit) label=t.field_cpu_limit() units=CPU/>
                <QuantityField bind=bind(|c| &c.memory_request, |l| &l.memory_request) label=t.field_memory_request() units=MEMORY/>
                <QuantityField bind=bind(|c| &c.memory_limit, |l| &l.memory_limit) label=t.field_memory_limit() units=MEMORY/>
            </div>
            <Extended at/>
        </fieldset>
    }
}

/// Command, arguments and environment, folded until one wants them.
#[component]
fn Advanced(at: Nth) -> impl IntoView {
    let t = use_texts();
    let counts = at.part(|c| Some((c.command.len(), c.args.len(), c.env.len())));
    let summary = move || {
        let (command, args, env) = counts.get();
        let named = [
            (command, t.create_command()),
            (args, t.create_args()),
            (env, t.create_env()),
        ];
        let set: Vec<_> = named
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, name)| format!("{name} ({n})"))
            .collect();
        if set.is_empty() {
            t.create_advanced_none().to_owned()
        } else {
            t.create_advanced_set(set.join(", "))
        }
    };
    let open = at
        .wizard
        .form
        .with_untracked(|f| list(f, at.init).get(at.n).is_some_and(|c| c.has_advanced()));
    view! {
        <details class="advanced" open=open>
            <summary><h3>{t.create_advanced()}</h3><span class="dimmer sm">{summary}</span></summary>
            <Words at key="command" label=t.create_command() help=t.create_command_help() pick=|c| &c.command/>
            <Words at key="args" label=t.create_args() help=t.create_args_help() pick=|c| &c.args/>
            <Effective at/>
            <Env at/>
            <Logs at/>
        </details>
    }
}

/// Everything that is declared for a container, folded by subject.
#[component]
fn Further(at: Nth) -> impl IntoView {
    let t = use_texts();
    let base = at.part(|c| Some(c.place.clone()));
    view! {
        <Folded title=t.decl_g_probes().to_owned() base groups=&[PROBES]/>
        <Folded title=t.decl_g_hooks().to_owned() base groups=&[HOOKS]/>
        <Folded title=t.decl_g_security().to_owned() base groups=&[SECURITY]/>
        <Folded title=t.decl_g_container().to_owned() base groups=&[CONTAINER]/>
    }
}
