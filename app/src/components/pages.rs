//! Where in a long table one is, and the way to the rest of it.
use crate::{
    model::many::{ROWS, whole},
    texts::{grouped, use_texts},
};
use leptos::prelude::*;

/// Links to the windows before and after the one that begins at `offset`; nothing where all rows are shown.
#[component]
pub fn Pages(
    #[prop(into)] offset: Signal<i64>,
    #[prop(into)] all: Signal<i64>,
    /// The URL of the window that begins there.
    at: impl Fn(i64) -> String + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let t = use_texts();
    let size = whole(ROWS);
    let several = Memo::new(move |_| all.get() > size);
    let end = move || offset.get() + size;
    let words = move || {
        t.list_window(
            grouped(offset.get() + 1),
            grouped(end().min(all.get())),
            grouped(all.get()),
        )
    };
    move || {
        let (before, after) = (at.clone(), at.clone());
        several.get().then(|| view! {
            <span class="row">
                <a class="btn small" aria-disabled=move || (offset.get() == 0).then_some("true") href=move || before((offset.get() - size).max(0))>{t.list_previous()}</a>
                <span class="num">{words}</span>
                <a class="btn small" aria-disabled=move || (end() >= all.get()).then_some("true") href=move || after(end())>{t.list_next()}</a>
            </span>
        }.into_any())
    }
}
