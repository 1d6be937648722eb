//! The object as YAML, read anew when its resourceVersion changes.
use crate::{
    api::sets::get_yaml,
    components::{fault::Fault, take_away::TakeAway},
    model::detail::DetailView,
    texts::use_texts,
};
use leptos::prelude::*;

/// The whole object without `managedFields`, or what a person would have written of it.
#[component]
pub fn Yaml(view: Signal<DetailView>) -> impl IntoView {
    let clean = RwSignal::new(false);
    let key = Memo::new(move |_| {
        view.with(|v| {
            (
                v.head.row.namespace.clone(),
                v.head.row.name.clone(),
                v.head.resource_version.clone(),
                clean.get(),
            )
        })
    });
    let text = Resource::new_blocking(
        move || key.get(),
        |(namespace, name, _, clean)| get_yaml(namespace, name, clean),
    );
    let name = Signal::derive(move || format!("statefulset-{}", key.read().1));
    view! {
        <Transition fallback=|| view! { <div class="card skeleton" aria-hidden="true"><div><i></i></div></div> }>
            {move || Suspend::new(async move {
                match text.await {
                    Ok(text) => view! { <Text text name clean/> }.into_any(),
                    Err(error) => view! { <Fault error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Text(text: String, name: Signal<String>, clean: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let choice = move |own: bool, words: &'static str| {
        view! {
            <button type="button" aria-pressed=move || if clean.get() == own { "true" } else { "false" }
                on:click=move |_| clean.set(own)>{words}</button>
        }
    };
    view! {
        <div class="card code">
            <div class="row between">
                <div class="seg js-only" role="group" aria-label=t.detail_which()>
                    {choice(false, t.detail_as_it_is())}
                    {choice(true, t.detail_clean())}
                </div>
                <div class="row"><TakeAway text=Signal::stored(text.clone()) name/></div>
            </div>
            <pre tabindex="0" aria-label=t.detail_yaml()>{text}</pre>
        </div>
    }
}
