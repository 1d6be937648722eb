//! An existing set, or a Service of one, as text or as the form over it. What the user changes, and only that, is put
//! onto what the cluster has.
mod changes;
mod form;
mod order;
mod save;
mod state;

use crate::{
    api::{
        ApiError,
        edit::{open_service, open_set},
    },
    components::{
        callout::{Callout, Tone},
        editor::{Ask, CodeEditor, Text},
        fault::Fault,
        problem::problem_words,
        take_away::TakeAway,
    },
    model::saving::Opened,
    pages::create::{Find, Past, Target, UndoRedo},
    state::{object::use_object, session},
    texts::{Part, use_texts},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};
use state::{Editing, use_editing};

/// The page, whose code is loaded when it is first opened.
pub struct EditPage;

#[lazy_route]
impl LazyRoute for EditPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        if session::is_read_only() {
            return view! { <main><Fault error=ApiError::ReadOnly/></main> }.into_any();
        }
        view! { <Page/> }.into_any()
    }
}

#[component]
fn Page() -> impl IntoView {
    let t = use_texts();
    let target = use_target();
    let opened = Resource::new_blocking(move || target.get(), open);
    let name = move || match target.get() {
        Target::Service(_, set, name) if name.is_empty() => set,
        target => target.object().2,
    };
    view! {
        <Title text=move || t.page_edit(name())/>
        <Suspense fallback=|| view! { <main><div class="card skeleton" aria-hidden="true"><div><i></i><i></i></div></div></main> }>
                {move || Suspend::new(async move {
                    let target = target.get_untracked();
                    match opened.await {
                        Ok(opened) => view! { <Filled target opened/> }.into_any(),
                        Err(error) => view! { <main><h1>{t.page_edit(name())}</h1><Fault error/></main> }.into_any(),
                    }
                })}
        </Suspense>
    }
}

/// What the URL says is edited: the set of the path, or a Service of it.
fn use_target() -> Memo<Target> {
    let (key, query) = (use_object(), use_query_map());
    Memo::new(move |_| {
        let (namespace, set) = key.get();
        let query = query.read();
        match query.get("service").filter(|name| !name.is_empty()) {
            Some(name) => Target::Service(namespace, set, name),
            None if query.get("new").is_some() => Target::Service(namespace, set, String::new()),
            None => Target::Existing(namespace, set),
        }
    })
}

async fn open(target: Target) -> Result<Opened, ApiError> {
    match target {
        Target::Service(namespace, set, name) => open_service(namespace, set, name).await,
        target => {
            let (_, namespace, name) = target.object();
            open_set(namespace, name).await
        }
    }
}

#[component]
fn Filled(target: Target, opened: Opened) -> impl IntoView {
    provide_context(use_texts().with_lazy(Part::Editor, &opened.texts));
    let back = target.back();
    let editing = Editing::new(target, opened);
    provide_context(editing);
    editing.keep(Past::of(editing.text));
    let query = use_query_map();
    let as_form = Memo::new(move |_| query.read().get("step").is_some());
    move || {
        let back = back.clone();
        if as_form.get() {
            view! { <form::FormMode back/> }.into_any()
        } else {
            view! { <CodeMode back/> }.into_any()
        }
    }
}

/// The text itself, and beside it what the cluster says to it.
#[component]
fn CodeMode(back: String) -> impl IntoView {
    let (t, editing) = (use_texts(), use_editing());
    let target = editing.target.get_value();
    let form = target.page(if target.is_service() { "service" } else { "basics" }, "");
    let title = match &target {
        Target::Existing(_, name) => t.page_edit(name),
        _ => editing.title(t),
    };
    let name = target.object().2;
    let (ask, ready) = (RwSignal::new(None), RwSignal::new(false));
    let shown = Text {
        key: Signal::stored("set".to_owned()),
        keys: Signal::stored(vec!["set".to_owned()]),
        text: editing.text.into(),
        marks: Signal::derive(move || editing.marks()),
        ask,
        ready,
        input: Callback::new(move |text| editing.text.set(text)),
    };
    view! {
        <div class="wiz coding edit ready">
            <main class="form" id="step">
                <noscript><p class="callout info">{t.edit_no_script()}</p></noscript>
                <Restored/>
                <div class="row between code-head">
                    <h1>{title}</h1>
                    <div class="row">
                        <UndoRedo/>
                        <Find ready ask/>
                        <TakeAway text=editing.text name=Signal::stored(name)/>
                        <a class="btn small js-only" href=form>{t.edit_form()}</a>
                    </div>
                </div>
                <CodeEditor label=t.code_editor() shown/>
            </main>
            <Foot back/>
            <aside class="side" aria-label=t.edit_check()>
                <p class="dim sm">{t.edit_lead()}</p>
                <Broken ask/>
                <changes::Answer/>
            </aside>
        </div>
    }
}

/// What keeps the text from being read; a click goes there.
#[component]
fn Broken(ask: RwSignal<Option<Ask>>) -> impl IntoView {
    let (t, editing) = (use_texts(), use_editing());
    move || {
        let found = editing.broken.get()?;
        let words = problem_words(t, &found.problem);
        let (line, column) = (found.line, found.column);
        let go = move |_| ask.set(Some(Ask::Reveal(line, column, true)));
        Some(view! {
            <Callout tone=Tone::Bad>
                <button type="button" class="at" on:click=go>{t.code_at(line, column)}</button>" "{words}
            </Callout>
        })
    }
}

/// Says that the text is not what the cluster has, and offers that.
#[component]
fn Restored() -> impl IntoView {
    let (t, editing) = (use_texts(), use_editing());
    let reload = Action::new(move |(): &()| {
        let target = editing.target.get_value();
        async move {
            if let Ok(opened) = open(target).await {
                editing.forget();
                editing.text.set(opened.text.clone());
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

#[component]
fn Foot(back: String) -> impl IntoView {
    let (t, editing) = (use_texts(), use_editing());
    let away = back.clone();
    let end = if editing.is_new() {
        let review = editing.target.with_value(|target| target.page("review", ""));
        view! { <a class="btn primary js-only" href=review>{t.create_to_review()}</a> }.into_any()
    } else {
        view! { <save::Save back/> }.into_any()
    };
    view! {
        <footer class="foot">
            <a class="btn" href=away>{t.edit_back()}</a>
            <span class="grow"></span>
            {end}
        </footer>
    }
}
