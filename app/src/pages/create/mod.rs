//! The create wizard: a form over one text. Each step edits its part of the manifest, which stands beside it.
mod draft;
mod foot;
mod import;
mod pane;
mod rail;
mod state;
mod steps;
mod words;

use crate::{
    api::create::{Draft, new_draft},
    components::fault::Fault,
    model::session::Session,
    texts::use_texts,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};
use state::{Step, Wizard};

/// The wizard, whose code is loaded when it is first opened.
pub struct CreatePage;

#[lazy_route]
impl LazyRoute for CreatePage {
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
    let map = use_query_map();
    let session: Session = use_context().unwrap_or_default();
    // The namespace of the URL is where the wizard starts; later it is what the text says.
    let wanted = map.read_untracked().get("ns").filter(|n| !n.is_empty());
    let namespace = StoredValue::new(wanted.unwrap_or(session.namespaces.default));
    let draft = Resource::new_blocking(|| (), move |()| new_draft(namespace.get_value()));
    let importing = Memo::new(move |_| map.read().get("step").as_deref() == Some("import"));
    let step = Memo::new(move |_| Step::from_name(&map.read().get("step").unwrap_or_default()));
    view! {
        <Title text=t.create_title()/>
        <Suspense fallback=|| view! { <main><div class="card skeleton" aria-hidden="true"><div><i></i><i></i></div></div></main> }>
            {move || Suspend::new(async move {
                match draft.await {
                    Ok(draft) => view! { <Filled draft step importing/> }.into_any(),
                    Err(error) => view! { <main><h1>{t.create_title()}</h1><Fault error/></main> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Filled(draft: Draft, step: Memo<Step>, importing: Memo<bool>) -> impl IntoView {
    let t = use_texts();
    let wizard = Wizard::new(draft, step);
    provide_context(wizard);
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
    view! {
        <div class="wiz" class:ready=move || ready.get()>
            <rail::Rail/>
            <main class="form" id="step">
                <noscript><p class="callout info">{t.create_no_script()}</p></noscript>
                <draft::Restored/>
                <import::Brought/>
                <Show when=move || importing.get() fallback=steps::Body><import::Import/></Show>
            </main>
            <pane::Pane/>
            <Show when=move || !importing.get()><foot::Foot/></Show>
        </div>
    }
}
