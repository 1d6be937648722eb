//! One entry: a line, or a mark at its place.
use super::state::{Logs, exactly};
use crate::{
    api::logs::get_line,
    components::{
        icon::{Icon, IconName},
        time::words,
    },
    model::{
        log::{
            Dropped, Entry, Level, Line, Nanos, Scope, Times, WHOLE,
            ansi::{plain, spans},
            book::Row,
            fields::{Fields, fields},
            pieces::{Piece, pieces},
            when,
        },
        time::age,
    },
    paths,
    state::clock::use_clock,
    texts::{Texts, grouped, use_texts},
};
use leptos::{prelude::*, task::spawn_local};

/// How many ordinals have a colour of their own.
const COLOURS: i64 = 6;

/// The class of a stream's colour.
pub fn colour(ordinal: i64) -> String {
    format!("o{}", ordinal.max(0) % COLOURS)
}

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

/// A line of which only the beginning is here.
#[component]
fn Cut(logs: Logs, line: Line) -> impl IntoView {
    let t = use_texts();
    let shown = RwSignal::new(None::<Result<String, String>>);
    let busy = RwSignal::new(false);
    let (pod, container) = logs.book.with_untracked(|b| {
        let found = b.streams().get(line.stream as usize);
        found
            .map(|s| (s.pod.clone(), s.container.clone()))
            .unwrap_or_default()
    });
    let namespace = logs.scope.with_value(|s| s.namespace().to_owned());
    let whole = line.whole;
    let href = paths::logs_file_of(&namespace, &pod, &container);
    let ask = move |_| {
        let scope = Scope::Pod {
            namespace: namespace.clone(),
            name: pod.clone(),
        };
        let (container, at, begins) = (container.clone(), line.at, line.text.clone());
        busy.set(true);
        spawn_local(async move {
            let found = get_line(scope, container, at, begins).await;
            shown.set(Some(found.map_err(|e| e.words())));
            busy.set(false);
        });
    };
    let size = move || t.log_cut(size(whole));
    view! {
        <div class="cutline">
            <span>{size}</span>
            <button type="button" class="btn small js-only" disabled=move || busy.get() on:click=ask>{t.log_show_all()}</button>
            <a class="btn small" href=href download>{t.log_download()}</a>
            {move || shown.get().map(|found| match found {
                Ok(text) => {
                    let rest = (whole > WHOLE as u64).then(|| t.log_first_of_it());
                    view! { <pre class="all" tabindex="0">{text}</pre><p class="dim sm">{rest}</p> }.into_any()
                }
                Err(words) => view! { <p class="err" role="alert">{words}</p> }.into_any(),
            })}
        </div>
    }
}

/// Bytes as one reads them.
fn size(bytes: u64) -> String {
    match bytes {
        0..=1_048_575 => format!("{} KB", bytes / 1_024),
        more => format!("{:.1} MB", more as f64 / 1_048_576.0),
    }
}

/// The fields of a line, and what can be done with it.
#[component]
fn Fold(logs: Logs, line: Line) -> impl IntoView {
    let t = use_texts();
    let text = plain(&line.text).into_owned();
    let Fields { message, pairs } = fields(&text).unwrap_or_default();
    let ordinal = logs
        .book
        .with_untracked(|b| b.streams().get(line.stream as usize).map_or(0, |s| s.ordinal));
    let filter = move |only: bool, value: String| {
        logs.look(|look| {
            let field = if only { &mut look.only } else { &mut look.without };
            *field = escaped(&value);
        });
    };
    let row = move |(key, value): (String, String)| {
        let (these, others) = (value.clone(), value.clone());
        let (only_label, without_label) = (t.log_only_this(&value), t.log_without_this(&value));
        view! {
            <div>
                <dt>{key}</dt>
                <dd>{value}
                    <span class="fa">
                        <button type="button" class="btn small ghost" aria-label=only_label on:click=move |_| filter(true, these.clone())>{t.log_only()}</button>
                        <button type="button" class="btn small ghost" aria-label=without_label on:click=move |_| filter(false, others.clone())>{t.log_without()}</button>
                    </span>
                </dd>
            </div>
        }
        .into_any()
    };
    let said = (!message.is_empty()).then(|| view! { <p class="mono">{message}</p> }.into_any());
    let rows: Vec<AnyView> = pairs.into_iter().map(row).collect();
    let copy = move |_| drop(window().navigator().clipboard().write_text(&text));
    let chars = i64::try_from(line.text.len()).unwrap_or(0);
    view! {
        <div class=format!("fold {}", colour(ordinal))>
            {said}
            <dl>{rows}</dl>
            <p class="row sm dim">
                <span class="mono">{exactly(line.at)}</span><span>{t.log_bytes(grouped(chars))}</span>
                <button type="button" class="btn small" on:click=copy>{t.log_copy_line()}</button>
            </p>
        </div>
    }
}

/// A text as a regular expression that finds nothing else.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\^$.|?*+()[]{}".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_finds_itself() {
        assert_eq!(escaped("a.b(c)[1]"), "a\\.b\\(c\\)\\[1\\]");
        assert_eq!(escaped("plain-text/ä"), "plain-text/ä");
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(20_480), "20 KB");
        assert_eq!(size(10_905_190), "10.4 MB");
    }

    #[test]
    fn colours_repeat() {
        assert_eq!(
            (colour(0), colour(7), colour(-1)),
            ("o0".into(), "o1".into(), "o0".into())
        );
    }
}
