//! What the wizard offers from the cluster; what may not be listed, or not in time, is typed instead.
use super::Kube;
use app::api::create::{Choices, ClassChoice};
use k8s_openapi::api::{
    core::v1::{Namespace, Node},
    storage::v1::StorageClass,
};
use kube::{Api, ResourceExt, api::ListParams};
use std::{future::Future, time::Duration};

/// How long the page waits for each list: it is drawn within 2 s, whatever the cluster does.
const PATIENCE: Duration = Duration::from_millis(1200);
/// The most objects that are offered of a kind.
const MOST: u32 = 2_000;
/// The mark of the default class.
const DEFAULT: &str = "storageclass.kubernetes.io/is-default-class";

impl Kube {
    pub(super) async fn offered(&self) -> Choices {
        let list = ListParams::default().limit(MOST);
        let namespaces: Api<Namespace> = Api::all(self.client());
        let classes: Api<StorageClass> = Api::all(self.client());
        let nodes: Api<Node> = Api::all(self.client());
        let (namespaces, classes, nodes) = tokio::join!(
            in_time(namespaces.list_metadata(&list)),
            in_time(classes.list(&list)),
            in_time(nodes.list_metadata(&list)),
        );
        Choices {
            namespaces: namespaces.map(|l| l.items.iter().map(ResourceExt::name_any).collect()),
            classes: classes.map(|l| l.items.iter().map(class).collect()),
            nodes: nodes.map(|l| {
                l.items
                    .into_iter()
                    .map(|n| n.labels().clone().into_iter().collect())
                    .collect()
            }),
        }
    }
}

async fn in_time<T>(list: impl Future<Output = Result<T, kube::Error>>) -> Option<T> {
    tokio::time::timeout(PATIENCE, list).await.ok()?.ok()
}

fn class(class: &StorageClass) -> ClassChoice {
    ClassChoice {
        name: class.name_any(),
        is_default: class.annotations().get(DEFAULT).is_some_and(|v| v == "true"),
        waits: class.volume_binding_mode.as_deref() == Some("WaitForFirstConsumer"),
    }
}
