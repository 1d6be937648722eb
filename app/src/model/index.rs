//! The list in the order of one question, kept as its rows change: a change costs the logarithm of their number, not
//! their number.
use super::{
    list::{Counts, ListQuery, ListView, SetRow, Sort, storage_bytes},
    many::ROWS,
    status::Group,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The name and the namespace of a set: the order in which the list is mostly shown.
pub type RowId = Arc<(String, String)>;

/// What a row is sorted by before its name; lower comes first.
type Rank = i128;

/// The rows that a question finds, in its order.
#[derive(Debug)]
pub struct Index {
    query: ListQuery,
    words: Vec<String>,
    /// What the text leaves.
    held: BTreeMap<RowId, (Rank, Arc<SetRow>)>,
    /// Of these what the group leaves.
    order: BTreeSet<(Rank, RowId)>,
    counts: Counts,
}

impl Index {
    /// An index without rows.
    pub fn new(query: &ListQuery) -> Self {
        Self {
            words: query.text.split_whitespace().map(str::to_lowercase).collect(),
            query: query.clone(),
            held: BTreeMap::new(),
            order: BTreeSet::new(),
            counts: Counts::default(),
        }
    }

    /// Takes a row in, the newest one of a set, or out where there is none any more. True where the question's answer
    /// may have changed by that.
    pub fn put(&mut self, id: &RowId, row: Option<&Arc<SetRow>>) -> bool {
        let found = row.filter(|row| self.words.iter().all(|word| row.matches(word)));
        if found.map(Arc::as_ref) == self.held.get(id).map(|(_, row)| row.as_ref()) {
            return false;
        }
        if let Some((rank, old)) = self.held.remove(id) {
            self.counts.count(old.status.group(), false);
            self.order.remove(&(rank, Arc::clone(id)));
        }
        if let Some(row) = found {
            let (rank, group) = (rank(row, self.query.sort), row.status.group());
            self.counts.count(group, true);
            if self.query.group.is_none_or(|wanted| wanted == group) {
                self.order.insert((rank, Arc::clone(id)));
            }
            self.held.insert(Arc::clone(id), (rank, Arc::clone(row)));
        }
        true
    }

    /// The window that the question asks for.
    pub fn view(&self) -> ListView {
        let row = |(_, id): &(Rank, RowId)| self.held.get(id).map(|(_, row)| SetRow::clone(row));
        let (from, ids) = (self.query.offset, self.order.iter());
        let rows = if self.query.descending {
            ids.rev().skip(from).take(ROWS).filter_map(row).collect()
        } else {
            ids.skip(from).take(ROWS).filter_map(row).collect()
        };
        ListView {
            rows,
            counts: self.counts.clone(),
            matching: self.order.len(),
        }
    }
}

fn rank(row: &SetRow, sort: Sort) -> Rank {
    match sort {
        Sort::Needs => (row.status.group() != Group::NeedsYou).into(),
        Sort::Name => 0,
        Sort::Status => row.status.urgency().into(),
        Sort::Storage => storage_bytes(row).try_into().unwrap_or(Rank::MAX),
        Sort::Age => -Rank::from(row.created),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        facts::SetFacts,
        list::row,
        status::{Reason, Status},
    };
    use proptest::prelude::*;

    fn id(name: usize) -> RowId {
        Arc::new((format!("db-{name}"), "orders".to_owned()))
    }

    fn made(name: usize, status: Status, created: i64) -> Arc<SetRow> {
        let set = SetFacts {
            uid: format!("u-{name}"),
            name: format!("db-{name}"),
            namespace: "orders".into(),
            created,
            ..SetFacts::default()
        };
        Arc::new(row(&set, status, Reason::None, Vec::new()))
    }

    fn any_query() -> impl Strategy<Value = ListQuery> {
        let text = prop_oneof![Just(""), Just("db-1"), Just("ORD 2")];
        let group = prop_oneof![Just(None), Just(Some(Group::Stopped)), Just(Some(Group::Rolling))];
        let sort = prop_oneof![
            Just(Sort::Needs),
            Just(Sort::Name),
            Just(Sort::Status),
            Just(Sort::Age)
        ];
        (text, group, sort, any::<bool>(), 0..4_usize).prop_map(|(text, group, sort, descending, offset)| {
            ListQuery {
                text: text.to_owned(),
                group,
                sort,
                descending,
                offset,
                ..ListQuery::default()
            }
        })
    }

    #[test]
    fn what_needs_somebody_comes_first_and_the_others_stay_where_they_are() {
        let mut index = Index::new(&ListQuery::default());
        let stuck = Status::Stuck { pod: "db-2-0".into() };
        for (name, status) in [(0, Status::Stopped), (1, Status::Running), (2, stuck)] {
            index.put(&id(name), Some(&made(name, status, 0)));
        }
        let names = |index: &Index| index.view().rows.into_iter().map(|r| r.name).collect::<Vec<_>>();
        assert_eq!(names(&index), ["db-2", "db-0", "db-1"]);
        index.put(&id(1), Some(&made(1, Status::Scaling { ready: 0, of: 1 }, 0)));
        assert_eq!(names(&index), ["db-2", "db-0", "db-1"]);
    }

    proptest! {
        /// Whatever comes in whatever order: the window is that of an index made at once of what is left.
        #[test]
        fn a_kept_index_is_one_made_anew(
            query in any_query(),
            changes in prop::collection::vec((0..20_usize, 0..4_u8, 0..5_i64), 0..80),
        ) {
            let mut kept = Index::new(&query);
            let mut left = BTreeMap::new();
            for (name, kind, created) in changes {
                let status = match kind {
                    0 => None,
                    1 => Some(Status::Stopped),
                    2 => Some(Status::Running),
                    _ => Some(Status::Scaling { ready: 0, of: 1 }),
                };
                let row = status.map(|status| made(name, status, created));
                let before = kept.view();
                let told = kept.put(&id(name), row.as_ref());
                prop_assert!(told || before == kept.view());
                match row {
                    Some(row) => left.insert(name, row),
                    None => left.remove(&name),
                };
            }
            let mut anew = Index::new(&query);
            for (name, row) in left.iter().rev() {
                anew.put(&id(*name), Some(row));
            }
            prop_assert_eq!(kept.view(), anew.view());
        }
    }
}
