//! Who the kubeconfig is for the cluster, and which namespaces they may list; asked rarely, remembered shortly.
use super::Kube;
use app::model::session::{Namespaces, Session};
use futures::{StreamExt, stream};
use k8s_openapi::api::{
    authentication::v1::SelfSubjectReview,
    authorization::v1::{ResourceAttributes, SelfSubjectAccessReview, SelfSubjectAccessReviewSpec},
    core::v1::Namespace,
};
use kube::{
    Api,
    api::{ListParams, PostParams},
};
use std::time::{Duration, Instant};

/// How long an answer is good for; a failed one is asked again soon.
const GOOD: Duration = Duration::from_secs(30);
const FAILED: Duration = Duration::from_secs(2);
/// How long a page waits for it: the page is drawn within 2 s, whatever the cluster does.
const PATIENCE: Duration = Duration::from_millis(700);
/// Namespaces whose rights are asked one by one; with more, all are offered and the list tells what is forbidden.
const REVIEWED: usize = 200;

pub(super) struct Known {
    session: Session,
    until: Instant,
}

impl Kube {
    /// The session for a page.
    pub async fn session(&self, now: i64) -> Session {
        let mut known = self.session.lock().await;
        if let Some(known) = known.as_ref().filter(|k| k.until > Instant::now()) {
            return Session {
                now,
                ..known.session.clone()
            };
        }
        let asked = tokio::time::timeout(PATIENCE, self.ask()).await.ok();
        let good = if asked.is_some() { GOOD } else { FAILED };
        let session = asked.unwrap_or_else(|| self.unanswered());
        *known = Some(Known {
            session: session.clone(),
            until: Instant::now() + good,
        });
        Session { now, ..session }
    }

    /// What the kubeconfig alone says.
    fn unanswered(&self) -> Session {
        Session {
            user: self.names.user.clone(),
            cluster: self.names.cluster.clone(),
            namespaces: Namespaces {
                known: None,
                all: false,
                default: self.names.namespace.clone(),
            },
            ..Session::default()
        }
    }

    async fn ask(&self) -> Session {
        let reviews: Api<SelfSubjectReview> = Api::all(self.client());
        let (post, review) = (PostParams::default(), SelfSubjectReview::default());
        let (who, version, all, names) = tokio::join!(
            reviews.create(&post, &review),
            self.client.apiserver_version(),
            self.may("list", "statefulsets", "", None),
            self.namespaces(),
        );
        let user = who
            .ok()
            .and_then(|r| r.status)
            .and_then(|s| s.user_info)
            .and_then(|u| u.username);
        let known = match names {
            Some(names) if !all && names.len() <= REVIEWED => Some(self.listable(names).await),
            other => other,
        };
        let base = self.unanswered();
        Session {
            user: user.unwrap_or(base.user),
            version: version.map(|v| v.git_version).unwrap_or_default(),
            namespaces: Namespaces {
                known,
                all,
                default: base.namespaces.default,
            },
            ..self.unanswered()
        }
    }

    async fn namespaces(&self) -> Option<Vec<String>> {
        let api: Api<Namespace> = Api::all(self.client());
        let list = api
            .list_metadata(&ListParams::default().limit(5_000))
            .await
            .ok()?;
        Some(list.items.into_iter().filter_map(|n| n.metadata.name).collect())
    }

    async fn listable(&self, names: Vec<String>) -> Vec<String> {
        let may = async |name: String| {
            self.may("list", "statefulsets", "", Some(&name))
                .await
                .then_some(name)
        };
        stream::iter(names)
            .map(may)
            .buffered(16)
            .filter_map(async |n| n)
            .collect()
            .await
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
