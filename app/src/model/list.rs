//! The list: what is asked for (the URL), what is shown (rows and counts), and the rule that makes one of the other.
use super::{
    facts::SetFacts,
    information::ALIAS,
    quantity::Quantity,
    shown::Shown,
    status::{Group, Reason, Status},
    strip::{Cell, CellState},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sort {
    /// What needs somebody, then all others; both by name. A row changes its place only where somebody is needed.
    #[default]
    Needs,
    Name,
    Status,
    Storage,
    Age,
}

impl Sort {
    /// As in the URL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Needs => "needs",
            Self::Name => "name",
            Self::Status => "status",
            Self::Storage => "storage",
            Self::Age => "age",
        }
    }

    fn from_name(name: &str) -> Self {
        [Self::Name, Self::Status, Self::Storage, Self::Age]
            .into_iter()
            .find(|s| s.name() == name)
            .unwrap_or_default()
    }
}

/// What the list shows, as its URL says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListQuery {
    /// Empty: all namespaces that the user may list.
    pub namespaces: Vec<String>,
    pub text: String,
    pub group: Option<Group>,
    pub sort: Sort,
    pub descending: bool,
    /// The first row of the window, counted from 0.
    pub offset: usize,
}

impl ListQuery {
    /// Reads the pairs of a URL; what it does not know it ignores, so that an old link still works.
    pub fn from_pairs(get: impl Fn(&str) -> Option<String>) -> Self {
        let split = |text: String| {
            text.split(',')
                .filter(|n| !n.is_empty())
                .map(str::to_owned)
                .collect()
        };
        Self {
            namespaces: get("ns").map(split).unwrap_or_default(),
            text: get("q").unwrap_or_default(),
            group: get("status").and_then(|s| Group::from_name(&s)),
            sort: get("sort").map(|s| Sort::from_name(&s)).unwrap_or_default(),
            descending: get("desc").is_some_and(|d| d == "1"),
            offset: get("from").and_then(|f| f.parse().ok()).unwrap_or(0),
        }
    }

    /// The pairs of its URL; an empty value is left out.
    pub fn to_pairs(&self) -> [(&'static str, String); 6] {
        let flag = |on: bool, text: &str| if on { text.to_owned() } else { String::new() };
        [
            ("ns", self.namespaces.join(",")),
            ("q", self.text.clone()),
            (
                "status",
                self.group.map(Group::name).unwrap_or_default().to_owned(),
            ),
            ("sort", flag(self.sort != Sort::default(), self.sort.name())),
            ("desc", flag(self.descending, "1")),
            ("from", flag(self.offset > 0, &self.offset.to_string())),
        ]
    }
}

/// A row, ready to draw: about 300 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetRow {
    #[serde(rename = "u")]
    pub uid: String,
    #[serde(rename = "ns")]
    pub namespace: String,
    #[serde(rename = "n")]
    pub name: String,
    #[serde(rename = "s")]
    pub status: Status,
    #[serde(rename = "w")]
    pub reason: Reason,
    #[serde(rename = "c")]
    pub cells: Vec<Cell>,
    /// The ordinal before which the strip shows the partition.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub partition: Option<i64>,
    #[serde(rename = "i")]
    pub images: Vec<String>,
    /// `(claims, size)` of each volume template.
    #[serde(rename = "t")]
    pub storage: Vec<(i32, String)>,
    #[serde(rename = "a")]
    pub created: i64,
    #[serde(rename = "r")]
    pub replicas: i32,
    /// The name that people use; empty for none.
    #[serde(rename = "l", default, skip_serializing_if = "String::is_empty")]
    pub alias: String,
}

impl SetRow {
    /// Whether a word of a filter, in lower case, is in its name, its namespace or its images.
    pub(super) fn matches(&self, word: &str) -> bool {
        self.name.contains(word)
            || self.namespace.contains(word)
            || self.alias.to_lowercase().contains(word)
            || self.images.iter().any(|i| i.to_lowercase().contains(word))
    }
}

/// How many rows each filter would show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub all: usize,
    /// In the order of [`Group`].
    groups: [usize; 4],
}

impl Counts {
    /// How many rows the filter of this group would show.
    pub fn of(&self, group: Group) -> usize {
        self.groups[group as usize]
    }

    /// One row more of this group, or one less.
    pub(super) fn count(&mut self, group: Group, more: bool) {
        for counted in [&mut self.all, &mut self.groups[group as usize]] {
            *counted = if more {
                *counted + 1
            } else {
                counted.saturating_sub(1)
            };
        }
    }
}

/// A window of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListView {
    pub rows: Vec<SetRow>,
    pub counts: Counts,
    /// Rows that the filters leave, of which `rows` is a window.
    pub matching: usize,
}

/// What changed since the view that the browser holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListDelta {
    /// Rows that are new or changed.
    pub rows: Vec<SetRow>,
    /// The UIDs in their order, where that changed.
    pub order: Option<Vec<String>>,
    pub counts: Counts,
    pub matching: usize,
}

impl Shown for ListView {
    type Change = ListDelta;
}

impl ListView {
    /// What turns `self` into `newer`; none where nothing changed.
    pub fn delta(&self, newer: &Self) -> Option<ListDelta> {
        if self == newer {
            return None;
        }
        let old: BTreeMap<&str, &SetRow> = self.rows.iter().map(|r| (r.uid.as_str(), r)).collect();
        let changed = |r: &&SetRow| old.get(r.uid.as_str()) != Some(r);
        let rows = newer.rows.iter().filter(changed).cloned().collect();
        let order = (self.order() != newer.order()).then(|| newer.order());
        Some(ListDelta {
            rows,
            order,
            counts: newer.counts.clone(),
            matching: newer.matching,
        })
    }

    /// Applies a delta; false where it names a row that is not here, so that a new snapshot is needed.
    pub fn apply(&mut self, delta: ListDelta) -> bool {
        let order = delta.order.unwrap_or_else(|| self.order());
        let mut rows = delta.rows;
        self.rows.retain(|old| rows.iter().all(|new| new.uid != old.uid));
        rows.append(&mut self.rows);
        let mut take = |uid: &String| {
            let found = rows.iter().position(|r| r.uid == *uid)?;
            Some(rows.swap_remove(found))
        };
        self.rows = order.iter().filter_map(&mut take).collect();
        self.counts = delta.counts;
        self.matching = delta.matching;
        self.rows.len() == order.len()
    }

    fn order(&self) -> Vec<String> {
        self.rows.iter().map(|r| r.uid.clone()).collect()
    }
}

/// The storage of a row in bytes, for its order only.
pub(super) fn storage_bytes(row: &SetRow) -> u128 {
    row.storage
        .iter()
        .map(|(n, size)| u128::from(n.unsigned_abs()) * bytes(size))
        .sum()
}

/// A storage quantity in bytes, rounded up; what is no quantity counts as 0.
pub fn bytes(size: &str) -> u128 {
    Quantity::parse(size).map_or(0, Quantity::whole)
}

/// The row of a set that was judged.
pub fn row(set: &SetFacts, status: Status, reason: Reason, cells: Vec<Cell>) -> SetRow {
    let mixed = cells.iter().any(|c| c.state == CellState::Updated);
    let boundary = i64::from(set.start) + i64::from(set.partition);
    // A stopped set keeps its storage: as many claims as are left.
    let left = cells.iter().filter(|c| c.state == CellState::ClaimsOnly);
    let claims = if set.replicas == 0 {
        i32::try_from(left.map(|c| c.count).sum::<i64>()).unwrap_or(i32::MAX)
    } else {
        set.replicas
    };
    SetRow {
        uid: set.uid.clone(),
        namespace: set.namespace.clone(),
        name: set.name.clone(),
        status,
        reason,
        cells,
        partition: (mixed && set.partition > 0 && !set.on_delete).then_some(boundary),
        images: set.images.clone(),
        storage: set.templates.iter().map(|t| (claims, t.size.clone())).collect(),
        created: set.created,
        replicas: set.replicas,
        alias: set.annotations.get(ALIAS).cloned().unwrap_or_default(),
    }
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
