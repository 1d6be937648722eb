//! The last piece of a file waits until it is known that the file ended well.
use app::api::ApiError;
use axum::body::Bytes;

/// What is held back.
pub(super) struct Held {
    /// Empty once the end is reached.
    last: Bytes,
    /// What is still to come of the size that was told.
    left: Option<u64>,
    /// Nothing comes after the last piece.
    ended: bool,
}

impl Held {
    /// The first piece, where there is one, and the size that was told.
    pub(super) fn new(first: Option<Bytes>, size: Option<u64>) -> Self {
        Self {
            ended: first.is_none(),
            last: first.unwrap_or_default(),
            left: size,
        }
    }

    /// What can go without a look at what comes next: the end, or the last piece of the size that was told, for a file
    /// may have grown since.
    pub(super) fn ready(&mut self) -> Option<Option<Bytes>> {
        if self.ended && self.last.is_empty() {
            return Some(None);
        }
        let left = self.left.filter(|left| self.last.len() as u64 >= *left)?;
        self.ended = true;
        let last = std::mem::take(&mut self.last);
        Some(Some(last.slice(..usize::try_from(left).unwrap_or(usize::MAX))))
    }

    /// What goes now that the next piece, or the good end, is here.
    ///
    /// # Errors
    /// The file is shorter than was told.
    pub(super) fn take(&mut self, next: Option<Bytes>) -> Result<Option<Bytes>, ApiError> {
        self.ended = next.is_none();
        let piece = std::mem::replace(&mut self.last, next.unwrap_or_default());
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(piece.len() as u64);
            if self.ended && *left > 0 {
                return Err(ApiError::invalid("the file became shorter".to_owned()));
            }
        }
        Ok(Some(piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What goes of these pieces, whose program ended well or not.
    fn sent(pieces: &[&'static str], size: Option<u64>, good: bool) -> (String, bool) {
        let mut pieces = pieces.iter().map(|p| Bytes::from_static(p.as_bytes()));
        let mut held = Held::new(pieces.next(), size);
        let mut sent = Vec::new();
        loop {
            let piece = match held.ready() {
                Some(ready) => Ok(ready),
                None => match pieces.next() {
                    None if !good => return (String::from_utf8(sent).expect("text"), false),
                    next => held.take(next),
                },
            };
            match piece {
                Ok(Some(piece)) => sent.extend_from_slice(&piece),
                end => return (String::from_utf8(sent).expect("text"), end.is_ok()),
            }
        }
    }

    #[test]
    fn what_ends_well_is_whole() {
        assert_eq!(sent(&["ab", "cd"], None, true), ("abcd".to_owned(), true));
        assert_eq!(sent(&["ab", "cd"], Some(4), true), ("abcd".to_owned(), true));
        assert_eq!(sent(&[], None, true), (String::new(), true));
        let grown = sent(&["ab", "cdef", "gh"], Some(4), true);
        assert_eq!(grown, ("abcd".to_owned(), true), "as long as was told");
    }

    #[test]
    fn what_breaks_off_is_never_whole() {
        assert_eq!(sent(&["ab", "cd"], None, false), ("ab".to_owned(), false));
        assert_eq!(sent(&["ab", "cd"], Some(9), false), ("ab".to_owned(), false));
        assert_eq!(
            sent(&["ab", "cd"], Some(9), true),
            ("ab".to_owned(), false),
            "shorter"
        );
    }
}
