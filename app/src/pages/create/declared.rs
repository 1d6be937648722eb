//! Fields as they are declared: each kind of value has one way to be drawn.
use super::{bind::Kind, state::use_wizard};
use crate::{
    components::{
        form::{AddButton, Bind, RemoveButton, SelectField, TextField, last},
        icon::{Icon, IconName},
    },
    manifest::{
        Edit, Place, Value,
        fields::{FieldDef, Holds, NAME_VALUE, Variant, variant},
        form::{Field, field, pairs},
    },
    texts::use_texts,
};
use leptos::prelude::*;

/// A group behind its title: drawn when it is opened first, with what is set in it beside the title.
#[component]
pub(super) fn Folded(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] base: Signal<Place>,
    groups: &'static [&'static [FieldDef]],
) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let set = Memo::new(move |_| {
        let (bundle, base) = (wizard.bundle.read(), base.read());
        let there = groups
            .iter()
            .copied()
            .flatten()
            .filter(|f| bundle.at(&base.join(f.path)).is_some());
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
    let below = |f: &&FieldDef| base.join(f.path).path.contains(&place.path);
    place.document == base.document && groups.iter().copied().flatten().any(|f| below(&f))
}

/// The fields of a group, below a place.
#[component]
pub(super) fn Declared(base: Signal<Place>, fields: &'static [FieldDef]) -> impl IntoView {
    let plain = |f: &&FieldDef| {
        !matches!(
            f.holds,
            Holds::Words
                | Holds::Integers
                | Holds::Names
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
        Holds::Names => view! { <Rows place field fields=&NAME_VALUE[..1] start="name: \"\""/> }.into_any(),
        Holds::Pairs => view! { <Pairs place field/> }.into_any(),
        Holds::Rows(fields, start) => view! { <Rows place field fields start/> }.into_any(),
        Holds::Group(fields) => {
            view! { <fieldset><Legend field/><Declared base=place fields/></fieldset> }.into_any()
        }
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
    let t = use_texts();
    view! { <TextField bind=bind(place, field) label=(field.label)(t) path=field.path placeholder=field.default mono=true/> }
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

/// The heading of a field with rows.
#[component]
fn Legend(field: &'static FieldDef) -> impl IntoView {
    let t = use_texts();
    let help = field
        .help
        .map(|help| view! { <p class="dimmer sm">{help(t)}</p> });
    view! {
        <legend class="legend">{(field.label)(t)}<span class="path" aria-hidden="true" title=field.path>{last(field.path)}</span></legend>
        {help}
    }
}

fn count(place: Signal<Place>) -> Memo<usize> {
    let wizard = use_wizard();
    Memo::new(move |_| {
        wizard.bundle.with(|b| {
            b.at(&place.read())
                .map_or(0, |n| n.items().len().max(n.entries().len()))
        })
    })
}

/// A list of texts or numbers.
#[component]
fn Words(place: Signal<Place>, field: &'static FieldDef, kind: Kind) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let (label, count) = ((field.label)(t), count(place));
    let add =
        Callback::new(move |()| wizard.edit(&Edit::Push(place.get_untracked(), Value::Text(String::new()))));
    let row = move |n: usize| {
        let member = Signal::derive(move || place.read().index(n));
        let remove = Callback::new(move |()| wizard.edit(&Edit::Remove(member.get_untracked())));
        view! {
            <div class="fields word">
                <TextField bind=wizard.bind(at(member), kind) label=t.create_word_n(label, n + 1) mono=true bare=true/>
                <RemoveButton label=t.create_remove_word(n + 1, label) on_click=remove/>
            </div>
        }
    };
    view! {
        <fieldset><Legend field/>
            <For each=move || 0..count.get() key=|n| *n children=row/>
            <AddButton label=t.create_add_word(label) on_click=add/>
        </fieldset>
    }
}

/// A map of texts.
#[component]
fn Pairs(place: Signal<Place>, field: &'static FieldDef) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let (label, count) = ((field.label)(t), count(place));
    let all = Memo::new(move |_| wizard.bundle.with(|b| pairs(b, &place.read())));
    let add = Callback::new(move |()| {
        wizard.edit(&Edit::Insert(
            place.get_untracked(),
            String::new(),
            Value::Text(String::new()),
        ));
    });
    let row = move |n: usize| {
        let entry = move || all.read().get(n).cloned().unwrap_or_default();
        let value = Signal::derive(move || entry().value);
        let key = Signal::derive(move || entry().key);
        let remove = Callback::new(move |()| wizard.edit(&Edit::Remove(place.get_untracked().index(n))));
        view! {
            <div class="fields pair">
                <TextField bind=wizard.bind_key(value, key) label=format!("{label}: {}", t.create_label_key_n(n + 1)) mono=true bare=true/>
                <TextField bind=wizard.bind(value, Kind::Text) label=format!("{label}: {}", t.create_label_value_n(n + 1)) mono=true bare=true/>
                <RemoveButton label=t.create_remove_word(n + 1, label) on_click=remove/>
            </div>
        }
    };
    view! {
        <fieldset><Legend field/>
            <For each=move || 0..count.get() key=|n| *n children=row/>
            <AddButton label=t.create_add_word(label) on_click=add/>
        </fieldset>
    }
}

/// A list of maps, a box each.
#[component]
fn Rows(
    place: Signal<Place>,
    field: &'static FieldDef,
    fields: &'static [FieldDef],
    start: &'static str,
) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let (label, count) = ((field.label)(t), count(place));
    let add = Callback::new(move |()| wizard.edit(&Edit::Append(place.get_untracked(), start.to_owned())));
    let row = move |n: usize| {
        let member = Signal::derive(move || place.read().index(n));
        let remove = Callback::new(move |()| wizard.edit(&Edit::Remove(member.get_untracked())));
        view! {
            <fieldset class="rows"><legend class="vh">{t.field_row_n(label, n + 1)}</legend>
                <Declared base=member fields/>
                <RemoveButton label=t.create_remove_word(n + 1, label) on_click=remove/>
            </fieldset>
        }
    };
    view! {
        <fieldset><Legend field/>
            <For each=move || 0..count.get() key=|n| *n children=row/>
            <AddButton label=t.create_add_word(label) on_click=add/>
        </fieldset>
    }
}

/// One of several shapes; choosing another takes the old one out and begins the new one.
#[component]
pub(super) fn Either(
    place: Signal<Place>,
    field: &'static FieldDef,
    variants: &'static [Variant],
) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let now = Memo::new(move |_| wizard.bundle.with(|b| variant(b, &place.read(), variants)));
    let choose = move |e: web_sys::Event| {
        let wanted = event_target_value(&e);
        let base = place.get_untracked();
        if let Some(old) = now.get_untracked() {
            // Without a handler the rest of a probe or hook means nothing.
            let whole = wanted.is_empty() && !field.path.is_empty();
            wizard.edit(&Edit::Remove(if whole {
                base.clone()
            } else {
                base.join(variants[old].key)
            }));
        }
        for edit in variants
            .iter()
            .filter(|v| v.key == wanted)
            .flat_map(|v| begin(&base, v))
        {
            wizard.edit(&edit);
        }
    };
    let option = move |n: usize| {
        let v = &variants[n];
        view! { <option value=v.key selected=move || now.get() == Some(n)>{(v.label)(t)}</option> }
    };
    let inner = move || {
        let v = now.get().map(|n| &variants[n])?;
        let base = Signal::derive(move || place.read().join(v.key));
        Some(view! { <Declared base fields=v.fields/> })
    };
    view! {
        <fieldset><Legend field/>
            <span class="in select"><select aria-label=(field.label)(t) on:change=choose>
                <option value="" selected=move || now.get().is_none()>{t.code_unset()}</option>
                {(0..variants.len()).map(option).collect_view()}
            </select><Icon name=IconName::ChevronDown/></span>
            {inner}
        </fieldset>
    }
}

/// What is written when a shape is chosen.
pub(super) fn begin(base: &Place, variant: &'static Variant) -> impl Iterator<Item = Edit> {
    let below = base.join(variant.key);
    variant
        .start
        .iter()
        .map(move |(path, value)| match path.strip_suffix("[]") {
            Some(list) => Edit::Push(below.join(list), Value::Text((*value).to_owned())),
            None if value.is_empty() => Edit::Set(below.join(path), Value::Text(String::new())),
            None => Edit::Set(below.join(path), Value::Typed((*value).to_owned())),
        })
}
