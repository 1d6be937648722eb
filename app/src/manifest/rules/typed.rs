//! What is wrong with a value of a known type, and with a key that no field has.
use crate::manifest::{
    lint::{near::nearest, scene::Visit},
    path::{Path, Segment},
    shapes::{self, Many, Value},
    tree::Kind,
};

/// What a place must hold, where something else stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Keys with values.
    Map,
    /// Lines with dashes.
    List,
    /// One value.
    Value,
}

/// What is wanted in the place of what stands there; `None` where it is of the right shape.
pub(super) fn wanted(v: &Visit) -> Option<Wanted> {
    let of = v.of?;
    match (&v.node.kind, of.many, of.of) {
        // Nothing is right everywhere; an alias is told for itself.
        (Kind::Nothing | Kind::Opaque, ..) | (_, Many::One, Value::Any) => None,
        _ if v.node.is_nothing() => None,
        (Kind::List(..), Many::List, _) | (Kind::Map(..), Many::Map, _) => None,
        (Kind::Map(..), Many::One, Value::Object(_)) => None,
        (Kind::Scalar(..), Many::One, of) if !matches!(of, Value::Object(_)) => None,
        (_, Many::List, _) => Some(Wanted::List),
        (_, Many::Map, _) | (_, _, Value::Object(_)) => Some(Wanted::Map),
        _ => Some(Wanted::Value),
    }
}

/// What a key that no field has most likely is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// Nobody knows.
    Field,
    /// Nearly this field.
    Misspelled(&'static str),
    /// The field at this path.
    Misplaced(String),
}

/// What was most likely meant by the key of a visit without a type.
pub(super) fn unknown(v: &Visit) -> Unknown {
    let (Some((object, length)), Some(Segment::Key(key))) = (v.above.last(), v.place.path.0.last()) else {
        return Unknown::Field;
    };
    let here = v.root.at(&Path(v.place.path.0[..*length].to_vec()));
    let free = |name: &&str| here.is_none_or(|node| node.entry(name).is_none());
    let names = shapes::fields(object).iter().map(|(name, _)| *name);
    if let Some(name) = nearest(key, names.filter(free)) {
        return Unknown::Misspelled(name);
    }
    let place = v.above.iter().rev().skip(1).find_map(|(object, length)| {
        shapes::field(object, key)?;
        let place = Path(v.place.path.0[..*length].to_vec()).key(key);
        v.root.at(&place).is_none().then_some(place)
    });
    place.map_or(Unknown::Field, |place| Unknown::Misplaced(place.to_string()))
}
