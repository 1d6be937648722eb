//! `metrics.k8s.io`: what pods use now.
use super::{Kube, parts::is_dns_name};
use crate::error::Error;
use app::model::{quantity::Quantity, usage::Reading};
use jiff::{SignedDuration, Timestamp};
use kube::{api::ListParams, core::Request};
use serde_json::Value;
use std::collections::BTreeMap;

/// A `PodMetrics`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    pub pod: String,
    pub reading: Reading,
    /// Seconds that it was taken over, up to its timestamp.
    pub window: i64,
}

impl Kube {
    /// What the pods with these labels use now. None where the cluster serves no `metrics.k8s.io`.
    ///
    /// # Errors
    /// Forbidden, or the server behind it does not answer.
    pub async fn measured(
        &self,
        namespace: &str,
        labels: &BTreeMap<String, String>,
    ) -> Result<Option<Vec<Measured>>, Error> {
        if !is_dns_name(namespace) {
            return Err(Error::Unbuildable(format!("{namespace:?} is no namespace")));
        }
        let path = format!("/apis/metrics.k8s.io/v1beta1/namespaces/{namespace}/pods");
        let labels: Vec<String> = labels
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        let params = ListParams::default().labels(&labels.join(","));
        let request = Request::new(path).list(&params);
        let request = request.map_err(|e| Error::Unbuildable(e.to_string()))?;
        match self.answer(self.client.request::<Value>(request)).await {
            Ok(list) => Ok(Some(measured(&list))),
            // A namespace that does not exist has an empty list; only a kind that is not served is not found.
            Err(Error::Refused(status)) if status.code == 404 => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// What can be read of a `PodMetricsList`.
fn measured(list: &Value) -> Vec<Measured> {
    let items = list.get("items").and_then(Value::as_array);
    items.into_iter().flatten().filter_map(one).collect()
}

fn one(item: &Value) -> Option<Measured> {
    let text = |value: &Value, at: &str| value.pointer(at)?.as_str().map(str::to_owned);
    let at: Timestamp = text(item, "/timestamp")?.parse().ok()?;
    let window: SignedDuration = text(item, "/window")?.parse().ok()?;
    let containers = item.get("containers")?.as_array()?;
    let sum = |name: &str| {
        let amounts = containers
            .iter()
            .map(|c| c.pointer(&format!("/usage/{name}")).and_then(Value::as_str));
        // What one container uses is not what the pod uses.
        let amounts = amounts
            .map(|a| a.and_then(Quantity::parse))
            .collect::<Option<Vec<_>>>()?;
        amounts.into_iter().reduce(Quantity::plus)
    };
    Some(Measured {
        pod: text(item, "/metadata/name")?,
        reading: Reading {
            at: at.as_second(),
            cpu: sum("cpu")?.millionths(),
            memory: u64::try_from(sum("memory")?.whole()).ok()?,
        },
        // Rounded up: a second more may be of the life before.
        window: window.as_secs() + i64::from(window.subsec_nanos() > 0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn containers_are_summed_and_a_half_reading_is_none() {
        let container = |usage: Value| json!({"name": "c", "usage": usage});
        let item = |name: &str, containers: Vec<Value>| {
            json!({
                "metadata": {"name": name, "namespace": "shop"},
                "timestamp": "2026-11-27T00:00:10Z",
                "window": "10.062s",
                "containers": containers,
            })
        };
        let whole = container(json!({"cpu": "1500000n", "memory": "2Mi"}));
        let list = json!({"items": [
            item("web-0", vec![whole.clone(), container(json!({"cpu": "1m", "memory": "512Ki"}))]),
            item("web-1", vec![whole, container(json!({"cpu": "1m"}))]),
            item("web-2", vec![]),
        ]});
        let at = "2026-11-27T00:00:10Z".parse::<Timestamp>().unwrap().as_second();
        let memory = (2 << 20) + (512 << 10);
        assert_eq!(
            measured(&list),
            [Measured {
                pod: "web-0".to_owned(),
                reading: Reading {
                    at,
                    cpu: 2_500,
                    memory
                },
                window: 11,
            }]
        );
    }

    #[test]
    fn windows_are_durations_of_go() {
        let seconds = |text: &str| text.parse::<SignedDuration>().map(|d| d.as_secs()).unwrap();
        assert_eq!(
            [seconds("1m0s"), seconds("30s"), seconds("1m12.5s")],
            [60, 30, 72]
        );
    }
}
