//! Corrections that one click can make: what both sides of a mismatch most likely meant.
use super::{Lint, Rule};
use crate::manifest::{
    documents::Bundle,
    edit::{Edit, Value, apply},
    form::{Pair, ServiceForm, StatefulSetForm, pairs},
    path::Place,
};
use std::fmt::Write as _;

/// The text without the broken rule; `None` where only its author knows what was meant.
pub fn mend(bundle: &Bundle, lint: &Lint) -> Option<String> {
    let form = StatefulSetForm::read(bundle);
    let edits = match lint.rule {
        Rule::NoService => match other_headless(&form) {
            Some(name) => vec![Edit::Set(form.service_name.place.clone(), Value::Text(name))],
            None => return Some(with_service(bundle, &form)),
        },
        Rule::NotHeadless => headless(form.service.as_ref()?, bundle),
        Rule::ServiceSelector => unmatched(form.service.as_ref()?, &form.labels)?,
        Rule::OtherNamespace => vec![Edit::Set(
            lint.place.clone(),
            Value::Text(form.namespace.text.clone()),
        )],
        Rule::Affinity => vec![Edit::Remove(lint.place.clone())],
        Rule::VendorVariable => vec![Edit::Remove(Place {
            document: lint.place.document,
            path: lint.place.path.parent()?,
        })],
        _ => return None,
    };
    let mut text = bundle.text.clone();
    for edit in edits {
        text = apply(&text, &edit).ok()?;
    }
    Some(text)
}

/// A headless Service of the bundle under another name than the set says: one of the names is a slip.
fn other_headless(form: &StatefulSetForm) -> Option<String> {
    let service = form.service.as_ref()?;
    let named = service.cluster_ip.text == "None" && !service.name.text.is_empty();
    named.then(|| service.name.text.clone())
}

/// With the headless Service that the set names: its selector is the set's, its ports are the containers'.
fn with_service(bundle: &Bundle, form: &StatefulSetForm) -> String {
    let set = form.set.unwrap_or(0);
    let quoted =
        |text: &str| crate::manifest::scalar::string(text, crate::manifest::scalar::Style::Plain, false);
    let mut text = bundle.text.clone();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let (name, namespace) = (quoted(&form.service_name.text), quoted(&form.namespace.text));
    let _ = write!(
        text,
        "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\n  namespace: {namespace}\nspec:\n  clusterIP: None\n  selector:\n"
    );
    for Pair { key, value } in pairs(bundle, &Place::new(set, "spec.selector.matchLabels")) {
        let _ = writeln!(text, "    {}: {}", quoted(&key), quoted(&value.text));
    }
    let ports = form
        .containers
        .iter()
        .flat_map(|c| &c.ports)
        .filter(|p| !p.port.text.is_empty());
    for (n, port) in ports.enumerate() {
        let name = if port.name.text.is_empty() {
            format!("port-{}", port.port.text)
        } else {
            port.name.text.clone()
        };
        let head = if n == 0 { "  ports:\n" } else { "" };
        let _ = write!(
            text,
            "{head}    - name: {}\n      port: {}\n",
            quoted(&name),
            port.port.text
        );
    }
    text
}

fn headless(service: &ServiceForm, bundle: &Bundle) -> Vec<Edit> {
    let kind = Place::new(service.document, "spec.type");
    let typed = bundle.at(&kind).is_some().then_some(Edit::Remove(kind));
    let none = Edit::Set(service.cluster_ip.place.clone(), Value::Text("None".to_owned()));
    typed.into_iter().chain([none]).collect()
}

/// Takes out what the pods do not carry, the last first, so that places stay true; not all of it, for an empty
/// selector selects nothing.
fn unmatched(service: &ServiceForm, labels: &[Pair]) -> Option<Vec<Edit>> {
    let carried = |pair: &Pair| {
        labels
            .iter()
            .any(|l| l.key == pair.key && l.value.text == pair.value.text)
    };
    let (good, bad): (Vec<_>, Vec<_>) = service.selector.iter().partition(|p| carried(p));
    let edits = bad.into_iter().rev().map(|p| Edit::Remove(p.value.place.clone()));
    (!good.is_empty()).then(|| edits.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::lint::lint;

    const SET: &str = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: etcd\n  namespace: x\nspec:\n  serviceName: etcd-svc\n  selector:\n    matchLabels:\n      app: etcd\n  template:\n    metadata:\n      labels:\n        app: etcd\n    spec:\n      containers:\n      - name: c\n        image: etcd:3.5\n        ports:\n        - containerPort: 2379\n          name: client\n        env:\n        - name: PAAS_APP_NAME\n          value: etcd\n        - name: MINE\n          value: a\n";

    fn service(name: &str, rest: &str) -> String {
        format!(
            "{SET}---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\n  namespace: x\nspec:\n{rest}"
        )
    }

    fn mended(text: &str, rule: Rule) -> String {
        let bundle = Bundle::read(text).unwrap();
        let lints = lint(&bundle);
        let found = lints.iter().find(|l| l.rule == rule);
        let new = mend(&bundle, found.unwrap_or_else(|| panic!("{rule:?} in {lints:?}"))).unwrap();
        let left = lint(&Bundle::read(&new).unwrap());
        assert!(!left.iter().any(|l| l.rule == rule), "{left:?} in {new}");
        new
    }

    #[test]
    fn a_missing_service_is_written() {
        let new = mended(SET, Rule::NoService);
        assert!(new.starts_with(SET));
        assert!(new.ends_with(
            "clusterIP: None\n  selector:\n    app: etcd\n  ports:\n    - name: client\n      port: 2379\n"
        ));
    }

    #[test]
    fn a_slip_in_the_name_is_followed() {
        let new = mended(
            &service("etcd-service", "  clusterIP: None\n  selector:\n    app: etcd\n"),
            Rule::NoService,
        );
        assert!(new.contains("serviceName: etcd-service\n"));
    }

    #[test]
    fn a_service_becomes_headless() {
        let new = mended(
            &service("etcd-svc", "  type: NodePort\n  selector:\n    app: etcd\n"),
            Rule::NotHeadless,
        );
        assert!(new.contains("clusterIP: None") && !new.contains("NodePort"));
    }

    #[test]
    fn a_selector_loses_what_no_pod_carries() {
        let new = mended(
            &service(
                "etcd-svc",
                "  clusterIP: None\n  selector:\n    version: v1\n    app: etcd\n",
            ),
            Rule::ServiceSelector,
        );
        assert!(new.contains("app: etcd") && !new.contains("version"));
    }

    #[test]
    fn a_leftover_of_a_vendor_goes_alone() {
        let new = mended(
            &service("etcd-svc", "  clusterIP: None\n  selector:\n    app: etcd\n"),
            Rule::VendorVariable,
        );
        assert!(!new.contains("PAAS_APP_NAME") && new.contains("name: MINE"));
    }
}
