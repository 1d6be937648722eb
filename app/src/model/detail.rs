//! The detail page of one StatefulSet, in parts that travel only when they change.
use super::{
    effect::{Scene, Writer},
    facts::{SetFacts, TemplateFacts, ordinals},
    list::SetRow,
    many::Runs,
    ordinals::{OrdinalRow, Whole},
    services::{ServiceFacts, SetService},
    shown::Shown,
    status::{Reason, Status},
};
use serde::{Deserialize, Serialize};

/// What stands above the tabs, and the metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetHead {
    pub row: SetRow,
    pub start: i32,
    pub parallel: bool,
    pub on_delete: bool,
    pub deletes_claims_when_scaled: bool,
    pub current_revision: String,
    pub update_revision: String,
    pub templates: Vec<TemplateFacts>,
    pub service_name: String,
    pub labels: Vec<(String, String)>,
    pub annotations: Vec<(String, String)>,
    pub selector: Vec<(String, String)>,
    pub resource_version: String,
    /// The user may write the `scale` subresource.
    pub may_scale: bool,
    /// The user may create Services in the namespace.
    pub may_add_service: bool,
    /// The user may update Services in the namespace.
    pub may_edit_service: bool,
    /// Since when the status is what it is, seconds since 1970; 0 where nothing tells.
    pub since: i64,
    /// Pods that are available; none where pods may not be read.
    pub available: Option<i32>,
    /// `spec.minReadySeconds`.
    pub min_ready: i32,
    /// The name and UID of a pod that has to be deleted before the controller goes on.
    pub helps: Option<(String, String)>,
    /// Who else writes the set.
    pub writers: Vec<Writer>,
}

impl Default for SetHead {
    fn default() -> Self {
        head(
            &SetFacts::default(),
            super::list::row(&SetFacts::default(), Status::Stopped, Reason::None, vec![]),
            false,
        )
    }
}

/// The Service that the set names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ServiceView {
    /// `spec.serviceName` is empty.
    Unnamed,
    /// Services may not be read.
    Hidden,
    /// The set names it and it does not exist: its pods get no DNS names.
    Missing {
        name: String,
    },
    Found(ServiceFacts),
}

/// An event of the set, its pods or its claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    pub uid: String,
    /// `Normal` or `Warning`.
    pub kind: String,
    pub reason: String,
    /// Such as `Pod/web-0`.
    pub object: String,
    pub message: String,
    pub count: i32,
    /// When it was last seen, seconds since 1970.
    pub last: i64,
}

/// Events that say the same of several objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventGroup {
    /// The newest of them; `count` is that of all.
    pub newest: EventRow,
    /// What they are about, each once, newest first.
    pub objects: Vec<String>,
}

/// A message without the ordinals of the names in it: `web-0` and `web-12` are both `web`.
fn without_ordinals(message: &str) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut out = String::new();
    for piece in message.split_inclusive(|c| !is_name(c)) {
        let name = piece.trim_end_matches(|c| !is_name(c));
        let cut = name.rsplit_once('-').filter(|(front, digits)| {
            !front.is_empty() && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
        });
        out.push_str(cut.map_or(name, |(front, _)| front));
        out.push_str(&piece[name.len()..]);
    }
    out
}

/// Groups events, which are newest first: the same reason, told of objects of one kind in words that differ in ordinals only.
pub fn grouped(events: &[EventRow]) -> Vec<EventGroup> {
    let kind = |event: &EventRow| event.object.split('/').next().map(str::to_owned);
    let alike = |a: &EventRow, b: &EventRow| {
        let same = (&a.kind, &a.reason, kind(a)) == (&b.kind, &b.reason, kind(b));
        same && without_ordinals(&a.message) == without_ordinals(&b.message)
    };
    let mut groups: Vec<EventGroup> = Vec::new();
    for event in events {
        if let Some(group) = groups.iter_mut().find(|g| alike(&g.newest, event)) {
            group.newest.count = group.newest.count.saturating_add(event.count);
            if !group.objects.contains(&event.object) {
                group.objects.push(event.object.clone());
            }
        } else {
            groups.push(EventGroup {
                newest: event.clone(),
                objects: vec![event.object.clone()],
            });
        }
    }
    groups
}

/// The whole page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailView {
    pub head: SetHead,
    /// What effects are reckoned from; none where pods may not be read.
    pub scene: Option<Scene>,
    /// All ordinals together.
    pub whole: Whole,
    /// A window of them.
    pub ordinals: Vec<OrdinalRow>,
    pub service: ServiceView,
    /// All that lead to its pods, by name.
    pub services: Vec<SetService>,
    /// Newest first; none where events may not be read.
    pub events: Option<Vec<EventRow>>,
}

impl Default for DetailView {
    fn default() -> Self {
        Self {
            head: SetHead::default(),
            scene: None,
            whole: Whole::default(),
            ordinals: vec![],
            service: ServiceView::Unnamed,
            services: vec![],
            events: None,
        }
    }
}

/// The parts that changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailDelta {
    pub head: Option<SetHead>,
    pub scene: Option<Option<Scene>>,
    pub whole: Option<Whole>,
    pub ordinals: Option<Vec<OrdinalRow>>,
    pub service: Option<ServiceView>,
    pub services: Option<Vec<SetService>>,
    pub events: Option<Option<Vec<EventRow>>>,
}

impl Shown for DetailView {
    type Change = DetailDelta;
}

impl DetailView {
    /// The ordinals that have a pod; all that are asked for where the pods may not be read.
    pub fn pods(&self) -> Runs {
        let asked = || Runs::range(&ordinals(self.head.start, self.head.row.replicas));
        self.whole.present.clone().unwrap_or_else(asked)
    }

    /// What turns `self` into `newer`; none where nothing changed.
    pub fn delta(&self, newer: &Self) -> Option<DetailDelta> {
        let delta = DetailDelta {
            head: (self.head != newer.head).then(|| newer.head.clone()),
            scene: (self.scene != newer.scene).then(|| newer.scene.clone()),
            whole: (self.whole != newer.whole).then(|| newer.whole.clone()),
            ordinals: (self.ordinals != newer.ordinals).then(|| newer.ordinals.clone()),
            service: (self.service != newer.service).then(|| newer.service.clone()),
            services: (self.services != newer.services).then(|| newer.services.clone()),
            events: (self.events != newer.events).then(|| newer.events.clone()),
        };
        (delta != DetailDelta::default()).then_some(delta)
    }

    /// Applies a delta.
    pub fn apply(&mut self, delta: DetailDelta) {
        self.head = delta.head.unwrap_or_else(|| self.head.clone());
        self.scene = delta.scene.unwrap_or_else(|| self.scene.take());
        self.whole = delta.whole.unwrap_or_else(|| std::mem::take(&mut self.whole));
        self.ordinals = delta
            .ordinals
            .unwrap_or_else(|| std::mem::take(&mut self.ordinals));
        self.service = delta.service.unwrap_or_else(|| self.service.clone());
        self.services = delta
            .services
            .unwrap_or_else(|| std::mem::take(&mut self.services));
        self.events = delta.events.unwrap_or_else(|| self.events.take());
    }
}

/// The head of a set.
pub fn head(set: &SetFacts, row: SetRow, may_scale: bool) -> SetHead {
    let pairs = |map: &std::collections::BTreeMap<String, String>| map.clone().into_iter().collect();
    SetHead {
        row,
        start: set.start,
        parallel: set.parallel,
        on_delete: set.on_delete,
        deletes_claims_when_scaled: set.deletes_claims_when_scaled,
        current_revision: set.current_revision.clone(),
        update_revision: set.update_revision.clone(),
        templates: set.templates.clone(),
        service_name: set.service_name.clone(),
        labels: pairs(&set.labels),
        annotations: pairs(&set.annotations),
        selector: pairs(&set.selector),
        resource_version: set.resource_version.clone(),
        may_scale,
        may_add_service: false,
        may_edit_service: false,
        since: 0,
        available: None,
        min_ready: set.min_ready,
        helps: None,
        writers: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(object: &str, reason: &str, message: &str) -> EventRow {
        EventRow {
            object: object.into(),
            reason: reason.into(),
            message: message.into(),
            count: 2,
            ..EventRow::default()
        }
    }

    #[test]
    fn what_is_said_of_several_pods_is_said_once() {
        let events = [
            event("Pod/web-1", "Pulled", "image of web-1 is there"),
            event("Pod/web-0", "Pulled", "image of web-0 is there"),
            event("Pod/web-0", "Pulled", "image of web-0 is gone"),
            event("StatefulSet/web", "Pulled", "image of web is there"),
            event(
                "StatefulSet/web",
                "Created",
                "Pod web-1 in web, claim \"data-web-1\".",
            ),
            event(
                "StatefulSet/web",
                "Created",
                "Pod web-0 in web, claim \"data-web-0\".",
            ),
            event("Pod/web-1", "Pulled", "image of web-1 is there"),
        ];
        let told: Vec<_> = grouped(&events)
            .into_iter()
            .map(|g| (g.objects.join(" "), g.newest.count))
            .collect();
        let wanted = [
            ("Pod/web-1 Pod/web-0", 6),
            ("Pod/web-0", 2),
            ("StatefulSet/web", 2),
            ("StatefulSet/web", 4),
        ];
        assert_eq!(told, wanted.map(|(o, n)| (o.to_owned(), n)));
    }
}
