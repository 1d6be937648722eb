//! A Prometheus that keeps how full volumes are. It knows no users, so it is asked only about what a person may read
//! in the cluster, by fixed queries with names that were looked at before.
use crate::https::Https;
use anyhow::Context;
use app::{
    api::ApiError,
    model::{
        fill::{Fill, SPAN},
        usage::Reading,
    },
};
use http::{HeaderValue, Request, header::AUTHORIZATION};
use serde_json::Value;
use std::{collections::BTreeMap, path::Path};
use url::Url;

/// The longest answer, in bytes.
const LONGEST: usize = 8 * 1024 * 1024;
/// Seconds between two points of a course.
const STEP: i64 = SPAN / 48;

/// Where it is, and how one is let in.
#[derive(Debug)]
pub struct Prometheus {
    range: Url,
    token: Option<HeaderValue>,
    https: Https,
}

impl Prometheus {
    /// One at this address, below which its API is; it is not asked yet.
    ///
    /// # Errors
    /// The address is none, or a file cannot be read.
    pub fn of(address: &str, token: Option<&Path>, ca: Option<&Path>) -> anyhow::Result<Self> {
        let told = || format!("--prometheus-url {address}");
        let mut range = Url::parse(address).with_context(told)?;
        if !matches!(range.scheme(), "http" | "https") || !range.has_host() {
            anyhow::bail!("{}: it must begin with http:// or https://", told());
        }
        let below = range.path().trim_end_matches('/').to_owned();
        range.set_path(&format!("{below}/api/v1/query_range"));
        let token = token
            .map(|file| {
                let text = std::fs::read_to_string(file)?;
                let mut value = HeaderValue::from_str(&format!("Bearer {}", text.trim()))?;
                value.set_sensitive(true);
                anyhow::Ok(value)
            })
            .transpose()
            .context("--prometheus-token")?;
        Ok(Self {
            range,
            token,
            https: Https::new("Prometheus", ca, true).context("--prometheus-ca")?,
        })
    }

    /// How full the volumes of these claims are, and were; those of which it knows nothing are left out. The names
    /// are DNS names.
    ///
    /// # Errors
    /// It does not answer.
    pub async fn fills(&self, namespace: &str, claims: &[String], now: i64) -> Result<Vec<Fill>, ApiError> {
        let (capacity, available) = tokio::join!(
            self.course("kubelet_volume_stats_capacity_bytes", namespace, claims, now),
            self.course("kubelet_volume_stats_available_bytes", namespace, claims, now),
        );
        Ok(joined(&capacity?, &available?))
    }

    async fn course(
        &self,
        metric: &str,
        namespace: &str,
        claims: &[String],
        now: i64,
    ) -> Result<BTreeMap<String, BTreeMap<i64, u64>>, ApiError> {
        // Of what a DNS name has only the dot means something in a regular expression; in a string of PromQL a
        // backslash is written twice.
        let names: Vec<String> = claims.iter().map(|c| c.replace('.', "\\\\.")).collect();
        let query = format!(
            "max by (persistentvolumeclaim) ({metric}{{namespace=\"{namespace}\",persistentvolumeclaim=~\"{}\"}})",
            names.join("|")
        );
        let end = now - now.rem_euclid(STEP);
        let mut url = self.range.clone();
        url.query_pairs_mut()
            .append_pair("query", &query)
            .append_pair("start", &(end - SPAN).to_string())
            .append_pair("end", &now.to_string())
            .append_pair("step", &STEP.to_string());
        let mut request = Request::get(url.as_str());
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, token.clone());
        }
        let unavailable = |words: String| ApiError::Unavailable(words);
        let request = request.body(Vec::new()).map_err(|e| unavailable(e.to_string()))?;
        let answer = self
            .https
            .ask(request, LONGEST)
            .await
            .map_err(|e| unavailable(e.to_string()))?;
        let status = answer.status();
        if !status.is_success() {
            return Err(unavailable(format!("Prometheus answers {status}")));
        }
        let body = serde_json::from_slice(answer.body());
        Ok(read(&body.map_err(|e| unavailable(format!("Prometheus: {e}")))?))
    }
}

/// The points of each claim.
fn read(answer: &Value) -> BTreeMap<String, BTreeMap<i64, u64>> {
    let series = answer.pointer("/data/result").and_then(Value::as_array);
    let one = |series: &Value| {
        let claim = series
            .pointer("/metric/persistentvolumeclaim")?
            .as_str()?
            .to_owned();
        let points = series.get("values")?.as_array()?.iter().filter_map(point);
        Some((claim, points.collect()))
    };
    series.into_iter().flatten().filter_map(one).collect()
}

/// `[1764200000.5, "1234"]`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bytes and seconds, looked at before"
)]
fn point(point: &Value) -> Option<(i64, u64)> {
    let at = point.get(0)?.as_f64()?;
    let value: f64 = point.get(1)?.as_str()?.parse().ok()?;
    (value.is_finite() && value >= 0.0).then_some((at as i64, value as u64))
}

/// Full is the capacity less what is available.
fn joined(
    capacity: &BTreeMap<String, BTreeMap<i64, u64>>,
    available: &BTreeMap<String, BTreeMap<i64, u64>>,
) -> Vec<Fill> {
    let one = |(claim, left): (&String, &BTreeMap<i64, u64>)| {
        let whole = capacity.get(claim)?;
        let used = |(at, left): (&i64, &u64)| Some((*at, whole.get(at)?.saturating_sub(*left)));
        let course: Vec<(i64, u64)> = left.iter().filter_map(used).collect();
        let (at, used) = *course.last()?;
        Some(Fill {
            claim: claim.clone(),
            at,
            capacity: *whole.get(&at)?,
            used,
            course: course
                .into_iter()
                .map(|(at, used)| Reading::from((at, 0, used)))
                .collect(),
        })
    };
    available.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn full_is_the_capacity_less_what_is_available() {
        let answer = |values: Value| {
            read(
                &json!({"data": {"result": [{"metric": {"persistentvolumeclaim": "data-db-0"}, "values": values}]}}),
            )
        };
        let capacity = answer(json!([[100, "1000"], [200.9, "1e3"], [300, "NaN"]]));
        let available = answer(json!([[100, "900"], [200.1, "250"], [300, "5"]]));
        let fills = joined(&capacity, &available);
        assert_eq!(fills.len(), 1);
        assert_eq!((fills[0].used, fills[0].at, fills[0].percent()), (750, 200, 75));
        assert_eq!(fills[0].course.len(), 2, "without a capacity nothing is told");
        assert!(read(&json!({"status": "error"})).is_empty());
    }

    #[test]
    fn an_address_that_is_none_is_refused() {
        for address in ["prometheus:9090", "ftp://x", ""] {
            assert!(Prometheus::of(address, None, None).is_err(), "{address}");
        }
        let below = Prometheus::of("http://x:9090/prom/", None, None).unwrap();
        assert_eq!(below.range.as_str(), "http://x:9090/prom/api/v1/query_range");
    }
}
