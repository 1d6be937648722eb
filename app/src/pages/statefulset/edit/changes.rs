//! What saving would do: each change with its effect, what others did meanwhile, and the conflicts.
use super::{
    order::Order,
    state::{Editing, use_editing},
};
use crate::{
    api::ApiError,
    components::{
        callout::{Callout, Tone},
        editor::Compare,
    },
    manifest::{Path, merge::Side},
    model::{
        edit::Impact,
        saving::{Changed, Clash, Other, Saving},
    },
    pages::create::Target,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// The cluster's answer; nothing before it was asked.
#[component]
pub(super) fn Answer() -> impl IntoView {
    let editing = use_editing();
    move || match editing.answer.get() {
        None => ().into_any(),
        Some(Err(error)) => view! { <Failed error/> }.into_any(),
        Some(Ok(saving)) => view! { <Told saving/> }.into_any(),
    }
}

#[component]
fn Failed(error: ApiError) -> impl IntoView {
    let t = use_texts();
    let title = match &error {
        ApiError::NotFound(_) => t.edit_gone(),
        ApiError::Conflict(_) => t.edit_anew(),
        ApiError::Unavailable(_) => t.edit_unavailable(),
        _ => t.edit_refused(),
    };
    view! {
        <Callout tone=Tone::Bad>
            <p><b>{title}</b>" "{t.edit_kept()}</p>
            <p class="mono sm">{error.words()}</p>
        </Callout>
    }
}

#[component]
fn Told(saving: Saving) -> impl IntoView {
    let (t, editing) = (use_texts(), use_editing());
    let Saving {
        changes,
        others,
        clashes,
        refused,
        theirs,
        ..
    } = saving;
    let fixed = changes.iter().any(|c| c.impact == Impact::Immutable);
    let help = if editing.target.with_value(Target::is_service) {
        t.edit_service_fixed()
    } else {
        t.edit_fixed_help()
    };
    let nothing = changes.is_empty() && refused.is_none();
    let mine = editing.text.get_untracked();
    let differs = !others.is_empty();
    view! {
        {refused.map(|error| view! { <Failed error/> })}
        {fixed.then(|| view! {
            <Callout tone=Tone::Bad><p><b>{t.edit_fixed_title()}</b></p><p>{help}</p></Callout>
        })}
        {nothing.then(|| view! { <Callout tone=Tone::Info>{t.edit_nothing()}</Callout> })}
        {(!clashes.is_empty()).then(|| view! { <Clashes clashes/> })}
        {(!changes.is_empty()).then(|| view! { <Changes changes/> })}
        {differs.then(|| view! { <Others others/> })}
        {differs.then(|| view! {
            <section class="card"><h2>{t.edit_compare()}</h2>
                <Compare before=theirs after=mine before_label=t.edit_theirs().to_owned() after_label=t.edit_mine().to_owned()/></section>
        })}
    }
}

fn impact(t: Texts, impact: Impact) -> impl IntoView {
    let (class, text) = match impact {
        Impact::InPlace => ("tag", t.edit_in_place()),
        Impact::Scales => ("tag", t.edit_scales()),
        Impact::Restarts => ("tag warn", t.edit_restarts()),
        Impact::Immutable => ("tag bad", t.edit_fixed()),
    };
    view! { <span class=class>{text}</span> }
}

/// A value, or that there is none.
fn value(t: Texts, text: String) -> impl IntoView {
    if text.is_empty() {
        view! { <p class="none dim">{t.edit_none()}</p> }.into_any()
    } else {
        view! { <pre tabindex="0">{text}</pre> }.into_any()
    }
}

#[component]
fn Changes(changes: Vec<Changed>) -> impl IntoView {
    let t = use_texts();
    let one = |change: Changed| {
        view! {
            <li>
                <div class="row"><code>{change.path.to_string()}</code>{impact(t, change.impact)}</div>
                <div class="sides">
                    <div><span class="dim sm">{t.edit_before()}</span>{value(t, change.before)}</div>
                    <div><span class="dim sm">{t.edit_after()}</span>{value(t, change.after)}</div>
                </div>
            </li>
        }
    };
    let restarts = changes.iter().any(|c| c.impact == Impact::Restarts);
    let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
    view! {
        <section class="card" aria-labelledby="changes">
            <h2 id="changes">{t.edit_changes(count)}</h2>
            {restarts.then(|| view! { <Order/> })}
            <ul class="changes">{changes.into_iter().map(one).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Others(others: Vec<Other>) -> impl IntoView {
    let t = use_texts();
    let one = |other: Other| {
        let by = (!other.manager.is_empty()).then(|| t.edit_by(other.manager));
        view! { <li><div class="row"><code>{other.path.to_string()}</code><span class="dim sm">{by}</span></div>{value(t, other.after)}</li> }
    };
    view! {
        <section class="card" aria-labelledby="others">
            <h2 id="others">{t.edit_others()}</h2>
            <p class="dim">{t.edit_others_help()}</p>
            <ul class="changes">{others.into_iter().map(one).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Clashes(clashes: Vec<Clash>) -> impl IntoView {
    let t = use_texts();
    view! {
        <section class="card" aria-labelledby="clashes">
            <h2 id="clashes">{t.edit_conflict()}</h2>
            <p class="dim">{t.edit_conflict_help()}</p>
            <ul class="changes">{clashes.into_iter().map(|clash| view! { <li><Choice clash/></li> }).collect_view()}</ul>
        </section>
    }
}

fn chosen(editing: Editing, path: &Path) -> Option<Side> {
    editing
        .choices
        .with(|c| c.iter().find(|(p, _)| p == path).map(|(_, side)| *side))
}

/// One conflict: nothing is chosen beforehand.
#[component]
fn Choice(clash: Clash) -> impl IntoView {
    let (t, editing) = (use_texts(), use_editing());
    let Clash {
        path,
        base,
        mine,
        theirs,
        manager,
    } = clash;
    let name = path.to_string();
    let theirs_title = if manager.is_empty() {
        t.edit_theirs().to_owned()
    } else {
        t.edit_theirs_by(manager)
    };
    let side = {
        let (path, name) = (path.clone(), name.clone());
        move |side: Side, title: String, text: String| {
            let (path, is) = (path.clone(), path.clone());
            let choose = move |_| {
                editing.choices.update(|all| {
                    all.retain(|(p, _)| *p != path);
                    all.push((path.clone(), side));
                });
            };
            view! {
                <label class="side"><input type="radio" name=name.clone() on:change=choose
                    prop:checked=move || chosen(editing, &is) == Some(side)/>" "{title}{value(t, text)}</label>
            }
        }
    };
    view! {
        <fieldset>
            <legend><code>{name.clone()}</code></legend>
            <div class="sides">
                {side(Side::Mine, t.edit_mine().to_owned(), mine)}
                {side(Side::Theirs, theirs_title, theirs)}
            </div>
            <details><summary class="dim sm">{t.edit_base()}</summary>{value(t, base)}</details>
        </fieldset>
    }
}
