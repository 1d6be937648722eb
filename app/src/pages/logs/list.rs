//! The lines: of twenty thousand only those in view are in the page.
use super::{
    line::entry,
    state::{Link, Logs},
};
use crate::{
    model::log::{
        Entry,
        book::{Row, line},
    },
    texts::use_texts,
};
use leptos::{ev, html, prelude::*};

/// The height of a line of text, in pixels, as in the sheet.
const LINE: f64 = 20.0;
/// What an entry needs beside its text.
const BESIDE: f64 = 1.0;
/// The height of a mark.
const MARK: f64 = 32.0;
/// The lines of text that an entry has at most before it is folded out.
const CLAMP: usize = 6;
/// Pixels above and below the view that are drawn too.
const OVER: f64 = 600.0;
/// The width of what stands before the text, in characters.
const BEFORE: usize = 25;

/// What is in view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Port {
    top: f64,
    height: f64,
    /// Characters that have room in a line; 0 where lines run on.
    columns: usize,
}

/// The rows that are drawn, and the room of those before and after.
#[derive(Clone, Debug, Default, PartialEq)]
struct Cut {
    before: f64,
    after: f64,
    rows: Vec<Row>,
}

fn height(row: &Row, columns: usize) -> f64 {
    if !row.shown {
        return 0.0;
    }
    match line(&row.entry) {
        None => MARK,
        Some(line) => {
            let lines = match columns {
                0 => 1,
                n => line.text.len().div_ceil(n).clamp(1, CLAMP),
            };
            let cut = if line.whole > 0 { LINE + 12.0 } else { 0.0 };
            lines as f64 * LINE + BESIDE + cut
        }
    }
}

/// Where a row begins.
fn begins(logs: Logs, id: u64, columns: usize) -> f64 {
    logs.book.with_untracked(|b| {
        let before = b.rows().iter().take_while(|r| r.id != id);
        before.map(|r| height(r, columns)).sum()
    })
}

fn cut(logs: Logs, port: Option<Port>) -> Cut {
    logs.book.with(|book| {
        let Some(port) = port else {
            let rows = book.rows().iter().filter(|r| r.shown).cloned().collect();
            return Cut {
                rows,
                ..Cut::default()
            };
        };
        let (first, last) = if logs.at_end.get() {
            let all: f64 = book.rows().iter().map(|r| height(r, port.columns)).sum();
            (all - port.height - OVER, f64::MAX)
        } else {
            (port.top - OVER, port.top + port.height + OVER)
        };
        let mut out = Cut::default();
        let mut at = 0.0;
        for row in book.rows().iter().filter(|r| r.shown) {
            let high = height(row, port.columns);
            if at + high < first {
                out.before += high;
            } else if at > last {
                out.after += high;
            } else {
                out.rows.push(row.clone());
            }
            at += high;
        }
        out
    })
}

/// The list.
#[component]
pub fn List(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let node = NodeRef::<html::Div>::new();
    let port = RwSignal::new(None::<Port>);
    let window_of = Memo::new(move |_| cut(logs, port.get()));
    let measure = move || {
        let Some(list) = node.get_untracked() else { return };
        let wraps = logs.query.with_untracked(|q| !q.look.unwrapped);
        let wide = usize::try_from(list.client_width()).unwrap_or(0) / 8;
        let now = Port {
            top: list.scroll_top().into(),
            height: list.client_height().into(),
            columns: if wraps {
                wide.saturating_sub(BEFORE).max(20)
            } else {
                0
            },
        };
        if port.get_untracked() != Some(now) {
            port.set(Some(now));
        }
    };
    stay(logs, node, window_of, port, measure);
    let last = StoredValue::new(0.0);
    let scrolled = move |_| {
        let Some(list) = node.get_untracked() else { return };
        let (top, room) = (
            f64::from(list.scroll_top()),
            f64::from(list.scroll_height() - list.client_height()),
        );
        let up = top < last.get_value() - 2.0;
        last.set_value(top);
        if top >= room - 4.0 {
            logs.at_end.set(true);
        } else if up {
            logs.at_end.set(false);
        }
        measure();
    };
    let name = logs.scope.with_value(|s| s.name().to_owned());
    let space = |name: &str, high: f64| format!("{name}:{high}px");
    view! {
        <div class="log" class:unwrapped=move || logs.query.with(|q| q.look.unwrapped) role="log" aria-live="off"
            aria-label=t.log_label(name) tabindex="0" node_ref=node on:scroll=scrolled
            on:keydown=move |event| key(logs, &event)>
            <div style=move || space("height", window_of.read().before)></div>
            <For each=move || window_of.get().rows key=|row| row.id children=move |row| entry(logs, &row)/>
            <div style=move || space("height", window_of.read().after)></div>
            <Nothing logs/>
        </div>
    }
}

/// Keeps the newest lines in view, or brings a line into it.
fn stay(
    logs: Logs,
    node: NodeRef<html::Div>,
    window_of: Memo<Cut>,
    port: RwSignal<Option<Port>>,
    measure: impl Fn() + Copy + 'static,
) {
    Effect::new(move || {
        measure();
        let resized = window_event_listener(ev::resize, move |_| measure());
        on_cleanup(move || resized.remove());
    });
    Effect::new(move || {
        logs.query.with(|q| q.look.unwrapped);
        measure();
    });
    Effect::new(move || {
        window_of.track();
        if logs.at_end.get() {
            request_animation_frame(move || {
                if let (Some(list), Some(true)) = (
                    node.try_get_untracked().flatten(),
                    logs.at_end.try_get_untracked(),
                ) {
                    list.set_scroll_top(list.scroll_height());
                }
            });
        }
    });
    Effect::new(move || {
        let (Some(id), Some(list)) = (logs.wanted.get(), node.get()) else {
            return;
        };
        logs.wanted.set(None);
        let columns = port.get_untracked().map_or(0, |p| p.columns);
        let top = begins(logs, id, columns) - f64::from(list.client_height()) / 3.0;
        list.set_scroll_top(top as i32);
        // What was reckoned becomes what is there.
        request_animation_frame(move || {
            if let Some(line) = document().get_element_by_id(&format!("line-{id}")) {
                let how = web_sys::ScrollIntoViewOptions::new();
                how.set_block(web_sys::ScrollLogicalPosition::Nearest);
                line.scroll_into_view_with_scroll_into_view_options(&how);
            }
        });
    });
}

/// The keys of the list.
fn key(logs: Logs, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let inside = event.target() == event.current_target();
    let is_hit = |row: &Row| line(&row.entry).is_some_and(|l| logs.patterns.with_untracked(|p| p.hits(l)));
    match event.key().as_str() {
        "ArrowDown" | "j" => logs.find(false, |_| true),
        "ArrowUp" | "k" => logs.find(true, |_| true),
        "Enter" if inside => {
            let current = logs.current.get_untracked();
            logs.open
                .update(|open| *open = if *open == current { None } else { current });
        }
        " " if inside => logs.pause(),
        "n" => logs.find(false, is_hit),
        "N" => logs.find(true, is_hit),
        "w" => logs.look(|look| look.unwrapped = !look.unwrapped),
        "End" => {
            logs.current.set(None);
            logs.at_end.set(true);
        }
        "Escape" if logs.open.get_untracked().is_some() => logs.open.set(None),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Why there is no line.
#[component]
fn Nothing(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let words = move || {
        let (all, shown) = logs.book.read().lines();
        let marks = logs
            .book
            .read()
            .rows()
            .iter()
            .any(|r| !matches!(*r.entry, Entry::Line(_)));
        match (all, shown) {
            (0, _) if marks => None,
            (0, _) if matches!(logs.link.get(), Link::Connecting) && logs.here.get() => None,
            (0, _) => Some(t.log_nothing()),
            (_, 0) => Some(t.log_all_hidden()),
            _ => None,
        }
    };
    move || words().map(|words| view! { <p class="dim none">{words}</p> }.into_any())
}
