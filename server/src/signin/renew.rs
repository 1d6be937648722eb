//! Newer tokens, before the old ones end: each refresh token is used once, whoever asks at the same time.
use super::{Kept, SignIn, claims};
use crate::{held::held, live::now};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

/// The newest token of each session that was renewed here; whoever comes with an older cookie gets it too.
#[derive(Default)]
pub(super) struct Renewing(Mutex<HashMap<String, Arc<tokio::sync::Mutex<Option<Kept>>>>>);

/// Sessions that are remembered; those that nobody renews just now are forgotten beyond.
const MOST: usize = 4_096;

impl Renewing {
    fn of(&self, id: &str) -> Arc<tokio::sync::Mutex<Option<Kept>>> {
        let mut all = held(&self.0);
        if all.len() >= MOST {
            all.retain(|_, newest| Arc::strong_count(newest) > 1);
        }
        Arc::clone(all.entry(id.to_owned()).or_default())
    }
}

impl Kept {
    /// Whether it is time for a newer token: two thirds of this one's time are over.
    fn is_due(&self) -> bool {
        let Some(expires) = self.expires else { return false };
        now() >= self.came + (expires - self.came) * 2 / 3
    }
}

impl SignIn {
    /// A newer token for the same session, where it is time and the issuer gives one. Where it does not, the old one stays as
    /// long as it lasts: another tab or replica may have been faster, and its cookie is with the browser already.
    pub(super) async fn renewed(&self, kept: &Kept) -> Option<Kept> {
        let oidc = self.oidc.as_ref()?;
        kept.refresh.as_ref()?;
        if !kept.is_due() {
            return None;
        }
        let newest = self.renewing.of(&kept.id);
        let mut newest = newest.lock().await;
        let known = newest.as_ref().filter(|newest| newest.came >= kept.came);
        if let Some(newest) = known.filter(|newest| !newest.is_due()) {
            return Some(Kept {
                seen: kept.seen,
                ..newest.clone()
            });
        }
        let from = known.unwrap_or(kept).clone();
        match oidc.renew(from.refresh.as_deref()?).await {
            Ok(given) => {
                let fresh = Kept {
                    expires: claims::expires(&given.token),
                    token: given.token,
                    came: now(),
                    refresh: given.refresh,
                    seen: kept.seen,
                    ..from
                };
                *newest = Some(fresh.clone());
                Some(fresh)
            }
            Err(error) => {
                metrics::counter!("ordinal_refused_total", "guard" => "renew").increment(1);
                tracing::warn!("the issuer gives no newer token: {error:#}");
                None
            }
        }
    }
}
