//! The pods whose logs are read: found, looked at anew when they change, followed when they are replaced.
use super::{gather::Gather, stream};
use crate::{
    cluster::{Kube, pods::body},
    live::{Hub, PodsThere},
};
use app::{
    api::ApiError,
    model::{
        facts::PodFacts,
        log::{Ask, STREAMS, Scope, State, Stream},
        pod::{Container, Role, State as Does},
    },
};
use k8s_openapi::api::core::v1::Pod;
use kube::Api;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::{Notify, watch},
    time::{interval, sleep},
};
use tokio_util::task::AbortOnDropHandle;

/// How often a pod is looked at that no feed tells of.
const AGAIN: Duration = Duration::from_secs(3);
/// How long the log of a pod is read that another one has replaced.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// Pods without a stream that are told of, to be chosen.
const OFFERED: usize = 200;

/// How much of the logs is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// What is there now.
    Now,
    /// That, and what is written from now on.
    Further,
}

/// A reader's question, and where its answers go.
pub struct Reader {
    pub kube: Arc<Kube>,
    pub hub: Arc<Hub>,
    pub ask: Ask,
    pub until: Until,
    pub gather: Arc<Gather>,
    /// The bytes of a line that are kept.
    pub most: usize,
}

/// A pod as it was seen last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    pub uid: String,
    /// -1 where it has none.
    pub ordinal: i64,
    pub containers: Vec<Container>,
}

/// A run of a container: of which pod, and how often it was started before.
pub type Run = (String, i32);

/// Which run the log of a container is of; none while there was none.
pub fn run_of(seen: &Seen, container: &Container) -> Option<Run> {
    let ran = match &container.state {
        Does::Running { .. } | Does::Ended(_) => true,
        // Between two runs the log is still that of the one before.
        Does::Waiting { .. } | Does::Unknown => container.last.is_some(),
    };
    ran.then(|| (seen.uid.clone(), container.restarts))
}

/// A pod that is followed.
pub struct Followed {
    pub name: String,
    pub seen: watch::Receiver<Option<Arc<Seen>>>,
    /// Asks to look at it again.
    pub look: Arc<Notify>,
}

impl Followed {
    /// Until another pod than this one stands under the name, and what this one wrote last had its time to come: a node that
    /// is lost does not end the connection to what ran there. Never where it is none that is meant.
    pub fn replaced(&self, uid: Option<String>) -> impl Future<Output = ()> + use<> {
        let mut seen = self.seen.clone();
        async move {
            let other = |now: &Option<Arc<Seen>>| match (now, &uid) {
                (Some(now), Some(uid)) => now.uid != *uid,
                _ => false,
            };
            if seen.wait_for(other).await.is_err() {
                return std::future::pending().await;
            }
            sleep(LAST_WORDS).await;
        }
    }
}

impl Reader {
    /// The pods, as far as they are namespaced like this.
    pub fn api(&self) -> Api<Pod> {
        Api::namespaced(self.kube.client(), self.ask.scope.namespace())
    }

    async fn seen(&self, pod: &str) -> Result<Option<Seen>, ApiError> {
        match self
            .kube
            .answer(self.api().get(pod))
            .await
            .map_err(ApiError::from)
        {
            Ok(found) => Ok(body(&found).map(|b| Seen {
                uid: b.uid,
                ordinal: b.facts.ordinal,
                containers: b.containers,
            })),
            Err(ApiError::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// A pod whose logs are read: its task ends when this is dropped.
struct Task {
    reading: AbortOnDropHandle<()>,
    /// Wakes it: the pod may have changed.
    look: Arc<Notify>,
    known: Option<PodFacts>,
}

/// Reads the logs of all pods of the scope, those that come later too, until it is dropped; where only what is there is
/// wanted, until that is read.
///
/// # Errors
/// The pods of the set may not be listed, or there is no such set or pod.
pub async fn read(reader: Arc<Reader>) -> Result<(), ApiError> {
    let mut there = reader.hub.pods_there(reader.ask.scope.namespace());
    let mut pods: HashMap<String, Task> = HashMap::new();
    if matches!(reader.ask.scope, Scope::Set { .. }) {
        there.settled().await;
    }
    let mut ticks = interval(AGAIN);
    loop {
        let now = names(&reader, &there).await?;
        let names: HashSet<&str> = now.iter().map(|(name, _)| name.as_str()).collect();
        reader.gather.keep(|pod| names.contains(pod));
        for (count, (name, facts)) in now.iter().enumerate() {
            if let Some(followed) = pods.get_mut(name) {
                if followed.known != *facts {
                    followed.known.clone_from(facts);
                    followed.look.notify_one();
                }
                continue;
            }
            let ordinal = facts.as_ref().map_or(-1, |f| f.ordinal);
            if !reader.ask.reading.wants_ordinal(ordinal) {
                if count < OFFERED {
                    reader.gather.add(offered(name, ordinal));
                }
                continue;
            }
            let look = Arc::new(Notify::new());
            let reading = follow(Arc::clone(&reader), name.clone(), ordinal, Arc::clone(&look));
            let followed = Task {
                reading: AbortOnDropHandle::new(tokio::spawn(reading)),
                look,
                known: facts.clone(),
            };
            pods.insert(name.clone(), followed);
        }
        if reader.until == Until::Now {
            for followed in pods.into_values() {
                let _ = followed.reading.await;
            }
            return Ok(());
        }
        tokio::select! { () = there.changed() => {}, _ = ticks.tick() => {} }
    }
}

/// A pod that could be chosen.
fn offered(pod: &str, ordinal: i64) -> Stream {
    Stream {
        pod: pod.to_owned(),
        ordinal,
        ..Stream::default()
    }
}

async fn names(reader: &Reader, there: &PodsThere) -> Result<Vec<(String, Option<PodFacts>)>, ApiError> {
    match &reader.ask.scope {
        Scope::Pod { name, .. } => Ok(vec![(name.clone(), there.get(name))]),
        Scope::Set { namespace, name } => {
            let pods = there.of_set(name)?;
            if pods.is_empty() {
                reader.kube.raw_set(namespace, name).await?;
            }
            Ok(pods.into_iter().map(|p| (p.name.clone(), Some(p))).collect())
        }
    }
}

/// Looks at a pod, and reads each container of it that is wanted.
async fn follow(reader: Arc<Reader>, pod: String, ordinal: i64, look: Arc<Notify>) {
    let (tell, seen) = watch::channel(None);
    let mut streams: HashMap<String, AbortOnDropHandle<()>> = HashMap::new();
    loop {
        let found = reader.seen(&pod).await;
        if let Ok(found) = found {
            let containers = found.as_ref().map(|s| s.containers.clone());
            let ordinal = found.as_ref().map_or(ordinal, |s| s.ordinal);
            tell.send_replace(found.map(Arc::new));
            if containers.is_none() && streams.is_empty() {
                missing(&reader, &pod, ordinal);
            }
            for container in containers.iter().flatten() {
                let followed = || Followed {
                    name: pod.clone(),
                    seen: seen.clone(),
                    look: Arc::clone(&look),
                };
                open(&reader, ordinal, container, &mut streams, followed);
            }
        } else if let Err(error) = found {
            let (id, _) = reader.gather.add(Stream {
                wanted: true,
                ..offered(&pod, ordinal)
            });
            reader.gather.tell(id, State::Refused(error.words()));
        }
        if reader.until == Until::Now {
            break;
        }
        let _ = tokio::time::timeout(AGAIN * 5, look.notified()).await;
        // Several changes come together.
        sleep(Duration::from_millis(20)).await;
    }
    for task in streams.into_values() {
        let _ = task.await;
    }
}

fn missing(reader: &Reader, pod: &str, ordinal: i64) {
    let (id, _) = reader.gather.add(Stream {
        wanted: true,
        ..offered(pod, ordinal)
    });
    reader.gather.tell(id, State::Missing);
}

/// Begins to read a container, where it is wanted and new.
fn open(
    reader: &Arc<Reader>,
    ordinal: i64,
    container: &Container,
    streams: &mut HashMap<String, AbortOnDropHandle<()>>,
    followed: impl Fn() -> Followed,
) {
    let pod = followed();
    let wanted = wants(reader, &container.name, container.role);
    let full = wanted && !streams.contains_key(&container.name) && reader.gather.wanted() >= STREAMS;
    let (id, _) = reader.gather.add(Stream {
        pod: pod.name.clone(),
        ordinal,
        container: container.name.clone(),
        role: container.role,
        wanted,
        ..Stream::default()
    });
    if full {
        reader.gather.tell(id, State::TooMany);
    } else if wanted && !streams.contains_key(&container.name) {
        let read = stream::read(Arc::clone(reader), id, pod, container.name.clone());
        streams.insert(container.name.clone(), AbortOnDropHandle::new(tokio::spawn(read)));
    }
}

fn wants(reader: &Reader, container: &str, role: Role) -> bool {
    reader.ask.reading.wants_container(container, role)
}
