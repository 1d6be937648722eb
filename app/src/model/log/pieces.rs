//! A line as it is drawn: its colours, and in them what is marked.
use super::ansi::Span;

/// A part of a line that looks alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub colour: Option<u8>,
    pub bold: bool,
    pub dim: bool,
    pub marked: bool,
}

/// The parts. `marks` are ranges of bytes of the whole text, in their order, and none overlaps another.
pub fn pieces(spans: Vec<Span>, marks: &[(usize, usize)]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut begins = 0;
    for span in spans {
        let ends = begins + span.text.len();
        let mut at = begins;
        let mut put = |from: usize, to: usize, marked: bool| {
            let text = span.text.get(from - begins..to - begins).unwrap_or_default();
            if !text.is_empty() {
                out.push(Piece {
                    text: text.to_owned(),
                    colour: span.colour,
                    bold: span.bold,
                    dim: span.dim,
                    marked,
                });
            }
        };
        for (from, to) in marks.iter().filter(|(from, to)| *from < ends && *to > begins) {
            let (from, to) = ((*from).max(at), (*to).min(ends));
            put(at, from, false);
            put(from, to, true);
            at = to;
        }
        put(at, ends, false);
        begins = ends;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::ansi::spans;
    use super::*;

    #[test]
    fn a_mark_may_reach_over_colours() {
        let parts = pieces(spans("ab\u{1b}[31mcd\u{1b}[0mef"), &[(1, 3), (5, 6)]);
        let told: Vec<_> = parts
            .iter()
            .map(|p| (p.text.as_str(), p.colour, p.marked))
            .collect();
        assert_eq!(
            told,
            [
                ("a", None, false),
                ("b", None, true),
                ("c", Some(1), true),
                ("d", Some(1), false),
                ("e", None, false),
                ("f", None, true),
            ]
        );
        assert_eq!(pieces(spans("plain"), &[]).len(), 1);
    }
}
