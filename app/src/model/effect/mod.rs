//! What happens next to a StatefulSet, in which order, what waits for what, what stays, and who undoes it.
//!
//! There is one engine for every action (ADR 0012). A [`Scene`] is what the StatefulSet controller looks at: the set, its pods,
//! their claims. [`next`] is that controller's own decision, and [`Course`] plays it to its end. An action is a change of the
//! scene, so scaling, an edit and the delete of a pod are told by the same rules as the status of a set that nobody touches.
mod claims;
mod controller;
mod course;
mod scene;
mod writers;

pub use claims::{ClaimFate, Fate};
pub use controller::{Act, Next, Until, next};
pub use course::{Course, Hold, Step, Wait};
pub use scene::{Actor, ClaimState, Claims, Health, Scene};
pub use writers::{Hpa, Writer, writers};

/// The most replicas that the field takes; the API takes any 32-bit number, which no cluster can start.
pub const MAX_REPLICAS: i32 = 10_000;

/// Reads what somebody typed as a number of replicas.
pub fn replicas(text: &str) -> Option<i32> {
    text.trim()
        .parse()
        .ok()
        .filter(|n| (0..=MAX_REPLICAS).contains(n))
}

/// The revision of a template that the cluster has not seen yet.
pub const NEW_REVISION: &str = "";

impl Scene {
    /// The same with another number of replicas.
    #[must_use]
    pub fn scaled(&self, replicas: i32) -> Self {
        Self {
            replicas: replicas.clamp(0, MAX_REPLICAS),
            ..self.clone()
        }
    }

    /// The same after an edit of the template: `revision` is what the template becomes, [`NEW_REVISION`] where no earlier
    /// revision is the same.
    #[must_use]
    pub fn edited(&self, revision: &str) -> Self {
        Self {
            update: revision.to_owned(),
            ..self.clone()
        }
    }

    /// The same after somebody deleted a pod.
    #[must_use]
    pub fn without(&self, ordinal: i64) -> Self {
        let mut scene = self.clone();
        if let Some(pod) = scene.pods.get_mut(&ordinal) {
            pod.going = true;
        }
        scene
    }
}

#[cfg(test)]
mod tests;
