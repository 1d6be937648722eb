//! Only a headless Service gives each of its pods a name. One with an address is legal here, and balances.
//!
//! Source: kubernetes.io, Services: headless Services; kubernetes/kubernetes#43437
//!
//! ```bad
//! -Service/spec.clusterIP
//! ```
//! ```good
//! Service/spec.clusterIP: None
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "service-with-address",
    degree: Trap,
    words: texts::RULE_SERVICE_WITH_ADDRESS,
    checks: &[Check::Set(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    match governing(s.bundle, s.set, s.scene.offers.services) {
        Governing::HasAddress(n) => found.at(&RULE, &Place::new(n, "spec.clusterIP")),
        Governing::HasAddressInCluster => found.at(&RULE, &s.form.service_name.place),
        _ => {}
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let Some(s) = scene.sets().find(|s| names_it(s, lint)) else {
        return Vec::new();
    };
    let wanted = s.form.service_name.text.as_str();
    let own = scene.services.iter().find(|v| v.document == lint.place.document);
    let mut ways = match own {
        Some(service) => {
            let edits = headless(service, s.bundle);
            fix(scene, texts::FIX_HEADLESS, &[wanted], Unsafe, &edits)
        }
        None => Vec::new(),
    };
    ways.extend(added(&s, &format!("{wanted}-headless")));
    ways
}

/// Whether the finding is about the Service that the set names.
fn names_it(s: &OfSet, lint: &Lint) -> bool {
    let tie = governing(s.bundle, s.set, s.scene.offers.services);
    tie == Governing::HasAddress(lint.place.document) || s.set == lint.place.document
}

fn headless(service: &ServiceForm, bundle: &Bundle) -> Vec<Edit> {
    let kind = Place::new(service.document, "spec.type");
    let typed = bundle.at(&kind).is_some().then_some(Edit::Remove(kind));
    let none = Edit::Set(service.cluster_ip.place.clone(), Written::Text("None".to_owned()));
    typed.into_iter().chain([none]).collect()
}
