//! What stands around a set: events and warnings, the pods behind a Service, autoscalers.
use super::created;
use app::model::{
    detail::EventRow,
    effect::Hpa,
    said::calm,
    warnings::{self, WarningFacts},
};
use k8s_openapi::api::{
    autoscaling::v2::HorizontalPodAutoscaler, core::v1::Event, discovery::v1::EndpointSlice,
};
use std::collections::BTreeMap;

/// An event with the namespace and name of what it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFacts {
    pub namespace: String,
    pub kind: String,
    pub object: String,
    /// The container that it is about, if it is about one.
    pub container: String,
    pub row: EventRow,
}

/// The name in `spec.containers{NAME}`, or in one of the other lists of containers.
fn container(path: &str) -> String {
    let inside = path.split_once('{').and_then(|(_, rest)| rest.strip_suffix('}'));
    inside.unwrap_or_default().to_owned()
}

/// The pods behind a Service, and whether each gets traffic: one slice of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SliceFacts {
    /// The Service: the label `kubernetes.io/service-name`.
    pub service: String,
    /// Pods by name, and whether they are ready.
    pub pods: BTreeMap<String, bool>,
}

/// An EndpointSlice of a Service.
pub fn slice(object: &EndpointSlice) -> Option<SliceFacts> {
    let service = object
        .metadata
        .labels
        .as_ref()?
        .get("kubernetes.io/service-name")?;
    let pods = object.endpoints.iter().flatten().filter_map(|endpoint| {
        let target = endpoint
            .target_ref
            .as_ref()
            .filter(|t| t.kind.as_deref() == Some("Pod"))?;
        // Unknown is to be taken for ready (`EndpointConditions` in the API).
        let ready = endpoint.conditions.as_ref().and_then(|c| c.ready) != Some(false);
        Some((target.name.clone()?, ready))
    });
    Some(SliceFacts {
        service: service.clone(),
        pods: pods.collect(),
    })
}

/// A warning that can reach the status of a set.
pub fn warning(object: &Event) -> Option<WarningFacts> {
    let regarding = &object.involved_object;
    let told = event(object).filter(|e| e.row.kind == "Warning" && warnings::is_known(&e.row.reason))?;
    let first = object.first_timestamp.as_ref().map(|t| t.0.as_second());
    let first = first.or(object.event_time.as_ref().map(|t| t.0.as_second()));
    Some(WarningFacts {
        namespace: told.namespace,
        kind: told.kind,
        object: told.object,
        uid: regarding.uid.clone().unwrap_or_default(),
        reason: told.row.reason,
        message: told.row.message,
        count: told.row.count,
        first: first.unwrap_or(told.row.last),
        last: told.row.last,
    })
}

/// A HorizontalPodAutoscaler, and the StatefulSet that it scales.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HpaFacts {
    pub target: String,
    pub hpa: Hpa,
}

/// A HorizontalPodAutoscaler of a StatefulSet.
pub fn hpa(object: &HorizontalPodAutoscaler) -> Option<HpaFacts> {
    let spec = &object.spec;
    let target = &spec.scale_target_ref;
    (target.kind == "StatefulSet").then(|| HpaFacts {
        target: target.name.clone(),
        hpa: Hpa {
            name: object.metadata.name.clone().unwrap_or_default(),
            min: spec.min_replicas.unwrap_or(1),
            max: spec.max_replicas,
        },
    })
}

/// An event.
pub fn event(object: &Event) -> Option<EventFacts> {
    let regarding = &object.involved_object;
    let (kind, name) = (
        regarding.kind.clone().unwrap_or_default(),
        regarding.name.clone().unwrap_or_default(),
    );
    let series = object.series.as_ref();
    let last = series.and_then(|s| s.last_observed_time.as_ref().map(|t| t.0.as_second()));
    let last = last.or(object.last_timestamp.as_ref().map(|t| t.0.as_second()));
    let last = last.or(object.event_time.as_ref().map(|t| t.0.as_second()));
    Some(EventFacts {
        namespace: object.metadata.namespace.clone()?,
        row: EventRow {
            uid: object.metadata.uid.clone().unwrap_or_default(),
            kind: object.type_.clone().unwrap_or_else(|| "Normal".to_owned()),
            reason: object.reason.clone().unwrap_or_default(),
            object: format!("{kind}/{name}"),
            message: calm(object.message.as_deref().unwrap_or_default()),
            count: series.and_then(|s| s.count).or(object.count).unwrap_or(1),
            last: last.unwrap_or_else(|| created(&object.metadata)),
        },
        container: container(regarding.field_path.as_deref().unwrap_or_default()),
        kind,
        object: name,
    })
}
