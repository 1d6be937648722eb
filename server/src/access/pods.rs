//! The port of the pods' pages.
use crate::{
    access::{Access, port::without_managers},
    cluster::is_dns_name,
    error::Error,
    files,
};
use app::{
    manifest::write::yaml,
    model::{
        files::{At, Listing},
        fill::{Fill, Fills},
        live::Versioned,
        pod::{
            PodView,
            act::{Deed, PodPlan},
            debug::{DebugPlan, Wanted},
            env::Environment,
        },
        usage::{UsageQuery, UsageView},
    },
    ports::{Answer, Pods},
};

/// No request is ever built from a name that is none.
fn named(kind: &str, namespace: &str, name: &str) -> Result<(), Error> {
    if is_dns_name(namespace) && is_dns_name(name) {
        return Ok(());
    }
    Err(Error::Unbuildable(format!(
        "{namespace:?}/{name:?}: no {kind} has such a name"
    )))
}

impl Pods for Access {
    fn pod<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, Versioned<PodView>> {
        Box::pin(async move {
            named("Pod", namespace, name)?;
            self.hub.pod_once(namespace, name).await
        })
    }

    fn usage<'a>(&'a self, query: &'a UsageQuery) -> Answer<'a, Versioned<UsageView>> {
        Box::pin(async move {
            named("StatefulSet", &query.namespace, &query.name)?;
            self.hub.usage_once(query).await
        })
    }

    fn fills<'a>(&'a self, namespace: &'a str, claims: &'a [String]) -> Answer<'a, Fills> {
        Box::pin(async move { self.kube.fills(namespace, claims).await })
    }

    fn measure<'a>(&'a self, namespace: &'a str, pod: &'a str, claim: &'a str) -> Answer<'a, Fill> {
        Box::pin(async move { files::measure(&self.kube, namespace, pod, claim).await })
    }

    fn pod_yaml<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, String> {
        Box::pin(async move {
            named("Pod", namespace, name)?;
            let path = format!("/api/v1/namespaces/{namespace}/pods/{name}");
            Ok(yaml(&without_managers(self.kube.get_json(&path).await?)))
        })
    }

    fn environment<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, Vec<Environment>> {
        Box::pin(async move {
            named("Pod", namespace, name)?;
            self.kube.environment(namespace, name).await
        })
    }

    fn reveal<'a>(&'a self, namespace: &'a str, secret: &'a str, key: &'a str) -> Answer<'a, String> {
        Box::pin(async move {
            named("Secret", namespace, secret)?;
            self.kube.reveal(namespace, secret, key).await
        })
    }

    fn pod_plan<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, PodPlan> {
        Box::pin(async move {
            named("Pod", namespace, name)?;
            self.kube.pod_plan(namespace, name).await
        })
    }

    fn end_pod<'a>(&'a self, deed: Deed, namespace: &'a str, name: &'a str, uid: &'a str) -> Answer<'a, ()> {
        Box::pin(async move {
            named("Pod", namespace, name)?;
            self.kube.end_pod(deed, namespace, name, uid).await
        })
    }

    fn files<'a>(&'a self, at: &'a At) -> Answer<'a, Listing> {
        Box::pin(async move { files::list(&self.kube, at).await })
    }

    fn debug_plan<'a>(&'a self, wanted: &'a Wanted) -> Answer<'a, DebugPlan> {
        Box::pin(async move { self.kube.debug_plan(wanted).await })
    }

    fn debug<'a>(&'a self, wanted: &'a Wanted, uid: &'a str) -> Answer<'a, String> {
        Box::pin(async move { self.kube.debug(wanted, uid).await })
    }
}
