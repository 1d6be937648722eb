//! Whether the log is followed, how much is kept, and the button that stops the reading.
use super::state::{Link, Logs};
use crate::{
    components::icon::{Icon, IconName},
    model::log::KEPT,
    texts::{grouped, use_texts},
};
use leptos::prelude::*;

/// Below the lines.
#[component]
pub fn Foot(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let state = move || match (logs.paused.get(), logs.link.get()) {
        (Some(at), _) => ("st held", IconName::Held, t.log_paused(logs.told(at))),
        (_, Link::Connecting) => ("st busy", IconName::Rolling, t.log_connecting().to_owned()),
        (_, Link::Following) => ("st ok", IconName::Check, t.log_following().to_owned()),
        (_, Link::Whole) => ("st idle", IconName::Check, t.log_whole().to_owned()),
        (_, Link::Lost) => ("st warn", IconName::Rolling, t.log_lost().to_owned()),
        (_, Link::SignedOut) => ("st bad", IconName::Alert, t.log_signed_out().to_owned()),
    };
    let mark = move || {
        let (class, icon, words) = state();
        view! { <span class=class role="status"><Icon name=icon/>{words}</span> }.into_any()
    };
    let number = |n: usize| grouped(i64::try_from(n).unwrap_or(i64::MAX));
    let kept = move || {
        let (all, shown) = logs.book.read().lines();
        t.log_kept(number(shown), number(all - shown), number(KEPT))
    };
    let held = move || logs.paused.get().is_some();
    let word = move || if held() { t.log_go_on() } else { t.log_pause() };
    let can = move || held() || matches!(logs.link.get(), Link::Following | Link::Lost);
    let to_end = move |_| {
        logs.current.set(None);
        logs.at_end.set(true);
    };
    view! {
        <div class="lfoot">
            <span class="js-only">{mark}</span>
            {move || held().then(|| view! { <span class="dim">{t.log_paused_help()}</span> })}
            <span class="grow"></span>
            <span class="num dim hide-s js-only">{kept}</span>
            <span class="dim plain">{t.log_plain()}</span>
            {move || (!logs.at_end.get()).then(|| view! {
                <button type="button" class="btn small" on:click=to_end><Icon name=IconName::Download/>{t.log_to_end()}</button>
            })}
            <button type="button" class="btn small js-only" disabled=move || !can() on:click=move |_| logs.pause()>
                {word}" "<kbd class="hide-s">{t.log_space()}</kbd>
            </button>
        </div>
    }
}
