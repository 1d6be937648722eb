//! What the everyday operations need of a cluster.
use super::Answer;
use crate::model::ops::{Change, Ended, Op, OpsPlan, Picked, Revision, RolledBack, Shown, Verb};

/// The operations of a cluster as one person may do them.
pub trait Ops {
    /// What the dialogs are drawn from.
    fn ops_plan<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, OpsPlan>;
    /// Does it to the set that was shown.
    fn operate<'a>(&'a self, shown: &'a Shown, op: &'a Op) -> Answer<'a, Ended>;
    /// Does it to one of several sets.
    fn operate_each<'a>(&'a self, verb: Verb, picked: &'a Picked) -> Answer<'a, Ended>;
    /// Changes images, requests and limits.
    fn change_containers<'a>(&'a self, shown: &'a Shown, changes: &'a [Change]) -> Answer<'a, ()>;
    /// The revisions of a set.
    fn revisions<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, Vec<Revision>>;
    /// Puts the template of a revision into the set.
    fn roll_back<'a>(&'a self, shown: &'a Shown, revision: &'a str, dry_run: bool) -> Answer<'a, RolledBack>;
}
