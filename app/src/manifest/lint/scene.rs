//! What rules see of a text and of the cluster.
use crate::{
    manifest::{
        documents::Bundle,
        form::{ContainerForm, ServiceForm, StatefulSetForm},
        path::Place,
        scalar::Style,
        shapes::Type,
        tree::{Kind, Node},
    },
    model::offers::{Autoscaler, ClaimOffer, Counted, OfferedService, SetOffer},
};
use std::sync::Arc;

/// What the cluster has, in the namespace of the set where that matters. `None` where the user may not list it, where
/// nobody has asked, or where the list was cut: nothing is said about it then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offers<'a> {
    /// StorageClasses by name.
    pub storage_classes: Option<&'a [String]>,
    /// Secrets of the namespace.
    pub secrets: Option<&'a [String]>,
    /// ConfigMaps of the namespace.
    pub config_maps: Option<&'a [String]>,
    /// Claims of the namespace.
    pub claims: Option<&'a [ClaimOffer]>,
    /// ServiceAccounts of the namespace.
    pub service_accounts: Option<&'a [String]>,
    /// PriorityClasses.
    pub priority_classes: Option<&'a [String]>,
    /// RuntimeClasses.
    pub runtime_classes: Option<&'a [String]>,
    /// Services of the namespace.
    pub services: Option<&'a [OfferedService]>,
    /// StatefulSets of the namespace.
    pub sets: Option<&'a [SetOffer]>,
    /// Who sets the numbers of their pods.
    pub autoscalers: &'a [Autoscaler],
    /// What the quotas of the namespace count.
    pub quotas: &'a [Counted],
    /// The namespace has a LimitRange, which gives what containers do not say.
    pub limited: bool,
    /// The Pod Security level that the namespace enforces.
    pub pod_security: Option<&'a str>,
}

/// A text as the rules see it.
pub struct Scene<'a> {
    pub bundle: &'a Bundle,
    pub offers: &'a Offers<'a>,
    /// The form of every StatefulSet, in the order of the text.
    pub sets: Vec<StatefulSetForm>,
    /// Every Service.
    pub services: Vec<ServiceForm>,
}

/// One set of a text.
#[derive(Clone, Copy)]
pub struct OfSet<'a> {
    pub scene: &'a Scene<'a>,
    pub bundle: &'a Bundle,
    pub form: &'a StatefulSetForm,
    /// Its document.
    pub set: usize,
}

impl<'a> Scene<'a> {
    /// `known` is a form that was read already.
    pub fn new(bundle: &'a Bundle, known: Option<&StatefulSetForm>, offers: &'a Offers<'a>) -> Self {
        let documents = || bundle.documents.iter().enumerate();
        let of = |n: usize| {
            let known = known.filter(|f| f.set == Some(n));
            known
                .cloned()
                .unwrap_or_else(|| StatefulSetForm::of_set(bundle, n))
        };
        Self {
            bundle,
            offers,
            sets: documents()
                .filter(|(_, d)| d.kind() == "StatefulSet")
                .map(|(n, _)| of(n))
                .collect(),
            services: documents()
                .filter(|(_, d)| d.kind() == "Service")
                .map(|(n, _)| ServiceForm::read(bundle, n))
                .collect(),
        }
    }

    /// Every set.
    pub fn sets(&'a self) -> impl Iterator<Item = OfSet<'a>> {
        self.sets.iter().filter_map(move |form| {
            let set = form.set?;
            Some(OfSet {
                scene: self,
                bundle: self.bundle,
                form,
                set,
            })
        })
    }

    /// The set that has a place: its own, else the first one.
    pub fn set_of(&'a self, place: &Place) -> Option<OfSet<'a>> {
        self.sets()
            .find(|s| s.set == place.document)
            .or_else(|| self.sets().next())
    }
}

impl<'a> OfSet<'a> {
    /// A place of its document.
    pub fn at(&self, path: &str) -> Place {
        Place::new(self.set, path)
    }

    /// A place of its pods' spec.
    pub fn pod(&self, path: &str) -> Place {
        Place::new(self.set, "spec.template.spec").join(path)
    }

    /// The text of a scalar of its document.
    pub fn get(&self, path: &str) -> &'a str {
        self.bundle.get(&self.at(path))
    }

    /// Its containers, and then its init containers.
    pub fn containers(&self) -> impl Iterator<Item = &'a ContainerForm> {
        let form = self.form;
        form.containers.iter().chain(&form.init).map(Arc::as_ref)
    }

    /// How many pods it has; as many as Kubernetes takes where it does not say.
    pub fn replicas(&self) -> i64 {
        self.form.replicas.text.parse().unwrap_or(1)
    }

    /// Whether a Service is within reach: names do not cross namespaces.
    pub fn reaches(&self, service: &ServiceForm) -> bool {
        let (own, other) = (self.form.namespace.text.as_str(), service.namespace.text.as_str());
        own.is_empty() || other.is_empty() || own == other
    }
}

/// A value with its type, on a walk down the table of Kubernetes' fields.
pub struct Visit<'a> {
    pub place: &'a Place,
    pub node: &'a Node,
    /// Its type; `None` for a key that its object has not.
    pub of: Option<Type>,
    /// The root of the document.
    pub root: &'a Node,
    /// The objects on the way down, each with the length of its path; the last one has this value.
    pub above: &'a [(&'static str, usize)],
}

impl Visit<'_> {
    /// The text of a plain scalar.
    pub fn plain(&self) -> Option<&str> {
        match &self.node.kind {
            Kind::Scalar(text, Style::Plain) if !self.node.is_nothing() => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar in quotes.
    pub fn quoted(&self) -> Option<&str> {
        match &self.node.kind {
            Kind::Scalar(text, Style::Single | Style::Double) => Some(text),
            _ => None,
        }
    }
}
