//! The headless Service that a set lacks: shown, then created.
use crate::{
    api::{create::create_bundle, sets::governing_service},
    components::{
        callout::{Callout, Tone},
        dialog::{Modal, close},
        fault::Fault,
    },
    model::{create::Order, detail::DetailView},
    state::toasts::use_toasts,
    texts::use_texts,
};
use leptos::prelude::*;

/// Asks for the dialog about the Service of this name.
#[component]
pub fn CreateService(name: String, open: RwSignal<Option<String>>) -> impl IntoView {
    let t = use_texts();
    let words = t.detail_service_create(&name);
    view! {
        <button type="button" class="btn js-only" on:click=move |_| open.set(Some(name.clone()))>{words}"…"</button>
    }
}

/// The dialog, while it is asked for. It stands apart from the button, which goes as soon as the Service is there.
#[component]
pub fn ServiceDialog(view: Signal<DetailView>, open: RwSignal<Option<String>>) -> impl IntoView {
    let t = use_texts();
    let on_close = Callback::new(move |()| {
        let _ = open.try_set(None);
    });
    move || {
        open.get().map(|name| {
            let title = t.detail_service_create(&name);
            let name = StoredValue::new(name);
            view! { <Modal title may_close=Callback::new(|()| true) on_close><Ask view name on_close/></Modal> }
        })
    }
}

/// The manifest as it will be sent, and what comes of it.
#[component]
fn Ask(view: Signal<DetailView>, name: StoredValue<String>, on_close: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let key = view.with_untracked(|v| (v.head.row.namespace.clone(), v.head.row.name.clone()));
    let namespace = StoredValue::new(key.0.clone());
    let text = LocalResource::new(move || governing_service(key.0.clone(), key.1.clone()));
    view! {
        <div class="phase">
            {move || match text.get() {
                None => view! { <div class="body"><p class="dimmer" role="status">{t.detail_service_asking()}</p></div> }.into_any(),
                Some(Err(error)) => view! { <div class="body"><Fault error/></div> }.into_any(),
                Some(Ok(text)) => view! { <Shown text namespace name on_close/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Shown(
    text: String,
    namespace: StoredValue<String>,
    name: StoredValue<String>,
    on_close: Callback<()>,
) -> impl IntoView {
    let (t, toasts) = (use_texts(), use_toasts());
    let refused = RwSignal::new(None::<String>);
    let order = Order {
        text: text.clone(),
        namespace: namespace.get_value(),
        ..Order::default()
    };
    let create = Action::new(move |order: &Order| {
        let (order, name) = (order.clone(), name.get_value());
        async move {
            let answer = create_bundle(order).await;
            let answer = answer.and_then(|outcome| match outcome.refused.into_iter().next() {
                Some((_, error)) => Err(error),
                None => Ok(()),
            });
            match answer {
                // The page may have heard of the Service before this answer, and have taken the dialog away.
                Ok(()) => {
                    toasts.done(t.detail_service_created(name));
                    let _ = on_close.try_run(());
                }
                Err(error) => drop(refused.try_set(Some(error.words()))),
            }
        }
    });
    view! {
        <div class="body">
            <p>{t.detail_service_effect()}</p>
            <div class="card code"><pre tabindex="0" aria-label=t.detail_yaml()>{text}</pre></div>
            {move || refused.get().map(|words| view! { <Callout tone=Tone::Bad><span class="mono">{words}</span></Callout> })}
        </div>
        <footer>
            <button type="button" class="btn" on:click=move |e| close(&e)>{t.page_cancel()}</button>
            <button type="button" class="btn primary" disabled=move || create.pending().get() on:click=move |_| { create.dispatch(order.clone()); }>
                {t.detail_service_create(name.get_value())}</button>
        </footer>
    }
}
