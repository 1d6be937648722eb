//! What is read, and what of it is shown.
use super::{colour::colour, line::word, range::Range, state::Logs};
use crate::{
    components::menu::Menu,
    model::{
        log::{Level, Look, Runs, Scope, Stream, book::line},
        pod::Role,
    },
    state::keys::FILTER,
    texts::{Texts, grouped, use_texts},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Ordinals that are offered as buttons.
const BUTTONS: usize = 40;
/// The two rows of tools.
#[component]
pub fn Tools(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let is_set = logs.scope.with_value(|s| matches!(s, Scope::Set { .. }));
    let text = move |what: fn(&mut Look) -> &mut String| {
        (
            Signal::derive(move || logs.query.with(|q| what(&mut q.look.clone()).clone())),
            Callback::new(move |text: String| logs.look(|look| *what(look) = text)),
        )
    };
    let hits = Memo::new(move |_| {
        logs.patterns.track();
        let marked = logs.query.with(|q| !q.look.mark.is_empty());
        let count = || {
            logs.patterns.with(|p| {
                let book = logs.book.read();
                let lines = book.rows().iter().filter(|r| r.shown);
                lines.filter_map(|r| line(&r.entry)).filter(|l| p.hits(l)).count()
            })
        };
        if marked { count() } else { 0 }
    });
    let marked = move || logs.query.with(|q| !q.look.mark.is_empty());
    let hit = move |back: bool| {
        move |_| {
            logs.find(back, |row| {
                let line = line(&row.entry);
                line.is_some_and(|l| logs.patterns.with_untracked(|p| p.hits(l)))
            });
        }
    };
    let (only, set_only) = text(|look| &mut look.only);
    let (without, set_without) = text(|look| &mut look.without);
    let (mark, set_mark) = text(|look| &mut look.mark);
    view! {
        <div class="ltools js-only">
            {is_set.then(|| view! { <Ordinals logs/> })}
            <Containers logs/>
            <RunsOf logs/>
            <Range logs/>
            <Levels logs/>
            <Pattern logs nth=0 id=FILTER label=t.log_only() help=t.log_only_label() value=only set=set_only/>
            <Pattern logs nth=1 id="log-without" label=t.log_without() help=t.log_without_label() value=without set=set_without/>
            <Pattern logs nth=2 id="log-mark" label=t.log_mark() help=t.log_mark_label() value=mark set=set_mark/>
            {move || marked().then(|| view! {
                <span class="row">
                    <span class="num dim sm" role="status">{move || t.log_hits(i64::try_from(hits.get()).unwrap_or(0))}</span>
                    <button type="button" class="btn small" on:click=hit(true)>{t.log_hit_before()}</button>
                    <button type="button" class="btn small" on:click=hit(false)>{t.log_hit_next()}</button>
                </span>
            })}
        </div>
    }
}

/// A field for a regular expression.
#[component]
fn Pattern(
    logs: Logs,
    nth: usize,
    id: &'static str,
    label: &'static str,
    help: &'static str,
    value: Signal<String>,
    set: Callback<String>,
) -> impl IntoView {
    let t = use_texts();
    let wrong = move || logs.patterns.with(|p| p.wrong[nth]);
    view! {
        <label class="in pattern">
            <span class="k">{label}</span>
            <input id=id aria-label=help placeholder=t.log_regex() autocomplete="off" spellcheck="false"
                aria-invalid=move || wrong().then_some("true")
                prop:value=move || value.get() on:input=move |e| set.run(event_target_value(&e))/>
            {move || wrong().then(|| view! { <span class="err sm" role="alert">{t.log_no_regex()}</span> })}
        </label>
    }
}

/// The pods by their ordinals.
#[component]
fn Ordinals(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let all = Memo::new(move |_| {
        let book = logs.book.read();
        let pods: BTreeMap<i64, String> = book
            .streams()
            .iter()
            .map(|s| (s.ordinal, s.pod.clone()))
            .collect();
        pods.into_iter().take(BUTTONS).collect::<Vec<_>>()
    });
    let one = move |(ordinal, pod): (i64, String)| {
        let chosen = Memo::new(move |_| logs.query.with(|q| q.reading.wants_ordinal(ordinal)));
        let choose = move |_| {
            let every: Vec<i64> = all.with_untracked(|a| a.iter().map(|(o, _)| *o).collect());
            logs.read(|reading| {
                // All are wanted until one is chosen: the first click chooses it alone.
                if reading.ordinals.is_empty() {
                    reading.ordinals = vec![ordinal];
                } else if let Some(at) = reading.ordinals.iter().position(|o| *o == ordinal) {
                    reading.ordinals.remove(at);
                } else {
                    reading.ordinals.push(ordinal);
                    reading.ordinals.sort_unstable();
                }
                if reading.ordinals == every {
                    reading.ordinals.clear();
                }
            });
        };
        view! {
            <button type="button" class=colour(ordinal) aria-pressed=move || chosen.get().to_string() title=pod.clone()
                aria-label=pod on:click=choose>{ordinal}</button>
        }
        .into_any()
    };
    let buttons = move || all.get().into_iter().map(one).collect::<Vec<AnyView>>();
    view! { <div class="pick" role="group" aria-label=t.log_ordinals()>{buttons}</div> }
}

fn role(t: Texts, role: Role) -> &'static str {
    match role {
        Role::Main => "",
        Role::Init => t.log_role_init(),
        Role::Sidecar => t.log_role_sidecar(),
        Role::Ephemeral => t.log_role_ephemeral(),
    }
}

/// The containers, of all pods together.
#[component]
fn Containers(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let all = Memo::new(move |_| {
        let book = logs.book.read();
        let mut found: Vec<(String, Role)> = Vec::new();
        let named = book
            .streams()
            .iter()
            .filter(|s: &&Stream| !s.container.is_empty());
        for stream in named {
            if !found.iter().any(|(name, _)| *name == stream.container) {
                found.push((stream.container.clone(), stream.role));
            }
        }
        found
    });
    let chosen = move || {
        logs.query.with(|q| {
            let all = all.read();
            let names = all.iter().filter(|(n, r)| q.reading.wants_container(n, *r));
            names.map(|(n, _)| n.as_str()).collect::<Vec<_>>().join(", ")
        })
    };
    let one = move |(name, of): (String, Role)| {
        let (wanted, changed) = (name.clone(), name.clone());
        let checked = move || logs.query.with(|q| q.reading.wants_container(&wanted, of));
        let choose = move |event| {
            let on = event_target_checked(&event);
            let main: Vec<String> = all.with_untracked(|all| {
                let wanted = |(n, r): &&(String, Role)| {
                    logs.query.with_untracked(|q| q.reading.wants_container(n, *r))
                };
                all.iter().filter(wanted).map(|(n, _)| n.clone()).collect()
            });
            let mut names: Vec<String> = main.into_iter().filter(|n| *n != changed).collect();
            if on {
                names.push(changed.clone());
            }
            logs.read(|reading| reading.containers = names);
        };
        view! { <label class="check"><input type="checkbox" prop:checked=checked on:change=choose/>{name}" "<span class="dimmer sm">{role(t, of)}</span></label> }
            .into_any()
    };
    let boxes = move || all.get().into_iter().map(one).collect::<Vec<AnyView>>();
    view! { <Menu label=t.log_container() value=Signal::derive(chosen)>{boxes}</Menu> }
}

#[component]
fn RunsOf(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let one = move |runs: Runs| {
        let word = match runs {
            Runs::Current => t.log_run_current(),
            Runs::Previous => t.log_run_previous(),
            Runs::Both => t.log_run_both(),
        };
        let pressed = move || logs.query.with(|q| q.reading.runs == runs).to_string();
        view! { <button type="button" aria-pressed=pressed on:click=move |_| logs.read(|r| r.runs = runs)>{word}</button> }
            .into_any()
    };
    view! { <div class="seg" role="group" aria-label=t.log_runs()>{Runs::ALL.map(one).into_iter().collect::<Vec<_>>()}</div> }
}

#[component]
fn Levels(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let one = move |level: Level| {
        let (name, _) = word(t, level);
        let name = if name.is_empty() { t.log_level_none() } else { name };
        let pressed = move || logs.query.with(|q| !q.look.hidden.contains(&level)).to_string();
        let count = move || grouped(i64::try_from(logs.book.read().count(level)).unwrap_or(0));
        let dot = format!("dot {}", level.letter());
        view! {
            <button type="button" aria-pressed=pressed on:click=move |_| logs.toggle(level)>
                <i class=dot></i>{name}<span class="n">{count}</span>
            </button>
        }
        .into_any()
    };
    view! { <div class="seg lv" role="group" aria-label=t.log_levels()>{Level::ALL.map(one).into_iter().collect::<Vec<_>>()}</div> }
}
