//! Numbers: with − and +, and with a unit.
use super::{Bind, Frame};
use crate::{
    components::icon::{Icon, IconName},
    texts::use_texts,
};
use leptos::{ev, prelude::*};

/// A whole number with − and +, which the arrows of the keyboard are too. What is typed stands as it is, right or wrong.
#[component]
pub fn NumberField(
    bind: Bind,
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] path: String,
    /// What stands for an absent value when − or + is pressed.
    absent: i64,
    least: i64,
) -> impl IntoView {
    let t = use_texts();
    let step = move |by: i64| {
        let now = bind.value.get_untracked().parse().unwrap_or(absent);
        bind.focus.run(());
        bind.input.run((now + by).max(least).to_string());
    };
    let arrows = move |e: ev::KeyboardEvent| {
        let by = match e.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            _ => return,
        };
        e.prevent_default();
        step(by);
    };
    let at_least = move || bind.value.get().parse().unwrap_or(absent) <= least;
    view! {
        <Frame bind label path bare=false>
            <span class=move || bind.class("in number")>
                <button type="button" class="btn ghost icon small" tabindex="-1" aria-label=t.field_fewer() disabled=move || at_least() || bind.locked() on:click=move |_| step(-1)>
                    <Icon name=IconName::Minus/></button>
                <input id=move || bind.id.get() class="num" inputmode="numeric" autocomplete="off" disabled=move || bind.locked()
                    prop:value=move || bind.value.get() value=move || bind.value.get_untracked()
                    aria-invalid=move || bind.invalid() aria-describedby=move || bind.described_by()
                    on:input=move |e| bind.input.run(event_target_value(&e)) on:keydown=arrows
                    on:focus=move |_| bind.focus.run(()) on:blur=move |_| bind.left()/>
                <button type="button" class="btn ghost icon small" tabindex="-1" aria-label=t.field_more() disabled=move || bind.locked() on:click=move |_| step(1)>
                    <Icon name=IconName::Plus/></button>
            </span>
        </Frame>
    }
}

/// Where the number ends and the unit begins.
fn split(text: &str) -> (String, String) {
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    (text[..end].to_owned(), text[end..].to_owned())
}

/// A quantity: the whole text is the value; the unit can be typed with the number or chosen beside it.
#[component]
pub fn QuantityField(
    bind: Bind,
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] path: String,
    /// The units to choose from; the first is given to a number that is typed into an empty field.
    units: &'static [&'static str],
) -> impl IntoView {
    let t = use_texts();
    let unit = Memo::new(move |_| split(&bind.value.get()).1);
    let chosen = RwSignal::new(units.first().copied().unwrap_or_default().to_owned());
    let number = move || split(&bind.value.get()).0;
    let typed = move |text: String| {
        let (number, own) = split(&text);
        let unit = if own.is_empty() && !bind.value.get_untracked().is_empty() {
            unit.get_untracked()
        } else {
            chosen.get_untracked()
        };
        let whole = if number.is_empty() || !own.is_empty() {
            text
        } else {
            format!("{number}{unit}")
        };
        bind.input.run(whole);
    };
    let choose = move |unit: String| {
        let (number, _) = split(&bind.value.get_untracked());
        chosen.set(unit.clone());
        if !number.is_empty() {
            bind.input.run(format!("{number}{unit}"));
        }
    };
    let shown = move || {
        if bind.value.with(String::is_empty) {
            chosen.get()
        } else {
            unit.get()
        }
    };
    let offered = move || {
        let other = Some(shown()).filter(|u| !units.contains(&u.as_str()));
        units
            .iter()
            .map(|u| (*u).to_owned())
            .chain(other)
            .collect::<Vec<_>>()
    };
    let option = move |unit: String| {
        let own = unit.clone();
        let words = unit.clone();
        view! { <option value=unit selected=move || shown() == own>{words}</option> }
    };
    view! {
        <Frame bind label path bare=false>
            <span class=move || bind.class("in quantity")>
                <input id=move || bind.id.get() class="num" inputmode="decimal" autocomplete="off" placeholder=t.field_none() disabled=move || bind.locked()
                    prop:value=number value=number
                    aria-invalid=move || bind.invalid() aria-describedby=move || bind.described_by()
                    on:input=move |e| typed(event_target_value(&e))
                    on:focus=move |_| bind.focus.run(()) on:blur=move |_| bind.left()/>
                <select class="unit" disabled=move || bind.locked() aria-label=move || t.field_unit(label.get()) prop:value=shown
                    on:change=move |e| choose(event_target_value(&e))>
                    {move || offered().into_iter().map(option).collect_view()}
                </select>
            </span>
        </Frame>
    }
}
