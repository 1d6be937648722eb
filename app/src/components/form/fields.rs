//! Text, several lines of text, and a choice.
use super::{Bind, Frame};
use crate::components::icon::{Icon, IconName};
use leptos::prelude::*;

/// One line of text; with `offers` a combobox that still takes anything.
#[component]
pub fn TextField(
    bind: Bind,
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] path: String,
    #[prop(optional)] mono: bool,
    #[prop(optional)] bare: bool,
    #[prop(into, optional)] placeholder: Signal<String>,
    #[prop(into, optional)] offers: Signal<Vec<String>>,
) -> impl IntoView {
    let list = move || format!("{}-list", bind.id.get());
    let has_list = move || offers.with(|o| !o.is_empty()).then(list);
    let base = if mono { "in mono" } else { "in" };
    view! {
        <Frame bind label path bare>
            <input id=move || bind.id.get() class=move || bind.class(base) autocomplete="off" spellcheck="false"
                prop:value=move || bind.value.get() value=move || bind.value.get_untracked() disabled=move || bind.locked()
                list=has_list placeholder=move || placeholder.get()
                aria-invalid=move || bind.invalid() aria-describedby=move || bind.described_by()
                on:input=move |e| bind.input.run(event_target_value(&e))
                on:focus=move |_| bind.focus.run(()) on:blur=move |_| bind.left()/>
            <datalist id=list>
                {move || offers.get().into_iter().map(|o| view! { <option value=o></option> }).collect_view()}
            </datalist>
        </Frame>
    }
}

/// Several lines of text.
#[component]
pub fn AreaField(
    bind: Bind,
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] path: String,
) -> impl IntoView {
    view! {
        <Frame bind label path bare=false>
            <textarea id=move || bind.id.get() class=move || bind.class("in area") rows="3" disabled=move || bind.locked()
                prop:value=move || bind.value.get()
                aria-invalid=move || bind.invalid() aria-describedby=move || bind.described_by()
                on:input=move |e| bind.input.run(event_target_value(&e))
                on:focus=move |_| bind.focus.run(()) on:blur=move |_| bind.left()></textarea>
        </Frame>
    }
}

/// A choice: values with their words. A value that is none of them is offered too, so that nothing is lost.
#[component]
pub fn SelectField(
    bind: Bind,
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] path: String,
    #[prop(optional)] bare: bool,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let all = move || {
        let mut all = options.get();
        let value = bind.value.get();
        if all.iter().all(|(v, _)| *v != value) {
            all.push((value.clone(), value));
        }
        all
    };
    let option = move |(value, words): (String, String)| {
        let chosen = value.clone();
        view! { <option value=value selected=move || bind.value.with(|v| *v == chosen)>{words}</option> }
    };
    view! {
        <Frame bind label path bare>
            <span class=move || bind.class("in select")>
                <select id=move || bind.id.get() disabled=move || bind.locked() prop:value=move || bind.value.get()
                    aria-invalid=move || bind.invalid() aria-describedby=move || bind.described_by()
                    on:change=move |e| bind.input.run(event_target_value(&e))
                    on:focus=move |_| bind.focus.run(()) on:blur=move |_| bind.left()>
                    {move || all().into_iter().map(option).collect_view()}
                </select>
                <Icon name=IconName::ChevronDown/>
            </span>
        </Frame>
    }
}
