//! What the set names and the cluster must have: StorageClasses, Secrets and so on.
use super::{Found, Rule, slips::each};
use crate::manifest::{
    documents::Bundle,
    form::{StatefulSetForm, children},
    path::{Place, Segment},
};

use serde::{Deserialize, Serialize};

/// What the cluster has, in the namespace of the set where that matters. `None` where the user may not list it, where
/// nobody has asked, or where the list was cut: nothing is said about it then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offers<'a> {
    /// StorageClasses by name.
    pub storage_classes: Option<&'a [String]>,
    /// Secrets of the namespace.
    pub secrets: Option<&'a [String]>,
    /// ConfigMaps of the namespace.
    pub config_maps: Option<&'a [String]>,
    /// Claims of the namespace.
    pub claims: Option<&'a [String]>,
    /// ServiceAccounts of the namespace.
    pub service_accounts: Option<&'a [String]>,
    /// PriorityClasses.
    pub priority_classes: Option<&'a [String]>,
    /// RuntimeClasses.
    pub runtime_classes: Option<&'a [String]>,
    /// Services of the namespace.
    pub services: Option<&'a [OfferedService]>,
    /// StatefulSets of the namespace.
    pub sets: Option<&'a [String]>,
    /// What the quotas of the namespace count, such as `requests.cpu`.
    pub quotas: &'a [String],
    /// The namespace has a LimitRange, which gives what containers do not say.
    pub limited: bool,
    /// The Pod Security level that the namespace enforces.
    pub pod_security: Option<&'a str>,
}

/// A Service of the cluster, as far as a set can be tied to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedService {
    /// Its name.
    pub name: String,
    /// `clusterIP: None`
    pub headless: bool,
    /// `spec.selector`
    pub selector: Vec<(String, String)>,
}

/// Priority classes that every cluster has.
const SYSTEM: [&str; 2] = ["system-cluster-critical", "system-node-critical"];

/// Warns where the set names what neither the bundle nor the cluster has. It may come later, so nothing is blocked.
pub(super) fn references(
    bundle: &Bundle,
    form: &StatefulSetForm,
    set: usize,
    offers: &Offers,
    found: &mut Found,
) {
    let mut look = |place: Place, kind: &'static str, there: Option<&[String]>| {
        let name = bundle.get(&place);
        let brought = bundle
            .documents
            .iter()
            .any(|d| d.kind() == kind && d.name() == name);
        if let Some(there) = there.filter(|t| !name.is_empty() && !brought && !t.iter().any(|n| n == name)) {
            let system = kind == "PriorityClass" && SYSTEM.contains(&name);
            let own = kind == "ServiceAccount" && name == "default" && !there.is_empty();
            if !system && !own {
                found.at(&place, Rule::NotThere(kind));
            }
        }
    };
    let pod = Place::new(set, "spec.template.spec");
    for template in &form.templates {
        look(
            template.class.place.clone(),
            "StorageClass",
            offers.storage_classes,
        );
    }
    for secret in children(bundle, &pod.key("imagePullSecrets")) {
        look(secret.key("name"), "Secret", offers.secrets);
    }
    look(
        pod.key("serviceAccountName"),
        "ServiceAccount",
        offers.service_accounts,
    );
    look(
        pod.key("priorityClassName"),
        "PriorityClass",
        offers.priority_classes,
    );
    look(
        pod.key("runtimeClassName"),
        "RuntimeClass",
        offers.runtime_classes,
    );
    let Some(node) = bundle.at(&pod) else { return };
    each(node, pod, &mut |place, node| {
        let Some(Segment::Key(key)) = place.path.0.last() else {
            return;
        };
        if node.entry("optional").and_then(|e| e.value.text()) == Some("true") {
            return;
        }
        match &**key {
            "configMapKeyRef" | "configMapRef" | "configMap" => {
                look(place.key("name"), "ConfigMap", offers.config_maps);
            }
            "secretKeyRef" | "secretRef" => look(place.key("name"), "Secret", offers.secrets),
            "secret" => {
                // A volume says `secretName`, a part of a projected volume `name`.
                look(place.key("secretName"), "Secret", offers.secrets);
                look(place.key("name"), "Secret", offers.secrets);
            }
            "persistentVolumeClaim" => look(place.key("claimName"), "PersistentVolumeClaim", offers.claims),
            _ => {}
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::lint::lint_with;

    const SET: &str = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db, namespace: x}\nspec:\n  serviceName: db\n  template:\n    spec:\n      serviceAccountName: robot\n      priorityClassName: high\n      runtimeClassName: kata\n      imagePullSecrets: [{name: pull}]\n      containers:\n      - name: c\n        image: i:1\n        envFrom: [{configMapRef: {name: env}}, {secretRef: {name: later, optional: true}}]\n        env: [{name: A, valueFrom: {secretKeyRef: {name: key, key: k}}}]\n      volumes:\n      - {name: a, configMap: {name: env}}\n      - {name: b, secret: {secretName: files}}\n      - {name: c, persistentVolumeClaim: {claimName: old}}\n      - {name: d, projected: {sources: [{secret: {name: part}}]}}\n  volumeClaimTemplates:\n  - metadata: {name: data}\n    spec: {storageClassName: csi-disk, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n";

    fn missing(text: &str, offers: &Offers) -> Vec<(String, &'static str)> {
        let found = lint_with(&Bundle::read(text).unwrap(), offers);
        let missing = found.into_iter().filter_map(|l| match l.rule {
            Rule::NotThere(kind) => Some((l.place.path.to_string(), kind)),
            _ => None,
        });
        missing.collect()
    }

    fn all(names: &[String]) -> Offers<'_> {
        Offers {
            storage_classes: Some(names),
            secrets: Some(names),
            config_maps: Some(names),
            claims: Some(names),
            service_accounts: Some(names),
            priority_classes: Some(names),
            runtime_classes: Some(names),
            services: None,
            ..Offers::default()
        }
    }

    #[test]
    fn what_the_cluster_has_not_is_told_at_its_field() {
        let pod = "spec.template.spec";
        let wanted = [
            (
                "spec.volumeClaimTemplates[0].spec.storageClassName".to_owned(),
                "StorageClass",
            ),
            (format!("{pod}.imagePullSecrets[0].name"), "Secret"),
            (format!("{pod}.serviceAccountName"), "ServiceAccount"),
            (format!("{pod}.priorityClassName"), "PriorityClass"),
            (format!("{pod}.runtimeClassName"), "RuntimeClass"),
            (
                format!("{pod}.containers[0].envFrom[0].configMapRef.name"),
                "ConfigMap",
            ),
            (
                format!("{pod}.containers[0].env[0].valueFrom.secretKeyRef.name"),
                "Secret",
            ),
            (format!("{pod}.volumes[0].configMap.name"), "ConfigMap"),
            (format!("{pod}.volumes[1].secret.secretName"), "Secret"),
            (
                format!("{pod}.volumes[2].persistentVolumeClaim.claimName"),
                "PersistentVolumeClaim",
            ),
            (
                format!("{pod}.volumes[3].projected.sources[0].secret.name"),
                "Secret",
            ),
        ];
        assert_eq!(missing(SET, &all(&[])), wanted);
    }

    #[test]
    fn what_is_there_or_brought_or_unknown_is_no_finding() {
        let names = [
            "csi-disk", "pull", "robot", "high", "kata", "env", "key", "files", "old", "part",
        ];
        assert_eq!(missing(SET, &all(&names.map(str::to_owned))), []);
        assert_eq!(missing(SET, &Offers::default()), []);
        let text = format!("{SET}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: env}}\n");
        assert!(
            !missing(&text, &all(&[]))
                .iter()
                .any(|(_, kind)| *kind == "ConfigMap")
        );
        let text = SET
            .replace("robot", "default")
            .replace("high", "system-node-critical");
        let some = ["x".to_owned()];
        let left = missing(&text, &all(&some));
        assert!(
            !left
                .iter()
                .any(|(_, kind)| matches!(*kind, "ServiceAccount" | "PriorityClass"))
        );
    }
}
