//! Fields that have one of several shapes.
use super::{Declared, Group};
use crate::{
    components::icon::{Icon, IconName},
    manifest::{
        Edit, Place, Value,
        fields::{FieldDef, Variant, variant},
    },
    pages::create::state::use_wizard,
    texts::use_texts,
};
use leptos::prelude::*;

/// One of several shapes; choosing another takes the old one out and begins the new one.
#[component]
pub(crate) fn Either(
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
        <Group place field>
            <span class="in select"><select aria-label=(field.label)(t) on:change=choose>
                <option value="" selected=move || now.get().is_none()>{t.code_unset()}</option>
                {(0..variants.len()).map(option).collect_view()}
            </select><Icon name=IconName::ChevronDown/></span>
            {inner}
        </Group>
    }
}

/// What is written when a shape is chosen.
pub(crate) fn begin(base: &Place, variant: &'static Variant) -> impl Iterator<Item = Edit> {
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
