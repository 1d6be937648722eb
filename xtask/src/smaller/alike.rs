//! An order of functions in which those that look alike stand side by side.
//!
//! A compressor writes what repeats as a distance and a length, and near distances are short. The compiler leaves the
//! many copies of one generic function far apart: this order is a twentieth of the first download.

/// How many bytes in a row are looked at together.
const ROW: usize = 4;
/// How many numbers stand for a function: as many of them are equal, of two functions, as rows of bytes are.
const NUMBERS: usize = 128;

type Likeness = [u32; NUMBERS];

/// Begins with the smallest function and goes on, from each, to the one most alike that is left.
pub(super) fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let likenesses: Vec<Likeness> = bodies.iter().map(|body| likeness(body)).collect();
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    left.sort_by_key(|n| bodies[*n].len());
    let mut order = Vec::with_capacity(bodies.len());
    let mut next = 0;
    while next < left.len() {
        let last = left.remove(next);
        order.push(last);
        let nearness = |n: usize| {
            let apart = bodies[n].len().abs_diff(bodies[last].len());
            (equal(&likenesses[n], &likenesses[last]), std::cmp::Reverse(apart))
        };
        let best = left.iter().enumerate().max_by_key(|(_, n)| nearness(**n));
        next = best.map_or(0, |(at, _)| at);
    }
    order
}

fn equal(one: &Likeness, other: &Likeness) -> usize {
    one.iter().zip(other).filter(|(a, b)| a == b).count()
}

/// The least of the hashes of all rows, for each of as many ways to hash.
fn likeness(body: &[u8]) -> Likeness {
    let mut least = [u32::MAX; NUMBERS];
    for row in body.windows(ROW) {
        let row = row.iter().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
        });
        for (way, least) in (0_u32..).zip(&mut least) {
            let mixed = row ^ way.wrapping_mul(0x9e37_79b9);
            let mixed = mixed
                .wrapping_mul(0x85eb_ca6b)
                .rotate_left(13)
                .wrapping_mul(0xc2b2_ae35);
            *least = mixed.min(*least);
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_functions_stand_side_by_side() {
        let (one, other) = ("get local add store", "call panic with the text");
        let texts = [
            format!("{one} 1"),
            format!("{other} 11"),
            format!("{one} 222"),
            format!("{other} 2222"),
            format!("{one} 33333"),
        ];
        let bodies: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
        assert_eq!(order(&bodies), [0, 2, 4, 1, 3]);
        assert!(order(&[]).is_empty());
    }
}
