//! What the wizard offers for a name: from the cluster, and from the text itself.
use super::state::Wizard;
use crate::{
    api::offers::offers_of,
    manifest::{
        Bundle, Place,
        field::children,
        fields::Source,
        form::StatefulSetForm,
        lint::{self, is_dns_label},
    },
    model::{
        create::{Choices, NodeChoice},
        offers::{Keyed, Offers},
    },
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeSet;

/// The types of a Secret that signs in to a registry.
const REGISTRY: &[&str] = &["kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg"];

/// Asks for what the namespace has, again whenever the text names another one.
pub(crate) fn follow(wizard: Wizard) {
    let namespace = wizard.part(|f| Some(f.namespace.text.clone()));
    Effect::new(move || {
        namespace.track();
        wizard.offers.set(Offers::default());
        ask(wizard);
    });
}

/// Asks for what the namespace of the text has now.
pub(super) fn ask(wizard: Wizard) {
    let namespace = wizard.form.with_untracked(|f| f.namespace.text.clone());
    if !is_dns_label(&namespace) {
        return;
    }
    spawn_local(async move {
        // What cannot be had is typed: an error is no reason to stop.
        let offers = offers_of(namespace.clone()).await.unwrap_or_default();
        let now = wizard.form.try_with_untracked(|f| f.namespace.text.clone());
        if now.is_some_and(|now| now == namespace) {
            wizard.offers.set(offers);
        }
    });
}

/// What the rules ask of the cluster.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Around {
    all: Offers,
    classes: Option<Vec<String>>,
    priority_classes: Option<Vec<String>>,
    runtime_classes: Option<Vec<String>>,
    secrets: Option<Vec<String>>,
    config_maps: Option<Vec<String>>,
}

impl Around {
    /// `new`: whether the set is not there yet; one that is has its name and its claims already.
    pub fn of(choices: &Choices, offers: &Offers, new: bool) -> Self {
        fn names<T>(list: &Option<Vec<T>>, name: impl Fn(&T) -> &String) -> Option<Vec<String>> {
            list.as_ref()
                .map(|list| list.iter().map(|item| name(item).clone()).collect())
        }
        let mut all = offers.clone();
        if !new {
            all.sets = None;
            all.claims = None;
        }
        Self {
            classes: names(&choices.classes, |c| &c.name),
            priority_classes: choices.priority_classes.clone(),
            runtime_classes: names(&choices.runtime_classes, |c| &c.name),
            secrets: names(&offers.secrets, |k| &k.name),
            config_maps: names(&offers.config_maps, |k| &k.name),
            all,
        }
    }

    pub fn knows_services(&self) -> bool {
        self.all.services.is_some()
    }

    pub fn offers(&self) -> lint::Offers<'_> {
        lint::Offers {
            storage_classes: self.classes.as_deref(),
            secrets: self.secrets.as_deref(),
            config_maps: self.config_maps.as_deref(),
            claims: self.all.claims.as_deref(),
            service_accounts: self.all.service_accounts.as_deref(),
            priority_classes: self.priority_classes.as_deref(),
            runtime_classes: self.runtime_classes.as_deref(),
            services: self.all.services.as_deref(),
            sets: self.all.sets.as_deref(),
            autoscalers: self.all.autoscalers.as_deref().unwrap_or_default(),
            quotas: self.all.quotas.as_deref().unwrap_or_default(),
            limited: self.all.limits.is_some(),
            pod_security: self.all.pod_security.as_deref(),
        }
    }
}

fn keyed(wizard: Wizard, source: Source) -> Vec<Keyed> {
    let offers = wizard.offers.read();
    let all = match source {
        Source::ConfigMap => &offers.config_maps,
        Source::Secret | Source::PullSecret => &offers.secrets,
        _ => &None,
    };
    let fits = |k: &&Keyed| source != Source::PullSecret || REGISTRY.contains(&k.kind.as_str());
    all.iter().flatten().filter(fits).cloned().collect()
}

/// What the nodes have of a kind: each once, in order.
pub(super) fn of_nodes<T: Ord>(wizard: Wizard, pick: impl Fn(&NodeChoice) -> Vec<T>) -> Vec<T> {
    let all: BTreeSet<T> = wizard
        .choices
        .with_value(|c| c.nodes.iter().flatten().flat_map(pick).collect());
    all.into_iter().collect()
}

/// The names that there are.
pub(super) fn names(wizard: Wizard, source: Source) -> Vec<String> {
    let choices = wizard.choices;
    match source {
        Source::Secret | Source::PullSecret | Source::ConfigMap => {
            keyed(wizard, source).into_iter().map(|k| k.name).collect()
        }
        Source::Claim => {
            let offers = wizard.offers.read();
            offers.claims.iter().flatten().map(|c| c.name.clone()).collect()
        }
        Source::ServiceAccount => wizard.offers.read().service_accounts.clone().unwrap_or_default(),
        Source::PriorityClass => choices
            .with_value(|c| c.priority_classes.clone())
            .unwrap_or_default(),
        Source::RuntimeClass => choices.with_value(|c| {
            c.runtime_classes
                .iter()
                .flatten()
                .map(|r| r.name.clone())
                .collect()
        }),
        Source::NodeLabel => of_nodes(wizard, |n| n.labels.iter().map(|(key, _)| key.clone()).collect()),
        Source::Volume => wizard.bundle.with(|b| volumes(b, &wizard.form.read())),
        Source::Container => {
            let form = wizard.form.read();
            form.containers
                .iter()
                .chain(&form.init)
                .map(|c| c.name.text.clone())
                .collect()
        }
    }
}

/// What a container can mount: volumes of the pods and claim templates.
fn volumes(bundle: &Bundle, form: &StatefulSetForm) -> Vec<String> {
    let list = Place::new(form.set.unwrap_or(0), "spec.template.spec.volumes");
    let own = children(bundle, &list).map(|v| bundle.get(&v.key("name")).to_owned());
    form.templates
        .iter()
        .map(|t| t.name.text.clone())
        .chain(own)
        .filter(|name| !name.is_empty())
        .collect()
}

/// The keys of the object that the field `name` beside this place names.
pub(super) fn keys(wizard: Wizard, source: Source, place: &Place) -> Vec<String> {
    let Some(path) = place.path.parent() else {
        return Vec::new();
    };
    let beside = Place {
        path: path.key("name"),
        ..place.clone()
    };
    let name = wizard.bundle.with(|b| b.get(&beside).to_owned());
    let found = keyed(wizard, source).into_iter().find(|k| k.name == name);
    found.map(|k| k.keys).unwrap_or_default()
}
