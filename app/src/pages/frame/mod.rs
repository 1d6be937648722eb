//! The frame of every page: cluster, namespace, live mark, language, theme, user.
mod namespaces;
mod palette;
mod preferences;

use crate::{
    components::icon::{Icon, IconName},
    model::session::Session,
    pages::statefulset::ops::OpsDialog,
    pages::terminal::TerminalDock,
    paths,
    state::{
        keys,
        live::{Link, use_live},
        toasts::use_toasts,
    },
    texts::use_texts,
};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};
use namespaces::NamespaceMenu;
use palette::PaletteDialog;
use preferences::{LanguageButton, ThemeButton};

/// The header, the page and what floats.
#[component]
pub fn Frame() -> impl IntoView {
    let t = use_texts();
    let session: Session = use_context().unwrap_or_default();
    let version = t.frame_cluster_version(&session.version);
    view! {
        <a class="skip" href="#content">{t.frame_skip()}</a>
        <header class="top">
            <a class="brand" href=paths::LIST>
                <span class="mark" aria-hidden="true"><b></b><b></b><b></b></span>
                {t.frame_brand()}
            </a>
            <span class="chip still hide-s" title=version>
                <span class="k">{t.frame_cluster()}</span> <span class="v">{session.cluster.clone()}</span>
            </span>
            {session.read_only.then(|| view! { <span class="tag warn" title=t.frame_read_only_help()>{t.frame_read_only()}</span> }.into_any())}
            <NamespaceMenu namespaces=session.namespaces.clone()/>
            <nav aria-label=t.frame_brand()>
                <PageLink href=paths::LIST word=t.frame_statefulsets()/>
                <PageLink href=paths::CLAIMS word=t.frame_claims()/>
            </nav>
            <span class="grow"></span>
            <LiveMark/>
            <button class="btn ghost icon hide-s" type="button" aria-label=t.frame_keys() title=t.frame_keys() on:click=|_| keys::show_help()>
                <Icon name=IconName::Keyboard/>
            </button>
            <ThemeButton/>
            <LanguageButton/>
            <span class="chip still hide-s" title=t.frame_user(&session.user)>
                <span class="vh">{t.frame_user("")}</span><span class="v">{session.user.clone()}</span>
            </span>
            <form method="post" action=paths::SIGN_OUT class="hide-s">
                <button class="btn ghost icon" aria-label=t.frame_sign_out() title=t.frame_sign_out()><Icon name=IconName::SignOut/></button>
            </form>
        </header>
        <noscript><p class="noscript">{t.frame_no_script()}</p></noscript>
        <div id="content" tabindex="-1"><Outlet/></div>
        <ToastArea/>
        <KeysDialog/>
        <PaletteDialog/>
        <OpsDialog/>
        <TerminalDock/>
    }
}

#[component]
fn PageLink(href: &'static str, word: &'static str) -> impl IntoView {
    let location = use_location();
    let here = move || location.pathname.read().starts_with(href).then_some("page");
    let keeping = move || paths::keeping(href, &location.search.read());
    view! { <a href=keeping aria-current=here>{word}</a> }
}

/// The time of day in UTC, as in logs.
fn clock(at: i64) -> String {
    let time = crate::model::time::exact(at);
    format!("{} UTC", time.get(11..19).unwrap_or_default())
}

/// Says whether what is shown follows the cluster.
#[component]
fn LiveMark() -> impl IntoView {
    let (t, live) = (use_texts(), use_live());
    // The socket may speak before a lazy page is hydrated; until then the mark is what the server drew.
    let link = RwSignal::new(Link::Connecting);
    Effect::new(move || link.set(live.link()));
    let look = move || match link.get() {
        Link::Connecting => (
            "connecting",
            t.frame_link_connecting().to_owned(),
            t.frame_link_connecting_help(),
        ),
        Link::Live => ("live", t.frame_link_live().to_owned(), t.frame_link_live_help()),
        Link::Reconnecting(at) => (
            "lost",
            t.frame_link_reconnecting(clock(at)),
            t.frame_link_reconnecting_help(),
        ),
        Link::Stale(at) => ("stale", t.frame_link_stale(clock(at)), t.frame_link_stale_help()),
        Link::SignedOut => (
            "lost",
            t.fault_title_signed_out().to_owned(),
            t.fault_help_signed_out(),
        ),
        Link::Outdated => (
            "stale",
            t.frame_link_outdated().to_owned(),
            t.frame_link_outdated_help(),
        ),
    };
    // A page that stands still is drawn anew by a click; what was typed is kept in the tab.
    let again = move || {
        let old = matches!(link.get(), Link::SignedOut | Link::Outdated);
        old.then(|| view! { <a class="btn small" href="" rel="external">{t.fault_again()}</a> }.into_any())
    };
    view! {
        <span class="js-only"><span class=move || format!("link {}", look().0) role="status" title=move || look().2>
            <span class="word">{move || look().1}</span>
        </span>{again}</span>
    }
}

/// The newest word about what was asked for.
#[component]
fn ToastArea() -> impl IntoView {
    let (t, toasts) = (use_texts(), use_toasts());
    view! {
        <div class="toasts" role="status">
            {move || toasts.get().map(|toast| view! {
                <div class="toast" class:bad=toast.bad>
                    <Icon name=if toast.bad { IconName::Alert } else { IconName::Check }/>
                    <span>{toast.text}</span>
                    <button class="btn ghost icon" type="button" aria-label=t.frame_close() on:click=move |_| toasts.close()>
                        <Icon name=IconName::Close/>
                    </button>
                </div>
            }.into_any())}
        </div>
    }
}

/// What the keys do. A native dialog: it keeps the focus inside, gives it back, and Escape closes it.
#[component]
fn KeysDialog() -> impl IntoView {
    let t = use_texts();
    let keys = [
        ("/", t.frame_keys_filter()),
        ("g s", t.frame_keys_list()),
        ("c", t.frame_keys_create()),
        ("e", t.frame_keys_edit()),
        ("Ctrl K", t.frame_palette()),
        ("Ctrl Enter", t.frame_keys_next()),
        ("Ctrl Z", t.frame_keys_undo()),
        ("?", t.frame_keys_help()),
        ("Esc", t.frame_keys_close()),
    ];
    let row = |(key, what): (&'static str, &'static str)| {
        view! { <div><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div> }.into_any()
    };
    view! {
        <dialog id=keys::HELP class="dlg" aria-labelledby="keys-title">
            <h2 id="keys-title">{t.frame_keys()}</h2>
            <dl class="keys">{keys.map(row).collect_view()}</dl>
            <form method="dialog"><footer><button class="btn">{t.frame_close()}</button></footer></form>
        </dialog>
    }
}
