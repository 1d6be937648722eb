//! Who else writes a set, and so may undo what a person does to it.
use crate::model::facts::SetFacts;
use serde::{Deserialize, Serialize};

/// A HorizontalPodAutoscaler whose target is the set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hpa {
    pub name: String,
    pub min: i32,
    pub max: i32,
}

impl Hpa {
    /// The number that it makes of one that somebody sets; none where it leaves that alone. At 0 it pauses, and it goes on by
    /// itself above 0 (<https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/>).
    pub fn corrects(&self, replicas: i32) -> Option<i32> {
        let inside = replicas.clamp(self.min, self.max.max(self.min));
        (replicas > 0 && inside != replicas).then_some(inside)
    }
}

/// Somebody else who writes the set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Writer {
    /// The number of replicas only.
    Hpa(Hpa),
    /// The controller in `metadata.ownerReferences`.
    Owner { kind: String, name: String },
    /// An application of Argo CD.
    Argo { name: String },
    /// A Kustomization or HelmRelease of Flux.
    Flux { kind: String, name: String },
    /// A release of Helm: written when somebody upgrades it, not by itself.
    Helm { release: String },
}

/// Everybody who is known to write a set.
pub fn writers(set: &SetFacts, hpas: impl IntoIterator<Item = Hpa>) -> Vec<Writer> {
    let label = |key: &str| set.labels.get(key).filter(|v| !v.is_empty()).cloned();
    let note = |key: &str| set.annotations.get(key).filter(|v| !v.is_empty()).cloned();
    let owner = set.owner.as_ref().map(|o| Writer::Owner {
        kind: o.kind.clone(),
        name: o.name.clone(),
    });
    // `APPLICATION:GROUP/KIND:NAMESPACE/NAME`.
    let tracked = note("argocd.argoproj.io/tracking-id");
    let tracked = tracked.and_then(|id| id.split(':').next().map(str::to_owned));
    let argo = label("argocd.argoproj.io/instance").or(tracked);
    let argo = argo.map(|name| Writer::Argo { name });
    let flux = |kind: &str, key: &str| {
        label(key).map(|name| Writer::Flux {
            kind: kind.to_owned(),
            name,
        })
    };
    let release = flux("HelmRelease", "helm.toolkit.fluxcd.io/name");
    let helm = note("meta.helm.sh/release-name").filter(|_| release.is_none());
    let others = owner
        .into_iter()
        .chain(argo)
        .chain(release)
        .chain(flux("Kustomization", "kustomize.toolkit.fluxcd.io/name"))
        .chain(helm.map(|release| Writer::Helm { release }));
    hpas.into_iter().map(Writer::Hpa).chain(others).collect()
}
