//! What the pages of pods need of a cluster.
use super::Answer;
use crate::model::{
    files::{At, Listing},
    fill::{Fill, Fills},
    live::Versioned,
    pod::{
        PodView,
        act::{Deed, PodPlan},
        debug::{DebugPlan, Wanted},
        env::Environment,
    },
    usage::{UsageQuery, UsageView},
};

/// The pods of a cluster as one person sees them.
pub trait Pods {
    /// One pod with what is around it.
    fn pod<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, Versioned<PodView>>;
    /// What the pods of a set use.
    fn usage<'a>(&'a self, query: &'a UsageQuery) -> Answer<'a, Versioned<UsageView>>;
    /// How full the volumes of these claims are, and were, where a Prometheus keeps it.
    fn fills<'a>(&'a self, namespace: &'a str, claims: &'a [String]) -> Answer<'a, Fills>;
    /// Measures the volume of a claim in a container of this pod.
    fn measure<'a>(&'a self, namespace: &'a str, pod: &'a str, claim: &'a str) -> Answer<'a, Fill>;
    /// The object as YAML, without `managedFields`.
    fn pod_yaml<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, String>;
    /// The environment of each of its containers; of Secrets the keys alone.
    fn environment<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, Vec<Environment>>;
    /// What ending this pod would meet.
    fn pod_plan<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, PodPlan>;
    /// Ends exactly the pod with this UID.
    fn end_pod<'a>(&'a self, deed: Deed, namespace: &'a str, name: &'a str, uid: &'a str) -> Answer<'a, ()>;
    /// What adding a debug container would meet.
    fn debug_plan<'a>(&'a self, wanted: &'a Wanted) -> Answer<'a, DebugPlan>;
    /// Adds a debug container to exactly the pod with this UID; its name.
    fn debug<'a>(&'a self, wanted: &'a Wanted, uid: &'a str) -> Answer<'a, String>;
    /// What a folder of a container holds.
    fn files<'a>(&'a self, at: &'a At) -> Answer<'a, Listing>;
    /// The value of one key of a Secret; leaves an audit line.
    fn reveal<'a>(&'a self, namespace: &'a str, secret: &'a str, key: &'a str) -> Answer<'a, String>;
}
