//! What is legal, and a trap: told in the review, blocking nothing.
use super::{Lint, Rule};
use crate::manifest::{
    documents::Bundle,
    form::{ContainerForm, StatefulSetForm, children},
    path::Place,
};

/// What an experienced operator would ask about, in the order of the form.
pub fn advice(bundle: &Bundle) -> Vec<Lint> {
    let form = StatefulSetForm::read(bundle);
    let Some(set) = form.set else { return Vec::new() };
    let at = |path: &str| Place::new(set, path);
    let mut found = Vec::new();
    let mut say = |place: Place, rule: Rule| found.push(Lint { place, rule });

    let grace = at("spec.template.spec.terminationGracePeriodSeconds");
    if bundle.get(&grace) == "0" {
        say(grace, Rule::NoGrace);
    }
    if bundle.get(&at("spec.podManagementPolicy")) != "Parallel" {
        for container in form
            .containers
            .iter()
            .filter(|c| !has(bundle, c, "readinessProbe"))
        {
            say(container.name.place.clone(), Rule::NoReadiness);
        }
    }
    for container in form.containers.iter().chain(&form.init) {
        if !container.cpu_request.set
            && !container.cpu_limit.set
            && !container.memory_request.set
            && !container.memory_limit.set
        {
            say(container.name.place.clone(), Rule::NoResources);
        }
        if bundle.get(&container.place.join("securityContext.privileged")) == "true" {
            say(
                container.place.join("securityContext.privileged"),
                Rule::Privileged,
            );
        }
    }
    let pod = at("spec.template.spec.securityContext");
    let other = |place: Place| !matches!(bundle.get(&place), "" | "0");
    let users = form
        .containers
        .iter()
        .map(|c| c.place.join("securityContext.runAsUser"));
    if !form.templates.is_empty()
        && bundle.at(&pod.key("fsGroup")).is_none()
        && users.chain([pod.key("runAsUser")]).any(other)
    {
        say(pod.key("fsGroup"), Rule::NoFsGroup);
    }
    if form.templates.is_empty() {
        say(at("spec.volumeClaimTemplates"), Rule::NoStorage);
    }
    let selector = at("spec.selector.matchLabels").key("version");
    if bundle.at(&selector).is_some() {
        say(selector, Rule::SelectorVersion);
    }
    for n in 0..children(bundle, &at("spec.template.spec.volumes")).count() {
        let host = at("spec.template.spec.volumes").index(n).key("hostPath");
        if bundle.at(&host).is_some() {
            say(host, Rule::HostPath);
        }
    }
    let replicas: usize = form.replicas.text.parse().unwrap_or(1);
    let required =
        at("spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution");
    if replicas > 1 && bundle.at(&required).is_some() {
        say(required, Rule::HardAntiAffinity);
    }
    found
}

fn has(bundle: &Bundle, container: &ContainerForm, key: &str) -> bool {
    bundle.at(&container.place.key(key)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<Rule> {
        advice(&Bundle::read(text).unwrap())
            .into_iter()
            .map(|l| l.rule)
            .collect()
    }

    #[test]
    fn a_bare_set_is_asked_about() {
        let text = "kind: StatefulSet\nspec:\n  template:\n    spec:\n      terminationGracePeriodSeconds: 0\n      containers:\n      - name: c\n        image: i:1\n";
        assert_eq!(
            rules(text),
            [
                Rule::NoGrace,
                Rule::NoReadiness,
                Rule::NoResources,
                Rule::NoStorage
            ]
        );
    }

    #[test]
    fn volumes_of_another_user_want_a_group() {
        let text = "kind: StatefulSet\nspec:\n  template:\n    spec:\n      securityContext:\n        runAsUser: 1000\n      containers:\n      - name: c\n  volumeClaimTemplates:\n  - metadata: {name: data}\n";
        assert!(rules(text).contains(&Rule::NoFsGroup));
        assert!(!rules(&text.replace("runAsUser: 1000", "fsGroup: 1000")).contains(&Rule::NoFsGroup));
    }

    #[test]
    fn a_careful_one_is_not() {
        let text = "kind: StatefulSet\nspec:\n  template:\n    spec:\n      containers:\n      - name: c\n        image: i:1\n        readinessProbe: {tcpSocket: {port: 80}}\n        resources: {requests: {cpu: 1}}\n  volumeClaimTemplates:\n  - metadata: {name: data}\n";
        assert_eq!(rules(text), []);
        assert_eq!(rules("kind: Service\n"), []);
    }
}
