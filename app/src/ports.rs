//! What the pages need of a cluster. `server::cluster` implements it; the wasm never sees it.
#![cfg(feature = "ssr")]
mod logs;
mod ops;
mod pods;
mod sets;

use crate::{
    api::ApiError,
    model::{
        claims::{ClaimsQuery, ClaimsView},
        create::{Choices, Created, Order, Outcome},
        delete::{DeletePlan, Done, Propagation, Target},
        detail::DetailView,
        list::{ListQuery, ListView},
        live::Versioned,
        offers::Offers,
        ops::Shown,
        saving::{Edited, Opened, Saving},
    },
};
use leptos::prelude::use_context;
pub use logs::Logs;
pub use ops::Ops;
pub use pods::Pods;
pub use sets::Sets;
use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, OnceLock},
};

/// The URL of the editor's script, in the context of a request; empty where this build has no editor.
#[derive(Clone, Debug)]
pub struct EditorUrl(pub Arc<str>);

/// The image of debug containers for which nobody names another, in the context of a request.
#[derive(Clone, Debug)]
pub struct DebugImage(pub Arc<str>);

/// A boxed future, so that the trait can be an object in a context.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, ApiError>> + Send + 'a>>;

/// Why the page that is being drawn cannot show what it is about, in the context of its request: the status of the answer
/// says it, for those who do not read pages.
#[derive(Clone, Debug, Default)]
pub struct Refusal(Arc<OnceLock<ApiError>>);

impl Refusal {
    /// The error, where there was one.
    pub fn get(&self) -> Option<&ApiError> {
        self.0.get()
    }
}

/// Waits for what a page is about, and notes why it cannot be had.
pub fn page<'a, T: Send + 'a>(answer: Answer<'a, T>) -> Answer<'a, T> {
    // Now, while the request's context is at hand.
    let refusal = use_context::<Refusal>();
    Box::pin(async move {
        let answer = answer.await;
        if let (Err(error), Some(refusal)) = (&answer, refusal) {
            // Of several the first one counts.
            let _ = refusal.0.set(error.clone());
        }
        answer
    })
}

/// How to sign in to a registry. It has no `Debug`, so that the password cannot end in a log.
pub struct Login {
    /// The registry's address, as it stands in image names.
    pub registry: String,
    pub user: String,
    pub password: String,
}

/// A cluster as one person sees it. Every call has a deadline.
pub trait Cluster: Logs + Ops + Pods + Sets + Send + Sync {
    /// A window of the list.
    fn list(&self, query: ListQuery) -> Answer<'_, Versioned<ListView>>;
    /// One set with everything around it.
    fn detail<'a>(
        &'a self,
        namespace: &'a str,
        name: &'a str,
        from: i64,
    ) -> Answer<'a, Versioned<DetailView>>;
    /// The object as YAML, without `managedFields`.
    fn yaml<'a>(&'a self, namespace: &'a str, name: &'a str, clean: bool) -> Answer<'a, String>;
    /// Writes the `scale` subresource, while the set asks for `from`.
    fn scale<'a>(&'a self, shown: &'a Shown, from: Option<i32>, to: i32) -> Answer<'a, i32>;
    /// One set as text, to be edited.
    fn open<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, Opened>;
    /// Saves an edited object, or asks what saving would do (`dry_run`).
    fn save(&self, edited: Edited, dry_run: bool) -> Answer<'_, Saving>;
    /// What the cluster offers to choose from in the wizard.
    fn choices(&self) -> Answer<'_, Choices>;
    /// What a namespace has that a manifest can name.
    fn offers<'a>(&'a self, namespace: &'a str) -> Answer<'a, Offers>;
    /// Creates a namespace, with a quota where one is given.
    fn create_namespace<'a>(
        &'a self,
        name: &'a str,
        description: &'a str,
        quota: Vec<(String, String)>,
    ) -> Answer<'a, ()>;
    /// Creates the Secret by which the nodes sign in to a registry.
    fn create_pull_secret<'a>(&'a self, namespace: &'a str, name: &'a str, login: Login) -> Answer<'a, ()>;
    /// Six lower-case letters or digits that nobody foresees: for generated names.
    fn random_suffix(&self) -> String;
    /// Creates the documents of the text, or asks whether the cluster would (`dry_run`).
    fn create(&self, order: Order, dry_run: bool) -> Answer<'_, Outcome>;
    /// What deleting a set would do.
    fn delete_plan<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, DeletePlan>;
    /// Deletes exactly these objects, the StatefulSet first.
    fn delete(&self, targets: Vec<Target>, propagation: Propagation) -> Answer<'_, Vec<Done>>;
    /// A window of the claims of StatefulSets.
    fn claims(&self, query: ClaimsQuery) -> Answer<'_, Versioned<ClaimsView>>;
    /// Deletes those of these claims that are still left behind.
    fn delete_left(&self, targets: Vec<Target>) -> Answer<'_, Vec<Done>>;
    /// Deletes what a create has made, by UID.
    fn undo(&self, created: Vec<Created>) -> Answer<'_, ()>;
}

/// The cluster of the request that is being answered.
///
/// # Errors
/// Unauthorized where nobody is signed in: the router puts a cluster only into signed-in requests.
pub fn cluster() -> Result<Arc<dyn Cluster>, ApiError> {
    use_context::<Arc<dyn Cluster>>().ok_or(ApiError::Unauthorized)
}
