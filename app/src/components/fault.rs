//! Why there is nothing to show: forbidden, missing, unreachable and broken look different.
use super::icon::{Icon, IconName};
use crate::{api::ApiError, texts::use_texts};
use leptos::prelude::*;

/// A page-sized fault with the cluster's own words.
#[component]
pub fn Fault(error: ApiError, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let t = use_texts();
    let (title, help, words, icon) = match error {
        ApiError::Forbidden { message, .. } => (
            t.fault_title_forbidden(),
            t.fault_help_forbidden().to_owned(),
            message,
            IconName::Held,
        ),
        ApiError::ReadOnly => (
            t.frame_read_only(),
            t.frame_read_only_help().to_owned(),
            String::new(),
            IconName::Held,
        ),
        ApiError::NotFound(message) => (
            t.fault_title_missing(),
            t.fault_help_missing().to_owned(),
            message,
            IconName::Search,
        ),
        ApiError::Unauthorized => (
            t.fault_title_signed_out(),
            t.fault_help_signed_out().to_owned(),
            String::new(),
            IconName::Held,
        ),
        ApiError::Internal { id } => (
            t.fault_title_internal(),
            t.fault_help_internal(id),
            String::new(),
            IconName::Alert,
        ),
        ApiError::Unavailable(message)
        | ApiError::Conflict(message)
        | ApiError::NotKnown(message)
        | ApiError::Unreadable(message)
        | ApiError::Invalid { message, .. } => (
            t.fault_title_unavailable(),
            t.fault_help_unavailable().to_owned(),
            message,
            IconName::Warn,
        ),
    };
    // An empty address is the page itself: it works without JavaScript.
    let again = matches!(icon, IconName::Warn | IconName::Alert);
    view! {
        <section class="fault" role="alert">
            <Icon name=icon/>
            <h2>{title}</h2>
            <p class="dim">{help}</p>
            {(!words.is_empty()).then(|| view! {
                <p class="sm dimmer">{t.fault_cluster_says()}</p>
                <p class="mono sm">{words}</p>
            }.into_any())}
            {again.then(|| view! { <a class="btn" href="" rel="external">{t.fault_again()}</a> }.into_any())}
            {children.map(|c| c())}
        </section>
    }
}
