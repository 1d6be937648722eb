//! What a change of the template does to the pods, in words.
use super::state::Ops;
use crate::{
    components::names::told,
    model::{
        effect::Scene,
        many::{Many, NAMES},
    },
    pages::statefulset::detail::course,
};
use leptos::prelude::*;

/// The course of a change of the template; under `OnDelete` that nothing happens by itself.
#[component]
pub(super) fn Rolls(
    ops: Ops,
    /// The revision that the template becomes.
    #[prop(into)]
    revision: Signal<String>,
) -> impl IntoView {
    let t = ops.t;
    move || {
        let head = ops
            .view
            .with(|v| (v.head.on_delete, v.head.row.replicas, v.head.templates.clone()));
        let (on_delete, replicas, templates) = head;
        if on_delete {
            return view! { <p class="held">{t.ops_on_delete()}</p> }.into_any();
        }
        if replicas == 0 {
            return view! { <p class="dim">{t.ops_no_pods()}</p> }.into_any();
        }
        let revision = revision.get();
        let Some((_, after)) = ops.scene(|s| s.edited(&revision)) else {
            return view! { <p class="dim">{t.why_hidden()}</p> }.into_any();
        };
        let size = |n: usize| templates.get(n).map(|c| c.size.clone()).unwrap_or_default();
        let spared = spared(&after);
        let spared =
            (!spared.is_empty()).then(|| t.ops_partition(spared.all(), told(t, &spared), after.partition));
        view! {
            {course(t, &after, size)}
            {spared.map(|words| view! { <p class="held">{words}</p> })}
        }
        .into_any()
    }
}

/// The pods below the partition: no rollout reaches them.
fn spared(scene: &Scene) -> Many<String> {
    let below = scene.wanted().start..scene.boundary().min(scene.wanted().end);
    let pods: Vec<String> = scene
        .pods
        .range(below)
        .map(|(ordinal, _)| scene.pod(*ordinal))
        .collect();
    Many::of(pods, NAMES)
}
