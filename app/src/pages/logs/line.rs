//! One entry: a line, or a mark at its place.
use super::{
    colour::colour,
    fold::{Cut, Fold},
    state::{Logs, exactly},
};
use crate::{
    components::{
        icon::{Icon, IconName},
        time::words,
    },
    model::{
        log::{
            Dropped, Entry, Level, Line, Nanos, Times,
            ansi::{plain, spans},
            book::Row,
            pieces::{Piece, pieces},
            when,
        },
        time::age,
    },
    state::clock::use_clock,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// The word for a level, and its class.
pub fn word(t: Texts, level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Error => (t.log_level_error(), "l e"),
        Level::Warn => (t.log_level_warn(), "l w"),
        Level::Info => (t.log_level_info(), "l"),
        Level::Debug => (t.log_level_debug(), "l"),
        Level::None => ("", "l"),
    }
}

/// The entry of a row.
pub fn entry(logs: Logs, row: &Row) -> AnyView {
    match &*row.entry {
        Entry::Line(line) => view! { <LineOf logs id=row.id line=line.clone()/> }.into_any(),
        Entry::Dropped(dropped) => left_out(logs, dropped, row.id),
        Entry::Gap { stream, from, to } => gap(logs, *stream, *from, *to, row.id),
        Entry::Began {
            stream,
            at,
            code,
            pod,
        } => began(logs, (*stream, *at, *code, *pod), row.id),
    }
}

fn mark(logs: Logs, id: u64, class: String, icon: IconName, words: AnyView) -> AnyView {
    let current = move || (logs.current.get() == Some(id)).then_some("true");
    view! { <div class=class id=format!("line-{id}") aria-current=current><Icon name=icon/><p>{words}</p></div> }.into_any()
}

fn left_out(logs: Logs, dropped: &Dropped, id: u64) -> AnyView {
    let t = use_texts();
    let count = i64::try_from(dropped.count()).unwrap_or(i64::MAX);
    let of = dropped.of.iter();
    let of = of.map(|(stream, n, _)| format!("{} {n}", logs.pod_of(*stream)));
    let of = of.collect::<Vec<_>>().join(", ");
    let (from, to) = (dropped.from, dropped.to);
    let why = move || t.log_left_out_why(logs.told(from), logs.told(to), &of);
    let words = view! { <b>{t.log_left_out(count)}</b>" "{why} };
    mark(logs, id, "mk drop".to_owned(), IconName::Warn, words.into_any())
}

fn gap(logs: Logs, stream: u32, from: Nanos, to: Nanos, id: u64) -> AnyView {
    let t = use_texts();
    let pod = logs.pod_of(stream);
    let long = words(t, age(when::seconds(from), when::seconds(to)));
    let why = move || t.log_gap_why(logs.told(from), logs.told(to));
    let words = view! { <b>{t.log_gap(long, pod)}</b>" "{why} };
    let class = format!("mk gap {}", ordinal(logs, stream));
    mark(logs, id, class, IconName::Alert, words.into_any())
}

fn began(logs: Logs, (stream, at, code, pod): (u32, Nanos, Option<i32>, bool), id: u64) -> AnyView {
    let t = use_texts();
    let name = logs.pod_of(stream);
    let title = if pod {
        t.log_began_pod(name)
    } else {
        t.log_began_run(name)
    };
    let rest = move || {
        let ended = code.map(|code| t.log_began_code(code)).unwrap_or_default();
        format!("{} {ended}", logs.told(at))
    };
    let words = view! { <b>{title}</b>" "{rest} };
    let class = format!("mk run {}", ordinal(logs, stream));
    mark(logs, id, class, IconName::Rolling, words.into_any())
}

fn ordinal(logs: Logs, stream: u32) -> String {
    logs.book
        .with_untracked(|b| colour(b.streams().get(stream as usize).map_or(0, |s| s.ordinal)))
}

/// A part of a line in its colour.
fn piece(piece: Piece) -> AnyView {
    let Piece {
        text,
        colour,
        bold,
        dim,
        marked,
    } = piece;
    let mut class = match colour {
        Some(n @ 1..=6) => format!("a{n}"),
        _ if dim => "a8".to_owned(),
        _ => String::new(),
    };
    if bold {
        class.push_str(" ab");
    }
    match (marked, class.is_empty()) {
        (true, _) => view! { <mark class=class>{text}</mark> }.into_any(),
        (false, true) => text.into_any(),
        (false, false) => view! { <span class=class>{text}</span> }.into_any(),
    }
}

#[component]
fn LineOf(logs: Logs, id: u64, line: Line) -> impl IntoView {
    let (t, clock) = (use_texts(), use_clock());
    let stream = logs
        .book
        .with_untracked(|b| b.streams().get(line.stream as usize).cloned().unwrap_or_default());
    let at = line.at;
    let time = move || match logs.query.with(|q| q.look.times) {
        Times::Relative => words(t, age(when::seconds(at), clock.get())),
        Times::Hidden => String::new(),
        Times::Local | Times::Utc => logs.told(at),
    };
    let open = Memo::new(move |_| logs.open.get() == Some(id));
    let current = move || (logs.current.get() == Some(id)).then_some("true");
    let (level, level_class) = word(t, line.level);
    let who = match stream.ordinal {
        -1 => String::new(),
        n => n.to_string(),
    };
    let title = format!("{} {}", stream.pod, stream.container);
    let of = StoredValue::new(line);
    let text = move || {
        let marks = logs
            .patterns
            .with(|p| of.with_value(|l| p.marks(&plain(&l.text))));
        let parts = of.with_value(|l| pieces(spans(&l.text), &marks));
        parts.into_iter().map(piece).collect::<Vec<_>>()
    };
    let toggle = move |_| {
        logs.current.set(Some(id));
        logs.open.update(|open| *open = (*open != Some(id)).then_some(id));
    };
    let fold = move || {
        open.get()
            .then(|| view! { <Fold logs line=of.get_value()/> }.into_any())
    };
    let whole = of.with_value(|l| l.whole);
    view! {
        <div class=format!("ln {}", colour(stream.ordinal)) class:open=move || open.get() aria-current=current
            id=format!("line-{id}") on:click=toggle>
            <time title=exactly(at)>{time}</time>
            <span class="o" title=title>{who}</span>
            <span class=level_class>{level}</span>
            <span class="m">{text}</span>
        </div>
        {(whole > 0).then(|| view! { <Cut logs line=of.get_value()/> })}
        {fold}
    }
}
