//! What decides on which node a pod runs, in the manifest's words.
use app::model::pod::{Pairs, Scheduling};
use k8s_openapi::{
    api::core::v1::{
        NodeSelectorTerm, PodAffinityTerm, PodSpec, PodStatus, Toleration, TopologySpreadConstraint,
    },
    apimachinery::pkg::apis::meta::v1::LabelSelector,
};

/// The settings that bear on it.
pub fn scheduling(spec: &PodSpec, status: &PodStatus) -> Scheduling {
    let selector = spec.node_selector.iter().flatten();
    let selector: Pairs = selector.map(|(k, v)| (k.clone(), v.clone())).collect();
    Scheduling {
        nominated: status.nominated_node_name.clone().unwrap_or_default(),
        selector,
        affinity: affinity(spec),
        spread: spec
            .topology_spread_constraints
            .iter()
            .flatten()
            .map(spread)
            .collect(),
        tolerations: spec.tolerations.iter().flatten().map(toleration).collect(),
        qos: status.qos_class.clone().unwrap_or_default(),
        priority: spec.priority.unwrap_or(0),
        priority_class: spec.priority_class_name.clone().unwrap_or_default(),
        scheduler: spec.scheduler_name.clone().unwrap_or_default(),
    }
}

fn affinity(spec: &PodSpec) -> Vec<String> {
    let affinity = spec.affinity.clone().unwrap_or_default();
    let mut out = Vec::new();
    if let Some(node) = affinity.node_affinity {
        let required = node.required_during_scheduling_ignored_during_execution;
        let required = required.into_iter().flat_map(|s| s.node_selector_terms);
        out.extend(required.map(|term| format!("nodeAffinity: {}", node_term(&term))));
        let preferred = node.preferred_during_scheduling_ignored_during_execution;
        let preferred = preferred.into_iter().flatten();
        out.extend(preferred.map(|p| {
            format!(
                "nodeAffinity, preferred ({}): {}",
                p.weight,
                node_term(&p.preference)
            )
        }));
    }
    let near = affinity.pod_affinity.unwrap_or_default();
    let far = affinity.pod_anti_affinity.unwrap_or_default();
    let kinds = [
        (
            "podAffinity",
            near.required_during_scheduling_ignored_during_execution,
            near.preferred_during_scheduling_ignored_during_execution,
        ),
        (
            "podAntiAffinity",
            far.required_during_scheduling_ignored_during_execution,
            far.preferred_during_scheduling_ignored_during_execution,
        ),
    ];
    for (kind, required, preferred) in kinds {
        let required = required.into_iter().flatten();
        out.extend(required.map(|term| format!("{kind}: {}", pod_term(&term))));
        let preferred = preferred.into_iter().flatten();
        out.extend(preferred.map(|p| {
            format!(
                "{kind}, preferred ({}): {}",
                p.weight,
                pod_term(&p.pod_affinity_term)
            )
        }));
    }
    out
}

fn node_term(term: &NodeSelectorTerm) -> String {
    let all = term.match_expressions.iter().chain(&term.match_fields).flatten();
    let one = |r: &k8s_openapi::api::core::v1::NodeSelectorRequirement| {
        requirement(&r.key, &r.operator, r.values.as_deref().unwrap_or_default())
    };
    all.map(one).collect::<Vec<_>>().join(", ")
}

fn requirement(key: &str, operator: &str, values: &[String]) -> String {
    if values.is_empty() {
        format!("{key} {operator}")
    } else {
        format!("{key} {operator} ({})", values.join(", "))
    }
}

fn labels(selector: Option<&LabelSelector>) -> String {
    let equal = selector.into_iter().flat_map(|s| s.match_labels.iter().flatten());
    let equal = equal.map(|(k, v)| format!("{k}={v}"));
    let more = selector
        .into_iter()
        .flat_map(|s| s.match_expressions.iter().flatten());
    let more = more.map(|r| requirement(&r.key, &r.operator, r.values.as_deref().unwrap_or_default()));
    equal.chain(more).collect::<Vec<_>>().join(", ")
}

fn pod_term(term: &PodAffinityTerm) -> String {
    format!("{} / {}", labels(term.label_selector.as_ref()), term.topology_key)
}

fn spread(c: &TopologySpreadConstraint) -> String {
    format!(
        "{} maxSkew {}, {}",
        c.topology_key, c.max_skew, c.when_unsatisfiable
    )
}

fn toleration(t: &Toleration) -> String {
    let key = t.key.as_deref().unwrap_or("*");
    let value = t.value.as_deref().map(|v| format!("={v}")).unwrap_or_default();
    let effect = t.effect.as_deref().map(|e| format!(":{e}")).unwrap_or_default();
    let seconds = t.toleration_seconds.map(|s| format!(" {s}s")).unwrap_or_default();
    format!("{key}{value}{effect}{seconds}")
}
