//! A new namespace, made in place and chosen at once (CCE-13, CCE-14).
use crate::{
    api::objects::create_namespace,
    components::{
        callout::{Callout, Tone},
        dialog::{DialogButton, close},
        form::PlainField,
    },
    manifest::{Edit, Value, lint::is_dns_label},
    pages::create::state::{Wizard, use_wizard},
    state::toasts::use_toasts,
    texts::{RULE_DNS_LABEL, use_texts},
};
use leptos::{ev, prelude::*};

/// What a quota may count here, with an example. A value that is left empty counts nothing: in Kubernetes 0 means none.
const COUNTED: [(&str, &str, &str); 6] = [
    ("requests.cpu", "quota-cpu", "8"),
    ("requests.memory", "quota-memory", "32Gi"),
    ("requests.storage", "quota-storage", "500Gi"),
    ("pods", "quota-pods", "50"),
    ("count/statefulsets.apps", "quota-sets", "10"),
    ("persistentvolumeclaims", "quota-claims", "50"),
];

/// The button, and the dialog while it is open.
#[component]
pub(super) fn NewNamespace() -> impl IntoView {
    let t = use_texts();
    view! { <DialogButton label=t.space_new() draw=|open| view! { <Ask open/> }.into_any()/> }
}

fn choose(wizard: Wizard, name: String) {
    wizard
        .choices
        .update_value(|c| c.namespaces.iter_mut().for_each(|n| n.push(name.clone())));
    let place = wizard.form.with_untracked(|f| f.namespace.place.clone());
    wizard.edit(&Edit::Set(place, Value::Text(name)));
}

#[component]
fn Ask(open: RwSignal<bool>) -> impl IntoView {
    let (t, wizard, toasts) = (use_texts(), use_wizard(), use_toasts());
    let (name, description) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let quota = COUNTED.map(|(key, id, example)| (key, id, example, RwSignal::new(String::new())));
    let refused = RwSignal::new(None::<String>);
    let create = Action::new(move |(): &()| {
        let (name, description) = (name.get_untracked(), description.get_untracked());
        let hard = quota.map(|(key, _, _, value)| (key.to_owned(), value.get_untracked().trim().to_owned()));
        async move {
            match create_namespace(name.clone(), description, hard.to_vec()).await {
                Ok(()) => {
                    toasts.done(t.space_done(&name));
                    choose(wizard, name);
                    open.set(false);
                }
                Err(error) => refused.set(Some(error.words())),
            }
        }
    });
    let ready = Memo::new(move |_| is_dns_label(&name.read()) && !create.pending().get());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if ready.get_untracked() {
            create.dispatch(());
        }
    };
    let rule = Signal::derive(move || {
        let bad = !name.read().is_empty() && !is_dns_label(&name.read());
        if bad {
            t.say(RULE_DNS_LABEL, &[])
        } else {
            String::new()
        }
    });
    let fields = quota.map(|(key, id, example, value)| {
        view! { <PlainField id label=key value placeholder=example/> }
    });
    view! {
        <form class="phase" on:submit=submit>
            <div class="body">
                <PlainField id="space-name" label=t.field_name() value=name help=rule/>
                <PlainField id="space-description" label=t.field_description() value=description/>
                <fieldset><legend class="legend">{t.space_quota()}</legend><p class="dimmer sm">{t.space_quota_help()}</p>
                    <div class="grid2">{fields.into_iter().collect_view()}</div></fieldset>
                {move || refused.get().map(|words| view! { <Callout tone=Tone::Bad><b>{t.create_refused()}</b>" "<span class="mono">{words}</span></Callout> })}
            </div>
            <footer><button type="button" class="btn" on:click=move |e| close(&e)>{t.page_cancel()}</button>
                <button type="submit" class="btn primary" disabled=move || !ready.get()>{t.space_create()}</button></footer>
        </form>
    }
}
