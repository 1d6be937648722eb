//! What a pod asks for while it runs.
use app::model::{
    quantity::Quantity,
    usage::{Asked, Bounds},
};
use k8s_openapi::api::core::v1::{PodSpec, ResourceRequirements};

/// The sum over its containers and sidecars, or what is set for the pod as a whole, which then decides
/// (<https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#pod-level-resource-specification>).
/// Ordinary init containers have ended when the others run.
pub fn asked(spec: &PodSpec) -> Asked {
    let sidecars = spec.init_containers.iter().flatten();
    let sidecars = sidecars.filter(|c| c.restart_policy.as_deref() == Some("Always"));
    let each = sidecars.chain(&spec.containers);
    let each = each.map(|c| c.resources.as_ref().map(one).unwrap_or_default());
    let sum = each.reduce(Asked::plus).unwrap_or_default();
    let pod = spec.resources.as_ref().map(one).unwrap_or_default();
    Asked {
        cpu: over(pod.cpu, sum.cpu),
        memory: over(pod.memory, sum.memory),
    }
}

fn over(pod: Bounds, sum: Bounds) -> Bounds {
    let first = |pod: u64, sum: u64| if pod > 0 { pod } else { sum };
    Bounds {
        request: first(pod.request, sum.request),
        limit: first(pod.limit, sum.limit),
    }
}

/// A limit without a request is the request, too: the API server writes it there.
fn one(resources: &ResourceRequirements) -> Asked {
    let amount = |limit: bool, name: &str| {
        let all = if limit {
            &resources.limits
        } else {
            &resources.requests
        };
        let found = all.as_ref().and_then(|all| all.get(name));
        found.and_then(|q| Quantity::parse(&q.0))
    };
    let cpu = |limit| amount(limit, "cpu").map_or(0, Quantity::millionths);
    let memory = |limit| amount(limit, "memory").map_or(0, |q| u64::try_from(q.whole()).unwrap_or(u64::MAX));
    Asked {
        cpu: Bounds {
            request: cpu(false),
            limit: cpu(true),
        },
        memory: Bounds {
            request: memory(false),
            limit: memory(true),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(spec: serde_json::Value) -> Asked {
        asked(&serde_json::from_value(spec).unwrap())
    }

    #[test]
    fn sidecars_count_and_one_without_a_limit_takes_it_from_all() {
        let both =
            json!({"requests": {"cpu": "250m", "memory": "64Mi"}, "limits": {"cpu": "1", "memory": "128Mi"}});
        let found = of(json!({
            "initContainers": [
                {"name": "once", "resources": both},
                {"name": "beside", "restartPolicy": "Always", "resources": both},
            ],
            "containers": [{"name": "main", "resources": {"requests": {"cpu": "1500u"}, "limits": {"memory": "1Gi"}}}],
        }));
        assert_eq!(
            found.cpu,
            Bounds {
                request: 251_500,
                limit: 0
            }
        );
        assert_eq!(
            found.memory,
            Bounds {
                request: 64 << 20,
                limit: (128 << 20) + (1 << 30)
            }
        );
    }

    #[test]
    fn what_is_set_for_the_pod_decides() {
        let found = of(json!({
            "resources": {"limits": {"cpu": "2"}},
            "containers": [{"name": "main", "resources": {"requests": {"cpu": "1"}}}],
        }));
        assert_eq!(
            found.cpu,
            Bounds {
                request: 1_000_000,
                limit: 2_000_000
            }
        );
        assert_eq!(of(json!({"containers": []})), Asked::default());
    }
}
