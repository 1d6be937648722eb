//! The YAML beside the form: numbered lines, lightly coloured, some of them marked.
use crate::model::said::calm;
use leptos::{either::Either, html::Pre, prelude::*};
use wasm_bindgen::JsCast;

/// A line of the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its text.
    pub text: String,
    /// Whether it changed since the start.
    pub changed: bool,
    /// Whether the focused field is here.
    pub focused: bool,
}

/// What a piece of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Other,
    Key,
    Text,
    Number,
    Comment,
}

impl Piece {
    fn class(self) -> &'static str {
        match self {
            Self::Other => "",
            Self::Key => "k",
            Self::Text => "s",
            Self::Number => "n",
            Self::Comment => "c",
        }
    }
}

/// Cuts one line into pieces. It knows nothing of the lines around: good enough for colours, for nothing else.
fn pieces(line: &str) -> Vec<(Piece, &str)> {
    let comment = if line.trim_start().starts_with('#') {
        Some(0)
    } else {
        line.find(" #")
    };
    let (code, comment) = line.split_at(comment.unwrap_or(line.len()));
    let content = code.trim_start_matches([' ', '-']);
    let (lead, mut out) = (&code[..code.len() - content.len()], Vec::new());
    out.push((Piece::Other, lead));
    let key = content
        .find(": ")
        .or_else(|| content.ends_with(':').then(|| content.len() - 1));
    let value = match key.filter(|_| !content.starts_with(['{', '['])) {
        Some(end) => {
            out.push((Piece::Key, &content[..end]));
            out.push((Piece::Other, ":"));
            &content[end + 1..]
        }
        None => content,
    };
    let number = value.trim().parse::<f64>().is_ok() || matches!(value.trim(), "true" | "false" | "null");
    out.push((if number { Piece::Number } else { Piece::Text }, value));
    out.push((Piece::Comment, comment));
    out.retain(|(_, text)| !text.is_empty());
    out
}

/// How many lines are drawn together: those of one key are drawn anew, not thousands.
const BLOCK: usize = 32;

/// The lines; a click on one tells its number, counted from 0 in this pane. Follows the focused lines.
#[component]
pub fn YamlPane(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] lines: Signal<Vec<Line>>,
    on_line: Callback<usize>,
) -> impl IntoView {
    let pre = NodeRef::<Pre>::new();
    let first = Memo::new(move |_| lines.with(|l| l.iter().position(|l| l.focused)));
    Effect::new(move || {
        if let (Some(pre), Some(first)) = (pre.get(), first.get())
            && let Some(line) = pre.children().item(u32::try_from(first).unwrap_or(0))
        {
            let (top, view) = (line.get_bounding_client_rect(), pre.get_bounding_client_rect());
            if top.top() < view.top() || top.bottom() > view.bottom() {
                pre.set_scroll_top(pre.scroll_top() + (top.top() - view.top() - view.height() / 3.0) as i32);
            }
        }
    });
    let count = Memo::new(move |_| lines.with(|l| l.len().div_ceil(BLOCK)));
    let clicked = move |e: web_sys::MouseEvent| {
        let target = e.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        let line = target.and_then(|t| t.closest("pre > div").ok().flatten());
        if let Some(line) = line {
            let above =
                std::iter::successors(line.previous_element_sibling(), |l| l.previous_element_sibling());
            on_line.run(above.count());
        }
    };
    view! {
        <pre node_ref=pre tabindex="0" role="region" aria-label=move || label.get() on:click=clicked>
            <For each=move || 0..count.get() key=|n| *n let:n><Block lines n/></For>
        </pre>
    }
}

/// Some lines; drawn anew when one of them has changed.
#[component]
fn Block(lines: Signal<Vec<Line>>, n: usize) -> impl IntoView {
    let own = Memo::new_owning(move |before: Option<Vec<Line>>| {
        let lines = lines.read();
        let from = (n * BLOCK).min(lines.len());
        let now = &lines[from..lines.len().min(from + BLOCK)];
        match before {
            Some(before) if before == now => (before, false),
            _ => (now.to_vec(), true),
        }
    });
    move || own.read().iter().map(one).collect_view()
}

fn one(line: &Line) -> impl IntoView + use<> {
    let class = if line.focused {
        "f"
    } else if line.changed {
        "a"
    } else {
        ""
    };
    let piece = |(piece, text): (Piece, &str)| match piece {
        Piece::Other => Either::Left(calm(text)),
        piece => Either::Right(view! { <span class=piece.class()>{calm(text)}</span> }),
    };
    view! { <div class=class>{pieces(&line.text).into_iter().map(piece).collect_view()}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_without_losing_a_character() {
        for line in [
            "",
            "  - name: \"x\"  # why",
            "a:",
            "# all",
            "- {a: 1}",
            "k: http://x",
            "n: 3",
        ] {
            assert_eq!(pieces(line).iter().map(|p| p.1).collect::<String>(), line);
        }
        assert_eq!(
            pieces("n: 3"),
            [(Piece::Key, "n"), (Piece::Other, ":"), (Piece::Number, " 3")]
        );
    }
}
