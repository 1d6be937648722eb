//! Containers, and the claims that they mount.
use super::{Found, Rule, names};
use crate::manifest::{
    documents::Bundle,
    fields::MAX,
    form::{ContainerForm, Field, Pair, PortRow, StatefulSetForm, TemplateForm, children, field, pairs},
    path::Place,
    quantity::Quantity,
};

/// How the variables begin that Huawei Cloud's console writes into what it creates: they name a tenant (T-08).
const VENDOR: &str = "PAAS_";

/// How a volume can be mounted.
pub(super) const ACCESS_MODES: [&str; 4] = [
    "ReadWriteOnce",
    "ReadOnlyMany",
    "ReadWriteMany",
    "ReadWriteOncePod",
];
/// What a port can speak.
pub(super) const PROTOCOLS: [&str; 3] = ["TCP", "UDP", "SCTP"];
const PULL_POLICIES: &[&str] = &["Always", "IfNotPresent", "Never"];

pub(super) fn containers(bundle: &Bundle, form: &StatefulSetForm, set: usize, found: &mut Found) {
    if form.containers.is_empty() {
        found.at(
            &Place::new(set, "spec.template.spec.containers"),
            Rule::NoContainer,
        );
    }
    for container in &form.containers {
        one(container, found);
        root(bundle, container, set, found);
        extended(bundle, container, found);
        mounts(bundle, container, found);
    }
    found.unique(form.containers.iter().map(|c| &c.name));
}

fn one(container: &ContainerForm, found: &mut Found) {
    if found.required(&container.name) {
        found.check(
            &container.name,
            names::is_dns_label(&container.name.text),
            Rule::DnsLabel,
        );
    }
    if found.required(&container.image) {
        let image = container.image.text.as_str();
        let blank = image.contains(char::is_whitespace);
        found.check(&container.image, !blank, Rule::Blank);
        found.check(&container.image, blank || !names::is_latest(image), Rule::Latest);
    }
    let policy = &container.pull_policy;
    let known = !policy.set || PULL_POLICIES.contains(&policy.text.as_str());
    found.check(policy, known, Rule::OneOf(PULL_POLICIES));
    resources(&container.cpu_request, &container.cpu_limit, false, found);
    resources(&container.memory_request, &container.memory_limit, true, found);
    ports(&container.ports, found);
    for row in &container.env {
        if found.required(&row.name) {
            found.check(&row.name, names::is_env_name(&row.name.text), Rule::EnvName);
            found.check(
                &row.name,
                !row.name.text.starts_with(VENDOR),
                Rule::VendorVariable,
            );
        }
    }
    found.unique(container.env.iter().map(|e| &e.name));
}

fn resources(request: &Field, limit: &Field, memory: bool, found: &mut Found) {
    let asked = quantity(request, memory, found);
    let most = quantity(limit, memory, found);
    if let (Some(asked), Some(most)) = (asked, most)
        && asked > most
    {
        found.add(limit, Rule::BelowRequest(request.text.clone()));
    }
}

/// `runAsUser: 0` with `runAsNonRoot: true`: the container's own value counts before the pod's.
fn root(bundle: &Bundle, container: &ContainerForm, set: usize, found: &mut Found) {
    let pod = Place::new(set, "spec.template.spec.securityContext");
    let own = container.place.key("securityContext");
    let one = |key: &str| {
        let (own, pod) = (own.key(key), pod.key(key));
        if bundle.at(&own).is_some() { own } else { pod }
    };
    let user = one("runAsUser");
    if bundle.get(&user) == "0" && bundle.get(&one("runAsNonRoot")) == "true" {
        found.at(&user, Rule::RootRefused);
    }
}

/// Resources of device plugins come in whole ones; what has no domain (`hugepages-2Mi`) is a quantity.
fn extended(bundle: &Bundle, container: &ContainerForm, found: &mut Found) {
    for Pair { key, value } in pairs(bundle, &container.place.join("resources.limits")) {
        if key.contains('/') {
            found.integer(&value, 0, MAX);
        } else if key.is_empty() {
            found.add(&value, Rule::Required);
        } else if !["cpu", "memory"].contains(&key.as_str()) {
            quantity(&value, false, found);
        }
    }
}

fn quantity(field: &Field, memory: bool, found: &mut Found) -> Option<Quantity> {
    if !field.set {
        return None;
    }
    let read = Quantity::parse(&field.text).filter(|q| !q.is_negative());
    found.check(field, read.is_some(), Rule::Quantity);
    let milli = memory && field.text.ends_with('m') && read.is_some();
    found.check(field, !milli, Rule::MilliBytes);
    read
}

fn ports(ports: &[PortRow], found: &mut Found) {
    for (n, row) in ports.iter().enumerate() {
        if !row.name.text.is_empty() {
            found.check(&row.name, names::is_port_name(&row.name.text), Rule::PortName);
        }
        if found.required(&row.port) {
            found.integer(&row.port, 1, 65535);
            let same = |p: &PortRow| p.port.text == row.port.text && protocol(p) == protocol(row);
            found.check(&row.port, !ports[..n].iter().any(same), Rule::Duplicate);
        }
        protocol_rule(&row.protocol, found);
        if row.host_port.set {
            let before = found.0.len();
            found.integer(&row.host_port, 1, 65535);
            found.check(&row.host_port, found.0.len() > before, Rule::HostPort);
        }
    }
    found.unique(ports.iter().map(|p| &p.name));
}

fn protocol(row: &PortRow) -> &str {
    if row.protocol.set {
        &row.protocol.text
    } else {
        "TCP"
    }
}

pub(super) fn protocol_rule(field: &Field, found: &mut Found) {
    let known = PROTOCOLS.contains(&field.text.as_str());
    found.check(field, !field.set || known, Rule::Protocol);
}

/// Every mount of a container: also those of volumes that no form knows must have paths of their own.
fn mounts(bundle: &Bundle, container: &ContainerForm, found: &mut Found) {
    let list = container.place.key("volumeMounts");
    let paths: Vec<Field> = children(bundle, &list)
        .map(|mount| field(bundle, mount.key("mountPath")))
        .collect();
    for path in &paths {
        if found.required(path) {
            if path.text.contains(':') {
                found.add(path, Rule::Colon);
            } else {
                // The API server takes relative paths; the container runtime does not.
                let windows = path.text.contains('\\');
                found.check(path, windows || path.text.starts_with('/'), Rule::Absolute);
            }
        }
    }
    found.unique(&paths);
}

pub(super) fn templates(form: &StatefulSetForm, found: &mut Found) {
    for template in &form.templates {
        if found.required(&template.name) {
            found.check(
                &template.name,
                names::is_dns_label(&template.name.text),
                Rule::DnsLabel,
            );
        }
        if found.required(&template.capacity) {
            capacity(template, found);
        }
        if template.class.set && !template.class.text.is_empty() {
            found.check(
                &template.class,
                names::is_subdomain(&template.class.text),
                Rule::DnsLabel,
            );
        }
        if found.required(&template.mode) {
            found.check(
                &template.mode,
                ACCESS_MODES.contains(&template.mode.text.as_str()),
                Rule::AccessMode,
            );
        }
        if template.mounts.is_empty() {
            found.at(&template.place.key("mounts"), Rule::NotMounted);
        }
    }
    found.unique(form.templates.iter().map(|t| &t.name));
}

fn capacity(template: &TemplateForm, found: &mut Found) {
    let field = &template.capacity;
    match Quantity::parse(&field.text) {
        None => found.add(field, Rule::Quantity),
        Some(amount) if !amount.is_positive() => found.add(field, Rule::NotPositive),
        Some(_) => found.check(field, !field.text.ends_with('m'), Rule::MilliBytes),
    }
}

#[cfg(test)]
mod tests {
    use crate::manifest::{
        documents::Bundle,
        lint::{Rule, lint},
    };

    #[test]
    fn root_is_not_asked_for_and_refused() {
        let text = |own: &str| {
            format!(
                "kind: StatefulSet\nspec:\n  template:\n    spec:\n      securityContext:\n        runAsNonRoot: true\n      containers:\n      - name: c\n        securityContext: {{{own}}}\n"
            )
        };
        let told = |own: &str| {
            let found = lint(&Bundle::read(&text(own)).unwrap());
            found.iter().any(|l| l.rule == Rule::RootRefused)
        };
        assert!(told("runAsUser: 0"));
        assert!(!told("runAsUser: 5") && !told("runAsUser: 0, runAsNonRoot: false"));
    }
}
