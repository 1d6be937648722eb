//! The picture of the claims page: claims with the sets and pods around them, and what happens to their data.
use super::{
    changes::{Changes, Missed},
    feed::{Feed, FeedState, Key},
    hub::Hub,
    question::Picture,
    scope::{PATIENCE, Scope, fault, older},
};
use crate::cluster::facts::{ClassPolicy, VolumePolicy};
use app::{
    api::ApiError,
    model::{
        claims::{Around, ClaimRow, ClaimsQuery, ClaimsView},
        facts::ClaimFacts,
        live::Freshness,
    },
};
use std::{collections::BTreeMap, sync::Arc};

/// The feeds of the claims page.
pub(super) struct ClaimsPicture {
    query: ClaimsQuery,
    scopes: Vec<Arc<Scope>>,
    volumes: Arc<Feed<VolumePolicy>>,
    classes: Arc<Feed<ClassPolicy>>,
}

impl ClaimsPicture {
    /// The policy of the claim's volume, else of its class; empty where neither may be read.
    fn policy(&self, claim: &ClaimFacts) -> String {
        let key = |name: &str| (String::new(), name.to_owned());
        let volume = self.volumes.items().get(&key(&claim.volume)).map(|p| p.0.clone());
        let class = || self.classes.items().get(&key(&claim.class)).map(|p| p.0.clone());
        volume.or_else(class).unwrap_or_default()
    }

    /// The rows of one scope. Without its sets nothing could be said of its claims: all would seem left behind.
    fn rows(&self, scope: &Scope) -> Result<Vec<ClaimRow>, ApiError> {
        if let Some(fault) = fault(&scope.claims).or_else(|| fault(&scope.sets)) {
            return Err(fault);
        }
        let (claims, sets, pods) = (scope.claims.items(), scope.sets.items(), scope.pods.items());
        let readable = scope.pods.state() == FeedState::Live;
        let mut by_namespace: BTreeMap<&str, Vec<&ClaimFacts>> = BTreeMap::new();
        for claim in claims.values() {
            if scope.namespace.as_ref().is_none_or(|n| *n == claim.namespace) {
                by_namespace.entry(&claim.namespace).or_default().push(claim);
            }
        }
        let mut rows = Vec::new();
        for (namespace, claims) in by_namespace {
            let from = (namespace.to_owned(), String::new());
            let sets = sets
                .range(from.clone()..)
                .map_while(|((n, _), s)| (n == namespace).then_some(s));
            let pods = pods
                .range(from..)
                .map_while(|((n, _), p)| (n == namespace).then_some(p));
            let around = Around::new(sets, readable.then_some(pods));
            rows.extend(claims.into_iter().filter_map(|c| around.row(c, self.policy(c))));
        }
        Ok(rows)
    }

    /// The page's picture; an error only where none of the namespaces has anything to show.
    fn view(&self) -> Result<ClaimsView, ApiError> {
        let (rows, faults): (Vec<_>, Vec<_>) =
            self.scopes.iter().map(|s| self.rows(s)).partition(Result::is_ok);
        match faults.into_iter().find_map(Result::err) {
            Some(fault) if rows.is_empty() => Err(fault),
            _ => Ok(ClaimsView::of(
                rows.into_iter().flatten().flatten().collect(),
                &self.query,
            )),
        }
    }
}

impl Picture for ClaimsPicture {
    type View = ClaimsView;

    async fn settled(&mut self) {
        let scopes = futures::future::join_all(self.scopes.iter().map(|s| s.settled()));
        let policies = async { tokio::join!(self.volumes.settled(), self.classes.settled()) };
        // Pictures without policies are better than none.
        let _ = tokio::join!(scopes, tokio::time::timeout(PATIENCE, policies));
    }

    fn look(&mut self, missed: &Missed, _: &Changes) -> Option<Result<ClaimsView, ApiError>> {
        let shown = |key: &Key| self.scopes.iter().any(|s| s.covers(key));
        missed.any(shown).then(|| self.view())
    }

    fn freshness(&self) -> Freshness {
        older(self.scopes.iter().map(|s| s.freshness()))
    }
}

impl Hub {
    /// The feeds of the claims page.
    pub(super) fn claims_page(&self, query: &ClaimsQuery) -> ClaimsPicture {
        let (volumes, classes) = self.policies();
        ClaimsPicture {
            query: query.clone(),
            scopes: self.scopes(&query.namespaces),
            volumes,
            classes,
        }
    }
}
