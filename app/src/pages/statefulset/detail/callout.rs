//! What is wrong, what Kubernetes does about it by itself, and what helps.
use crate::{
    api::delete::delete_objects,
    components::{
        callout::{Callout, Tone},
        status::why,
        writers,
    },
    model::{
        delete::{Kind, Propagation, Target},
        detail::DetailView,
        status::{Reason, Status},
    },
    paths,
    state::toasts::use_toasts,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// What a call-out says.
#[derive(Clone, PartialEq)]
pub(super) struct Told {
    tone: Tone,
    lead: String,
    /// Each with its name.
    rows: Vec<(&'static str, String)>,
    /// The one pod whose deletion helps.
    pod: Option<Target>,
    /// The pod whose last words say more, by its name and where they are.
    words: Option<(String, String)>,
}

impl Told {
    /// Nothing is wrong.
    pub(super) fn is_calm(&self) -> bool {
        self.tone == Tone::Info
    }
}

/// The call-out of a set; none where all is well and nobody else writes it.
pub(super) fn told(t: Texts, view: &DetailView) -> Option<Told> {
    trouble(t, view).or_else(|| others(t, view))
}

fn trouble(t: Texts, view: &DetailView) -> Option<Told> {
    let (head, row) = (&view.head, &view.head.row);
    let rolling = head.current_revision != head.update_revision;
    let order = match (head.parallel, rolling) {
        (true, _) => t.detail_stuck_parallel(),
        (false, true) => t.detail_stuck_ordered(),
        (false, false) => t.detail_ordered_waits(),
    };
    let cannot = || match rolling {
        true => t.detail_stuck_rollout().to_owned(),
        false => t.detail_stuck_start(&row.name),
    };
    let (cause, itself, helps) = (t.detail_row_cause(), t.detail_row_itself(), t.detail_row_helps());
    let (tone, lead, rows) = match (&row.status, &row.reason) {
        (Status::Stuck { pod }, Reason::Pod { state, message }) => {
            let said = format!("{} {message}", t.detail_stuck_pod(pod, state));
            (
                Tone::Bad,
                cannot(),
                vec![(cause, said), (itself, order.to_owned())],
            )
        }
        (Status::Stuck { pod }, reason @ (Reason::Outdated { .. } | Reason::OutOfTurn { .. })) => {
            let (stays, help) = match reason {
                Reason::Outdated { .. } => (
                    t.detail_outdated_itself(pod),
                    t.detail_outdated_helps(pod, &head.update_revision),
                ),
                _ => (t.detail_turn_itself(pod), t.detail_turn_helps(pod)),
            };
            (Tone::Bad, why(t, reason), vec![(itself, stays), (helps, help)])
        }
        (Status::Stuck { pod } | Status::Refused { pod }, Reason::Warning { reason, message }) => {
            let said = t.why_pod(reason, message);
            (
                Tone::Bad,
                t.detail_refused(pod),
                vec![(cause, said), (itself, t.detail_retried().to_owned())],
            )
        }
        (Status::Held { .. } | Status::Deleting, reason @ Reason::Finalizer { object, name }) => {
            let help = t.detail_finalizer_helps(name, object);
            let rows = vec![(itself, t.detail_finalizer_itself().to_owned()), (helps, help)];
            (Tone::Warn, why(t, reason), rows)
        }
        (Status::Held { .. } | Status::Deleting, reason @ Reason::Terminating { .. }) => {
            let rows = vec![(itself, t.detail_finalizer_itself().to_owned())];
            (Tone::Warn, why(t, reason), rows)
        }
        (Status::Degraded { .. }, reason @ (Reason::NodeLost { pod, .. } | Reason::SeemsLost { pod })) => {
            (Tone::Warn, why(t, reason), vec![(itself, t.detail_lost(pod))])
        }
        (Status::Degraded { .. }, reason @ Reason::NotReady { .. }) => {
            (Tone::Warn, why(t, reason), vec![(itself, order.to_owned())])
        }
        _ => return None,
    };
    let pod = head.helps.as_ref().map(|(name, uid)| Target {
        kind: Kind::Pod,
        namespace: row.namespace.clone(),
        name: name.clone(),
        uid: uid.clone(),
    });
    let words = match (&row.status, &row.reason) {
        (Status::Stuck { pod }, Reason::Pod { .. }) => {
            Some((pod.clone(), paths::logs_of(&row.namespace, pod, "", false)))
        }
        _ => None,
    };
    Some(Told {
        tone,
        lead,
        rows: rows.into_iter().chain(writers_of(t, view)).collect(),
        pod,
        words,
    })
}

fn writers_of(t: Texts, view: &DetailView) -> Vec<(&'static str, String)> {
    let writers = view.head.writers.iter();
    writers
        .map(|w| (t.detail_row_writer(), writers::of_set(t, w)))
        .collect()
}

fn others(t: Texts, view: &DetailView) -> Option<Told> {
    let rows = writers_of(t, view);
    (!rows.is_empty()).then(|| Told {
        tone: Tone::Info,
        lead: t.detail_others().to_owned(),
        rows,
        pod: None,
        words: None,
    })
}

/// Draws it.
#[component]
pub(super) fn Trouble(told: Memo<Option<Told>>) -> impl IntoView {
    let t = use_texts();
    move || {
        told.get().map(
            |Told {
                 tone,
                 lead,
                 rows,
                 pod,
                 words,
             }| {
                let row = |(name, words)| view! { <dt>{name}</dt><dd>{words}</dd> };
                view! {
                    <Callout tone>
                        <b>{lead}</b>
                        <dl class="rows">{rows.into_iter().map(row).collect_view()}</dl>
                        {words.map(|(pod, href)| view! { <a class="btn" href=href>{t.detail_last_words(pod)}</a> })}
                        {pod.map(|pod| view! { <DeletePod pod/> })}
                    </Callout>
                }
            },
        )
    }
}

/// Deletes the one pod, by its UID.
#[component]
fn DeletePod(pod: Target) -> impl IntoView {
    let (t, toasts) = (use_texts(), use_toasts());
    let name = pod.name.clone();
    let delete = Action::new(move |target: &Target| {
        let target = target.clone();
        async move {
            let name = target.name.clone();
            match delete_objects(vec![target], Propagation::default()).await {
                Ok(done) if done.iter().all(crate::model::delete::Done::is_gone) => {
                    toasts.done(t.detail_pod_deleted(name));
                }
                Ok(_) => toasts.failed(t.detail_pod_stays(name, "")),
                Err(error) => toasts.failed(t.detail_pod_stays(name, error)),
            }
        }
    });
    let busy = delete.pending();
    view! {
        <button type="button" class="btn danger js-only writes" disabled=move || busy.get() on:click=move |_| { delete.dispatch(pod.clone()); }>
            {t.page_delete_object(&name)}
        </button>
    }
}
