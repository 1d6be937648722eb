//! The pages' port, implemented on the live hub: what a page is drawn from is what the socket goes on with.
use super::Access;
use crate::{cluster::shown, error::Error};
use app::{
    api::ApiError,
    manifest::write::yaml,
    model::{
        claims::{ClaimsQuery, ClaimsView},
        create::{Choices, Created, Order, Outcome},
        delete::{DeletePlan, Done, Propagation, Target},
        detail::DetailView,
        effect,
        list::{ListQuery, ListView},
        live::Versioned,
        offers::Offers,
        ops::Shown,
        saving::{Edited, Opened, Saving},
    },
    ports::{Answer, Cluster, Login},
};
use serde_json::Value;
use std::sync::Arc;

impl Cluster for Access {
    fn list(&self, query: ListQuery) -> Answer<'_, Versioned<ListView>> {
        Box::pin(async move { self.hub.list_once(&query).await })
    }

    fn detail<'a>(
        &'a self,
        namespace: &'a str,
        name: &'a str,
        from: i64,
    ) -> Answer<'a, Versioned<DetailView>> {
        Box::pin(async move { self.hub.detail_once(namespace, name, from).await })
    }

    fn yaml<'a>(&'a self, namespace: &'a str, name: &'a str, clean: bool) -> Answer<'a, String> {
        Box::pin(async move {
            named(namespace, name)?;
            let object = self.kube.raw_set(namespace, name).await?;
            if clean {
                return Ok(yaml(&shown(&object)));
            }
            Ok(yaml(&without_managers(object)))
        })
    }

    fn scale<'a>(&'a self, shown: &'a Shown, from: Option<i32>, to: i32) -> Answer<'a, i32> {
        Box::pin(async move {
            if !(0..=effect::MAX_REPLICAS).contains(&to) {
                let message = format!("replicas: a whole number from 0 to {}", effect::MAX_REPLICAS);
                return Err(ApiError::invalid(message));
            }
            self.kube.scale_shown(shown, from, to, false).await
        })
    }

    fn open<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, Opened> {
        Box::pin(async move {
            named(namespace, name)?;
            self.kube.open_set(namespace, name).await
        })
    }

    fn save(&self, edited: Edited, dry_run: bool) -> Answer<'_, Saving> {
        Box::pin(async move { self.kube.save(&edited, dry_run).await })
    }

    fn choices(&self) -> Answer<'_, Choices> {
        Box::pin(async move { Ok(self.kube.offered().await) })
    }

    fn offers<'a>(&'a self, namespace: &'a str) -> Answer<'a, Offers> {
        Box::pin(async move { Ok(self.kube.offers_of(namespace).await) })
    }

    fn create_namespace<'a>(
        &'a self,
        name: &'a str,
        description: &'a str,
        quota: Vec<(String, String)>,
    ) -> Answer<'a, ()> {
        Box::pin(self.kube.create_namespace(name, description, quota))
    }

    fn create_pull_secret<'a>(&'a self, namespace: &'a str, name: &'a str, login: Login) -> Answer<'a, ()> {
        Box::pin(self.kube.create_pull_secret(namespace, name, login))
    }

    fn random_suffix(&self) -> String {
        const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
        (0..6)
            .map(|_| char::from(LETTERS[rand::random_range(0..LETTERS.len())]))
            .collect()
    }

    fn create(&self, order: Order, dry_run: bool) -> Answer<'_, Outcome> {
        let kube = Arc::clone(&self.kube);
        to_its_end(async move { kube.create_all(&order, dry_run).await })
    }

    fn delete_plan<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, DeletePlan> {
        Box::pin(async move {
            named(namespace, name)?;
            self.kube.delete_plan(namespace, name).await
        })
    }

    fn delete(&self, targets: Vec<Target>, propagation: Propagation) -> Answer<'_, Vec<Done>> {
        let kube = Arc::clone(&self.kube);
        to_its_end(async move { kube.delete_all(targets, propagation).await })
    }

    fn claims(&self, query: ClaimsQuery) -> Answer<'_, Versioned<ClaimsView>> {
        Box::pin(async move { self.hub.claims_once(&query).await })
    }

    fn delete_left(&self, targets: Vec<Target>) -> Answer<'_, Vec<Done>> {
        let kube = Arc::clone(&self.kube);
        to_its_end(async move { kube.delete_left(targets).await })
    }

    fn undo(&self, created: Vec<Created>) -> Answer<'_, ()> {
        let kube = Arc::clone(&self.kube);
        to_its_end(async move { kube.undo_all(&created).await })
    }
}

/// What takes several writes goes on to its end, also where the browser that asked is gone.
fn to_its_end<'a, T: Send + 'static>(
    work: impl Future<Output = Result<T, ApiError>> + Send + 'static,
) -> Answer<'a, T> {
    let working = tokio::spawn(work);
    Box::pin(async move { working.await.map_err(|e| ApiError::NotKnown(e.to_string()))? })
}

/// An object without its `managedFields`, which nobody reads.
pub(super) fn without_managers(mut object: Value) -> Value {
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.remove("managedFields");
    }
    object
}

/// No request is ever built from an empty name.
pub(super) fn named(namespace: &str, name: &str) -> Result<(), Error> {
    if namespace.is_empty() || name.is_empty() {
        return Err(Error::Unbuildable(
            "a StatefulSet is named by its namespace and its name".to_owned(),
        ));
    }
    Ok(())
}
