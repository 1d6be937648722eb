//! Claims: which set a claim was made for, whether anything still uses it, and the page that shows it.
use super::{
    facts::{ClaimFacts, PodFacts, SetFacts, ordinal},
    list,
    many::ROWS,
    shown::Shown,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What tells that a claim was made for a set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Evidence {
    /// A template of the set makes claims of exactly this name.
    Template,
    /// The StatefulSet, or its pod, owns the claim.
    Owner,
    /// A label, as `key=value`, whose value begins the name of the set.
    Label(String),
}

/// The set, template and ordinal that a claim was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    pub set: String,
    pub template: String,
    pub ordinal: i64,
    pub evidence: Evidence,
}

/// The sets and pods of one namespace, ready to be asked about its claims.
#[derive(Default)]
pub struct Around<'a> {
    /// The sets by name.
    sets: BTreeMap<&'a str, &'a SetFacts>,
    /// Who makes claims whose names begin so, before the ordinal.
    stems: BTreeMap<String, Vec<(&'a SetFacts, &'a str)>>,
    /// The pods by the claims that they mount; none where pods may not be read.
    mounts: Option<BTreeMap<&'a str, &'a str>>,
}

impl<'a> Around<'a> {
    /// For claims of the namespace of these. `pods` is none where they may not be read.
    pub fn new(
        sets: impl IntoIterator<Item = &'a SetFacts>,
        pods: Option<impl IntoIterator<Item = &'a PodFacts>>,
    ) -> Self {
        let mut around = Self::default();
        for set in sets {
            around.sets.insert(&set.name, set);
            for template in &set.templates {
                let stem = format!("{}-{}", template.name, set.name);
                around.stems.entry(stem).or_default().push((set, &template.name));
            }
        }
        let mounts = |p: &'a PodFacts| p.mounts.iter().map(|c| (c.as_str(), p.name.as_str()));
        around.mounts = pods.map(|pods| pods.into_iter().flat_map(mounts).collect());
        around
    }

    /// Where a claim belongs; none where it is of no set.
    ///
    /// A set finds its claims by name alone (`TEMPLATE-SET-ORDINAL`), so a template of a living set decides. Two sets can
    /// make the same name (`data` of `x-db`, `data-x` of `db`): then the one whose selector the claim carries, because
    /// the controller copies `spec.selector.matchLabels` onto every claim that it makes (`getPersistentVolumeClaims` in
    /// `pkg/controller/statefulset/stateful_set_utils.go`).
    ///
    /// Without such a template a name that ends in a number proves nothing: people write `cache-0` too, and deleting the
    /// claims of a stranger is the worst that this console could do. So a gone set is believed only
    /// - where the StatefulSet or its pod still is in `ownerReferences` (the retention policy puts it there), or
    /// - where a label of the claim names the set: the name divides into `TEMPLATE-SET-ORDINAL` so that `SET` is the
    ///   value of a label, or begins with it and `-` (as in `app.kubernetes.io/instance`). Sets are called like their
    ///   selector's labels nearly always; a claim that somebody wrote by hand seldom carries such labels.
    ///
    /// A claim that anything else owns (a backup, an operator) is none of ours.
    pub fn home(&self, claim: &ClaimFacts) -> Option<Home> {
        let (stem, number) = numbered(&claim.name)?;
        let carries = |set: &SetFacts| set.selector.iter().all(|(k, v)| claim.labels.get(k) == Some(v));
        let makers = self.stems.get(stem).into_iter().flatten();
        let living = makers
            .max_by_key(|(set, _)| carries(set))
            .map(|(set, template)| Home {
                set: set.name.clone(),
                template: (*template).to_owned(),
                ordinal: number,
                evidence: Evidence::Template,
            });
        living.or_else(|| gone(claim))
    }

    /// What uses a claim.
    pub fn usage(&self, claim: &ClaimFacts, home: &Home) -> Use {
        let mounts = self.mounts.as_ref();
        if let Some(pod) = mounts.and_then(|m| m.get(claim.name.as_str())) {
            return Use::Pod((*pod).to_owned());
        }
        if claim.terminating {
            return Use::Deleting;
        }
        let left = match self.sets.get(home.set.as_str()) {
            None => Left::SetGone,
            Some(_) if home.evidence != Evidence::Template => Left::NoTemplate,
            Some(set) if set.ordinals().contains(&home.ordinal) => {
                return Use::Awaited;
            }
            Some(_) => Left::Beyond,
        };
        if mounts.is_some() {
            Use::Left(left)
        } else {
            Use::Unknown
        }
    }

    /// The row of a claim; none where it is of no set.
    pub fn row(&self, claim: &ClaimFacts, policy: String) -> Option<ClaimRow> {
        let home = self.home(claim)?;
        Some(ClaimRow {
            uid: claim.uid.clone(),
            namespace: claim.namespace.clone(),
            name: claim.name.clone(),
            usage: self.usage(claim, &home),
            living: self.sets.contains_key(home.set.as_str()),
            set: home.set,
            template: home.template,
            ordinal: home.ordinal,
            evidence: home.evidence,
            phase: claim.phase.clone(),
            size: claim.size.clone(),
            class: claim.class.clone(),
            policy,
            created: claim.created,
        })
    }
}

/// `STEM-N`, if `N` is an ordinal.
fn numbered(name: &str) -> Option<(&str, i64)> {
    let (stem, number) = name.rsplit_once('-')?;
    Some((stem, ordinal(&format!("x-{number}"), "x")?))
}

/// Every template and set that may have made a claim of this name, the longest name of a set first: both may have dashes
/// themselves. None where the name ends in no ordinal.
pub fn divided(claim: &str) -> impl Iterator<Item = (&str, &str)> {
    let stem = numbered(claim).map_or("", |(stem, _)| stem);
    let divided = stem
        .match_indices('-')
        .map(|(at, _)| (&stem[..at], &stem[at + 1..]));
    divided.filter(|(template, set)| !template.is_empty() && !set.is_empty())
}

/// The home of a claim that no template of a living set makes.
fn gone(claim: &ClaimFacts) -> Option<Home> {
    let (_, number) = numbered(&claim.name)?;
    let home = |(template, set): (&str, &str), evidence: Evidence| Home {
        set: set.to_owned(),
        template: template.to_owned(),
        ordinal: number,
        evidence,
    };
    let mut divided = divided(&claim.name);
    if !claim.owners.is_empty() {
        let owned = |set: &str| {
            claim.owners.iter().any(|o| match o.kind.as_str() {
                "StatefulSet" => o.name == set,
                "Pod" => ordinal(&o.name, set) == Some(number),
                _ => false,
            })
        };
        return divided
            .find(|(_, set)| owned(set))
            .map(|d| home(d, Evidence::Owner));
    }
    // The longest name comes first: of `data-shop-db-0` with the labels `shop` and `db` that is `shop-db`.
    divided.find_map(|d| {
        let names = |value: &str| {
            !value.is_empty()
                && d.1
                    .strip_prefix(value)
                    .is_some_and(|r| r.is_empty() || r.starts_with('-'))
        };
        let label = claim.labels.iter().find(|(_, value)| names(value))?;
        Some(home(d, Evidence::Label(format!("{}={}", label.0, label.1))))
    })
}

/// Why nothing uses a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Left {
    /// Its ordinal is beyond the replicas.
    Beyond,
    /// The set has no template that makes it.
    NoTemplate,
    SetGone,
}

/// What uses a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Use {
    /// A pod mounts it.
    Pod(String),
    /// Its pod is asked for and is not there yet.
    Awaited,
    /// Nothing: it is left behind, with its data.
    Left(Left),
    /// It is being deleted.
    Deleting,
    /// No pod of the replicas uses it, and other pods may not be read.
    Unknown,
}

/// A claim on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRow {
    pub uid: String,
    pub namespace: String,
    pub name: String,
    pub set: String,
    pub template: String,
    pub ordinal: i64,
    pub evidence: Evidence,
    /// The set exists.
    pub living: bool,
    pub usage: Use,
    pub phase: String,
    pub size: String,
    pub class: String,
    /// The reclaim policy of its volume, or of its class while it has none; empty where neither may be read.
    pub policy: String,
    pub created: i64,
}

impl ClaimRow {
    /// Nothing uses it.
    pub fn is_left(&self) -> bool {
        matches!(self.usage, Use::Left(_))
    }

    /// Rows of one set stand together.
    fn order(&self) -> (&str, &str, i64, &str) {
        (&self.namespace, &self.set, self.ordinal, &self.template)
    }
}

/// What the page shows, as its URL says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClaimsQuery {
    /// Empty: all namespaces that the user may list.
    pub namespaces: Vec<String>,
    /// Only those that are left behind.
    pub left: bool,
    /// The first claim of the window, counted from 0.
    pub offset: usize,
}

impl ClaimsQuery {
    /// Reads the pairs of a URL; what it does not know it ignores.
    pub fn from_pairs(get: impl Fn(&str) -> Option<String>) -> Self {
        let names = get("ns").unwrap_or_default();
        Self {
            namespaces: names
                .split(',')
                .filter(|n| !n.is_empty())
                .map(str::to_owned)
                .collect(),
            left: get("show").is_some_and(|s| s == "left"),
            offset: get("from").and_then(|f| f.parse().ok()).unwrap_or(0),
        }
    }

    /// The pairs of its URL; an empty value is left out.
    pub fn to_pairs(&self) -> [(&'static str, String); 3] {
        let from = if self.offset > 0 {
            self.offset.to_string()
        } else {
            String::new()
        };
        let show = if self.left { "left" } else { "" };
        [
            ("ns", self.namespaces.join(",")),
            ("show", show.to_owned()),
            ("from", from),
        ]
    }
}

/// A window of the claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimsView {
    pub rows: Vec<ClaimRow>,
    /// Claims of all sets.
    pub all: usize,
    /// Those that are left behind.
    pub left: usize,
    /// Their sizes, summed.
    pub left_size: String,
}

impl Shown for ClaimsView {
    /// The whole window: it changes seldom, and has at most [`ROWS`] rows.
    type Change = Self;
}

impl ClaimsView {
    /// The window that `query` asks for out of all `rows`.
    pub fn of(mut rows: Vec<ClaimRow>, query: &ClaimsQuery) -> Self {
        rows.sort_by(|a, b| a.order().cmp(&b.order()));
        let all = rows.len();
        let left: Vec<&str> = rows
            .iter()
            .filter(|r| r.is_left())
            .map(|r| r.size.as_str())
            .collect();
        let (left, left_size) = (left.len(), sum(&left));
        rows.retain(|r| !query.left || r.is_left());
        let rows = rows.into_iter().skip(query.offset).take(ROWS).collect();
        Self {
            rows,
            all,
            left,
            left_size,
        }
    }
}

/// Sizes together: in the unit that all share, else in the largest binary unit that leaves a whole number before the
/// point, with at most one digit after it.
pub fn sum(sizes: &[&str]) -> String {
    let unit = |s: &str| {
        s.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
            .to_owned()
    };
    let shared = sizes.first().map(|s| unit(s)).unwrap_or_default();
    let number = |s: &&str| {
        s.strip_suffix(shared.as_str())
            .and_then(|n| n.parse::<u64>().ok())
    };
    let known = !shared.is_empty() && sizes.iter().all(|s| unit(s) == shared);
    if let Some(numbers) = sizes
        .iter()
        .map(number)
        .collect::<Option<Vec<_>>>()
        .filter(|_| known)
    {
        return format!("{}{shared}", numbers.iter().sum::<u64>());
    }
    let bytes: u128 = sizes.iter().map(|s| list::bytes(s)).sum();
    let units = [("Pi", 50), ("Ti", 40), ("Gi", 30), ("Mi", 20), ("Ki", 10)];
    let Some((unit, power)) = units.into_iter().find(|(_, power)| bytes >= 1 << power) else {
        return bytes.to_string();
    };
    let tenths = bytes * 10 / (1 << power);
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole}{unit}"),
        (whole, tenth) => format!("{whole}.{tenth}{unit}"),
    }
}

/// What has to be typed before chosen claims are deleted: the name of the one, the set's name where they are all of
/// one, or else how many they are. The number does for several in any case.
pub fn confirms(chosen: &[ClaimRow], typed: &str) -> bool {
    match chosen {
        [] => false,
        [one] => typed == one.name,
        [first, rest @ ..] => {
            let one_set = rest
                .iter()
                .all(|r| (&r.namespace, &r.set) == (&first.namespace, &first.set));
            typed == chosen.len().to_string() || (one_set && typed == first.set)
        }
    }
}

#[cfg(test)]
#[path = "claims_tests.rs"]
mod tests;
