//! Name, status, what is wrong and what helps, the big strip, the replicas.
use super::{
    callout::{Told, Trouble, told},
    scale::Scale,
};
use crate::{
    components::{
        icon::{Icon, IconName},
        status::{StatusWord, Why},
        strip::Strip,
        time::words,
    },
    model::{
        detail::DetailView,
        information::{ALIAS, DESCRIPTION, value},
        log::{LogQuery, Scope},
        status::Status,
        time::age,
    },
    paths,
    state::{clock::use_clock, keys},
    texts::{grouped, use_texts},
};
use leptos::prelude::*;

/// What stands above the tabs.
#[component]
pub fn Head(view: Signal<DetailView>, gone: Signal<bool>) -> impl IntoView {
    let name = view.with_untracked(|v| v.head.row.name.clone());
    let namespace = view.with_untracked(|v| v.head.row.namespace.clone());
    let status = Signal::derive(move || view.read().head.row.status.clone());
    let reason = Signal::derive(move || view.read().head.row.reason.clone());
    let cells = Signal::derive(move || view.read().head.row.cells.clone());
    let partition = Signal::derive(move || view.read().head.row.partition);
    let t = use_texts();
    let note = move |key: &'static str| view.with(|v| value(&v.head.annotations, key).map(str::to_owned));
    let images = move || view.with(|v| v.head.row.images.join(", "));
    let trouble = Memo::new(move |_| view.with(|v| told(t, v)));
    let quiet = Memo::new(move |_| trouble.read().as_ref().is_none_or(Told::is_calm));
    view! {
        <div class="row between title">
            <div class="row">
                <h1 class="name">{name.clone()}</h1>
                {move || note(ALIAS).map(|alias| view! { <span class="dim">{alias}</span> })}
                <StatusWord status/>
                <Standing view/>
            </div>
            <Show when=move || !gone.get()>
                <div class="row writes"><Scale view/><EditLinks view/><More view/><DeleteLink view/></div>
            </Show>
        </div>
        {move || note(DESCRIPTION).map(|words| view! { <p class="dim">{words}</p> })}
        <p class="mono dimmer sm">{images}</p>
        <Show when=move || quiet.get()><Why reason/></Show>
        <Trouble told=trouble/>
        <Strip name cells partition big=true pods_of=namespace/>
    }
}

/// Opens the dialog: a link, for the URL says that it is open.
#[component]
fn DeleteLink(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let href = move || view.with(|v| paths::set_delete(&v.head.row.namespace, &v.head.row.name));
    view! { <a class="btn js-only" href=href><Icon name=IconName::Trash/>{t.page_delete()}</a> }
}

/// The everyday operations: links, for the URL says which dialog is open.
#[component]
fn More(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let stopped = Memo::new(move |_| view.read().head.row.replicas == 0);
    let item = move |what: &'static str, words: &'static str| {
        let href = move || view.with(|v| paths::set_do(&v.head.row.namespace, &v.head.row.name, what));
        view! { <li><a class="item" href=href on:click=|_| keys::close_menus()>{words}"…"</a></li> }
    };
    view! {
        <details class="menu end js-only">
            <summary class="btn">{t.ops_more()}<Icon name=IconName::ChevronDown/></summary>
            <div class="pop"><ul>
                {item("restart", t.ops_restart())}
                {move || if stopped.get() { item("start", t.ops_start()) } else { item("stop", t.ops_stop()) }}
                {item("images", t.ops_images())}
            </ul></div>
        </details>
    }
}

/// Its logs, and the two ways to edit it: the form, and its text.
#[component]
fn EditLinks(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let form = move || view.with(|v| paths::set_edit_step(&v.head.row.namespace, &v.head.row.name, "basics"));
    let text = move || view.with(|v| paths::set_edit(&v.head.row.namespace, &v.head.row.name));
    let logs = move || {
        let (namespace, name) = view.with(|v| (v.head.row.namespace.clone(), v.head.row.name.clone()));
        paths::logs(&Scope::Set { namespace, name }, &LogQuery::default())
    };
    view! {
        <a class="btn" href=logs><Icon name=IconName::Lines/>{t.page_logs()}</a>
        <a class="btn js-only" href=form><Icon name=IconName::Pencil/>{t.page_edit_form()}</a>
        <a class="btn js-only" href=text><Icon name=IconName::Code/>{t.page_edit_short()}</a>
    }
}

/// Since when it is so, or how many pods are available.
#[component]
fn Standing(view: Signal<DetailView>) -> impl IntoView {
    let (t, clock) = (use_texts(), use_clock());
    let words = move || {
        view.with(|v| match (&v.head.row.status, v.head.available) {
            (Status::Running, Some(n)) => {
                Some(t.detail_available(grouped(n.into()), grouped(v.head.row.replicas.into())))
            }
            _ if v.head.since > 0 => Some(t.detail_for(words(t, age(v.head.since, clock.get())))),
            _ => None,
        })
    };
    move || words().map(|words| view! { <span class="dim sm num">{words}</span> })
}

#[cfg(test)]
mod tests {
    use crate::components::status::why;
    use crate::{model::status::Reason, texts::use_texts};

    #[test]
    fn a_reason_without_words_is_the_state_alone() {
        let reason = Reason::Pod {
            state: "CrashLoopBackOff".into(),
            message: String::new(),
        };
        assert_eq!(why(use_texts(), &reason), "CrashLoopBackOff");
    }
}
