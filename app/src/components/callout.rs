//! A call-out: what is wrong in one sentence, what Kubernetes will do, and what helps.
use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// How grave a call-out is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Bad,
    Warn,
    Info,
}

/// A box with a mark. `role` is `status` for what appears while the page is open, so that it is read out.
#[component]
pub fn Callout(tone: Tone, children: Children) -> impl IntoView {
    let class = match tone {
        Tone::Bad => "callout bad",
        Tone::Warn => "callout warn",
        Tone::Info => "callout info",
    };
    let icon = if tone == Tone::Bad {
        IconName::Alert
    } else {
        IconName::Warn
    };
    view! {
        <div class=class role="status">
            <Icon name=icon/>
            <div class="body">{children()}</div>
        </div>
    }
}
