//! Who the kubeconfig is for the cluster, and which namespaces they may list; asked rarely, remembered shortly.
use super::Kube;
use crate::{error::Error, held::held};
use app::{
    api::ApiError,
    model::session::{Namespaces, Session},
};
use futures::{StreamExt, TryStreamExt, stream};
use k8s_openapi::api::{
    authentication::v1::SelfSubjectReview,
    authorization::v1::{ResourceAttributes, SelfSubjectAccessReview, SelfSubjectAccessReviewSpec},
    core::v1::Namespace,
};
use kube::{
    Api,
    api::{ListParams, PostParams},
};
use std::{
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};
use tokio::{sync::watch, time::Instant};

/// How long answers are good for; where one is missing it is asked for again soon.
const GOOD: Duration = Duration::from_secs(30);
const FAILED: Duration = Duration::from_secs(2);
/// How long the very first page waits for them: it is drawn within 2 s, whatever the cluster does. Later pages are drawn
/// with what is known by then, and ask beside that.
const PATIENCE: Duration = Duration::from_millis(700);
/// Namespaces whose rights are asked one by one; with more, all are offered and the list tells what is forbidden.
const REVIEWED: usize = 200;

/// What the cluster has answered, each as soon as it came.
#[derive(Clone, Debug, Default)]
struct Known {
    user: Option<String>,
    version: Option<String>,
    /// Whether the StatefulSets of all namespaces may be listed.
    all: Option<bool>,
    /// The namespaces whose StatefulSets may be listed; none inside where namespaces may not be listed.
    names: Option<Option<Vec<String>>>,
}

impl Known {
    fn is_whole(&self) -> bool {
        self.user.is_some() && self.all.is_some() && self.names.is_some()
    }
}

/// Who one is for the cluster, as far as it has said so.
pub(super) struct Asked {
    known: watch::Sender<Known>,
    /// When it is to be asked again.
    next: Mutex<Option<Instant>>,
    /// Until when pages wait for the first answers.
    patience: OnceLock<Instant>,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            known: watch::Sender::new(Known::default()),
            next: Mutex::default(),
            patience: OnceLock::new(),
        }
    }
}

/// A right that a review says is missing.
fn lacking(resource: &str, namespace: &str, missing: &str) -> ApiError {
    ApiError::Forbidden {
        verb: "get".to_owned(),
        resource: resource.to_owned(),
        message: format!("{resource} in the namespace \"{namespace}\": {missing} is not allowed"),
    }
}

impl Kube {
    /// The session for a page.
    pub async fn session(self: &Arc<Self>, now: i64) -> Session {
        if self.session.is_due() {
            let asking = Arc::clone(self);
            tokio::spawn(async move { asking.ask().await });
        }
        let mut known = self.session.known.subscribe();
        let until = *self.session.patience.get_or_init(|| Instant::now() + PATIENCE);
        let _ = tokio::time::timeout_at(until, known.wait_for(Known::is_whole)).await;
        let known = known.borrow().clone();
        Session {
            user: self.user(),
            cluster: self.names.cluster.clone(),
            settled: known.is_whole(),
            version: known.version.unwrap_or_default(),
            namespaces: Namespaces {
                known: known.names.flatten(),
                all: known.all.unwrap_or(false),
                default: self.names.namespace.clone(),
            },
            now,
            ..Session::default()
        }
    }

    /// The user's name: the cluster's, once it has told it, else the kubeconfig's.
    pub fn user(&self) -> String {
        let told = self.session.known.borrow().user.clone();
        told.unwrap_or_else(|| self.names.user.clone())
    }

    /// Who the API server says that one is.
    ///
    /// # Errors
    /// It refuses the credential (401), or does not answer.
    pub async fn who(&self) -> Result<String, Error> {
        let reviews: Api<SelfSubjectReview> = Api::all(self.client());
        let (post, review) = (PostParams::default(), SelfSubjectReview::default());
        match self.answer(reviews.create(&post, &review)).await {
            Ok(review) => {
                let told = review.status.and_then(|s| s.user_info?.username);
                Ok(told.unwrap_or_default())
            }
            // Whoever may not even ask for a name has the one of the kubeconfig.
            Err(Error::Refused(status)) if status.code != 401 => Ok(self.names.user.clone()),
            Err(error) => Err(error),
        }
    }

    async fn ask(&self) {
        let user = async {
            let told = match self.who().await {
                Err(Error::Refused(_)) => Some(self.names.user.clone()),
                told => told.ok(),
            };
            self.session.learn(told, |known, user| known.user = Some(user));
        };
        let version = async {
            let told = self.answer(self.client.apiserver_version()).await.ok();
            self.session
                .learn(told, |known, version| known.version = Some(version.git_version));
        };
        let namespaces = async {
            let (all, names) = tokio::join!(
                self.reviewed("list", ("apps", "statefulsets", ""), None),
                self.namespaces(),
            );
            self.session.learn(all.ok(), |known, all| known.all = Some(all));
            let names = match names {
                Some(Some(names)) if all != Ok(true) && names.len() <= REVIEWED => {
                    self.listable(names).await.map(Some)
                }
                other => other,
            };
            self.session
                .learn(names, |known, names| known.names = Some(names));
        };
        tokio::join!(user, version, namespaces);
        self.session.asked();
    }

    /// The names of all namespaces; none inside where they may not be listed, none at all without an answer.
    async fn namespaces(&self) -> Option<Option<Vec<String>>> {
        let api: Api<Namespace> = Api::all(self.client());
        let params = ListParams::default().limit(5_000);
        match self.answer(api.list_metadata(&params)).await {
            Ok(list) => Some(Some(
                list.items.into_iter().filter_map(|n| n.metadata.name).collect(),
            )),
            Err(Error::Refused(_)) => Some(None),
            Err(_) => None,
        }
    }

    /// Those of them whose StatefulSets may be listed; none where an answer is missing.
    async fn listable(&self, names: Vec<String>) -> Option<Vec<String>> {
        let may = async |name: String| {
            let may = self
                .reviewed("list", ("apps", "statefulsets", ""), Some(&name))
                .await;
            may.map(|may| may.then_some(name))
        };
        let all: Result<Vec<_>, ()> = stream::iter(names).map(may).buffered(16).try_collect().await;
        Some(all.ok()?.into_iter().flatten().collect())
    }
    /// Asks the cluster whether this user may do something to the resources of the `apps` group.
    pub async fn may(&self, verb: &str, resource: &str, subresource: &str, namespace: Option<&str>) -> bool {
        let allowed = self
            .reviewed(verb, ("apps", resource, subresource), namespace)
            .await;
        allowed == Ok(true)
    }

    /// Whether something that was allowed still is. No answer is no refusal.
    pub async fn still_may(&self, verb: &str, group: &str, resource: &str, namespace: Option<&str>) -> bool {
        let allowed = self.reviewed(verb, (group, resource, ""), namespace).await;
        allowed != Ok(false)
    }

    /// Whether the logs of a namespace's pods may be read. Without an answer none is told.
    pub async fn may_read_logs(&self, namespace: &str) -> Option<bool> {
        let right = ("", "pods", "log");
        self.reviewed("get", right, Some(namespace)).await.ok()
    }

    /// Why claims of a namespace may not be read. Without an answer they may not.
    pub async fn claims_refused(&self, namespace: &str) -> Option<ApiError> {
        let resource = "persistentvolumeclaims";
        let may = self.reviewed("get", ("", resource, ""), Some(namespace)).await;
        (may != Ok(true)).then(|| lacking(resource, namespace, "get"))
    }

    /// Whether this user may `get` and `create` `pods/exec` in a namespace (the second is asked for since Kubernetes 1.35); none
    /// without an answer.
    async fn may_exec(&self, namespace: &str) -> (Option<bool>, Option<bool>) {
        let right = ("", "pods", "exec");
        let (get, create) = tokio::join!(
            self.reviewed("get", right, Some(namespace)),
            self.reviewed("create", right, Some(namespace)),
        );
        (get.ok(), create.ok())
    }

    /// Why nothing may be run in the containers of a namespace. Before Kubernetes 1.35 `get` is enough: of `create` the
    /// cluster itself decides, and names it.
    pub async fn exec_refused(&self, namespace: &str) -> Option<ApiError> {
        let (get, create) = self.may_exec(namespace).await;
        (get == Some(false)).then(|| {
            let missing = if create == Some(false) {
                "get and create"
            } else {
                "get"
            };
            lacking("pods/exec", namespace, missing)
        })
    }

    /// Whether this user may create, and update, Services in a namespace. Without an answer it is offered: the cluster
    /// decides.
    pub async fn may_write_services(&self, namespace: Option<&str>) -> (bool, bool) {
        let right = ("", "services", "");
        let (create, update) = tokio::join!(
            self.reviewed("create", right, namespace),
            self.reviewed("update", right, namespace),
        );
        (create != Ok(false), update != Ok(false))
    }

    async fn reviewed(
        &self,
        verb: &str,
        (group, resource, subresource): (&str, &str, &str),
        namespace: Option<&str>,
    ) -> Result<bool, ()> {
        let text = |t: &str| (!t.is_empty()).then(|| t.to_owned());
        let review = SelfSubjectAccessReview {
            spec: SelfSubjectAccessReviewSpec {
                resource_attributes: Some(ResourceAttributes {
                    group: text(group),
                    verb: text(verb),
                    resource: text(resource),
                    subresource: text(subresource),
                    namespace: namespace.map(str::to_owned),
                    ..ResourceAttributes::default()
                }),
                ..SelfSubjectAccessReviewSpec::default()
            },
            ..SelfSubjectAccessReview::default()
        };
        let api: Api<SelfSubjectAccessReview> = Api::all(self.client());
        let answer = self.answer(api.create(&PostParams::default(), &review)).await;
        answer.ok().and_then(|r| r.status).map(|s| s.allowed).ok_or(())
    }
}

impl Asked {
    /// Whether it is time to ask; who is told so does it.
    fn is_due(&self) -> bool {
        let now = Instant::now();
        let mut next = held(&self.next);
        let due = next.is_none_or(|next| now >= next);
        if due {
            // Nobody else asks until the answers are here, or would be here.
            *next = Some(now + GOOD);
        }
        due
    }

    fn learn<T>(&self, told: Option<T>, learn: impl FnOnce(&mut Known, T)) {
        if let Some(told) = told {
            self.known.send_modify(|known| learn(known, told));
        }
    }

    fn asked(&self) {
        let good = if self.known.borrow().is_whole() {
            GOOD
        } else {
            FAILED
        };
        *held(&self.next) = Some(Instant::now() + good);
    }
}
