//! What an open row tells: the pod's containers as they are now, and its claims.
use crate::{
    api::ApiError,
    components::{fault::Fault, icon::Icon},
    model::{
        live::Topic,
        ordinals::{ClaimCell, OrdinalRow},
        pod::{Container, PodView, State},
    },
    pages::{
        pod::{containers::state, follow},
        terminal::TerminalButton,
    },
    paths,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// Follows the pod while it is drawn.
#[component]
pub(super) fn More(namespace: String, row: Memo<OrdinalRow>) -> impl IntoView {
    let t = use_texts();
    let pod = row.read_untracked().pod.clone();
    let (view, fault) = (RwSignal::new(None::<PodView>), RwSignal::new(None::<ApiError>));
    let topic = Topic::Pod {
        namespace: namespace.clone(),
        name: pod.clone(),
    };
    follow(view, fault, topic, None);
    let place = StoredValue::new((namespace, pod));
    let containers = Memo::new(move |_| match (fault.get(), &*view.read()) {
        (Some(error), _) => Some(Err(error)),
        (None, view) => view.as_ref().map(|v| Ok(v.pod.containers.clone())),
    });
    let claims = Memo::new(move |_| row.read().claims.clone());
    let body = move || match containers.get() {
        None => view! { <p class="dimmer" role="status">{t.detail_open_waits()}</p> }.into_any(),
        Some(Err(error)) => view! { <Fault error/> }.into_any(),
        Some(Ok(all)) => {
            let one = |c: &Container| place.with_value(|place| container(t, place, c));
            view! { <ul class="plain within">{all.iter().map(one).collect::<Vec<AnyView>>()}</ul> }.into_any()
        }
    };
    view! {
        {body}
        <ul class="plain within">{move || claims.get().into_iter().map(claim).collect::<Vec<AnyView>>()}</ul>
    }
}

fn container(t: Texts, (namespace, pod): &(String, String), c: &Container) -> AnyView {
    let (words, class, icon) = state(t, c);
    let restarts = match c.restarts {
        0 => t.pod_no_restarts().to_owned(),
        n => t.pod_restarts(i64::from(n)),
    };
    let href = paths::container(namespace, pod, &c.name);
    let runs = matches!(c.state, State::Running { .. });
    view! {
        <li>
            <a class="name" href=href>{c.name.clone()}</a>
            <span class=format!("st {class}")><Icon name=icon/>{words}</span>
            <span class="dim">{restarts}</span>
            <span class="mono dim">{c.image.clone()}</span>
            <span class="mono dimmer">{c.ports.join(", ")}</span>
            {runs.then(|| view! { <TerminalButton namespace=namespace.clone() pod=pod.clone() container=c.name.clone()/> })}
        </li>
    }
    .into_any()
}

fn claim(claim: ClaimCell) -> AnyView {
    let told = [claim.size, claim.class, claim.modes, claim.phase];
    let told: Vec<String> = told.into_iter().filter(|word| !word.is_empty()).collect();
    view! { <li><span class="mono">{claim.name}</span><span class="dim">{told.join(" · ")}</span></li> }
        .into_any()
}
