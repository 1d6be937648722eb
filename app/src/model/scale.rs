//! What a change of the number of replicas will do, before anybody clicks.
use super::{detail::DetailView, facts::ordinal};
use serde::{Deserialize, Serialize};

/// The most replicas that the field takes; the API takes any 32-bit number, which no cluster can start.
pub const MAX_REPLICAS: i32 = 10_000;

/// The effect of a new number of replicas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaleEffect {
    /// Pods that start, in the order in which the controller starts them.
    pub starts: Vec<String>,
    /// Of those, the ones that find claims of an earlier life (with the data in them).
    pub reuses: Vec<String>,
    /// Pods that stop, in the order in which the controller stops them: the highest first.
    pub stops: Vec<String>,
    /// Claims that stay behind.
    pub claims_stay: Vec<String>,
    /// Claims that the retention policy deletes with their pods.
    pub claims_go: Vec<String>,
    /// A failing pod below which an ordered set will not start or stop anything.
    pub blocked_by: Option<String>,
}

/// The effect of asking for `replicas`, in the cluster's terms. Each of the name lists has at most
/// `MAX_REPLICAS` entries.
pub fn effect(view: &DetailView, replicas: i32) -> ScaleEffect {
    let (from, to) = (view.head.row.replicas, replicas.clamp(0, MAX_REPLICAS));
    let (start, name) = (view.head.start, &view.head.row.name);
    let pod = |o: i32| format!("{name}-{o}");
    let claims = |o: i32| {
        let of = move |c: &String| {
            view.head.templates.iter().any(|t| {
                c.strip_prefix(&format!("{}-", t.name))
                    .and_then(|r| ordinal(r, name))
                    == Some(o)
            })
        };
        view.ordinals
            .iter()
            .flat_map(|r| &r.claims)
            .map(|c| c.name.clone())
            .filter(of)
            .collect::<Vec<_>>()
    };
    let mut out = ScaleEffect::default();
    if to > from {
        out.starts = (start + from..start + to).map(pod).collect();
        out.reuses = (start + from..start + to)
            .filter(|o| !claims(*o).is_empty())
            .map(pod)
            .collect();
    } else {
        let gone: Vec<i32> = (start + to..start + from).rev().collect();
        out.stops = gone.iter().map(|o| pod(*o)).collect();
        let left = gone.iter().flat_map(|o| claims(*o)).collect();
        if view.head.deletes_claims_when_scaled {
            out.claims_go = left
        } else {
            out.claims_stay = left
        }
    }
    if !view.head.parallel && to != from {
        out.blocked_by = view.ordinals.iter().find(|r| r.failing).map(|r| r.pod.clone());
    }
    out
}

/// Reads what somebody typed as a number of replicas.
pub fn parse(text: &str) -> Option<i32> {
    text.trim()
        .parse()
        .ok()
        .filter(|n| (0..=MAX_REPLICAS).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::detail::{ClaimCell, OrdinalRow};
    use crate::model::facts::TemplateFacts;

    fn view(replicas: i32, ordinals: i32) -> DetailView {
        let mut view = DetailView::default();
        view.head.row.name = "db".into();
        view.head.row.replicas = replicas;
        view.head.templates = vec![TemplateFacts {
            name: "data".into(),
            size: "1Gi".into(),
            class: None,
        }];
        let row = |o: i32| OrdinalRow {
            ordinal: o,
            pod: format!("db-{o}"),
            claims: vec![ClaimCell {
                name: format!("data-db-{o}"),
                ..ClaimCell::default()
            }],
            ..OrdinalRow::default()
        };
        view.ordinals = (0..ordinals).map(row).collect();
        view
    }

    #[test]
    fn down_stops_the_highest_first_and_leaves_its_claims() {
        let effect = effect(&view(4, 4), 2);
        assert_eq!(effect.stops, ["db-3", "db-2"]);
        assert_eq!(effect.claims_stay, ["data-db-3", "data-db-2"]);
        assert!(effect.claims_go.is_empty());
    }

    #[test]
    fn a_retention_policy_takes_the_claims_along() {
        let mut view = view(2, 2);
        view.head.deletes_claims_when_scaled = true;
        assert_eq!(effect(&view, 1).claims_go, ["data-db-1"]);
    }

    #[test]
    fn up_tells_which_pods_find_old_data() {
        let effect = effect(&view(1, 2), 3);
        assert_eq!(effect.starts, ["db-1", "db-2"]);
        assert_eq!(effect.reuses, ["db-1"]);
    }

    #[test]
    fn an_ordered_set_is_blocked_by_a_failing_pod() {
        let mut view = view(2, 2);
        view.ordinals[0].failing = true;
        assert_eq!(effect(&view, 3).blocked_by.as_deref(), Some("db-0"));
        view.head.parallel = true;
        assert_eq!(effect(&view, 3).blocked_by, None);
    }

    #[test]
    fn only_whole_numbers_in_range_are_replicas() {
        assert_eq!(parse(" 3 "), Some(3));
        for bad in ["", "-1", "1.5", "10001", "99999999999", "two"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
