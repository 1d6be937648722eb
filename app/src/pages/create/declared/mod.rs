//! Fields as they are declared: each kind of value has one way to be drawn.
mod either;
mod lists;

pub(super) use either::{Either, begin};

use super::{bind::Kind, offers, state::use_wizard};
use crate::{
    components::form::{Bind, Fate, SelectField, Standing, TextField, last},
    manifest::{
        Place,
        field::{Field, field},
        fields::{FieldDef, Form, Holds},
    },
    texts::use_texts,
};
use leptos::prelude::*;
use lists::{Pairs, Rows, Words};

/// A group behind its title: drawn when it is opened first, with what is set in it beside the title.
#[component]
pub(super) fn Folded(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] base: Signal<Place>,
    groups: &'static [&'static [FieldDef]],
) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let set = Memo::new(move |_| {
        let bundle = wizard.bundle.read();
        let node = bundle.at(&base.read());
        let there = groups
            .iter()
            .copied()
            .flatten()
            .filter(|f| node.is_some_and(|n| n.below(f.path).is_some()));
        let names: Vec<&str> = there.map(|f| (f.label)(t)).collect();
        names.join(", ")
    });
    let open = RwSignal::new(false);
    // A line of the YAML, or an error in the foot, may lead to a field in here.
    Effect::new(move || {
        let wanted = wizard.wanted.get();
        if wanted.is_some_and(|place| holds(groups, &base.read(), &place)) {
            open.set(true);
        }
    });
    let toggled = move |e: web_sys::Event| {
        let details = event_target::<web_sys::Element>(&e);
        open.set(details.has_attribute("open"));
    };
    view! {
        <details class="advanced" open=move || open.get() on:toggle=toggled>
            <summary><b>{move || title.get()}</b>
                <span class="dimmer sm">{move || if set.read().is_empty() { t.create_advanced_none().to_owned() } else { t.create_advanced_set(set.get()) }}</span></summary>
            <Show when=move || open.get()>
                {groups.iter().map(|fields| view! { <Declared base fields/> }).collect_view()}
            </Show>
        </details>
    }
}

fn holds(groups: &[&[FieldDef]], base: &Place, place: &Place) -> bool {
    let mut fields = groups.iter().copied().flatten();
    fields.any(|f| base.join(f.path).contains(place))
}

/// The fields of a group, below a place.
#[component]
pub(super) fn Declared(base: Signal<Place>, fields: &'static [FieldDef]) -> impl IntoView {
    let plain = |f: &&FieldDef| {
        !matches!(
            f.holds,
            Holds::Words
                | Holds::Integers
                | Holds::Pairs
                | Holds::Rows(..)
                | Holds::Group(_)
                | Holds::Either(_)
        )
    };
    let (short, long): (Vec<_>, Vec<_>) = fields.iter().partition(plain);
    view! {
        <div class="declared">{short.into_iter().map(|f| one(base, f)).collect_view()}</div>
        {long.into_iter().map(|f| one(base, f)).collect_view()}
    }
    .into_any()
}

fn one(base: Signal<Place>, field: &'static FieldDef) -> AnyView {
    let place = Signal::derive(move || base.read().join(field.path));
    match field.holds {
        Holds::Words => view! { <Words place field kind=Kind::Text/> }.into_any(),
        Holds::Integers => view! { <Words place field kind=Kind::Number/> }.into_any(),
        Holds::Pairs => view! { <Pairs place field/> }.into_any(),
        Holds::Rows(fields, start) => view! { <Rows place field fields start/> }.into_any(),
        Holds::Group(fields) => view! { <Group place field><Declared base=place fields/></Group> }.into_any(),
        Holds::Either(variants) => view! { <Either place field variants/> }.into_any(),
        Holds::Flag => view! { <Choice place field values=&["true", "false"]/> }.into_any(),
        Holds::Choice(values) => view! { <Choice place field values/> }.into_any(),
        Holds::Text(_) | Holds::Integer(..) | Holds::Share | Holds::Port | Holds::Quantity => {
            view! { <Line place field/> }.into_any()
        }
    }
}

/// What stands at a place, followed.
fn at(place: Signal<Place>) -> Signal<Field> {
    let wizard = use_wizard();
    Memo::new(move |_| wizard.bundle.with(|b| field(b, place.get()))).into()
}

fn bind(place: Signal<Place>, def: &'static FieldDef) -> Bind {
    let t = use_texts();
    let kind = match def.holds {
        Holds::Text(_) | Holds::Choice(_) => Kind::Optional,
        _ => Kind::OptionalNumber,
    };
    use_wizard()
        .bind(at(place), kind)
        .with_help(def.help.map(|help| help(t)).unwrap_or_default().to_owned())
}

/// Text and numbers; what Kubernetes takes where nothing is written stands there in grey.
#[component]
fn Line(place: Signal<Place>, field: &'static FieldDef) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let offers = Signal::derive(move || match field.holds {
        Holds::Text(Form::Of(source)) => offers::names(wizard, source),
        Holds::Text(Form::KeyOf(source)) => offers::keys(wizard, source, &place.read()),
        _ => Vec::new(),
    });
    view! { <TextField bind=bind(place, field) label=(field.label)(t) path=field.path placeholder=field.default mono=true offers/> }
}

#[component]
fn Choice(place: Signal<Place>, field: &'static FieldDef, values: &'static [&'static str]) -> impl IntoView {
    let t = use_texts();
    let none = if field.default.is_empty() {
        t.code_unset().to_owned()
    } else {
        t.code_unset_default(field.default)
    };
    let named = values
        .iter()
        .filter(|v| !v.is_empty())
        .map(|v| ((*v).to_owned(), (*v).to_owned()));
    let options: Vec<_> = std::iter::once((String::new(), none)).chain(named).collect();
    view! { <SelectField bind=bind(place, field) label=(field.label)(t) path=field.path options=Signal::stored(options)/> }
}

/// A field that is more than one input: its heading, and what changing it does.
#[component]
fn Group(place: Signal<Place>, field: &'static FieldDef, children: Children) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let standing = Memo::new(move |_| wizard.standing(&place.read()));
    let help = field
        .help
        .map(|help| view! { <p class="dimmer sm">{help(t)}</p> });
    let reason = move || match standing.get() {
        Standing::Fixed(_, reason) => Some(view! { <p class="dimmer sm">{reason}</p> }),
        _ => None,
    };
    view! {
        <fieldset disabled=move || matches!(standing.get(), Standing::Fixed(..))>
            <legend class="legend">{(field.label)(t)}<Fate standing/>
                <span class="path" aria-hidden="true" title=field.path>{last(field.path)}</span></legend>
            {help}
            {reason}
            {children()}
        </fieldset>
    }
}
