//! The object as YAML, read anew when its resourceVersion changes.
use crate::{api::sets::get_yaml, components::fault::Fault, model::detail::DetailView, texts::use_texts};
use leptos::prelude::*;

/// The whole object without `managedFields`.
#[component]
pub fn Yaml(view: Signal<DetailView>) -> impl IntoView {
    let key = Memo::new(move |_| {
        view.with(|v| {
            (
                v.head.row.namespace.clone(),
                v.head.row.name.clone(),
                v.head.resource_version.clone(),
            )
        })
    });
    let text = Resource::new_blocking(
        move || key.get(),
        |(namespace, name, _)| get_yaml(namespace, name),
    );
    view! {
        <Transition fallback=|| view! { <div class="card skeleton" aria-hidden="true"><div><i></i></div></div> }>
            {move || Suspend::new(async move {
                match text.await {
                    Ok(text) => view! { <Text text/> }.into_any(),
                    Err(error) => view! { <Fault error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Text(text: String) -> impl IntoView {
    let t = use_texts();
    let copied = RwSignal::new(false);
    let content = StoredValue::new(text);
    let copy = move |_| {
        let write = window().navigator().clipboard().write_text(&content.read_value());
        leptos::task::spawn_local(async move {
            if wasm_bindgen_futures::JsFuture::from(write).await.is_ok() {
                copied.set(true);
            }
        });
    };
    view! {
        <div class="card code">
            <button type="button" class="btn small js-only" on:click=copy>
                {move || if copied.get() { t.detail_copied() } else { t.detail_copy() }}
            </button>
            <pre tabindex="0" aria-label=t.detail_yaml()>{content.get_value()}</pre>
        </div>
    }
}
