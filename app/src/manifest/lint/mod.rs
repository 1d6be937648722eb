//! Rules about the bundle, told at the field. The same function runs in the browser and on the server.
mod advice;
mod containers;
mod declared;
mod mend;
mod names;
mod network;
#[cfg(test)]
mod tests;

use super::{
    documents::Bundle,
    form::{Field, Pair, StatefulSetForm},
    path::Place,
};
pub use advice::advice;
pub use declared::bases;
pub use mend::mend;
pub use names::{is_dns_label, is_label_key, is_label_value, is_service_name};

/// The longest name of a StatefulSet: its pods carry the label `controller-revision-hash` with the name, a dash
/// and ten characters, and a label ends at 63 (kubernetes/kubernetes#64023).
pub const MAX_NAME: usize = 52;
/// The longest description, in characters.
pub const MAX_DESCRIPTION: usize = 1000;

/// What is wrong at a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Nothing is there, and something must be.
    Required,
    /// Lower-case letters, digits and `-`, a letter or digit at both ends.
    DnsLabel,
    /// As [`Rule::DnsLabel`], beginning with a letter.
    ServiceName,
    /// More characters than this.
    TooLong(usize),
    /// No integer in this range.
    Integer(i64, i64),
    /// Somebody else here has this name.
    Duplicate,
    /// White space where none may be.
    Blank,
    /// Warning: no tag, or `latest`.
    Latest,
    /// No Kubernetes quantity.
    Quantity,
    /// Zero or less.
    NotPositive,
    /// A limit below the request, which is given.
    BelowRequest(String),
    /// Warning: `m` at memory means thousandths of a byte.
    MilliBytes,
    /// Port names: at most 15 of `a-z 0-9 -`, with a letter, no `--`, no `-` at the ends.
    PortName,
    /// Warning: a host port ties each pod to a node of its own.
    HostPort,
    /// None of TCP, UDP, SCTP.
    Protocol,
    /// Printable ASCII without `=`.
    EnvName,
    /// A path that does not begin with `/`.
    Absolute,
    /// A `:` in a path.
    Colon,
    /// Warning: a claim template that no container mounts.
    NotMounted,
    /// No such access mode.
    AccessMode,
    /// No label key.
    LabelKey,
    /// No label value.
    LabelValue,
    /// No container at all.
    NoContainer,
    /// The selector asks for labels that the pods do not carry.
    Selector,
    /// Advice: pods are killed at once.
    NoGrace,
    /// Advice: under OrderedReady the next pod waits for "ready", which nothing tells.
    NoReadiness,
    /// Advice: first to be evicted, and refused where a quota counts requests.
    NoResources,
    /// Advice: the container can do everything on the node.
    Privileged,
    /// Advice: the data goes with each pod.
    NoStorage,
    /// Advice: the selector has `version`, which changes with every release, and the selector cannot.
    SelectorVersion,
    /// Advice: a directory of the node, which does not move with the pod.
    HostPath,
    /// Advice: with fewer domains than pods the rest stays Pending.
    HardAntiAffinity,
    /// Neither a whole number nor a percentage.
    Share,
    /// Neither `true` nor `false`.
    Flag,
    /// None of these.
    OneOf(&'static [&'static str]),
    /// No DNS name: labels with dots between.
    DnsName,
    /// No Service of this name in the bundle; the cluster may have one, so a warning.
    NoService,
    /// The Service that the set names has an address of its own, so pods get no names (no `clusterIP: None`).
    NotHeadless,
    /// Warning: a variable that another platform's console wrote for itself.
    VendorVariable,
    /// The Service selects labels that the pods do not carry.
    ServiceSelector,
    /// Warning: a headless Service balances nothing, so affinity means nothing.
    Affinity,
    /// Not the namespace of the set.
    OtherNamespace,
    /// `targetPort` names no port of a container.
    TargetPort,
}

impl Rule {
    /// Whether it only says what can happen, and blocks nothing.
    pub fn is_warning(&self) -> bool {
        matches!(
            self,
            Self::Latest
                | Self::MilliBytes
                | Self::HostPort
                | Self::Affinity
                | Self::NoService
                | Self::NotMounted
                | Self::VendorVariable
        )
    }
}

/// A rule that a place breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// The field.
    pub place: Place,
    /// What is wrong.
    pub rule: Rule,
}

/// Everything that the rules find, in the order of the form.
pub fn lint(bundle: &Bundle) -> Vec<Lint> {
    let form = StatefulSetForm::read(bundle);
    let mut found = Found::default();
    let Some(set) = form.set else { return Vec::new() };
    basics(&form, &mut found);
    containers::containers(bundle, &form, set, &mut found);
    containers::templates(&form, &mut found);
    network::service(&form, &mut found);
    found.pairs(&form.labels);
    network::selector(bundle, &form, set, &mut found);
    found.pairs(&form.node_selector);
    declared::declared(bundle, &form, &mut found);
    found.0
}

fn basics(form: &StatefulSetForm, found: &mut Found) {
    if found.required(&form.name) {
        if form.name.text.chars().count() > MAX_NAME {
            found.add(&form.name, Rule::TooLong(MAX_NAME));
        } else {
            found.check(&form.name, is_dns_label(&form.name.text), Rule::DnsLabel);
        }
    }
    if found.required(&form.namespace) {
        found.check(
            &form.namespace,
            is_dns_label(&form.namespace.text),
            Rule::DnsLabel,
        );
    }
    if form.replicas.set {
        found.integer(&form.replicas, 0, i64::from(i32::MAX));
    }
    let length = form.description.text.chars().count();
    found.check(
        &form.description,
        length <= MAX_DESCRIPTION,
        Rule::TooLong(MAX_DESCRIPTION),
    );
}

/// The list that fills.
#[derive(Default)]
struct Found(Vec<Lint>);

impl Found {
    fn add(&mut self, field: &Field, rule: Rule) {
        self.at(&field.place, rule);
    }

    fn at(&mut self, place: &Place, rule: Rule) {
        let lint = Lint {
            place: place.clone(),
            rule,
        };
        // A mount is looked at from its template and from its container.
        if !self.0.contains(&lint) {
            self.0.push(lint);
        }
    }

    fn check(&mut self, field: &Field, good: bool, rule: Rule) {
        if !good {
            self.add(field, rule);
        }
    }

    /// Whether there is something; says so where not.
    fn required(&mut self, field: &Field) -> bool {
        let there = !field.text.trim().is_empty();
        self.check(field, there, Rule::Required);
        there
    }

    fn integer(&mut self, field: &Field, low: i64, high: i64) {
        let plain = field.text.bytes().all(|b| b.is_ascii_digit());
        let good = plain && field.text.parse::<i64>().is_ok_and(|n| (low..=high).contains(&n));
        self.check(field, good, Rule::Integer(low, high));
    }

    /// Names that must differ: each repetition is told, the first one is not.
    fn unique<'a>(&mut self, fields: impl IntoIterator<Item = &'a Field>) {
        let mut seen: Vec<&str> = Vec::new();
        for field in fields {
            if seen.contains(&field.text.as_str()) && !field.text.is_empty() {
                self.add(field, Rule::Duplicate);
            }
            seen.push(&field.text);
        }
    }

    fn pairs(&mut self, pairs: &[Pair]) {
        for (n, pair) in pairs.iter().enumerate() {
            let again = pairs[..n].iter().any(|p| p.key == pair.key);
            if pair.key.is_empty() {
                self.add(&pair.value, Rule::Required);
            } else if !is_label_key(&pair.key) {
                self.add(&pair.value, Rule::LabelKey);
            } else if again {
                self.add(&pair.value, Rule::Duplicate);
            } else if !is_label_value(&pair.value.text) {
                self.add(&pair.value, Rule::LabelValue);
            }
        }
    }
}
