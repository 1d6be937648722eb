//! A claim is called template-set-ordinal. Template `data` of set `web-1` and template `data-web` of set `1` make the same names.
//!
//! Source: `getPersistentVolumeClaimName`, pkg/controller/statefulset
//!
//! ```bad
//! metadata.name: b
//! claim.metadata.name: data-a
//! container.volumeMounts: [{name: data-a, mountPath: /data}]
//! +StatefulSet a-b: {spec: {serviceName: web, selector: {matchLabels: {app: ab}}, template: {metadata: {labels: {app: ab}}, spec: {containers: [{name: main, image: app:1.0, volumeMounts: [{name: data, mountPath: /d}]}]}}, volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}}
//! ```
//! ```good
//! metadata.name: b
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "claims-collide",
    degree: Trap,
    words: texts::RULE_CLAIMS_COLLIDE,
    checks: &[Check::Set(check)],
    meets: true,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    for template in &s.form.templates {
        let name = format!("{}-{}", template.name.text, s.form.name.text);
        let same = |other: &OfSet| {
            let near = other.form.namespace.text == s.form.namespace.text;
            let differs = other.form.name.text != s.form.name.text;
            let mut names = other
                .form
                .templates
                .iter()
                .map(|t| format!("{}-{}", t.name.text, other.form.name.text));
            near && differs && names.any(|n| n == name)
        };
        let there = |other: &&SetOffer| {
            let mut names = other.templates.iter().map(|t| format!("{t}-{}", other.name));
            other.name != s.form.name.text && names.any(|n| n == name)
        };
        let here = s.scene.sets().find(same).map(|o| o.form.name.text.clone());
        let cluster = s.scene.offers.sets.and_then(|sets| sets.iter().find(there));
        if let Some(other) = here.or(cluster.map(|o| o.name.clone())) {
            found.say(&RULE, &template.name.place, &[&format!("{name}-0"), &other]);
        }
    }
}
