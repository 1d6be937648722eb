//! The shell of a page, the app, and its routes.
use crate::{
    api::ApiError,
    components::fault::Fault,
    model::session::{Choices, Session, Theme},
    pages::{
        claims::ClaimsPage,
        create::CreatePage,
        frame::Frame,
        logs::LogsPage,
        pod::PodPage,
        statefulset::{detail::DetailPage, edit::EditPage, list::ListPage},
    },
    paths,
    state::{clock::Clock, keys, late, live::Live, terminals::Terminals, toasts::Toasts, unsettled},
    texts::{ELEMENT_ID, Language, Texts, use_texts},
};
use leptos::{WasmSplitManifest, nonce::use_nonce, prelude::*};
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    Lazy,
    components::{ParentRoute, Route, Router, Routes},
    location::RequestUrl,
    path,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The files of the site that a page begins with, in the context of a request.
#[derive(Clone, Default)]
pub struct Assets {
    /// The text of the style sheet; empty where the page links to it.
    pub style: Arc<str>,
    /// The URL of the style sheet.
    pub sheet: Arc<str>,
    /// The URL of the script that hydrates the page.
    pub script: Arc<str>,
    /// The URL of its wasm.
    pub wasm: Arc<str>,
    /// Which parts of the wasm a lazy page begins with; none where it is in one piece.
    pub split: Option<WasmSplitManifest>,
}

/// The page gets newer tokens for its session, in the context of a request.
#[derive(Clone, Copy, Debug)]
pub struct Renews;

/// The id of the page's `<script type="application/json">` that holds [`PageData`].
const DATA_ID: &str = "page";

/// What the server knows before the first line is drawn, and hydration must know too.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct PageData {
    language: String,
    theme: Theme,
    session: Session,
}

/// JSON that cannot end its own script element.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value)
        .unwrap_or_default()
        .replace('<', "\\u003c")
}

/// The document around the app; only the server draws it.
pub fn shell() -> impl IntoView {
    let t = use_texts();
    let Choices { theme } = use_context().unwrap_or_default();
    let session: Session = use_context().unwrap_or_default();
    let read_only = session.read_only;
    let assets: Assets = use_context().unwrap_or_default();
    if let Some(split) = assets.split.clone() {
        provide_context(split);
    }
    let data = PageData {
        language: t.language().tag().to_owned(),
        theme,
        session,
    };
    view! {
        <!DOCTYPE html>
        <html lang=t.language().tag() data-theme=theme.name() class:read-only=read_only>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width,initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href=icon() type="image/svg+xml"/>
                <script type="application/json" id=ELEMENT_ID inner_html=json(&t.catalogue())></script>
                <script type="application/json" id=DATA_ID inner_html=json(&data)></script>
                {style(&assets)}
                {(!is_list()).then(|| view! { <link rel="stylesheet" id=late::ELEMENT_ID href=late::LATE/> })}
                {hydration(&assets)}
                {use_context::<Renews>().map(|_| view! { <script src=paths::RENEW_SCRIPT nonce=use_nonce() defer></script> })}
                <MetaTags/>
            </head>
            <body><App/></body>
        </html>
    }
}

/// The style sheet, in the page where the server has it at hand: one request less before the first row is drawn.
pub(crate) fn style(assets: &Assets) -> AnyView {
    let (style, sheet) = (assets.style.to_string(), assets.sheet.to_string());
    if style.is_empty() {
        return view! { <link rel="stylesheet" id="style" href=sheet/> }.into_any();
    }
    view! { <style nonce=use_nonce() inner_html=style></style> }.into_any()
}

/// What makes the page alive, not before the rows are on the screen: fetching and compiling would keep them waiting. A
/// page that is never idle gets it after two seconds.
fn hydration(assets: &Assets) -> impl IntoView {
    let (script, wasm) = (assets.script.to_string(), assets.wasm.to_string());
    let start = format!(
        "const start = () => import({}).then((m) => m.default({{ module_or_path: {} }}).then(() => m.hydrate()));\n\
         if (window.requestIdleCallback) requestIdleCallback(start, {{ timeout: 2000 }}); else start();",
        json(&script),
        json(&wasm)
    );
    view! {
        <link rel="modulepreload" href=script crossorigin="anonymous" fetchpriority="low"/>
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" fetchpriority="low"/>
        <script type="module" nonce=use_nonce() inner_html=start></script>
    }
}

/// The mark of the tab, in the page: a file of 250 bytes would cost a request and three times as much in headers.
fn icon() -> String {
    let picture = include_str!("../../public/icon.svg").trim();
    format!(
        "data:image/svg+xml,{}",
        picture.replace('#', "%23").replace('"', "'")
    )
}

/// Whether the page that is asked for is the list, which the first sheet is enough for.
fn is_list() -> bool {
    let url = use_context::<RequestUrl>().and_then(|url| url.parse().ok());
    url.is_some_and(|url| url.path() == paths::LIST)
}

/// The app in the browser: what the server put into the page, then [`App`].
#[component]
pub fn Hydrated() -> impl IntoView {
    let read = |id: &str| {
        document()
            .get_element_by_id(id)
            .and_then(|e| e.text_content())
            .unwrap_or_default()
    };
    let data: PageData = serde_json::from_str(&read(DATA_ID)).unwrap_or_default();
    let list: Vec<String> = serde_json::from_str(&read(ELEMENT_ID)).unwrap_or_default();
    provide_context(Texts::new(Language::from_tag(&data.language), list));
    provide_context(Choices { theme: data.theme });
    provide_context(data.session);
    late::follow();
    view! { <App/> }
}

/// The console.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let t = use_texts();
    let session: Session = use_context().unwrap_or_default();
    Clock::provide(session.now);
    Live::provide(session.build.clone());
    unsettled::follow(&session);
    Toasts::provide();
    Terminals::provide();
    provide_context(keys::Palette::default());
    view! {
        // A text of its own: without one the title is empty while the chunk of a page is loaded.
        <Title text="" formatter=move |title: String| {
            if title.is_empty() { t.frame_brand().to_owned() } else { format!("{title} · {}", t.frame_brand()) }
        }/>
        <Router>
            <Keys/>
            <Routes fallback=NoPage>
                <ParentRoute path=path!("") view=Frame>
                    <Route path=path!("/statefulsets") view=ListPage/>
                    <Route path=path!("/statefulsets/:namespace/:name") view={Lazy::<DetailPage>::new()}/>
                    <Route path=path!("/statefulsets/:namespace/:name/edit") view={Lazy::<EditPage>::new()}/>
                    <Route path=path!("/pods/:namespace/:name") view={Lazy::<PodPage>::new()}/>
                    <Route path=path!("/pods/:namespace/:name/containers/:container") view={Lazy::<PodPage>::new()}/>
                    <Route path=path!("/statefulsets/:namespace/:name/logs") view={Lazy::<LogsPage>::new()}/>
                    <Route path=path!("/pods/:namespace/:name/logs") view={Lazy::<LogsPage>::new()}/>
                    <Route path=path!("/claims") view={Lazy::<ClaimsPage>::new()}/>
                    <Route path=path!("/create") view={Lazy::<CreatePage>::new()}/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// The keyboard needs the router, so it listens inside of it.
#[component]
fn Keys() -> impl IntoView {
    keys::listen();
}

#[component]
fn NoPage() -> impl IntoView {
    let t = use_texts();
    view! { <main><Fault error=ApiError::NotFound(t.fault_no_page().to_owned())/></main> }
}
