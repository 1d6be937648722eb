//! How an enum with data travels: as a list of words, its case first: `["NodeLost", "node-1", "db-0"]`.
//!
//! The code that serde derives for reading such an enum takes kilobytes of the first download each; a list of words
//! every page reads anyway.
use super::{
    live::Freshness,
    status::{Reason, Status},
};
use crate::api::{ApiError, FieldError};
use std::vec::IntoIter;

/// What the words do not say.
const UNREADABLE: &str = "words that say nothing";

/// The words of an enum, one after the other.
type Words = IntoIter<String>;

/// What stands in a word, or in several.
trait Said: Sized {
    /// Appends the words.
    fn say(self, words: &mut Vec<String>);
    /// Takes them from the front.
    fn hear(words: &mut Words) -> Option<Self>;
}

impl Said for String {
    fn say(self, words: &mut Vec<String>) {
        words.push(self);
    }

    fn hear(words: &mut Words) -> Option<Self> {
        words.next()
    }
}

impl Said for i64 {
    fn say(self, words: &mut Vec<String>) {
        words.push(self.to_string());
    }

    fn hear(words: &mut Words) -> Option<Self> {
        words.next()?.parse().ok()
    }
}

impl Said for i32 {
    fn say(self, words: &mut Vec<String>) {
        i64::from(self).say(words);
    }

    fn hear(words: &mut Words) -> Option<Self> {
        i64::hear(words)?.try_into().ok()
    }
}

/// They come last: all the words that are left, in pairs.
impl Said for Vec<FieldError> {
    fn say(self, words: &mut Vec<String>) {
        for error in self {
            words.extend([error.field, error.message]);
        }
    }

    fn hear(words: &mut Words) -> Option<Self> {
        let mut errors = Self::new();
        while let (Some(field), Some(message)) = (words.next(), words.next()) {
            errors.push(FieldError { field, message });
        }
        Some(errors)
    }
}

/// Turns an enum into words and back, for `#[serde(try_from = "Vec<String>", into = "Vec<String>")]`.
macro_rules! travels_as_words {
    ($name:ident { $($case:ident $({ $($field:ident),+ })? $(($value:ident))?),+ $(,)? }) => {
        impl From<$name> for Vec<String> {
            fn from(value: $name) -> Self {
                #[allow(unused_mut, reason = "a case without data has no second word")]
                match value {
                    $($name::$case $({ $($field),+ })? $(($value))? => {
                        let mut words = vec![stringify!($case).to_owned()];
                        $($(Said::say($field, &mut words);)+)?
                        $(Said::say($value, &mut words);)?
                        words
                    })+
                }
            }
        }

        impl TryFrom<Vec<String>> for $name {
            type Error = &'static str;

            fn try_from(words: Vec<String>) -> Result<Self, Self::Error> {
                let mut words = words.into_iter();
                let mut read = || {
                    Some(match words.next()?.as_str() {
                        $(stringify!($case) => Self::$case
                            $({ $($field: Said::hear(&mut words)?),+ })?
                            $(({
                                let $value = Said::hear(&mut words)?;
                                $value
                            }))?,)+
                        _ => return None,
                    })
                };
                read().ok_or(UNREADABLE)
            }
        }
    };
}

travels_as_words!(Freshness { Live, Stale { since } });

travels_as_words!(Status {
    Running,
    RollingOut { done, of },
    Scaling { ready, of },
    ScalingDown { pods, to },
    CanaryHeld { at },
    UpdateHeld,
    Stuck { pod },
    Refused { pod },
    Held { pod },
    Degraded { ready, of },
    Stopped,
    Deleting,
});

travels_as_words!(Reason {
    None,
    WaitingForReady { pod },
    WaitingForStart { pod },
    WaitingForStop { pod },
    WaitingForAvailable { pod, seconds },
    Ended { pod, state },
    Partition { at, first, last },
    PartitionAbove { at },
    OnDelete { left },
    Strategy { name, left },
    Pod { state, message },
    Outdated { pod, revision },
    OutOfTurn { pod },
    Warning { reason, message },
    NodeLost { node, pod },
    SeemsLost { pod },
    Terminating { pod },
    Finalizer { object, name },
    NotReady { pod, names },
    Foreground { pods },
    Remains { replicas, claims },
    NotObserved,
    PodsHidden,
});

travels_as_words!(ApiError {
    Unauthorized,
    ReadOnly,
    Forbidden { verb, resource, message },
    NotFound(message),
    Conflict(message),
    Invalid { message, fields },
    Unavailable(message),
    NotKnown(message),
    Unreadable(message),
    Internal { id },
});

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Serialize, de::DeserializeOwned};
    use std::fmt::Debug;

    #[track_caller]
    fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T, json: &str) {
        assert_eq!(serde_json::to_string(&value).expect("it can be written"), json);
        assert_eq!(serde_json::from_str::<T>(json).expect("it can be read"), value);
    }

    #[test]
    fn enums_travel_as_their_case_and_its_values() {
        comes_back(Status::Running, r#"["Running"]"#);
        comes_back(Status::RollingOut { done: 1, of: 3 }, r#"["RollingOut","1","3"]"#);
        comes_back(
            Reason::Terminating { pod: "db-0".into() },
            r#"["Terminating","db-0"]"#,
        );
        comes_back(Freshness::Stale { since: -7 }, r#"["Stale","-7"]"#);
        comes_back(ApiError::NotFound("x".into()), r#"["NotFound","x"]"#);
    }

    #[test]
    fn the_errors_of_fields_travel_in_pairs() {
        let field = |name: &str| FieldError {
            field: name.into(),
            message: "no".into(),
        };
        let error = ApiError::Invalid {
            message: "all".into(),
            fields: vec![field("a"), field("b")],
        };
        comes_back(error, r#"["Invalid","all","a","no","b","no"]"#);
    }

    #[test]
    fn what_is_not_known_is_not_read() {
        assert!(serde_json::from_str::<Status>(r#"["Dancing"]"#).is_err());
        assert!(serde_json::from_str::<Status>(r#"["Stuck"]"#).is_err());
        assert!(serde_json::from_str::<Status>("[]").is_err());
    }
}
