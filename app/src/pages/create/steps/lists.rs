//! The lists of a container: ports, words of a command, variables.
use super::{keys::FromKeys, nth::Nth};
use crate::{
    components::{
        form::{AddButton, Note, Paste, RemoveButton, SelectField, TextField},
        icon::{Icon, IconName},
    },
    manifest::{
        Edit, Value,
        field::Field,
        fields::ENV_SOURCE,
        form::{ContainerForm, EnvRow, PortRow},
        preset::{apply_all, in_shell, is_in_shell, pasted, with_variables, words},
    },
    pages::create::{
        bind::{Kind, settled},
        declared::{Declared, begin},
        state::use_wizard,
    },
    texts::use_texts,
};
use leptos::prelude::*;

/// The protocols of a port; TCP is what Kubernetes takes when none is named.
pub(super) fn protocols() -> Signal<Vec<(String, String)>> {
    let option = |p: &str| (p.to_owned(), p.to_owned());
    Signal::stored(vec![
        (String::new(), "TCP".to_owned()),
        option("UDP"),
        option("SCTP"),
    ])
}

#[component]
pub(super) fn Ports(at: Nth) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let count = at.part(|c| Some(c.ports.len()));
    let add = Callback::new(move |()| {
        wizard.edit(&Edit::Append(
            at.place().key("ports"),
            "containerPort: \"\"".into(),
        ))
    });
    view! {
        <fieldset><legend class="legend">{t.create_ports()}</legend>
            <For each=move || 0..count.get() key=|n| *n let:n><Port at n/></For>
            <AddButton label=t.create_add_port() on_click=add/>
        </fieldset>
    }
}

#[component]
fn Port(at: Nth, n: usize) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let row = settled(at.part(move |c| c.ports.get(n).cloned()));
    let field = move |pick: fn(&PortRow) -> &Field| Signal::derive(move || pick(&row.read()).clone());
    let label = move |label: &str| t.field_row_n(label, n + 1);
    // TCP that is written out is shown as the first choice too, which nobody has made.
    let protocol = Signal::derive(move || {
        let mut field = row.read().protocol.clone();
        if field.text == "TCP" {
            field.text.clear();
            field.set = false;
        }
        field
    });
    view! {
        <div class="fields port">
            <TextField bind=wizard.bind(field(|p| &p.name), Kind::Optional) label=label(t.field_port_name()) placeholder=t.field_port_name() mono=true bare=true/>
            <SelectField bind=wizard.bind(protocol, Kind::Optional) label=label(t.field_protocol()) bare=true options=protocols()/>
            <TextField bind=wizard.bind(field(|p| &p.port), Kind::Number) label=label(t.field_port()) placeholder=t.field_port() mono=true bare=true/>
            <TextField bind=wizard.bind(field(|p| &p.host_port), Kind::OptionalNumber) label=label(t.field_host_port()) placeholder=t.field_host_port() mono=true bare=true/>
            <RemoveButton label=t.create_remove_port(n + 1) on_click=Callback::new(move |()| wizard.edit(&Edit::Remove(row.with_untracked(|r| r.place.clone()))))/>
        </div>
    }
}

/// A list of words: a command or its arguments, each taken as it is, commas and all.
#[component]
pub(super) fn Words(
    at: Nth,
    key: &'static str,
    label: &'static str,
    help: &'static str,
    pick: fn(&ContainerForm) -> &Vec<Field>,
) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let count = at.part(move |c| Some(pick(c).len()));
    let add =
        Callback::new(move |()| wizard.edit(&Edit::Push(at.place().key(key), Value::Text(String::new()))));
    let on_take = Callback::new(move |line: String| {
        let Some(words) = words(&line) else {
            return Some(Note {
                text: t.create_paste_words_open().to_owned(),
                warning: false,
            });
        };
        let pushed = words
            .into_iter()
            .map(|w| Edit::Push(at.place().key(key), Value::Text(w)));
        wizard.put(apply_all(&wizard.text.get_untracked(), pushed));
        None
    });
    let row = move |n: usize| {
        let field = at.part(move |c| pick(c).get(n).cloned());
        let remove =
            Callback::new(move |()| wizard.edit(&Edit::Remove(field.with_untracked(|f| f.place.clone()))));
        view! {
            <div class="fields word">
                <TextField bind=wizard.bind(field, Kind::Text) label=t.create_word_n(label, n + 1) mono=true bare=true/>
                <RemoveButton label=t.create_remove_word(n + 1, label) on_click=remove/>
            </div>
        }
    };
    view! {
        <fieldset><legend class="legend">{label}<span class="path" aria-hidden="true">{key}</span></legend>
            <p class="dimmer sm">{help}</p>
            <For each=move || 0..count.get() key=|n| *n children=row/>
            <AddButton label=t.create_add_word(label) on_click=add/>
            <Paste label=t.create_paste_words(label) help=t.create_paste_words_help() take=t.create_paste_words_take() on_take/>
        </fieldset>
    }
}

/// The rule by which command and arguments override the image's (CCE-47), and the way into a shell (CCE-48).
#[component]
pub(super) fn Effective(at: Nth) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let given = at.part(|c| {
        let texts = |fields: &[Field]| fields.iter().map(|f| f.text.clone()).collect::<Vec<_>>();
        Some((texts(&c.command), texts(&c.args)))
    });
    let rule = move || match given.with(|(command, args)| (command.is_empty(), args.is_empty())) {
        (true, true) => t.create_runs_image(),
        (true, false) => t.create_runs_args(),
        (false, true) => t.create_runs_command(),
        (false, false) => t.create_runs_both(),
    };
    let may = Memo::new(move |_| given.with(|(command, _)| !command.is_empty() && !is_in_shell(command)));
    let wrap = Callback::new(move |()| {
        let (command, args) = given.get_untracked();
        let script = in_shell(&[command.clone(), args.clone()].concat());
        let (place, text) = (at.place(), wizard.text.get_untracked());
        let gone = [("args", args.is_empty()), ("command", false)];
        let gone = gone
            .iter()
            .filter(|(_, none)| !none)
            .map(|(key, _)| Edit::Remove(place.key(key)));
        let new = script.iter().flatten();
        let new = new.map(|w| Edit::Push(place.key("command"), Value::Text(w.clone())));
        if script.is_some() {
            wizard.put(apply_all(&text, gone.chain(new)));
        }
    });
    view! {
        <div class="row"><span class="dimmer sm" role="status">{rule}</span>
            <Show when=move || may.get()><AddButton label=t.create_wrap_shell() on_click=wrap/></Show></div>
    }
}

#[component]
pub(super) fn Env(at: Nth) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let count = at.part(|c| Some(c.env.len()));
    let add = Callback::new(move |()| {
        wizard.edit(&Edit::Append(
            at.place().key("env"),
            "name: \"\"\nvalue: \"\"".into(),
        ))
    });
    let on_take = Callback::new(move |text: String| {
        let found = pasted(&text);
        let container = at.form.get_untracked();
        wizard.put(
            wizard
                .bundle
                .with_untracked(|b| with_variables(b, &container, &found.variables)),
        );
        let odd = found
            .odd
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ");
        let doubled = found.doubled.join(", ");
        let said = [
            (!odd.is_empty()).then(|| t.create_paste_env_odd(odd)),
            (!doubled.is_empty()).then(|| t.create_paste_env_doubled(doubled)),
        ];
        let text = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(Note { text, warning: true })
    });
    view! {
        <fieldset><legend class="legend">{t.create_env()}<span class="path" aria-hidden="true">"env"</span></legend>
            <For each=move || 0..count.get() key=|n| *n let:n><Variable at n/></For>
            <AddButton label=t.create_add_env() on_click=add/>
            <Paste label=t.create_paste_env() help=t.create_paste_env_help() take=t.create_paste_env_take() placeholder="NAME=value" on_take/>
            <FromKeys at/>
        </fieldset>
    }
}

#[component]
fn Variable(at: Nth, n: usize) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let row = settled(at.part(move |c| c.env.get(n).cloned()));
    let field = move |pick: fn(&EnvRow) -> &Field| Signal::derive(move || pick(&row.read()).clone());
    let label = move |label: &str| t.field_row_n(label, n + 1);
    let (name, value) = (
        wizard.bind(field(|e| &e.name), Kind::Text),
        wizard.bind(field(|e| &e.value), Kind::Text),
    );
    view! {
        <div class="fields pair">
            <TextField bind=name label=label(t.field_variable()) placeholder=t.field_variable() mono=true bare=true/>
            <Show when=move || !row.read().from_elsewhere fallback=move || view! { <span class="dimmer sm">{t.create_from_elsewhere()}</span> }>
                <TextField bind=value label=label(t.field_value()) placeholder=t.field_value() mono=true bare=true/>
            </Show>
            <RemoveButton label=t.create_remove_env(n + 1) on_click=Callback::new(move |()| wizard.edit(&Edit::Remove(row.with_untracked(|r| r.place.clone()))))/>
            <Source row label=label(t.field_variable())/>
        </div>
    }
}

/// Where a variable comes from, if not from the text beside its name.
#[component]
fn Source(row: Signal<EnvRow>, label: String) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let now = Memo::new(move |_| row.read().source);
    let choose = move |e: web_sys::Event| {
        let wanted = event_target_value(&e);
        let EnvRow {
            place,
            from_elsewhere,
            ..
        } = row.get_untracked();
        let old = if from_elsewhere { "valueFrom" } else { "value" };
        wizard.edit(&Edit::Remove(place.key(old)));
        match ENV_SOURCE.iter().find(|v| v.key == wanted) {
            Some(v) => begin(&place, v).for_each(|edit| wizard.edit(&edit)),
            None => wizard.edit(&Edit::Set(place.key("value"), Value::Text(String::new()))),
        }
    };
    let option = move |n: usize| {
        let v = &ENV_SOURCE[n];
        view! { <option value=v.key selected=move || now.get() == Some(n)>{(v.label)(t)}</option> }
    };
    let inner = move || {
        let v = now.get().map(|n| &ENV_SOURCE[n])?;
        let base = Signal::derive(move || row.read().place.join(v.key));
        Some(view! { <Declared base fields=v.fields/> })
    };
    view! {
        <div class="source">
            <span class="in select"><select aria-label=format!("{label}: {}", t.code_source()) on:change=choose>
                <option value="" selected=move || now.get().is_none()>{t.field_value()}</option>
                {(0..ENV_SOURCE.len()).map(option).collect_view()}
            </select><Icon name=IconName::ChevronDown/></span>
            {inner}
        </div>
    }
}
