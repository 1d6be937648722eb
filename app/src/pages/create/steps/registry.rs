//! A Secret that signs in to a registry, made in place and named by the pods at once (CCE-116). What is typed here never
//! enters the text, nor the browser's storage.
use super::set_document;
use crate::{
    api::objects::create_pull_secret,
    components::{
        callout::{Callout, Tone},
        dialog::{DialogButton, close},
        form::PlainField,
    },
    manifest::{Edit, lint::is_dns_label},
    pages::create::{offers, state::use_wizard},
    state::toasts::use_toasts,
    texts::use_texts,
};
use leptos::{ev, prelude::*};

/// The button, and the dialog while it is open.
#[component]
pub(super) fn NewPullSecret() -> impl IntoView {
    let t = use_texts();
    view! { <DialogButton label=t.registry_new() draw=|open| view! { <Ask open/> }.into_any()/> }
}

#[component]
fn Ask(open: RwSignal<bool>) -> impl IntoView {
    let (t, wizard, toasts) = (use_texts(), use_wizard(), use_toasts());
    let [name, registry, user, password] = [(); 4].map(|()| RwSignal::new(String::new()));
    let namespace = wizard.form.with_untracked(|f| f.namespace.text.clone());
    let lead = t.registry_lead(&namespace);
    let refused = RwSignal::new(None::<String>);
    let create = Action::new(move |(): &()| {
        let [name, registry, user, password] = [name, registry, user, password].map(|s| s.get_untracked());
        let namespace = namespace.clone();
        async move {
            match create_pull_secret(namespace, name.clone(), registry, user, password).await {
                Ok(()) => {
                    let list = set_document()
                        .get_untracked()
                        .join("spec.template.spec.imagePullSecrets");
                    wizard.edit(&Edit::Append(list, format!("name: {name}")));
                    toasts.done(t.registry_done(&name));
                    offers::ask(wizard);
                    open.set(false);
                }
                Err(error) => refused.set(Some(error.words())),
            }
        }
    });
    let full = move || {
        [registry, user, password]
            .iter()
            .all(|s| !s.read().trim().is_empty())
    };
    let ready = Memo::new(move |_| is_dns_label(&name.read()) && full() && !create.pending().get());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if ready.get_untracked() {
            create.dispatch(());
        }
    };
    view! {
        <form class="phase" on:submit=submit>
            <div class="body">
                <p class="dim">{lead}</p>
                <PlainField id="registry-name" label=t.field_name() value=name/>
                <PlainField id="registry-server" label=t.registry_server() value=registry placeholder="registry.example.com"/>
                <PlainField id="registry-user" label=t.registry_user() value=user/>
                <PlainField id="registry-password" label=t.registry_password() value=password kind="password"/>
                {move || refused.get().map(|words| view! { <Callout tone=Tone::Bad><b>{t.create_refused()}</b>" "<span class="mono">{words}</span></Callout> })}
            </div>
            <footer><button type="button" class="btn" on:click=move |e| close(&e)>{t.page_cancel()}</button>
                <button type="submit" class="btn primary" disabled=move || !ready.get()>{t.registry_create()}</button></footer>
        </form>
    }
}
