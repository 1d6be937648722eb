//! The review: what will be created, what the cluster says to it, and the button that does it.
use crate::{
    api::{
        ApiError,
        create::{Created, Outcome, check_bundle, create_bundle, undo_create},
    },
    components::{
        callout::{Callout, Tone},
        icon::{Icon, IconName},
    },
    manifest::lint::{Lint, advice},
    pages::create::{
        draft,
        foot::use_go,
        state::{Wizard, use_wizard},
        step::Step,
        words::words,
    },
    paths,
    state::toasts::use_toasts,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// A line of the plan for each document.
fn plan(t: Texts, wizard: Wizard) -> Vec<(String, Vec<String>)> {
    let (bundle, form) = (wizard.bundle.get(), wizard.form.get());
    let one = |n: usize| {
        let document = &bundle.documents[n];
        let lines = match document.kind() {
            "StatefulSet" if form.set == Some(n) => {
                let replicas = form.replicas.text.as_str();
                let start = document.text("spec.ordinals.start");
                let first = format!("{}-{}", wizard.name(), if start.is_empty() { "0" } else { start });
                let set = if document.text("spec.podManagementPolicy") == "Parallel" {
                    t.create_sum_set_parallel(replicas, form.containers.len())
                } else {
                    t.create_sum_set(replicas, form.containers.len(), first)
                };
                let goes = document.text("spec.persistentVolumeClaimRetentionPolicy.whenDeleted") == "Delete";
                let fate = if goes {
                    t.create_sum_claims_go()
                } else {
                    t.create_sum_claims_stay()
                };
                let claims = form
                    .templates
                    .iter()
                    .map(|c| t.create_sum_claims(replicas, &c.capacity.text, &c.name.text, fate));
                std::iter::once(set).chain(claims).collect()
            }
            "Service" => {
                let ports = document.root.below("spec.ports").map_or(0, |p| p.items().len());
                vec![
                    match (document.text("spec.clusterIP"), document.text("spec.type")) {
                        ("None", _) => t.create_sum_service(ports),
                        (_, "") => t.create_sum_access("ClusterIP", ports),
                        (_, kind) => t.create_sum_access(kind, ports),
                    },
                ]
            }
            _ => vec![t.create_sum_asis().to_owned()],
        };
        let there = wizard.unchanged.read().contains(&n);
        let lines = if there {
            vec![t.create_sum_unchanged().to_owned()]
        } else {
            lines
        };
        (t.create_sum_object(document.kind(), document.name()), lines)
    };
    let mut order: Vec<usize> = (0..bundle.documents.len()).collect();
    order.sort_by_key(|n| bundle.documents[*n].kind() == "StatefulSet");
    order.into_iter().map(one).collect()
}

/// What a refusal says, and where.
fn refuse(wizard: Wizard, document: usize, error: &ApiError) {
    wizard.refuse(document, error.words(), error.fields());
}

#[component]
pub(super) fn Review() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let check = Action::new(move |(): &()| {
        let (text, kept) = (wizard.text.get_untracked(), wizard.created.get_untracked());
        async move {
            match check_bundle(text, kept).await {
                Ok(Outcome {
                    refused: None,
                    unchanged,
                    dropped,
                    ..
                }) => {
                    wizard.unchanged.set(unchanged);
                    wizard
                        .dropped_fields
                        .set(dropped.into_iter().map(|(_, path)| path).collect());
                    true
                }
                Ok(Outcome {
                    refused: Some((n, error)),
                    ..
                }) => {
                    refuse(wizard, n, &error);
                    false
                }
                Err(error) => {
                    refuse(wizard, 0, &error);
                    false
                }
            }
        }
    });
    let broken = Memo::new(move |_| wizard.lints.read().iter().any(|l| !l.rule.is_warning()));
    Effect::new(move || {
        wizard.refusal.set(None);
        wizard.unchanged.set(Vec::new());
        wizard.dropped_fields.set(Vec::new());
        if !broken.get() {
            check.dispatch(());
        }
    });
    let all_there = move || wizard.unchanged.read().len() == wizard.bundle.read().documents.len();
    let state = move || match (broken.get(), check.pending().get(), check.value().get()) {
        (true, ..) => t.create_not_checked(),
        (_, true, _) => t.create_checking(),
        (_, _, Some(true)) if all_there() => t.create_all_unchanged(),
        (_, _, Some(true)) => t.create_accepted(),
        _ => "",
    };
    let dropped = move || {
        let paths = wizard.dropped_fields.read().join(", ");
        (!paths.is_empty()).then(|| {
            view! { <Callout tone=Tone::Warn><p>{t.create_dropped()}</p><p class="mono sm">{paths}</p></Callout> }
        })
    };
    let item = |(title, lines): (String, Vec<String>)| {
        view! {
            <li><h2>{title}</h2>{lines.into_iter().map(|l| view! { <p class="dim">{l}</p> }).collect_view()}</li>
        }
    };
    view! {
        <Refused/>
        <ol class="plan card">{move || plan(t, wizard).into_iter().map(item).collect_view()}</ol>
        <p class="dim" role="status">{state}</p>
        {dropped}
        <Advice/>
    }
}

/// What is legal and a trap: each sentence leads to its field.
#[component]
fn Advice() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let go = use_go();
    let found = Memo::new(move |_| wizard.bundle.with(|b| advice(b)));
    let one = move |lint: Lint| {
        let text = words(t, &lint.place, &lint.rule);
        let place = lint.place.clone();
        view! {
            <li class="hint"><Icon name=IconName::Warn/><span>{text}</span>
                <button type="button" class="at" on:click=move |_| go.run(place.clone())>{lint.place.path.to_string()}</button></li>
        }
    };
    view! {
        <Show when=move || !found.read().is_empty()>
            <section class="problems" aria-labelledby="advice">
                <h2 id="advice">{t.create_advice()}</h2>
                <ul>{move || found.get().into_iter().map(one).collect_view()}</ul>
            </section>
        </Show>
    }
}

/// What the cluster refused, in its words, and what can be undone.
#[component]
fn Refused() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let refused = move || {
        wizard.refusal.get().map(|refusal| {
            view! {
                <Callout tone=Tone::Bad>
                    <p><b>{t.create_refused()}</b></p>
                    <p class="sm dimmer">{t.create_refused_says()}</p>
                    <p class="mono sm">{refusal.message}</p>
                </Callout>
            }
        })
    };
    view! {
        {refused}
        {move || wizard.created.get().into_iter().map(|object| view! { <Half object/> }).collect_view()}
    }
}

/// One object that exists already, while its set does not.
#[component]
fn Half(object: Created) -> impl IntoView {
    let (t, wizard, toasts) = (use_texts(), use_wizard(), use_toasts());
    let Created { kind, name, .. } = object.clone();
    let words = t.create_half(&kind, &name);
    let label = t.create_undo(&kind, &name);
    let undo = Action::new(move |(): &()| {
        let object = object.clone();
        async move {
            match undo_create(vec![object.clone()]).await {
                Ok(()) => {
                    wizard.created.update(|c| c.retain(|o| o.uid != object.uid));
                    toasts.done(t.create_undone(&object.kind, &object.name));
                }
                Err(error) => toasts.failed(t.create_undo_failed(error)),
            }
        }
    });
    let busy = undo.pending();
    view! {
        <Callout tone=Tone::Warn>
            <p>{words}</p>
            <button type="button" class="btn" disabled=move || busy.get() on:click=move |_| { undo.dispatch(()); }>
                <Icon name=IconName::Trash/>{label}</button>
        </Callout>
    }
}

/// The page of what was created: the set's, or its namespace where there was none.
fn created_at(wizard: Wizard) -> String {
    let set = wizard
        .form
        .with_untracked(|f| f.set.map(|_| paths::set(&f.namespace.text, &f.name.text)));
    set.unwrap_or_else(|| {
        let bundle = wizard.bundle.read_untracked();
        paths::list_of(bundle.documents.first().map_or("", |d| d.namespace()))
    })
}

/// The button in the foot of the review.
#[component]
pub(crate) fn CreateButton() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let navigate = use_navigate();
    let create = Action::new(move |(): &()| {
        let (text, kept, navigate) = (
            wizard.text.get_untracked(),
            wizard.created.get_untracked(),
            navigate.clone(),
        );
        async move {
            wizard.refusal.set(None);
            match create_bundle(text, kept).await {
                Ok(Outcome { refused: None, .. }) => {
                    draft::forget();
                    navigate(&created_at(wizard), Default::default());
                }
                Ok(Outcome {
                    created,
                    refused: Some((n, error)),
                    ..
                }) => {
                    wizard.created.update(|c| c.extend(created));
                    refuse(wizard, n, &error);
                }
                Err(error) => refuse(wizard, 0, &error),
            }
        }
    });
    let busy = create.pending();
    let broken =
        move || wizard.broken.read().is_some() || wizard.lints.read().iter().any(|l| !l.rule.is_warning());
    let label = move || {
        if busy.get() {
            t.create_creating().to_owned()
        } else {
            t.create_create(wizard.name())
        }
    };
    view! {
        <Show when=move || wizard.step.get() == Step::Review>
            <button type="button" class="btn primary" disabled=move || busy.get() || broken() on:click=move |_| { create.dispatch(()); }>
                {label}</button>
        </Show>
    }
}
