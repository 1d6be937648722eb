//! From a place in the tree to a line and columns of the text.
use super::{documents::Bundle, path::Place, problem::line_of};

/// A place in the text: the line and the columns, all counted from 1; `end` is the column after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    pub line: usize,
    pub column: usize,
    pub end: usize,
}

impl Bundle {
    /// The byte at which a place begins, or the nearest thing above it that is there.
    pub fn start(&self, place: &Place) -> usize {
        let mut at = self.documents.get(place.document).map(|d| &d.root);
        let mut start = at.map_or(0, |root| root.range.start);
        for segment in &place.path.0 {
            at = at.and_then(|node| node.step(segment));
            start = at.map_or(start, |node| node.range.start);
        }
        start
    }

    /// Where a place stands; for what is not there, where the nearest thing above it stands.
    pub fn spot(&self, place: &Place) -> Option<Spot> {
        let mut path = place.path.clone();
        let range = loop {
            let node = self.at(&Place {
                document: place.document,
                path: path.clone(),
            });
            match (node, path.parent()) {
                (Some(node), Some(_)) if !node.range.is_empty() => break node.range.clone(),
                // The whole document: its first line says enough.
                (Some(node), None) => break node.range.clone(),
                (_, Some(above)) => path = above,
                (None, None) => return None,
            }
        };
        let start = self.text[..range.start].rfind('\n').map_or(0, |n| n + 1);
        let column = self.text[start..range.start].chars().count() + 1;
        let first = self.text[range].lines().next().unwrap_or_default();
        Some(Spot {
            line: line_of(&self.text, start) + 1,
            column,
            end: column + first.trim_end().chars().count(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::default;

    #[test]
    fn a_place_has_a_line_and_columns() {
        let bundle = Bundle::read("a: 1\nb:\n  - name: x y # z\n---\nc:\n").unwrap();
        let at = |document, path: &str| {
            bundle
                .spot(&Place::new(document, path))
                .map(|s| (s.line, s.column, s.end))
        };
        assert_eq!(at(0, "b[0].name"), Some((3, 11, 14)));
        // Not there: its nearest parent.
        assert_eq!(at(0, "b[0].image").map(|s| s.0), Some(3));
        assert_eq!(at(1, "c.d").map(|s| s.0), Some(5));
        assert_eq!(at(7, "c"), None);
    }

    #[test]
    fn lines_and_places() {
        let text = default::text("orders", "abc123");
        let bundle = Bundle::read(&text).unwrap();
        let image = Place::new(1, "spec.template.spec.containers[0].image");
        let line = bundle.lines(&image).unwrap();
        assert_eq!(line.len(), 1);
        assert!(text.lines().nth(line.start).unwrap().contains("image:"));
        assert_eq!(bundle.place_of_line(line.start), Some(image));
        assert_eq!(bundle.documents[1].lines.start, 12);
    }
}
