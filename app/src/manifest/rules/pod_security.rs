//! The set is taken all the same: the level is enforced when a pod is created.
//!
//! Source: kubernetes.io, Pod Security Standards
//!
//! ```bad
//! pod.hostNetwork: true
//! @pod_security baseline
//! ```
//! ```good
//! pod.hostNetwork: false
//! @pod_security baseline
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "pod-security",
    degree: Trap,
    words: texts::RULE_POD_SECURITY,
    checks: &[Check::Set(check)],
    meets: true,
    ..Rule::PLAIN
};

/// What a container may add under baseline.
const CAPABILITIES: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

fn check(s: &OfSet, found: &mut Found) {
    let Some(level @ ("baseline" | "restricted")) = s.scene.offers.pod_security else {
        return;
    };
    let strict = level == "restricted";
    let mut refuse = |place: Place| found.say(&RULE, &place, &[level]);
    for key in ["hostNetwork", "hostPID", "hostIPC"] {
        let place = s.pod(key);
        if s.bundle.get(&place) == "true" {
            refuse(place);
        }
    }
    for volume in children(s.bundle, &s.pod("volumes")) {
        let host = volume.key("hostPath");
        if s.bundle.at(&host).is_some() {
            refuse(host);
        }
    }
    for container in s.containers() {
        baseline(s, container, strict, &mut refuse);
        if strict {
            restricted(s, container, &mut refuse);
        }
    }
}

fn baseline(s: &OfSet, c: &ContainerForm, strict: bool, refuse: &mut impl FnMut(Place)) {
    let at = |path: &str| c.place.join("securityContext").join(path);
    let is = |place: &Place, value: &str| s.bundle.get(place) == value;
    if is(&at("privileged"), "true") {
        refuse(at("privileged"));
    }
    for port in c
        .ports
        .iter()
        .filter(|p| p.host_port.set && p.host_port.text != "0")
    {
        refuse(port.host_port.place.clone());
    }
    let added = at("capabilities.add");
    let allowed = |c: &str| {
        if strict {
            c == "NET_BIND_SERVICE"
        } else {
            CAPABILITIES.contains(&c)
        }
    };
    if children(s.bundle, &added).any(|c| !allowed(s.bundle.get(&c))) {
        refuse(added);
    }
    if is(&at("seccompProfile.type"), "Unconfined") {
        refuse(at("seccompProfile.type"));
    }
}

fn restricted(s: &OfSet, c: &ContainerForm, refuse: &mut impl FnMut(Place)) {
    let at = |path: &str| c.place.join("securityContext").join(path);
    let is = |place: &Place, value: &str| s.bundle.get(place) == value;
    let own = |path: &str, value: &str| is(&s.pod("securityContext").join(path), value);
    if !is(&at("allowPrivilegeEscalation"), "false") {
        refuse(at("allowPrivilegeEscalation"));
    }
    let root = at("runAsNonRoot");
    if !is(&root, "true") && (s.bundle.at(&root).is_some() || !own("runAsNonRoot", "true")) {
        refuse(root);
    }
    let dropped = at("capabilities.drop");
    if !children(s.bundle, &dropped).any(|c| is(&c, "ALL")) {
        refuse(dropped);
    }
    let seccomp = at("seccompProfile.type");
    let profile = ["RuntimeDefault", "Localhost"];
    let good = profile.iter().any(|p| is(&seccomp, p))
        || (s.bundle.at(&seccomp).is_none() && profile.iter().any(|p| own("seccompProfile.type", p)));
    if !good {
        refuse(seccomp);
    }
}
