//! The colours of the streams.

/// How many ordinals have a colour of their own.
const COLOURS: i64 = 6;

/// The class of a stream's colour.
pub fn colour(ordinal: i64) -> String {
    format!("o{}", ordinal.max(0) % COLOURS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_repeat() {
        assert_eq!(
            (colour(0), colour(7), colour(-1)),
            ("o0".into(), "o1".into(), "o0".into())
        );
    }
}
