//! The picture of the list.
use super::{
    changes::{Changes, Missed},
    feed::Key,
    question::Picture,
    rows::id,
    scope::{Scope, older},
};
use app::{
    api::ApiError,
    model::{
        index::Index,
        list::{ListQuery, ListView},
        live::Freshness,
    },
};
use std::{collections::BTreeSet, sync::Arc};

/// A question about the rows of some scopes, with its answer kept in order.
pub(super) struct ListPicture {
    scopes: Vec<Arc<Scope>>,
    query: ListQuery,
    index: Index,
}

impl ListPicture {
    /// A question whose scopes are open.
    pub(super) fn of(scopes: Vec<Arc<Scope>>, query: &ListQuery) -> Self {
        Self {
            scopes,
            query: query.clone(),
            index: Index::new(query),
        }
    }

    fn look_at(&mut self, keys: &BTreeSet<Key>, changes: &Changes) -> bool {
        let mut changed = false;
        for scope in &self.scopes {
            let rows = scope.rows(changes);
            for key in keys.iter().filter(|key| scope.covers(key)) {
                let id = id(key);
                changed |= self.index.put(&id, rows.get(&id));
            }
        }
        changed
    }

    fn look_at_all(&mut self, changes: &Changes) {
        self.index = Index::new(&self.query);
        for scope in self.scopes.iter().filter(|s| s.fault().is_none()) {
            let rows = scope.rows(changes);
            rows.all().for_each(|(id, row)| _ = self.index.put(id, Some(row)));
        }
    }
}

impl Picture for ListPicture {
    type View = ListView;
    const ROWS_ONLY: bool = true;

    async fn settled(&mut self) {
        futures::future::join_all(self.scopes.iter().map(|s| s.settled())).await;
    }

    /// An error only where none of the scopes has anything to show. When one has again, everything is looked at.
    fn look(&mut self, missed: &Missed, changes: &Changes) -> Option<Result<ListView, ApiError>> {
        let faults: Vec<ApiError> = self.scopes.iter().filter_map(|s| s.fault()).collect();
        if faults.len() == self.scopes.len()
            && let Some(fault) = faults.into_iter().next()
        {
            return Some(Err(fault));
        }
        let changed = match missed {
            Missed::Everything => {
                self.look_at_all(changes);
                true
            }
            Missed::Keys(keys) => self.look_at(keys, changes),
        };
        changed.then(|| Ok(self.index.view()))
    }

    fn freshness(&self) -> Freshness {
        older(self.scopes.iter().map(|s| s.freshness()))
    }
}
