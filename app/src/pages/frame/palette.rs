//! The palette (Ctrl or ⌘ with K): pages, sets, and what can be done with the set that one looks at. Its code is loaded
//! when it is first opened.
use crate::{
    api::sets::list_sets,
    model::{
        list::{ListQuery, SetRow},
        log::LogQuery,
    },
    paths,
    state::{keys::Palette, session},
    texts::{Texts, use_texts},
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use leptos_router::hooks::{use_location, use_navigate};

/// The most sets that are offered.
const MOST: usize = 8;

/// A way to somewhere.
#[derive(Clone, PartialEq)]
struct Way {
    words: String,
    /// What it belongs to: a namespace, or the set that one looks at.
    of: String,
    href: String,
}

/// What draws the dialog.
#[lazy]
fn palette() -> fn() -> AnyView {
    || view! { <Dialog/> }.into_any()
}

/// The dialog while it is open; its code is asked for when that is first so.
#[component]
pub(super) fn PaletteDialog() -> impl IntoView {
    let Palette(open) = expect_context();
    let draw = RwSignal::new(None::<fn() -> AnyView>);
    Effect::new(move || {
        if open.get() && draw.read_untracked().is_none() {
            spawn_local(async move { draw.set(Some(palette().await)) });
        }
    });
    move || draw.get().filter(|_| open.get()).map(|draw| draw())
}

fn ways(t: Texts, path: &str) -> Vec<Way> {
    let way = |words: &str, of: &str, href: String| Way {
        words: words.to_owned(),
        of: of.to_owned(),
        href,
    };
    let mut all = Vec::new();
    let changes = !session::is_read_only();
    if let Some((namespace, name)) = paths::set_of(path).filter(|_| changes) {
        all.extend([
            way(
                t.page_edit_form(),
                &name,
                paths::set_edit_step(&namespace, &name, "basics"),
            ),
            way(t.page_edit_short(), &name, paths::set_edit(&namespace, &name)),
            way(t.page_delete(), &name, paths::set_delete(&namespace, &name)),
        ]);
        let operations = [
            (t.frame_do_scale(), "scale"),
            (t.frame_do_restart(), "restart"),
            (t.frame_do_stop(), "stop"),
            (t.frame_do_start(), "start"),
            (t.frame_do_images(), "images"),
        ];
        all.extend(operations.map(|(words, what)| way(words, &name, paths::set_do(&namespace, &name, what))));
    }
    if let Some(scope) = paths::logs_near(path) {
        let href = paths::logs(&scope, &LogQuery::default());
        all.push(way(t.page_logs(), scope.name(), href));
    }
    all.extend([
        way(t.frame_statefulsets(), "", paths::LIST.to_owned()),
        way(t.frame_claims(), "", paths::CLAIMS.to_owned()),
    ]);
    if changes {
        all.push(way(t.list_create(), "", paths::CREATE.to_owned()));
    }
    all
}

/// Asks for the sets that match what is typed, and shows the newest answer only.
fn found(text: RwSignal<String>) -> RwSignal<Vec<SetRow>> {
    let sets = RwSignal::new(Vec::new());
    Effect::new(move || {
        let asked = text.get();
        let query = ListQuery {
            text: pod_of(&asked).map_or(asked.as_str(), |(set, _)| set).to_owned(),
            ..ListQuery::default()
        };
        spawn_local(async move {
            // What may not be listed, or not in time, is not offered.
            let rows = list_sets(query).await.map(|f| f.picture.rows).unwrap_or_default();
            if text.try_get_untracked().is_some_and(|now| now == asked) {
                sets.set(rows.into_iter().take(MOST).collect());
            }
        });
    });
    sets
}

/// The set and the ordinal of a pod's name.
fn pod_of(typed: &str) -> Option<(&str, &str)> {
    let pod = typed.trim().rsplit_once('-')?;
    let number = !pod.1.is_empty() && pod.1.bytes().all(|b| b.is_ascii_digit());
    number.then_some(pod)
}

/// The sets that were found, and before each the pod of it that is named.
fn places(sets: &[SetRow], typed: &str) -> Vec<Way> {
    let (typed, pod) = (typed.trim(), pod_of(typed));
    let of = |s: &SetRow| {
        let named = pod.filter(|(set, _)| s.name.ends_with(set));
        let pod = named.map(|(_, ordinal)| format!("{}-{ordinal}", s.name));
        let pod = pod.map(|name| (paths::pod(&s.namespace, &name), name));
        let set = (pod.is_none() || s.name.contains(typed))
            .then(|| (paths::set(&s.namespace, &s.name), s.name.clone()));
        let way = |(href, words)| Way {
            words,
            of: s.namespace.clone(),
            href,
        };
        [pod, set].into_iter().flatten().map(way).collect::<Vec<_>>()
    };
    sets.iter().flat_map(of).collect()
}

#[component]
fn Dialog() -> impl IntoView {
    let t = use_texts();
    let Palette(open) = expect_context();
    let (dialog, text, at) = (
        NodeRef::<html::Dialog>::new(),
        RwSignal::new(String::new()),
        RwSignal::new(0_usize),
    );
    let path = use_location().pathname;
    let sets = found(text);
    let all = Memo::new(move |_| {
        let wanted = text.read().to_lowercase();
        let fits = |way: &Way| {
            format!("{} {}", way.words, way.of)
                .to_lowercase()
                .contains(&wanted)
        };
        let own = ways(t, &path.read()).into_iter().filter(fits);
        let typed = text.read();
        own.chain(places(&sets.read(), &typed)).collect::<Vec<_>>()
    });
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        // It is drawn before it is put into the page, and shows itself only there.
        request_animation_frame(move || {
            if !dialog.open() {
                let _ = dialog.show_modal();
            }
        });
    });
    let navigate = use_navigate();
    let go = Callback::new(move |way: Way| {
        open.set(false);
        navigate(&way.href, Default::default());
    });
    let key = move |event: ev::KeyboardEvent| {
        let count = all.read_untracked().len().max(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|n| *n = (*n + 1) % count),
            "ArrowUp" => at.update(|n| *n = (*n + count - 1) % count),
            "Enter" => {
                let chosen = all.with_untracked(|all| all.get(at.get_untracked()).cloned());
                if let Some(way) = chosen {
                    go.run(way);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let option = move |n: usize| {
        let way = Memo::new(move |_| all.read().get(n).cloned());
        let here = move || at.get() == n;
        let words = move || {
            way.get()
                .map(|w| view! { <span>{w.words}</span><span class="dimmer sm">{w.of}</span> })
        };
        view! {
            <li role="option" id=format!("palette-{n}") aria-selected=move || if here() { "true" } else { "false" }
                on:pointerenter=move |_| at.set(n) on:click=move |_| if let Some(way) = way.get_untracked() { go.run(way) }>{words}</li>
        }
    };
    view! {
        <dialog node_ref=dialog class="dlg palette" aria-label=t.frame_palette() on:close=move |_| open.set(false)>
            <input class="in" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" autofocus
                aria-label=t.frame_palette() placeholder=t.frame_palette() autocomplete="off" spellcheck="false"
                aria-activedescendant=move || format!("palette-{}", at.get())
                prop:value=move || text.get() on:keydown=key
                on:input=move |e| { at.set(0); text.set(event_target_value(&e)); }/>
            <ul role="listbox" id="palette-list" aria-label=t.frame_palette()>
                <For each=move || 0..all.read().len() key=|n| *n children=option/>
            </ul>
        </dialog>
    }
}
