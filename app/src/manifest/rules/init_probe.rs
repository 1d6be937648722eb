//! Probes and hooks are for what keeps running. With `restartPolicy: Always` an init container does.
//!
//! Source: `validateInitContainers`, pkg/apis/core/validation; kubernetes.io, sidecar containers
//!
//! ```bad
//! pod.initContainers: [{name: prepare, image: app:1.0, livenessProbe: {tcpSocket: {port: 80}}}]
//! ```
//! ```good
//! pod.initContainers: [{name: proxy, image: app:1.0, restartPolicy: Always, livenessProbe: {tcpSocket: {port: 80}}}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "init-probe",
    degree: Refused,
    words: texts::RULE_INIT_PROBE,
    checks: &[Check::Container(container)],
    fixes: |scene, lint| without_field(scene, lint, Safe),
    ..Rule::PLAIN
};

const RUNNING: &[&str] = &["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"];

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    let init = s.form.init.iter().any(|i| i.place == c.place);
    let sidecar = s.bundle.get(&c.place.key("restartPolicy")) == "Always";
    if !init || sidecar {
        return;
    }
    for key in RUNNING {
        let place = c.place.key(key);
        if s.bundle.at(&place).is_some_and(|n| !n.is_nothing()) {
            found.at(&RULE, &place);
        }
    }
}
