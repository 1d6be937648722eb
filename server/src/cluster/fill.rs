//! How full volumes are, as a Prometheus keeps it.
use super::{Kube, parts::is_dns_name};
use crate::{error::Error, live::now};
use app::{
    api::ApiError,
    model::{fill::Fills, many::ROWS},
};

impl Kube {
    /// How full the volumes of these claims are, and were. Prometheus knows no users: it is asked only when this one
    /// may read the claims.
    ///
    /// # Errors
    /// A name is none, or there are more than a page shows. Why nothing is told is in the answer.
    pub async fn fills(&self, namespace: &str, claims: &[String]) -> Result<Fills, ApiError> {
        if !is_dns_name(namespace) || claims.len() > ROWS * 8 || !claims.iter().all(|c| is_dns_name(c)) {
            let words = "how full claims are is asked by namespace and name";
            return Err(Error::Unbuildable(words.to_owned()).into());
        }
        let Some(prometheus) = &self.prometheus else {
            return Ok(Fills::Nobody);
        };
        if claims.is_empty() {
            return Ok(Fills::Kept(Vec::new()));
        }
        if let Some(refused) = self.claims_refused(namespace).await {
            return Ok(Fills::Refused(refused));
        }
        let fills = prometheus.fills(namespace, claims, now()).await;
        Ok(fills.map_or_else(Fills::Refused, Fills::Kept))
    }
}
