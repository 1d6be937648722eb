//! What can be done to a pod, and what comes of it.
use super::{NodeAround, PodBody, PodView, node_lost};
use crate::{api::ApiError, model::facts::PodFacts};
use serde::{Deserialize, Serialize};

/// A way to end a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// It stops within its grace period.
    Delete,
    /// The same, where disruption budgets allow it.
    Evict,
    /// Its object goes at once, whether or not its containers have stopped.
    Force,
}

/// A PodDisruptionBudget whose selector finds the pod.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    pub name: String,
    /// Pods that may go now.
    pub allowed: i32,
    pub healthy: i32,
    pub desired: i32,
}

/// What the cluster said when it was asked, by dry runs, and what the pod is now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodPlan {
    pub uid: String,
    /// Why it may not be deleted.
    pub delete: Option<ApiError>,
    /// Why it may not be evicted; a budget's words are among these.
    pub evict: Option<ApiError>,
    pub budgets: Vec<Budget>,
    /// Why the budgets are not known.
    pub hidden: Option<ApiError>,
}

/// Whether its object may be taken away while nobody knows that its containers have stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Force {
    /// Its node is lost, or seems so.
    Offered,
    /// Its node answers, and will say when it has stopped.
    NodeAnswers,
    /// It never ran anywhere: a delete takes it away at once.
    NoNode,
}

/// `node` is none where nodes may not be read; then what the pod says of itself decides: that nobody has heard of it.
pub fn force(facts: &PodFacts, node: Option<&NodeAround>) -> Force {
    match node {
        _ if facts.node.is_empty() => Force::NoNode,
        Some(node) if node_lost(Some(node)) => Force::Offered,
        None if facts.is_held() => Force::Offered,
        _ => Force::NodeAnswers,
    }
}

/// What stands at the pod's ordinal after it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// Nothing makes it anew.
    Nobody,
    /// It has an owner that is no StatefulSet.
    Owner { kind: String, name: String },
    /// Its set may not be read, or is gone.
    Unknown,
    /// Its set is being deleted, or asks for fewer ordinals.
    Gone { set: String },
    /// Its set makes it anew, from this revision, with the same claims.
    Back {
        set: String,
        revision: String,
        changed: bool,
        claims: Vec<String>,
    },
}

/// What comes of deleting it, however it goes.
pub fn after(view: &PodView) -> After {
    let pod: &PodBody = &view.pod;
    let facts = &pod.facts;
    if facts.owner.is_empty() {
        let (kind, name) = (pod.owner.kind.clone(), pod.owner.name.clone());
        return if kind.is_empty() {
            After::Nobody
        } else {
            After::Owner { kind, name }
        };
    }
    let Ok(Some(set)) = &view.set else {
        return After::Unknown;
    };
    if set.deleting || !(set.asked.0..set.asked.1).contains(&facts.ordinal) {
        return After::Gone {
            set: set.name.clone(),
        };
    }
    After::Back {
        set: set.name.clone(),
        revision: set.next_revision.clone(),
        changed: set.next_revision != facts.revision,
        claims: facts.mounts.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::pod::SetAround;

    #[test]
    fn force_is_offered_only_where_the_node_is_lost_or_seems_so() {
        let node = |exists, ready| NodeAround {
            exists,
            ready,
            ..NodeAround::default()
        };
        let mut facts = PodFacts {
            node: "n1".into(),
            ..PodFacts::default()
        };
        assert_eq!(force(&facts, Some(&node(true, true))), Force::NodeAnswers);
        assert_eq!(force(&facts, Some(&node(true, false))), Force::Offered);
        assert_eq!(force(&facts, Some(&node(false, false))), Force::Offered);
        assert_eq!(force(&facts, None), Force::NodeAnswers);
        facts.lost = true;
        assert_eq!(force(&facts, None), Force::Offered, "nodes may not be read");
        let answers = force(&facts, Some(&node(true, true)));
        assert_eq!(answers, Force::NodeAnswers, "overdue on a node that answers");
        facts.node.clear();
        assert_eq!(force(&facts, None), Force::NoNode);
    }

    #[test]
    fn what_comes_back_is_what_the_set_would_make() {
        let mut view = PodView::default();
        assert_eq!(after(&view), After::Nobody);
        view.pod.facts.owner = "db".into();
        view.pod.facts.ordinal = 2;
        view.pod.facts.revision = "db-a".into();
        assert_eq!(after(&view), After::Unknown);
        let mut set = SetAround {
            name: "db".into(),
            asked: (0, 3),
            next_revision: "db-b".into(),
            ..SetAround::default()
        };
        view.set = Ok(Some(set.clone()));
        assert!(matches!(after(&view), After::Back { changed: true, .. }));
        set.asked = (0, 2);
        view.set = Ok(Some(set));
        assert_eq!(after(&view), After::Gone { set: "db".into() });
    }
}
