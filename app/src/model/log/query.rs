//! What a page of logs reads and how it shows that: all of it is in the URL.
use super::{Level, when};
use crate::model::pod::Role;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Whose logs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// All pods of a set, whichever there are.
    Set {
        namespace: String,
        name: String,
    },
    Pod {
        namespace: String,
        name: String,
    },
}

impl Scope {
    /// The namespace of its pods.
    pub fn namespace(&self) -> &str {
        match self {
            Self::Set { namespace, .. } | Self::Pod { namespace, .. } => namespace,
        }
    }

    /// The name of the set or pod.
    pub fn name(&self) -> &str {
        match self {
            Self::Set { name, .. } | Self::Pod { name, .. } => name,
        }
    }
}

/// Which runs of the containers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Runs {
    #[default]
    Current,
    /// The one before.
    Previous,
    Both,
}

impl Runs {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Current, Self::Previous, Self::Both];

    /// Its name in the URL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Previous => "previous",
            Self::Both => "both",
        }
    }
}

/// How times are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Times {
    /// In the zone of the browser.
    #[default]
    Local,
    Utc,
    /// How long ago.
    Relative,
    Hidden,
}

impl Times {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::Local, Self::Utc, Self::Relative, Self::Hidden];

    /// Its name in the URL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Utc => "utc",
            Self::Relative => "relative",
            Self::Hidden => "none",
        }
    }
}

/// What is read: a change of it reads anew.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reading {
    /// Empty: all.
    pub ordinals: Vec<i64>,
    /// Empty: those that are no init, sidecar or added containers.
    pub containers: Vec<String>,
    pub runs: Runs,
    /// Seconds.
    pub since: Option<i64>,
    /// Seconds since 1970.
    pub from: Option<i64>,
    pub to: Option<i64>,
    /// The last lines of each container with which it begins; none for all.
    pub tail: Option<i64>,
}

/// What is begun with of each container, where nothing is said.
pub const TAIL: i64 = 200;

impl Default for Reading {
    fn default() -> Self {
        Self {
            ordinals: Vec::new(),
            containers: Vec::new(),
            runs: Runs::Current,
            since: None,
            from: None,
            to: None,
            tail: Some(TAIL),
        }
    }
}

impl Reading {
    /// Whether a pod is wanted.
    pub fn wants_ordinal(&self, ordinal: i64) -> bool {
        self.ordinals.is_empty() || self.ordinals.contains(&ordinal)
    }

    /// Whether a container is wanted.
    pub fn wants_container(&self, name: &str, role: Role) -> bool {
        if self.containers.is_empty() {
            role == Role::Main
        } else {
            self.containers.iter().any(|c| c == name)
        }
    }

    /// It goes on with what is written from now on.
    pub fn follows(&self) -> bool {
        self.to.is_none() && self.runs != Runs::Previous
    }
}

/// How lines are shown: a change of it reads nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Regular expressions; empty for none.
    pub only: String,
    pub without: String,
    pub mark: String,
    /// The levels that are not shown.
    pub hidden: BTreeSet<Level>,
    pub times: Times,
    /// Long lines run on instead of being broken.
    pub unwrapped: bool,
}

/// The whole URL of a page of logs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogQuery {
    pub reading: Reading,
    pub look: Look,
}

fn list<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    text.split(',').filter_map(|part| read(part.trim())).collect()
}

fn named<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str, text: &str) -> Option<T> {
    all.iter().copied().find(|one| name(*one) == text)
}

impl LogQuery {
    /// Reads the pairs of a URL; what it does not know it ignores.
    pub fn from_pairs(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |key: &str| get(key).unwrap_or_default();
        let name = |part: &str| (!part.is_empty()).then(|| part.to_owned());
        let tail = match text("tail").as_str() {
            "all" => None,
            number => Some(number.parse().ok().filter(|n| *n > 0).unwrap_or(TAIL)),
        };
        let hidden = text("hide");
        Self {
            reading: Reading {
                ordinals: list(&text("o"), |part| part.parse().ok()),
                containers: list(&text("c"), name),
                runs: named(&Runs::ALL, Runs::name, &text("run")).unwrap_or_default(),
                since: when::duration(&text("since")),
                from: when::moment(&text("from")),
                to: when::moment(&text("to")),
                tail,
            },
            look: Look {
                only: text("q"),
                without: text("not"),
                mark: text("mark"),
                hidden: Level::ALL
                    .into_iter()
                    .filter(|l| hidden.contains(l.letter()))
                    .collect(),
                times: named(&Times::ALL, Times::name, &text("time")).unwrap_or_default(),
                unwrapped: text("wrap") == "0",
            },
        }
    }

    /// The pairs of its URL; an empty value is left out.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let (reading, look) = (&self.reading, &self.look);
        let ordinals: Vec<String> = reading.ordinals.iter().map(i64::to_string).collect();
        let other = |differs: bool, text: &str| if differs { text.to_owned() } else { String::new() };
        let moment = |at: Option<i64>| at.map(crate::model::time::exact).unwrap_or_default();
        let tail = match reading.tail {
            None => "all".to_owned(),
            Some(n) => other(n != TAIL, &n.to_string()),
        };
        vec![
            ("o", ordinals.join(",")),
            ("c", reading.containers.join(",")),
            ("run", other(reading.runs != Runs::default(), reading.runs.name())),
            (
                "since",
                reading.since.map(|s| format!("{s}s")).unwrap_or_default(),
            ),
            ("from", moment(reading.from)),
            ("to", moment(reading.to)),
            ("tail", tail),
            ("q", look.only.clone()),
            ("not", look.without.clone()),
            ("mark", look.mark.clone()),
            ("hide", look.hidden.iter().map(|l| l.letter()).collect()),
            ("time", other(look.times != Times::default(), look.times.name())),
            ("wrap", other(look.unwrapped, "0")),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(pairs: &[(&str, String)]) -> LogQuery {
        LogQuery::from_pairs(|key| {
            let found = pairs.iter().find(|(k, v)| *k == key && !v.is_empty());
            found.map(|(_, v)| v.clone())
        })
    }

    #[test]
    fn without_anything_it_follows_the_main_containers() {
        let query = read(&[]);
        assert_eq!(query, LogQuery::default());
        assert!(query.to_pairs().iter().all(|(_, value)| value.is_empty()));
        assert!(query.reading.follows() && query.reading.wants_ordinal(7));
        assert!(query.reading.wants_container("db", Role::Main));
        assert!(!query.reading.wants_container("proxy", Role::Sidecar));
    }

    #[test]
    fn what_is_no_value_is_ignored() {
        let odd = [
            ("o", "1,x,-3".to_owned()),
            ("tail", "-5".into()),
            ("run", "all".into()),
            ("since", "soon".into()),
        ];
        let reading = read(&odd).reading;
        assert_eq!(
            (reading.ordinals, reading.tail, reading.since),
            (vec![1, -3], Some(TAIL), None)
        );
    }

    proptest! {
        #[test]
        fn what_the_url_says_is_read_again(
            ordinals in proptest::collection::vec(0_i64..2_000_000_000, 0..4),
            containers in proptest::collection::vec("[a-z][a-z0-9-]{0,8}", 0..3),
            (run, time) in (0_usize..3, 0_usize..4),
            (since, from, to) in (proptest::option::of(1_i64..999_999), proptest::option::of(0_i64..6_000_000_000), proptest::option::of(0_i64..6_000_000_000)),
            tail in proptest::option::of(1_i64..99_999),
            (only, without, mark) in ("\\PC{0,12}", "\\PC{0,12}", "\\PC{0,12}"),
            hidden in proptest::collection::btree_set(0_u8..5, 0..5),
            unwrapped in any::<bool>(),
        ) {
            let query = LogQuery {
                reading: Reading { ordinals, containers, runs: Runs::ALL[run], since, from, to, tail },
                look: Look {
                    only, without, mark, unwrapped,
                    hidden: hidden.into_iter().filter_map(|n| Level::try_from(n).ok()).collect(),
                    times: Times::ALL[time],
                },
            };
            prop_assert_eq!(read(&query.to_pairs()), query);
        }
    }
}
