//! What a change of the number of replicas will do, before anybody clicks.
use super::{
    detail::DetailView,
    facts::ordinals,
    many::{Many, NAMES, Runs, length},
};
use std::ops::Range;

/// The most replicas that the field takes; the API takes any 32-bit number, which no cluster can start.
pub const MAX_REPLICAS: i32 = 10_000;

/// The effect of a new number of replicas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScaleEffect {
    /// Pods that start, in the order in which the controller starts them.
    pub starts: Many<String>,
    /// Of those, the ones that find claims of an earlier life (with the data in them).
    pub reuses: Many<String>,
    /// Pods that stop, in the order in which the controller stops them: the highest first.
    pub stops: Many<String>,
    /// Ordinals that are no longer asked for and have no pod that could stop.
    pub absent: i64,
    /// Claims that stay behind.
    pub claims_stay: Many<String>,
    /// Claims that the retention policy deletes with their pods.
    pub claims_go: Many<String>,
    /// A failing pod below which an ordered set will not start or stop anything.
    pub blocked_by: Option<String>,
}

/// The effect of asking for `replicas`, in the cluster's terms.
pub fn effect(view: &DetailView, replicas: i32) -> ScaleEffect {
    let asked = ordinals(view.head.start, view.head.row.replicas);
    let wanted = ordinals(view.head.start, replicas.clamp(0, MAX_REPLICAS));
    let pod = |o: i64| format!("{}-{o}", view.head.row.name);
    let mut out = ScaleEffect::default();
    if wanted.end > asked.end {
        let new = asked.end..wanted.end;
        let found = claimed(view, &new);
        out.starts = Many::counted(new.clone().map(pod), NAMES, length(&new));
        out.reuses = Many::counted(found.ordinals().map(pod), NAMES, found.count());
    } else {
        let gone = wanted.end..asked.end;
        let there = view.pods().within(&gone);
        out.stops = Many::counted(there.ordinals().rev().map(pod), NAMES, there.count());
        out.absent = (length(&gone) - there.count()).max(0);
        let left = claims(view, &gone);
        if view.head.deletes_claims_when_scaled {
            out.claims_go = left
        } else {
            out.claims_stay = left
        }
    }
    if !view.head.parallel && wanted != asked {
        out.blocked_by.clone_from(&view.whole.failing);
    }
    out
}

/// The ordinals of a range that have a claim.
fn claimed(view: &DetailView, range: &Range<i64>) -> Runs {
    let of = view.whole.claimed.iter().map(|c| c.within(range));
    of.fold(Runs::default(), |all, runs| all.with(&runs))
}

/// The claims of a range of ordinals, those of the highest first.
fn claims(view: &DetailView, range: &Range<i64>) -> Many<String> {
    let of_template: Vec<Runs> = view.whole.claimed.iter().map(|c| c.within(range)).collect();
    let all = of_template.iter().map(Runs::count).sum();
    let ordinals = claimed(view, range);
    let name = view.head.row.name.as_str();
    let names = ordinals.ordinals().rev().flat_map(|o| {
        let templates = view.head.templates.iter().zip(&of_template);
        templates
            .filter(move |(_, runs)| runs.contains(o))
            .map(move |(template, _)| format!("{}-{name}-{o}", template.name))
    });
    Many::counted(names, NAMES, all)
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
    use crate::model::facts::TemplateFacts;

    /// A set `db`, with a pod and a claim for each of the first ordinals.
    fn view(replicas: i32, there: i64) -> DetailView {
        let mut view = DetailView::default();
        view.head.row.name = "db".into();
        view.head.row.replicas = replicas;
        view.head.templates = vec![TemplateFacts {
            name: "data".into(),
            ..TemplateFacts::default()
        }];
        view.whole.present = Some(Runs::of(0..there));
        view.whole.claimed = vec![Runs::of(0..there)];
        view
    }

    #[test]
    fn down_stops_the_highest_first_and_leaves_its_claims() {
        let effect = effect(&view(4, 4), 2);
        assert_eq!(effect.stops.first, ["db-3", "db-2"]);
        assert_eq!(effect.claims_stay.first, ["data-db-3", "data-db-2"]);
        assert_eq!((effect.claims_go.all(), effect.absent), (0, 0));
    }

    #[test]
    fn a_retention_policy_takes_the_claims_along() {
        let mut view = view(2, 2);
        view.head.deletes_claims_when_scaled = true;
        assert_eq!(effect(&view, 1).claims_go.first, ["data-db-1"]);
    }

    #[test]
    fn up_tells_which_pods_find_old_data() {
        let effect = effect(&view(1, 2), 3);
        assert_eq!(effect.starts.first, ["db-1", "db-2"]);
        assert_eq!(effect.reuses.first, ["db-1"]);
    }

    #[test]
    fn an_ordered_set_is_blocked_by_a_failing_pod() {
        let mut view = view(2, 2);
        view.whole.failing = Some("db-0".into());
        assert_eq!(effect(&view, 3).blocked_by.as_deref(), Some("db-0"));
        assert_eq!(effect(&view, 2).blocked_by, None, "nothing happens");
        view.head.parallel = true;
        assert_eq!(effect(&view, 3).blocked_by, None);
    }

    #[test]
    fn of_many_a_few_are_told_and_only_pods_that_are_there_stop() {
        let told = effect(&view(1_000_000, 10), 3);
        assert_eq!(told.stops.first, ["db-9", "db-8", "db-7", "db-6"]);
        assert_eq!((told.stops.all(), told.absent), (7, 999_990));
        assert_eq!(
            told.claims_stay.first,
            ["data-db-9", "data-db-8", "data-db-7", "data-db-6"]
        );
        assert_eq!(told.claims_stay.all(), 7);
        let mut hidden = view(i32::MAX, 0);
        hidden.whole.present = None;
        hidden.head.start = i32::MAX;
        let told = effect(&hidden, 0);
        assert_eq!(told.stops.first[0], "db-4294967293");
        assert_eq!((told.stops.all(), told.absent), (i64::from(i32::MAX), 0));
        let told = effect(&view(1, 1), MAX_REPLICAS);
        assert_eq!((told.starts.first.len(), told.starts.more), (NAMES, 9_995));
    }

    #[test]
    fn only_whole_numbers_in_range_are_replicas() {
        assert_eq!(parse(" 3 "), Some(3));
        for bad in ["", "-1", "1.5", "10001", "99999999999", "two"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
