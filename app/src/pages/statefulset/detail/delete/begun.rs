//! A delete that was begun in another tab, by somebody else, or by a console that is gone: what it would delete.
use super::Flow;
use crate::{
    components::{
        callout::{Callout, Tone},
        deletion::object,
    },
    model::{
        delete::Intent,
        detail::DetailView,
        many::{Many, ROWS},
        ops::DELETING,
    },
    paths,
    texts::use_texts,
};
use leptos::prelude::*;

/// Goes on, or puts the set back.
#[component]
pub(super) fn Begun(flow: Flow, intent: Intent) -> impl IntoView {
    let t = flow.t;
    let namespace = flow.plan.read_untracked().namespace.clone();
    let all = intent.targets(&namespace);
    let lines = Many::of(
        all.iter().map(|target| object(t, target.kind, &target.name)),
        ROWS,
    );
    let from = intent.from;
    let more = (lines.more > 0).then(|| t.delete_told_more(lines.more));
    view! {
        <div class="phase">
            <div class="body">
                <p>{t.ops_begun_help(i64::from(from))}</p>
                <section class="goes"><h3>{t.delete_goes()}</h3>
                    <ul>{lines.first.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                    {more.map(|words| view! { <p class="dim">{words}</p> })}
                </section>
            </div>
            <footer>
                <button type="button" class="btn" on:click=move |_| flow.cancel(from)>{t.ops_begun_not()}</button>
                <button type="button" class="btn danger" on:click=move |_| flow.resume(&intent)>{t.ops_begun_on()}</button>
            </footer>
        </div>
    }
}

/// A delete that has begun and that nobody goes on with.
#[component]
pub(super) fn Unfinished(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let href = move || view.with(|v| paths::set_delete(&v.head.row.namespace, &v.head.row.name));
    view! {
        <Callout tone=Tone::Warn>
            <b>{t.ops_begun()}</b>" "<a class="more writes js-only" href=href>{t.ops_begun_look()}"…"</a>
        </Callout>
    }
}

/// What is noted in a set of a delete that has begun.
pub(super) fn noted(view: &DetailView) -> Option<Intent> {
    let note = view.head.annotations.iter().find(|(key, _)| key == DELETING);
    note.and_then(|(_, note)| Intent::read(note, &view.head.row.uid))
}
