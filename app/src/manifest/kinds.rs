//! The kinds of objects that a bundle may create: what a StatefulSet needs around it.

/// A kind, as the API names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObjectKind {
    /// `kind`
    pub kind: &'static str,
    /// `apiVersion`
    pub api_version: &'static str,
    /// The collection's name in a URL.
    pub plural: &'static str,
}

/// In the order of creation: what others refer to comes first, the sets last.
const KINDS: [ObjectKind; 11] = [
    kind("ServiceAccount", "v1", "serviceaccounts"),
    kind("ConfigMap", "v1", "configmaps"),
    kind("Secret", "v1", "secrets"),
    kind("PersistentVolumeClaim", "v1", "persistentvolumeclaims"),
    kind("Role", "rbac.authorization.k8s.io/v1", "roles"),
    kind("RoleBinding", "rbac.authorization.k8s.io/v1", "rolebindings"),
    kind("Service", "v1", "services"),
    kind("NetworkPolicy", "networking.k8s.io/v1", "networkpolicies"),
    kind("PodDisruptionBudget", "policy/v1", "poddisruptionbudgets"),
    kind("StatefulSet", "apps/v1", "statefulsets"),
    kind(
        "HorizontalPodAutoscaler",
        "autoscaling/v2",
        "horizontalpodautoscalers",
    ),
];

const fn kind(kind: &'static str, api_version: &'static str, plural: &'static str) -> ObjectKind {
    ObjectKind {
        kind,
        api_version,
        plural,
    }
}

impl ObjectKind {
    /// All of them, in the order of creation.
    pub fn all() -> &'static [Self] {
        &KINDS
    }

    /// The kind of these names, with its place in the order of creation; `None` where it is not created here.
    pub fn find(kind: &str, api_version: &str) -> Option<(usize, Self)> {
        KINDS
            .iter()
            .position(|k| (k.kind, k.api_version) == (kind, api_version))
            .map(|n| (n, KINDS[n]))
    }

    /// The path of its collection in a namespace.
    pub fn collection(self, namespace: &str) -> String {
        let root = if self.api_version == "v1" { "api" } else { "apis" };
        format!(
            "/{root}/{}/namespaces/{namespace}/{}",
            self.api_version, self.plural
        )
    }
}
