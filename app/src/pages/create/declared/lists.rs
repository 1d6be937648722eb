//! Fields that hold several values: lists, maps, rows.
use super::{Declared, Group, at};
use crate::{
    components::form::{AddButton, RemoveButton, TextField},
    manifest::{Edit, Place, Value, field::pairs, fields::FieldDef},
    pages::create::{bind::Kind, state::use_wizard},
    texts::use_texts,
};
use leptos::prelude::*;

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
pub(super) fn Words(place: Signal<Place>, field: &'static FieldDef, kind: Kind) -> impl IntoView {
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
        <Group place field>
            <For each=move || 0..count.get() key=|n| *n children=row/>
            <AddButton label=t.create_add_word(label) on_click=add/>
        </Group>
    }
}

/// A map of texts.
#[component]
pub(super) fn Pairs(place: Signal<Place>, field: &'static FieldDef) -> impl IntoView {
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
        <Group place field>
            <For each=move || 0..count.get() key=|n| *n children=row/>
            <AddButton label=t.create_add_word(label) on_click=add/>
        </Group>
    }
}

/// A list of maps, a box each.
#[component]
pub(super) fn Rows(
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
        <Group place field>
            <For each=move || 0..count.get() key=|n| *n children=row/>
            <AddButton label=t.create_add_word(label) on_click=add/>
        </Group>
    }
}
