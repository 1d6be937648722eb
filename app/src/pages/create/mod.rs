//! The create wizard: a form over one text. Each step edits its part of the manifest, which stands beside it.
mod answer;
mod bind;
mod code;
mod declared;
mod draft;
mod fixes;
mod focus;
mod foot;
mod import;
mod offers;
mod pane;
mod past;
mod rail;
mod standing;
mod state;
mod step;
mod steps;
mod target;
mod told;
mod typing;

use crate::{
    api::{ApiError, create::new_draft},
    components::{
        callout::{Callout, Tone},
        fault::Fault,
        problem::problem_words,
    },
    model::{create::Draft, session::Session},
    state::session,
    texts::{Part, use_texts},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};
use state::use_wizard;
// The form over an existing set, or a Service of one, is the same one.
pub(crate) use {
    answer::Answer,
    code::Find,
    focus::{Keys, follow as follow_focus},
    foot::Foot,
    offers::follow as follow_offers,
    pane::Pane,
    past::{Past, UndoRedo},
    rail::Rail,
    state::Wizard,
    step::{Mode, Step},
    steps::CreateButton,
    target::Target,
};

/// The wizard, whose code is loaded when it is first opened.
pub struct CreatePage;

#[lazy_route]
impl LazyRoute for CreatePage {
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
    let map = use_query_map();
    let session: Session = use_context().unwrap_or_default();
    // The namespace of the URL is where the wizard starts; later it is what the text says.
    let wanted = map.read_untracked().get("ns").filter(|n| !n.is_empty());
    let namespace = StoredValue::new(wanted.unwrap_or(session.namespaces.default));
    let draft = Resource::new_blocking(|| (), move |()| new_draft(namespace.get_value()));
    let step = move || map.read().get("step").unwrap_or_default();
    let mode = Memo::new(move |_| Mode::from_name(&step()));
    let step = Memo::new(move |_| Step::from_name(&step()));
    view! {
        <Title text=t.page_create()/>
        <Suspense fallback=|| view! { <main><div class="card skeleton" aria-hidden="true"><div><i></i><i></i></div></div></main> }>
            {move || Suspend::new(async move {
                match draft.await {
                    Ok(draft) => view! { <Filled draft step mode/> }.into_any(),
                    Err(error) => view! { <main><h1>{t.page_create()}</h1><Fault error/></main> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Filled(draft: Draft, step: Memo<Step>, mode: Memo<Mode>) -> impl IntoView {
    let t = use_texts().with_lazy(Part::Editor, &draft.texts);
    provide_context(t);
    let wizard = Wizard::new(draft, step, mode);
    provide_context(wizard);
    offers::follow(wizard);
    draft::follow(wizard, Past::of(wizard.text));
    focus::follow(wizard);
    // A step that one leaves says what is wrong in it.
    Effect::new(move |before: Option<Step>| {
        let now = step.get();
        let left = before
            .filter(|b| *b != now)
            .into_iter()
            .chain((now == Step::Review).then_some(Step::Review));
        wizard.left.update(|l| l.extend(left));
        now
    });
    // What is typed before the page is hydrated would be lost: until then the form takes no input.
    let ready = RwSignal::new(false);
    Effect::new(move || ready.set(true));
    let coding = Memo::new(move |_| mode.get() == Mode::Code);
    view! {
        <div class="wiz" class:ready=move || ready.get() class:coding=move || coding.get()>
            <Rail/>
            <Show when=move || coding.get() fallback=Steps><code::CodeMode/></Show>
        </div>
    }
}

/// The form or the import, and beside it what is made of it.
#[component]
fn Steps() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let form = Memo::new(move |_| wizard.mode.get() == Mode::Form);
    view! {
        <Keys>
            <noscript><p class="callout info">{t.create_no_script()}</p></noscript>
            <draft::Restored/>
            <import::Brought/>
            <Show when=move || form.get() fallback=import::Import><Form/></Show>
        </Keys>
        <Show when=move || form.get()><Foot><CreateButton/></Foot></Show>
        <Pane/>
    }
}

/// The steps; while the text cannot be read they wait, and say where it is broken.
#[component]
pub(crate) fn Form() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let broken = Memo::new(move |_| wizard.broken.read().is_some());
    let place = move || {
        let found = wizard.broken.get();
        found.map(|f| {
            let at = wizard
                .text
                .with(|text| code::place_words(t, text, f.line, f.column));
            format!("{at} {}", problem_words(t, &f.problem))
        })
    };
    let href = move || wizard.href("code");
    let empty = Memo::new(move |_| wizard.form.read().set.is_none() && wizard.step.get() != Step::Review);
    let without = move || {
        view! {
            <Show when=move || empty.get() fallback=steps::Body>
                <h1 tabindex="-1">{move || wizard.step.get().title(t)}</h1>
                <Callout tone=Tone::Info>
                    <p>{t.create_no_set()}</p>
                    <a class="btn" href=href>{t.code_title()}</a>
                </Callout>
            </Show>
        }
    };
    view! {
        <Show when=move || broken.get() fallback=without>
            <h1 tabindex="-1">{t.code_paused()}</h1>
            <Callout tone=Tone::Bad>
                <p>{place}</p>
                <a class="btn" href=href>{t.code_correct()}</a>
            </Callout>
        </Show>
    }
}
