//! The ways out where a set and its Service do not fit together.
use super::{Lint, Rule, Way, mend::edited};
use crate::manifest::{
    documents::Bundle,
    edit::{Edit, Value},
    form::{Pair, ServiceForm, StatefulSetForm, pairs},
    governing::slip,
    path::Place,
    preset::{ServiceText, service_document, with_document},
};

/// The ways out of a tie that does not hold, as `governing` tells them.
pub(super) fn mends(bundle: &Bundle, form: &StatefulSetForm, lint: &Lint) -> Vec<(Way, String)> {
    let Some(set) = form.set else { return Vec::new() };
    let named = |name: &str| Edit::Set(form.service_name.place.clone(), Value::Text(name.to_owned()));
    let added = |name: String| {
        let text = edited(bundle, &[named(&name)]).unwrap_or_else(|| bundle.text.clone());
        (
            Way::AddService(name.clone()),
            with_service(bundle, form, &text, &name),
        )
    };
    let wanted = form.service_name.text.as_str();
    let own = form
        .service
        .as_ref()
        .filter(|s| s.document == lint.place.document);
    let all: Vec<(Way, Option<String>)> = match (&lint.rule, slip(bundle, set), own) {
        (Rule::NoService | Rule::NoServiceName, Some(n), _) => {
            let name = bundle.documents[n].name().to_owned();
            let rename = Edit::Set(Place::new(n, "metadata.name"), Value::Text(wanted.to_owned()));
            let rename = (!wanted.is_empty()).then(|| (Way::RenameService, edited(bundle, &[rename])));
            std::iter::once((Way::Correct, edited(bundle, &[named(&name)])))
                .chain(rename)
                .collect()
        }
        (Rule::NoService, None, _) => {
            vec![(
                Way::Correct,
                Some(with_service(bundle, form, &bundle.text, wanted)),
            )]
        }
        (Rule::NoServiceName, None, _) => {
            vec![(
                Way::Correct,
                Some(added(format!("{}-headless", form.name.text)).1),
            )]
        }
        (Rule::NotHeadless, _, own) => {
            let (way, text) = added(format!("{wanted}-headless"));
            let headless = own.map(|s| (Way::Correct, edited(bundle, &headless(s, bundle))));
            headless.into_iter().chain([(way, Some(text))]).collect()
        }
        (Rule::ServiceSelector, _, Some(service)) => {
            let fewer = unmatched(service, &form.labels).and_then(|edits| edited(bundle, &edits));
            let more = labelled(set, service, &form.labels).and_then(|edits| edited(bundle, &edits));
            vec![(Way::Correct, fewer), (Way::AddLabels, more)]
        }
        (Rule::ServiceSelector, _, None) if lint.place.document != set => {
            // Another set that shares the Service.
            let other = lint.place.document;
            let labels = pairs(bundle, &lint.place);
            let more = form.service.as_ref().and_then(|s| labelled(other, s, &labels));
            vec![(Way::AddLabels, more.and_then(|edits| edited(bundle, &edits)))]
        }
        _ => Vec::new(),
    };
    all.into_iter()
        .filter_map(|(way, text)| Some((way, text?)))
        .collect()
}

/// The labels that the Service selects, on the pods; not where they have other values for them, which the selector of
/// the set may need.
fn labelled(set: usize, service: &ServiceForm, labels: &[Pair]) -> Option<Vec<Edit>> {
    let missing = service.selector.iter().filter(|p| {
        !labels
            .iter()
            .any(|l| l.key == p.key && l.value.text == p.value.text)
    });
    let place = Place::new(set, "spec.template.metadata.labels");
    let edit = |p: &Pair| {
        let free = !labels.iter().any(|l| l.key == p.key);
        free.then(|| Edit::Insert(place.clone(), p.key.clone(), Value::Text(p.value.text.clone())))
    };
    missing.map(edit).collect()
}

/// With a headless Service for the set: its selector is the set's, its ports are the containers'.
fn with_service(bundle: &Bundle, form: &StatefulSetForm, text: &str, name: &str) -> String {
    let selector = pairs(
        bundle,
        &Place::new(form.set.unwrap_or(0), "spec.selector.matchLabels"),
    );
    let ports = form.containers.iter().flat_map(|c| &c.ports);
    let service = ServiceText {
        name: name.to_owned(),
        namespace: form.namespace.text.clone(),
        kind: String::new(),
        selector: selector.into_iter().map(|p| (p.key, p.value.text)).collect(),
        ports: ports
            .filter(|p| !p.port.text.is_empty())
            .map(|p| (p.name.text.clone(), p.port.text.clone()))
            .collect(),
    };
    with_document(text, &service_document(&service))
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
    use crate::manifest::lint::{lint, mend, mends};

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

    /// What each way but the first leaves, and that the rule holds then.
    fn other_way(text: &str, rule: Rule, wanted: Way) -> String {
        let bundle = Bundle::read(text).unwrap();
        let found = lint(&bundle).into_iter().find(|l| l.rule == rule).unwrap();
        let ways = mends(&bundle, &found);
        let (_, new) = ways
            .into_iter()
            .find(|(way, _)| *way == wanted)
            .unwrap_or_else(|| panic!("{wanted:?}"));
        let left = lint(&Bundle::read(&new).unwrap());
        assert!(!left.iter().any(|l| l.rule == rule), "{left:?} in {new}");
        new
    }

    #[test]
    fn a_tie_can_be_mended_from_the_other_side() {
        let slip = service("etcd-service", "  clusterIP: None\n  selector:\n    app: etcd\n");
        let new = other_way(&slip, Rule::NoService, Way::RenameService);
        assert!(new.contains("  name: etcd-svc\n"));
        let address = service("etcd-svc", "  type: NodePort\n  selector:\n    app: etcd\n");
        let new = other_way(
            &address,
            Rule::NotHeadless,
            Way::AddService("etcd-svc-headless".into()),
        );
        assert!(new.contains("type: NodePort") && new.contains("serviceName: etcd-svc-headless\n"));
        assert!(new.contains("  name: etcd-svc-headless\n"));
        let selector = service("etcd-svc", "  clusterIP: None\n  selector:\n    version: v1\n");
        let new = other_way(&selector, Rule::ServiceSelector, Way::AddLabels);
        assert!(new.contains("      labels:\n        app: etcd\n        version: v1\n"));
    }

    #[test]
    fn names_do_not_cross_namespaces() {
        let good = service("etcd-svc", "  clusterIP: None\n  selector:\n    app: etcd\n");
        let new = mended(
            &good.replacen(
                "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: etcd-svc\n  namespace: x",
                "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: etcd-svc\n  namespace: y",
                1,
            ),
            Rule::OtherNamespace,
        );
        assert_eq!(new, good);
        let map =
            format!("{good}---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\n  namespace: y\n");
        assert!(mended(&map, Rule::ForeignNamespace).ends_with("  name: conf\n  namespace: x\n"));
    }

    #[test]
    fn a_set_without_a_service_gets_one() {
        let new = mended(&SET.replace("  serviceName: etcd-svc\n", ""), Rule::NoServiceName);
        assert!(new.contains("serviceName: etcd-headless") && new.contains("  name: etcd-headless\n"));
    }

    #[test]
    fn sets_that_share_a_service_all_carry_its_labels() {
        let first = service("etcd-svc", "  clusterIP: None\n  selector:\n    app: etcd\n");
        let second = "---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: more, namespace: x}\nspec:\n  serviceName: etcd-svc\n  template:\n    metadata:\n      labels:\n        tier: b\n";
        let new = other_way(&format!("{first}{second}"), Rule::ServiceSelector, Way::AddLabels);
        assert!(new.ends_with("        tier: b\n        app: etcd\n"));
        let twice = format!("{first}{}", second.replace("name: more", "name: etcd"));
        let found = lint(&Bundle::read(&twice).unwrap());
        assert!(
            found
                .iter()
                .any(|l| l.rule == Rule::Duplicate && l.place == Place::new(2, "metadata.name"))
        );
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
