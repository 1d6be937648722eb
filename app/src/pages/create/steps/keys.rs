//! Variables from a ConfigMap or a Secret, several at once (KS-69).
use super::nth::Nth;
use crate::{
    components::{
        form::Check,
        icon::{Icon, IconName},
    },
    manifest::preset::{Holder, variable_name, with_keys},
    model::offers::Keyed,
    texts::use_texts,
};
use leptos::prelude::*;

/// One object is chosen, its keys are ticked, and each becomes a variable that refers to it.
#[component]
pub(super) fn FromKeys(at: Nth) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let all = Memo::new(move |_| {
        let offers = wizard.offers.read();
        let of = |holder, list: &Option<Vec<Keyed>>| {
            let list = list.iter().flatten().filter(|k| !k.keys.is_empty());
            list.map(|k| (holder, k.clone())).collect::<Vec<_>>()
        };
        [
            of(Holder::ConfigMap, &offers.config_maps),
            of(Holder::Secret, &offers.secrets),
        ]
        .concat()
    });
    let chosen = RwSignal::new(0_usize);
    let ticked = RwSignal::new(Vec::<String>::new());
    let object = Memo::new(move |_| all.read().get(chosen.get()).cloned());
    let keys = move || object.get().map(|(_, k)| k.keys).unwrap_or_default();
    let take = move |_| {
        let Some((holder, object)) = object.get_untracked() else {
            return;
        };
        let container = at.form.get_untracked();
        let ticked = std::mem::take(&mut *ticked.write());
        let text = wizard
            .bundle
            .with_untracked(|b| with_keys(b, &container, (holder, &object.name), &ticked));
        wizard.put(text);
    };
    let option = |(n, (holder, object)): (usize, (Holder, Keyed))| {
        view! { <option value=n.to_string()>{format!("{holder:?} {}", object.name)}</option> }
    };
    let choose = move |e: web_sys::Event| {
        chosen.set(event_target_value(&e).parse().unwrap_or(0));
        ticked.write().clear();
    };
    view! {
        <details class="paste">
            <summary>{t.create_keys()}</summary>
            <p class="dimmer sm">{t.create_keys_help()}</p>
            <Show when=move || !all.read().is_empty() fallback=move || view! { <p class="dimmer sm">{t.create_keys_none()}</p> }>
                <span class="in select"><select aria-label=t.create_keys_object() on:change=choose>
                    {move || all.get().into_iter().enumerate().map(option).collect_view()}
                </select><Icon name=IconName::ChevronDown/></span>
                <Ticks keys=Signal::derive(keys) ticked/>
                <button type="button" class="btn small" disabled=move || ticked.read().is_empty() on:click=take>{t.create_keys_take()}</button>
            </Show>
        </details>
    }
}

/// A tick for all keys, and one for each, with the name that its variable gets.
#[component]
fn Ticks(keys: Signal<Vec<String>>, ticked: RwSignal<Vec<String>>) -> impl IntoView {
    let t = use_texts();
    let every = Signal::derive(move || keys.read().iter().all(|k| ticked.read().contains(k)));
    let all = Callback::new(move |on: bool| ticked.set(if on { keys.get_untracked() } else { Vec::new() }));
    let one = move |key: String| {
        let (own, this, variable) = (key.clone(), key.clone(), variable_name(&key));
        let checked = Signal::derive(move || ticked.read().contains(&own));
        let change = Callback::new(move |on: bool| {
            ticked.update(|t| {
                t.retain(|k| *k != this);
                t.extend(on.then(|| this.clone()));
            });
        });
        let named = (variable != key).then(|| format!(" → {variable}"));
        view! { <Check checked on_change=change><span class="mono">{key}</span><span class="dimmer mono">{named}</span></Check> }
    };
    view! {
        <div class="checks">
            <Check checked=every on_change=all>{t.create_keys_all()}</Check>
            {move || keys.get().into_iter().map(one).collect_view()}
        </div>
    }
}
