//! What a line has beside its text: fields, the rest of it where it was cut, and what can be done with it.
use super::{
    colour::colour,
    state::{Logs, exactly},
};
use crate::{
    api::logs::get_line,
    model::log::{
        Line, Scope, WHOLE,
        ansi::plain,
        fields::{Fields, fields},
    },
    paths,
    texts::{grouped, use_texts},
};
use leptos::{prelude::*, task::spawn_local};

/// A line of which only the beginning is here.
#[component]
pub fn Cut(logs: Logs, line: Line) -> impl IntoView {
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
pub fn Fold(logs: Logs, line: Line) -> impl IntoView {
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
}
