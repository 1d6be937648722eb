//! A debug container: one more container in a running pod, for images that have no shell.
use super::{Container, PodView, State};
use crate::api::ApiError;
use serde::{Deserialize, Serialize};

/// What a debug container may do: the profiles of `kubectl debug`, under their names there.
///
/// Source: <https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#debugging-profiles>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Profile {
    /// Adds `SYS_PTRACE`, without which files and memory of the target's processes are closed. kubectl's default.
    #[default]
    General,
    /// Sets nothing: what the Pod Security level of this name lets pass.
    Baseline,
    /// What the Pod Security level of this name asks for: no root, no capabilities, no way to get more, seccomp.
    Restricted,
    /// Adds `NET_ADMIN` and `NET_RAW`.
    Netadmin,
    /// `privileged`: it may do on the node whatever root may.
    Sysadmin,
}

impl Profile {
    /// All of them, in kubectl's order.
    pub const ALL: [Self; 5] = [
        Self::General,
        Self::Baseline,
        Self::Restricted,
        Self::Netadmin,
        Self::Sysadmin,
    ];

    /// As kubectl calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
            Self::Netadmin => "netadmin",
            Self::Sysadmin => "sysadmin",
        }
    }
}

/// A debug container as it is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub namespace: String,
    pub pod: String,
    /// The container whose processes it sees; empty for none.
    pub target: String,
    /// Empty for the console's own.
    pub image: String,
    pub profile: Profile,
}

/// What adding one would meet, by dry runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebugPlan {
    pub uid: String,
    /// The image that was asked about.
    pub image: String,
    /// The containers that can be a target: those that were made with the pod and go on.
    pub targets: Vec<String>,
    /// Each profile, with the cluster's refusal where it does not take it.
    pub profiles: Vec<(Profile, Option<ApiError>)>,
    /// Why no shell could be opened in it.
    pub exec: Option<ApiError>,
}

impl DebugPlan {
    /// Why a profile is refused.
    pub fn refusal(&self, profile: Profile) -> Option<&ApiError> {
        let found = self.profiles.iter().find(|(p, _)| *p == profile)?;
        found.1.as_ref()
    }

    /// The one to begin with: kubectl's default, else the first that the cluster takes and that adds no rights. The
    /// two that give more are for somebody to choose.
    pub fn first(&self) -> Profile {
        let calm = [Profile::General, Profile::Baseline, Profile::Restricted];
        let taken = calm.into_iter().find(|p| self.refusal(*p).is_none());
        taken.unwrap_or_default()
    }

    /// What refuses all of them alike: a missing right, an image that an admission does not let in.
    pub fn refused(&self) -> Option<&ApiError> {
        let (_, first) = self.profiles.first()?;
        let alike = self.profiles.iter().all(|(_, refusal)| refusal == first);
        first.as_ref().filter(|_| alike)
    }
}

/// The image, without what surrounds it; none where there is nothing, or what no reference has.
pub fn image(typed: &str) -> Option<&str> {
    let image = typed.trim();
    let odd = |c: char| c.is_whitespace() || c.is_control();
    (!image.is_empty() && !image.contains(odd)).then_some(image)
}

/// How far a debug container is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The kubelet makes it, or has not heard of it.
    Coming,
    Running,
    /// It does not start, in the words of the kubelet; it is tried again.
    Stuck {
        reason: String,
        words: String,
    },
    Ended(i32),
    /// The pod that it was added to is no more.
    Replaced,
}

/// How far the container of this name is, in the pod with this UID.
pub fn stage(view: &PodView, uid: &str, name: &str) -> Stage {
    if view.pod.uid != uid {
        return Stage::Replaced;
    }
    let found = view.pod.containers.iter().find(|c| c.name == name);
    match found.map(|c: &Container| &c.state) {
        Some(State::Running { .. }) => Stage::Running,
        Some(State::Ended(run)) => Stage::Ended(run.code),
        Some(State::Waiting { reason, message }) if !is_calm(reason) => Stage::Stuck {
            reason: reason.clone(),
            words: message.clone(),
        },
        _ => told(view, name).unwrap_or(Stage::Coming),
    }
}

fn is_calm(reason: &str) -> bool {
    matches!(reason, "" | "ContainerCreating" | "PodInitializing")
}

/// Some failures are told by events alone, such as a target that does not run.
fn told(view: &PodView, name: &str) -> Option<Stage> {
    let events = view.events.as_ref().ok()?;
    let mut about = events.iter().filter(|e| e.container == name);
    let newest = about.next().filter(|e| e.row.kind == "Warning")?;
    Some(Stage::Stuck {
        reason: newest.row.reason.clone(),
        words: newest.row.message.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{detail::EventRow, pod::PodEvent};

    fn refused(words: &str) -> Option<ApiError> {
        Some(ApiError::Conflict(words.into()))
    }

    fn plan(refusals: [Option<ApiError>; 5]) -> DebugPlan {
        DebugPlan {
            profiles: Profile::ALL.into_iter().zip(refusals).collect(),
            ..DebugPlan::default()
        }
    }

    #[test]
    fn it_begins_with_the_first_profile_that_is_taken_and_adds_nothing() {
        let no = || refused("violates PodSecurity");
        assert_eq!(plan([None, None, None, None, None]).first(), Profile::General);
        assert_eq!(plan([no(), None, None, no(), no()]).first(), Profile::Baseline);
        assert_eq!(plan([no(), no(), None, no(), no()]).first(), Profile::Restricted);
        assert_eq!(plan([no(), no(), no(), None, None]).first(), Profile::General);
    }

    #[test]
    fn what_refuses_all_alike_is_told_once() {
        let no = || refused("pods \"db-0\" is forbidden");
        assert_eq!(plan([no(), no(), no(), no(), no()]).refused(), no().as_ref());
        assert_eq!(plan([no(), no(), no(), no(), refused("else")]).refused(), None);
        assert_eq!(plan([None, None, None, None, None]).refused(), None);
        assert_eq!(DebugPlan::default().refused(), None);
    }

    #[test]
    fn an_image_is_a_word() {
        assert_eq!(image(" busybox:1.37\n"), Some("busybox:1.37"));
        for typed in ["", "  ", "busybox 1.37", "a\tb"] {
            assert_eq!(image(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn how_far_it_is_says_the_pod() {
        let mut view = PodView::default();
        view.pod.uid = "u1".into();
        assert_eq!(stage(&view, "u1", "debugger-x"), Stage::Coming);
        assert_eq!(stage(&view, "u0", "debugger-x"), Stage::Replaced);
        let waiting = |reason: &str| State::Waiting {
            reason: reason.into(),
            message: "words".into(),
        };
        let mut with = |state: State| {
            view.pod.containers = vec![Container {
                name: "debugger-x".into(),
                state,
                ..Container::default()
            }];
            stage(&view, "u1", "debugger-x")
        };
        assert_eq!(with(State::Running { since: 1 }), Stage::Running);
        assert_eq!(with(waiting("ContainerCreating")), Stage::Coming);
        let stuck = |reason: &str| Stage::Stuck {
            reason: reason.into(),
            words: "words".into(),
        };
        assert_eq!(with(waiting("ImagePullBackOff")), stuck("ImagePullBackOff"));
        assert_eq!(with(State::Unknown), Stage::Coming);
        view.events = Ok(vec![PodEvent {
            row: EventRow {
                kind: "Warning".into(),
                reason: "Failed".into(),
                message: "words".into(),
                ..EventRow::default()
            },
            container: "debugger-x".into(),
        }]);
        assert_eq!(stage(&view, "u1", "debugger-x"), stuck("Failed"));
    }
}
