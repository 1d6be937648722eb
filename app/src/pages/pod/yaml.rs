//! The object as YAML, read anew when its resourceVersion changes.
use crate::{
    api::pods::get_pod_yaml,
    components::{fault::Fault, take_away::TakeAway},
    model::pod::PodView,
    texts::use_texts,
};
use leptos::prelude::*;

/// The whole object, to read: what changes a pod is its set's template.
#[component]
pub fn Yaml(view: Memo<PodView>) -> impl IntoView {
    let t = use_texts();
    let key = Memo::new(move |_| {
        view.with(|v| {
            (
                v.pod.facts.namespace.clone(),
                v.pod.facts.name.clone(),
                v.pod.resource_version.clone(),
            )
        })
    });
    let text = Resource::new_blocking(
        move || key.get(),
        |(namespace, name, _)| get_pod_yaml(namespace, name),
    );
    let name = Signal::derive(move || format!("pod-{}", key.read().1));
    view! {
        <Transition fallback=|| view! { <div class="card skeleton" aria-hidden="true"><div><i></i></div></div> }>
            {move || Suspend::new(async move {
                match text.await {
                    Err(error) => view! { <Fault error/> }.into_any(),
                    Ok(text) => view! {
                        <div class="card code">
                            <div class="row"><TakeAway text=Signal::stored(text.clone()) name/></div>
                            <pre tabindex="0" aria-label=t.pod_tab_yaml()>{text}</pre>
                        </div>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}
