//! What the namespace allows, and what is there already.
use super::{Found, Offers, Rule};
use crate::{
    manifest::{
        documents::Bundle,
        form::{ContainerForm, StatefulSetForm, children},
        path::Place,
    },
    model::facts::{ordinal, ordinals},
};

/// The Pod Security levels that refuse something.
const BASELINE: &str = "baseline";
/// See [`BASELINE`]; it asks for more.
const RESTRICTED: &str = "restricted";
/// What a container may add under baseline, by Kubernetes' Pod Security Standards.
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

/// Warns of what the cluster will do with the set, or not do, though it takes it.
pub(super) fn room(bundle: &Bundle, form: &StatefulSetForm, set: usize, offers: &Offers, found: &mut Found) {
    if offers.sets.is_some_and(|sets| sets.contains(&form.name.text)) {
        found.add(&form.name, Rule::Taken);
    }
    claims(bundle, form, set, offers, found);
    // A LimitRange may give what is missing.
    if !offers.limited {
        for container in form.containers.iter().chain(&form.init) {
            quota(container, offers, found);
        }
    }
    if let Some(level @ (BASELINE | RESTRICTED)) = offers.pod_security {
        let strict = level == RESTRICTED;
        let level = if strict { RESTRICTED } else { BASELINE };
        pod_security(bundle, form, set, strict, &mut |place| {
            found.at(&place, Rule::PodSecurity(level));
        });
    }
}

/// Claims that the set would find: its pods take them, with the data that is in them.
fn claims(bundle: &Bundle, form: &StatefulSetForm, set: usize, offers: &Offers, found: &mut Found) {
    let Some(there) = offers.claims else { return };
    let start = bundle.get(&Place::new(set, "spec.ordinals.start"));
    // Both may be any number, so the claims that are there are gone through and not the ordinals.
    let asked = ordinals(
        start.parse().unwrap_or(0),
        form.replicas.text.parse().unwrap_or(1),
    );
    for template in &form.templates {
        let stem = format!("{}-{}", template.name.text, form.name.text);
        let known = |name: &&String| ordinal(name, &stem).filter(|o| asked.contains(o));
        let mut known: Vec<(i64, &String)> = there.iter().filter_map(|n| Some((known(&n)?, n))).collect();
        known.sort_unstable();
        if let [(_, first), rest @ ..] = known.as_slice() {
            found.add(&template.name, Rule::ClaimsThere((*first).clone(), rest.len()));
        }
    }
}

/// A quota on a resource refuses pods whose containers do not say how much of it they ask for.
fn quota(container: &ContainerForm, offers: &Offers, found: &mut Found) {
    let asks = [
        (
            ["cpu", "requests.cpu"],
            &container.cpu_request,
            Some(&container.cpu_limit),
        ),
        (
            ["memory", "requests.memory"],
            &container.memory_request,
            Some(&container.memory_limit),
        ),
        (["", "limits.cpu"], &container.cpu_limit, None),
        (["", "limits.memory"], &container.memory_limit, None),
    ];
    for (names, field, instead) in asks {
        // A limit is the request too, where none is given.
        let given = field.set || instead.is_some_and(|f| f.set);
        let counted = offers.quotas.iter().find(|q| names.contains(&q.as_str()));
        if let Some(name) = counted.filter(|_| !given) {
            found.add(field, Rule::QuotaAsks(name.clone()));
        }
    }
}

/// The places that the level of Pod Security refuses. The set is taken all the same: only its pods are missing then.
fn pod_security(
    bundle: &Bundle,
    form: &StatefulSetForm,
    set: usize,
    strict: bool,
    refuse: &mut impl FnMut(Place),
) {
    let pod = Place::new(set, "spec.template.spec");
    let is = |place: &Place, value: &str| bundle.get(place) == value;
    for key in ["hostNetwork", "hostPID", "hostIPC"] {
        let place = pod.key(key);
        if is(&place, "true") {
            refuse(place);
        }
    }
    for volume in children(bundle, &pod.key("volumes")) {
        let host = volume.key("hostPath");
        if bundle.at(&host).is_some() {
            refuse(host);
        }
    }
    let own = |path: &str, value: &str| is(&pod.join("securityContext").join(path), value);
    for container in form.containers.iter().chain(&form.init) {
        let at = |path: &str| container.place.join("securityContext").join(path);
        if is(&at("privileged"), "true") {
            refuse(at("privileged"));
        }
        for port in container
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
        if children(bundle, &added).any(|c| !allowed(bundle.get(&c))) {
            refuse(added);
        }
        if is(&at("seccompProfile.type"), "Unconfined") {
            refuse(at("seccompProfile.type"));
        }
        if !strict {
            continue;
        }
        if !is(&at("allowPrivilegeEscalation"), "false") {
            refuse(at("allowPrivilegeEscalation"));
        }
        let root = at("runAsNonRoot");
        if !is(&root, "true") && (bundle.at(&root).is_some() || !own("runAsNonRoot", "true")) {
            refuse(root);
        }
        let dropped = at("capabilities.drop");
        if !children(bundle, &dropped).any(|c| is(&c, "ALL")) {
            refuse(dropped);
        }
        let seccomp = at("seccompProfile.type");
        let profile = ["RuntimeDefault", "Localhost"];
        let good = profile.iter().any(|p| is(&seccomp, p))
            || (bundle.at(&seccomp).is_none() && profile.iter().any(|p| own("seccompProfile.type", p)));
        if !good {
            refuse(seccomp);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::lint::lint_with;

    const SET: &str = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\n  namespace: x\nspec:\n  serviceName: db\n  replicas: 3\n  template:\n    spec:\n      containers:\n      - name: c\n        image: i:1\n        resources:\n          limits:\n            cpu: 1\n  volumeClaimTemplates:\n  - metadata:\n      name: data\n";

    fn told(text: &str, offers: &Offers) -> Vec<(String, Rule)> {
        let all = lint_with(&Bundle::read(text).unwrap(), offers);
        let ours = |r: &Rule| {
            matches!(
                r,
                Rule::Taken | Rule::ClaimsThere(..) | Rule::QuotaAsks(_) | Rule::PodSecurity(_)
            )
        };
        let ours = all.into_iter().filter(|l| ours(&l.rule));
        ours.map(|l| (l.place.path.to_string(), l.rule)).collect()
    }

    #[test]
    fn what_is_there_already_is_told() {
        let (sets, claims) = (
            ["db".to_owned()],
            [
                "data-db-1".to_owned(),
                "data-db-2".to_owned(),
                "data-db-9".to_owned(),
            ],
        );
        let offers = Offers {
            sets: Some(&sets),
            claims: Some(&claims),
            ..Offers::default()
        };
        assert_eq!(
            told(SET, &offers),
            [
                ("metadata.name".to_owned(), Rule::Taken),
                (
                    "spec.volumeClaimTemplates[0].metadata.name".to_owned(),
                    Rule::ClaimsThere("data-db-1".to_owned(), 1)
                ),
            ]
        );
        assert_eq!(told(SET, &Offers::default()), []);
    }

    #[test]
    fn claims_are_found_however_many_replicas_are_written() {
        let claims: Vec<String> = (0..2_000).map(|n| format!("data-db-{n}")).collect();
        let offers = Offers {
            claims: Some(&claims),
            ..Offers::default()
        };
        for (replicas, start, first, more) in [
            ("1", "0", "data-db-0", 0),
            ("1000", "5", "data-db-5", 999),
            ("100000", "1990", "data-db-1990", 9),
            ("2147483647", "0", "data-db-0", 1_999),
            ("99999999999", "7", "data-db-7", 0),
        ] {
            let text = SET.replace(
                "replicas: 3",
                &format!("replicas: {replicas}\n  ordinals:\n    start: {start}"),
            );
            let rule = Rule::ClaimsThere(first.to_owned(), more);
            assert_eq!(told(&text, &offers)[0].1, rule, "{replicas}");
        }
        let beyond = SET.replace(
            "replicas: 3",
            "replicas: 2147483647\n  ordinals:\n    start: 2147483647",
        );
        assert_eq!(told(&beyond, &offers), []);
    }

    #[test]
    fn a_quota_wants_numbers_unless_a_limit_range_gives_them() {
        let quotas = ["requests.cpu", "requests.memory", "limits.memory", "pods"].map(str::to_owned);
        let offers = Offers {
            quotas: &quotas,
            ..Offers::default()
        };
        let rules: Vec<Rule> = told(SET, &offers).into_iter().map(|(_, rule)| rule).collect();
        assert_eq!(
            rules,
            [
                Rule::QuotaAsks("requests.memory".to_owned()),
                Rule::QuotaAsks("limits.memory".to_owned())
            ]
        );
        assert_eq!(
            told(
                SET,
                &Offers {
                    limited: true,
                    ..offers
                }
            ),
            []
        );
    }

    #[test]
    fn each_level_of_pod_security_refuses_its_own() {
        let bad = SET.replace("        resources:", "        securityContext:\n          privileged: true\n          capabilities:\n            add: [NET_ADMIN]\n        ports:\n        - containerPort: 1\n          hostPort: 1\n        resources:")
            .replace("    spec:\n      containers", "    spec:\n      hostNetwork: true\n      containers");
        let places = |text: &str, level| {
            let offers = Offers {
                pod_security: Some(level),
                ..Offers::default()
            };
            told(text, &offers)
                .into_iter()
                .map(|(place, _)| place)
                .collect::<Vec<_>>()
        };
        assert_eq!(places(&bad, "privileged"), [""; 0]);
        assert_eq!(places(SET, "baseline"), [""; 0]);
        assert_eq!(places(&bad, "baseline").len(), 4);
        assert_eq!(places(SET, "restricted").len(), 4);
        let good = SET.replace("        resources:", "        securityContext:\n          allowPrivilegeEscalation: false\n          capabilities:\n            drop: [ALL]\n        resources:")
            .replace("    spec:\n      containers", "    spec:\n      securityContext:\n        runAsNonRoot: true\n        seccompProfile:\n          type: RuntimeDefault\n      containers");
        assert_eq!(places(&good, "restricted"), [""; 0]);
    }
}
