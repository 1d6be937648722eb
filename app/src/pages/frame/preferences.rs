//! Theme and language: cookies, by a form that works without JavaScript.
use crate::{
    components::icon::{Icon, IconName},
    model::session::{Choices, Theme},
    texts::{Language, use_texts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The page to come back to.
#[component]
fn Back() -> impl IntoView {
    let location = use_location();
    let here = move || {
        format!(
            "{}{}",
            location.pathname.get(),
            location.search.with(|s| if s.is_empty() {
                String::new()
            } else {
                format!("?{}", s.trim_start_matches('?'))
            })
        )
    };
    view! { <input type="hidden" name="back" value=here/> }
}

/// Goes to the next theme. With JavaScript the page stays as it is.
#[component]
pub fn ThemeButton() -> impl IntoView {
    let t = use_texts();
    let Choices { theme } = use_context().unwrap_or_default();
    let theme = RwSignal::new(theme);
    let label = move || match theme.get() {
        Theme::System => t.frame_theme_system(),
        Theme::Light => t.frame_theme_light(),
        Theme::Dark => t.frame_theme_dark(),
    };
    let icon = move || match theme.get() {
        Theme::System => IconName::System,
        Theme::Light => IconName::Sun,
        Theme::Dark => IconName::Moon,
    };
    let next = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        theme.update(|now| *now = now.next());
        let name = theme.get_untracked().name();
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", name);
        }
        let cookie = format!("ordinal_theme={name}; Path=/; SameSite=Strict; Max-Age=31536000");
        use wasm_bindgen::JsCast;
        if let Some(html) = document().dyn_ref::<web_sys::HtmlDocument>() {
            let _ = html.set_cookie(&cookie);
        }
    };
    view! {
        <form method="post" action="/preferences" on:submit=next>
            <input type="hidden" name="theme" value=move || theme.get().next().name()/>
            <Back/>
            <button class="btn ghost icon" aria-label=label title=label>{move || view! { <Icon name=icon()/> }.into_any()}</button>
        </form>
    }
}

/// Changes the language: the server draws the page anew, so that only one language's texts ever travel.
#[component]
pub fn LanguageButton() -> impl IntoView {
    let t = use_texts();
    let other = match t.language() {
        Language::En => Language::Zh,
        Language::Zh => Language::En,
    };
    view! {
        <form method="post" action="/preferences">
            <input type="hidden" name="language" value=other.tag()/>
            <Back/>
            <button class="btn ghost" lang=other.tag() title=t.frame_language_label()>
                {t.frame_language()}
            </button>
        </form>
    }
}
