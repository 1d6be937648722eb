//! Edit YAML: an existing set as text. What the user changes, and only that, is put onto what the cluster has.
mod changes;
mod state;

use crate::{
    api::edit::{Opened, Saving, check_set, open_set, save_set},
    components::{
        callout::{Callout, Tone},
        editor::{CodeEditor, Text},
        fault::Fault,
        problem::problem_words,
    },
    paths,
    state::toasts::use_toasts,
    texts::use_texts,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    LazyRoute,
    hooks::{use_navigate, use_params_map},
    lazy_route,
};
use state::{Editing, use_editing};

/// The page, whose code is loaded when it is first opened.
pub struct EditPage;

#[lazy_route]
impl LazyRoute for EditPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Page/> }.into_any()
    }
}

#[component]
fn Page() -> impl IntoView {
    let t = use_texts();
    let params = use_params_map();
    let key = Memo::new(move |_| {
        let get = |name| params.read().get(name).unwrap_or_default();
        (get("namespace"), get("name"))
    });
    let opened = Resource::new_blocking(move || key.get(), |(namespace, name)| open_set(namespace, name));
    view! {
        <Title text=move || t.page_edit(key.read().1.clone())/>
        <main class="edit">
            <Suspense fallback=|| view! { <div class="card skeleton" aria-hidden="true"><div><i></i><i></i></div></div> }>
                {move || Suspend::new(async move {
                    let (namespace, name) = key.get_untracked();
                    match opened.await {
                        Ok(opened) => view! { <Filled namespace name opened/> }.into_any(),
                        Err(error) => view! { <h1>{t.page_edit(name)}</h1><Fault error/> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Filled(namespace: String, name: String, opened: Opened) -> impl IntoView {
    let t = use_texts().with_lazy(&opened.texts);
    provide_context(t);
    let title = t.page_edit(&name);
    let back = paths::set(&namespace, &name);
    let editing = Editing::new(namespace, name, opened);
    provide_context(editing);
    editing.keep();
    let shown = Text {
        key: Signal::stored("set".to_owned()),
        text: editing.text.into(),
        marks: Signal::derive(move || editing.marks()),
        reveal: RwSignal::new(None),
        input: Callback::new(move |text| editing.typed(text)),
    };
    let found = move || {
        let found = editing.broken.get()?;
        let words = problem_words(t, &found.problem);
        Some(view! { <Callout tone=Tone::Bad>{t.code_at(found.line, found.column)}" "{words}</Callout> })
    };
    view! {
        <h1>{title}</h1>
        <p class="dim">{t.edit_lead()}</p>
        <noscript><p class="callout info">{t.edit_no_script()}</p></noscript>
        <Restored/>
        <CodeEditor label=t.code_editor() shown/>
        {found}
        <changes::Answer/>
        <Foot back/>
    }
}

/// Says that the text is not what the cluster has, and offers that.
#[component]
fn Restored() -> impl IntoView {
    let (t, editing) = (use_texts(), use_editing());
    let reload = Action::new(move |(): &()| {
        let (namespace, name) = editing.key.get_value();
        async move {
            if let Ok(opened) = open_set(namespace, name).await {
                editing.forget();
                editing.typed(opened.text.clone());
                editing.opened.set(opened);
                editing.restored.set(false);
            }
        }
    });
    view! {
        <Show when=move || editing.restored.get()>
            <Callout tone=Tone::Info>
                <div class="row between">{t.create_restored()}
                    <button type="button" class="btn small" on:click=move |_| { reload.dispatch(()); }>{t.edit_reload()}</button></div>
            </Callout>
        </Show>
    }
}

/// First what it would do, then the doing.
#[component]
fn Foot(back: String) -> impl IntoView {
    let (t, editing, toasts) = (use_texts(), use_editing(), use_toasts());
    let navigate = use_navigate();
    let away = back.clone();
    let check = Action::new(move |(): &()| async move {
        let answer = check_set(editing.edited()).await;
        editing.answer.set(Some(answer));
    });
    let save = Action::new(move |(): &()| {
        let (navigate, away) = (navigate.clone(), away.clone());
        async move {
            match save_set(editing.edited()).await {
                Ok(Saving {
                    saved: true, others, ..
                }) => {
                    editing.forget();
                    let name = editing.key.with_value(|(_, name)| name.clone());
                    let kept = i64::try_from(others.len()).unwrap_or(i64::MAX);
                    toasts.done(if kept == 0 {
                        t.edit_saved(name)
                    } else {
                        t.edit_saved_with(kept, name)
                    });
                    navigate(&away, Default::default());
                }
                answer => editing.answer.set(Some(answer)),
            }
        }
    });
    let busy = move || check.pending().get() || save.pending().get();
    let unchanged = Memo::new(move |_| editing.opened.read().text == *editing.text.read());
    let may = Memo::new(move |_| editing.may_save());
    let asked = Memo::new(move |_| matches!(*editing.answer.read(), Some(Ok(_))));
    view! {
        <footer class="foot">
            <a class="btn" href=back>{t.edit_back()}</a>
            <span class="grow"></span>
            <button type="button" class="btn js-only" class:primary=move || !asked.get()
                disabled=move || busy() || unchanged.get() || editing.broken.read().is_some()
                on:click=move |_| { check.dispatch(()); }>{t.edit_check()}</button>
            <Show when=move || asked.get()>
                <button type="button" class="btn primary" disabled=move || busy() || !may.get()
                    on:click=move |_| { save.dispatch(()); }>{t.edit_save()}</button>
            </Show>
        </footer>
    }
}
