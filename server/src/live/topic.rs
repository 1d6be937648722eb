//! The table of topics: which page is drawn from which picture, for its first paint and for its socket.
use super::{
    hub::Hub,
    list::ListPicture,
    question::{Compared, Needs, Question},
};
use app::{
    api::ApiError,
    model::{
        claims::{ClaimsQuery, ClaimsView},
        detail::{DetailDelta, DetailView},
        list::{ListDelta, ListQuery, ListView},
        live::{Freshness, ServerFrame, Topic, Version, Versioned},
        pod::{PodDelta, PodView},
        usage::{UsageQuery, UsageView},
    },
};
use std::sync::Arc;
use tokio::sync::mpsc::Sender;

impl Compared for ListView {
    fn change(&self, newer: &Self) -> Option<ListDelta> {
        self.delta(newer)
    }
}

impl Compared for DetailView {
    fn change(&self, newer: &Self) -> Option<DetailDelta> {
        self.delta(newer)
    }
}

impl Compared for ClaimsView {
    fn change(&self, newer: &Self) -> Option<Self> {
        (self != newer).then(|| newer.clone())
    }
}

impl Compared for PodView {
    fn change(&self, newer: &Self) -> Option<PodDelta> {
        self.delta(newer)
    }
}

impl Compared for UsageView {
    fn change(&self, newer: &Self) -> Option<Self> {
        self.delta(newer)
    }
}

impl Hub {
    fn ask_list(&self, query: &ListQuery) -> Arc<Question<ListView>> {
        self.question(&Topic::Sets(query.clone()), || {
            ListPicture::of(self.scopes(&query.namespaces), query)
        })
    }

    fn ask_detail(&self, namespace: &str, name: &str, from: i64) -> Arc<Question<DetailView>> {
        let topic = Topic::Set {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            from,
        };
        self.question(&topic, || self.detail(namespace, name, from))
    }

    fn ask_claims(&self, query: &ClaimsQuery) -> Arc<Question<ClaimsView>> {
        self.question(&Topic::Claims(query.clone()), || self.claims_page(query))
    }

    fn ask_pod(self: &Arc<Self>, namespace: &str, name: &str) -> Arc<Question<PodView>> {
        let topic = Topic::Pod {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        };
        self.question(&topic, || self.pod(namespace, name))
    }

    fn ask_usage(&self, query: &UsageQuery) -> Arc<Question<UsageView>> {
        self.question(&Topic::Usage(query.clone()), || self.usage(query))
    }

    /// What pods use, for a first paint.
    ///
    /// # Errors
    /// There is no such set, it may not be read, or the cluster does not answer.
    pub async fn usage_once(&self, query: &UsageQuery) -> Result<Versioned<UsageView>, ApiError> {
        self.ask_usage(query).first().await
    }

    /// The list for a first paint.
    ///
    /// # Errors
    /// None of the namespaces may be listed, or the cluster does not answer.
    pub async fn list_once(&self, query: &ListQuery) -> Result<Versioned<ListView>, ApiError> {
        self.ask_list(query).first().await
    }

    /// The detail page for a first paint.
    ///
    /// # Errors
    /// It does not exist, may not be read, or the cluster does not answer.
    pub async fn detail_once(
        &self,
        namespace: &str,
        name: &str,
        from: i64,
    ) -> Result<Versioned<DetailView>, ApiError> {
        self.ask_detail(namespace, name, from).first().await
    }

    /// A pod's page for a first paint.
    ///
    /// # Errors
    /// It does not exist, may not be read, or the cluster does not answer.
    pub async fn pod_once(
        self: &Arc<Self>,
        namespace: &str,
        name: &str,
    ) -> Result<Versioned<PodView>, ApiError> {
        self.ask_pod(namespace, name).first().await
    }

    /// The claims for a first paint.
    ///
    /// # Errors
    /// None of the namespaces may be read, or the cluster does not answer.
    pub async fn claims_once(&self, query: &ClaimsQuery) -> Result<Versioned<ClaimsView>, ApiError> {
        self.ask_claims(query).first().await
    }
}

/// Follows a topic until the socket or the topic ends. `held` is the version of the browser's picture.
pub async fn follow(hub: Arc<Hub>, id: u32, topic: Topic, held: Option<Version>, out: Sender<ServerFrame>) {
    match topic {
        Topic::Sets(query) => tell(&hub.ask_list(&query), id, held, &out).await,
        Topic::Set {
            namespace,
            name,
            from,
        } => tell(&hub.ask_detail(&namespace, &name, from), id, held, &out).await,
        Topic::Pod { namespace, name } => tell(&hub.ask_pod(&namespace, &name), id, held, &out).await,
        Topic::Usage(query) => tell(&hub.ask_usage(&query), id, held, &out).await,
        Topic::Claims(query) => tell(&hub.ask_claims(&query), id, held, &out).await,
    }
}

/// Tells what the browser needs, each time when the socket has room for it: a slow browser skips states.
async fn tell<V: Compared>(
    question: &Question<V>,
    id: u32,
    mut held: Option<Version>,
    out: &Sender<ServerFrame>,
) {
    let mut answer = question.answer();
    let mut told: Option<Freshness> = None;
    if answer.wait_for(|a| a.version.seq > 0).await.is_err() {
        return;
    }
    loop {
        let (frames, version) = {
            let answer = answer.borrow_and_update();
            let mut frames = frames(id, answer.version, answer.needs(held));
            if told.replace(answer.freshness) != Some(answer.freshness) {
                let freshness = answer.freshness;
                frames.push(ServerFrame::Freshness { id, freshness });
            }
            (frames, answer.version)
        };
        held = Some(version);
        for frame in frames {
            if out.send(frame).await.is_err() {
                return;
            }
        }
        if answer.changed().await.is_err() {
            return;
        }
    }
}

fn frames(id: u32, version: Version, needs: Needs) -> Vec<ServerFrame> {
    match needs {
        Needs::Nothing => Vec::new(),
        Needs::Refusal(error) => vec![ServerFrame::Closed { id, error }],
        Needs::Picture(picture) => {
            let picture = picture.as_ref().to_owned();
            vec![ServerFrame::Snapshot { id, version, picture }]
        }
        Needs::Changes(steps) => {
            let step = |(seq, change): (u64, Arc<serde_json::value::RawValue>)| ServerFrame::Delta {
                id,
                version: Version { seq, ..version },
                change: change.as_ref().to_owned(),
            };
            steps.into_iter().map(step).collect()
        }
    }
}
