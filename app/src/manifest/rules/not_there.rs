//! What the pods name must be there when they start; it may come later, so nothing is kept from being created.
//!
//! Source: kubernetes.io, Pods: pod lifecycle
//!
//! ```bad
//! pod.serviceAccountName: robot
//! @service_accounts default
//! ```
//! ```good
//! pod.serviceAccountName: robot
//! @service_accounts robot
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "not-there",
    degree: Trap,
    words: texts::RULE_NOT_THERE,
    checks: &[Check::Set(check)],
    meets: true,
    ..Rule::PLAIN
};

/// Priority classes that every cluster has.
const SYSTEM: [&str; 2] = ["system-cluster-critical", "system-node-critical"];

fn check(s: &OfSet, found: &mut Found) {
    let offers = s.scene.offers;
    let claims: Option<Vec<String>> = offers
        .claims
        .map(|all| all.iter().map(|c| c.name.clone()).collect());
    let mut look = |place: Place, kind: &'static str, there: Option<&[String]>| {
        let name = s.bundle.get(&place);
        let brought = s
            .bundle
            .documents
            .iter()
            .any(|d| d.kind() == kind && d.name() == name);
        if let Some(there) = there.filter(|t| !name.is_empty() && !brought && !t.iter().any(|n| n == name)) {
            let system = kind == "PriorityClass" && SYSTEM.contains(&name);
            let own = kind == "ServiceAccount" && name == "default" && !there.is_empty();
            if !system && !own {
                found.say(&RULE, &place, &[kind]);
            }
        }
    };
    for template in &s.form.templates {
        look(
            template.class.place.clone(),
            "StorageClass",
            offers.storage_classes,
        );
    }
    for secret in children(s.bundle, &s.pod("imagePullSecrets")) {
        look(secret.key("name"), "Secret", offers.secrets);
    }
    look(
        s.pod("serviceAccountName"),
        "ServiceAccount",
        offers.service_accounts,
    );
    look(
        s.pod("priorityClassName"),
        "PriorityClass",
        offers.priority_classes,
    );
    look(s.pod("runtimeClassName"), "RuntimeClass", offers.runtime_classes);
    let Some(node) = s.bundle.at(&s.pod("")) else {
        return;
    };
    each(node, s.pod(""), &mut |place, node| {
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
            "persistentVolumeClaim" => {
                look(place.key("claimName"), "PersistentVolumeClaim", claims.as_deref());
            }
            _ => {}
        }
    });
}
