//! The environment of the containers, resolved; values of Secrets are shown one by one, when they are asked for.
use super::panel::{nothing, refused};
use crate::{
    api::pods::{get_environment, reveal},
    components::{
        fault::Fault,
        icon::{Icon, IconName},
    },
    model::pod::{
        PodView,
        env::{Environment, Origin, Unread, Value, Variable},
    },
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// A table for each container; for the page of a container that one `only`.
#[component]
pub fn EnvironmentTab(view: Memo<PodView>, only: Option<String>) -> impl IntoView {
    let t = use_texts();
    let key = Memo::new(move |_| {
        view.with(|v| {
            (
                v.pod.facts.namespace.clone(),
                v.pod.facts.name.clone(),
                v.pod.uid.clone(),
            )
        })
    });
    let all = Resource::new_blocking(
        move || key.get(),
        |(namespace, name, _)| get_environment(namespace, name),
    );
    let only = StoredValue::new(only);
    view! {
        <p class="dim lead">{t.pod_env_lead()}</p>
        <Transition fallback=|| view! { <div class="card skeleton" aria-hidden="true"><div><i></i></div></div> }>
            {move || Suspend::new(async move {
                match all.await {
                    Err(error) => view! { <Fault error/> }.into_any(),
                    Ok(all) => {
                        let wanted = |e: &Environment| only.with_value(|o| o.as_ref().is_none_or(|o| *o == e.container));
                        let namespace = key.get_untracked().0;
                        let one = |env| variables(t, env, &namespace, t.pod_env_unknown());
                        all.into_iter().filter(wanted).map(one).collect::<Vec<AnyView>>().into_any()
                    }
                }
            })}
        </Transition>
    }
}

/// The variables of one container; `unknown` is said of a value that nobody here knows.
pub fn variables(t: Texts, env: Environment, namespace: &str, unknown: &'static str) -> AnyView {
    let Environment {
        container,
        variables,
        unread,
    } = env;
    let none = (variables.is_empty() && unread.is_empty()).then(|| nothing(t.pod_env_none()));
    let lost = |Unread { source, error }: Unread| {
        let cause = refused(t, &error);
        view! { <p class="inside">{t.pod_env_unread(source)}</p>{cause} }.into_any()
    };
    let lost: Vec<AnyView> = unread.into_iter().map(lost).collect();
    let rows: Vec<AnyView> = variables
        .into_iter()
        .map(|v| row(t, v, namespace, unknown))
        .collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <table class="cards env">
                <thead><tr>
                    <th scope="col">{t.pod_env_name()}</th>
                    <th scope="col">{t.pod_env_value()}</th>
                    <th scope="col">{t.pod_env_from()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    });
    let label = container.clone();
    view! {
        <section class="panel card scroll" aria-label=label>
            <header><h2>{container}</h2></header>{none}{lost}{table}
        </section>
    }
    .into_any()
}

fn from(t: Texts, origin: &Origin) -> String {
    match origin {
        Origin::Written => t.pod_env_written().to_owned(),
        Origin::ConfigMap { name, key } => t.pod_env_config_map(name, key),
        Origin::Secret { name, key } => t.pod_env_secret(name, key),
        Origin::Field(path) => t.pod_env_field(path),
        Origin::Resource(path) => t.pod_env_resource(path),
    }
}

fn row(t: Texts, variable: Variable, namespace: &str, unknown: &'static str) -> AnyView {
    let Variable { name, value, origin } = variable;
    let words = from(t, &origin);
    let value = match (value, origin) {
        (Value::Text(text), _) => view! { <span class="mono">{text}</span> }.into_any(),
        (Value::Masked, Origin::Secret { name: secret, key }) => {
            view! { <Masked variable=name.clone() namespace=namespace.to_owned() secret key/> }.into_any()
        }
        (Value::Masked, _) => view! { <span class="dimmer">{t.pod_env_masked()}</span> }.into_any(),
        (Value::Missing { optional: true }, _) => {
            view! { <span class="dim">{t.pod_env_missing_optional()}</span> }.into_any()
        }
        (Value::Missing { .. }, _) => {
            view! { <span class="st bad"><Icon name=IconName::Alert/>{t.pod_env_missing()}</span> }.into_any()
        }
        (Value::Refused(error), _) => view! { <span class="mono sm dim">{error.words()}</span> }.into_any(),
        (Value::Unknown, _) => view! { <span class="dimmer">{unknown}</span> }.into_any(),
    };
    view! { <tr><th scope="row" class="mono">{name}</th><td class="full">{value}</td><td class="dim full">{words}</td></tr> }
        .into_any()
}

/// A value that stays in the cluster until its button is pressed, and leaves the page when it is pressed again.
#[component]
fn Masked(variable: String, namespace: String, secret: String, key: String) -> impl IntoView {
    let t = use_texts();
    let shown = RwSignal::new(None::<Result<String, String>>);
    let ask = Action::new(move |(): &()| {
        let (namespace, secret, key) = (namespace.clone(), secret.clone(), key.clone());
        async move { shown.set(Some(reveal(namespace, secret, key).await.map_err(|e| e.words()))) }
    });
    let open = Memo::new(move |_| matches!(*shown.read(), Some(Ok(_))));
    let toggle = move |_| {
        if open.get_untracked() {
            shown.set(None);
        } else {
            ask.dispatch(());
        }
    };
    let label = move || {
        if open.get() {
            t.pod_env_hide(&variable)
        } else {
            t.pod_env_reveal(&variable)
        }
    };
    let value = move || match shown.get() {
        None => view! { <span class="dimmer">{t.pod_env_masked()}</span> }.into_any(),
        Some(Ok(text)) => view! { <span class="mono">{text}</span> }.into_any(),
        Some(Err(words)) => view! { <span class="err mono">{words}</span> }.into_any(),
    };
    view! {
        <span class="row">
            <span role="status">{value}</span>
            <button type="button" class="btn small js-only" disabled=move || ask.pending().get() on:click=toggle>
                {label}
            </button>
        </span>
    }
}
