//! It was sent: how far it is, ordinal by ordinal. The controller does it, with or without this page.
use super::state::{Ops, What};
use crate::{
    components::{
        callout::{Callout, Tone},
        dialog::close,
        strip::Strip,
    },
    model::{
        effect::{Course, Scene},
        many::whole,
        status::Status,
    },
    pages::statefulset::detail::hold,
    paths,
    texts::{Texts, grouped},
};
use leptos::prelude::*;

/// So many of so many are as asked for.
fn share(scene: &Scene, what: What) -> (i64, i64) {
    let wanted = scene.wanted();
    let there = scene.pods.range(wanted.clone()).filter(|(_, p)| !p.going);
    if what == What::Stop || wanted.is_empty() {
        return (0, whole(scene.pods.len()));
    }
    let is_new = |ordinal: &i64| !scene.is_outdated(*ordinal);
    let good =
        there.filter(|(ordinal, pod)| pod.health <= crate::model::effect::Health::Ready && is_new(ordinal));
    (whole(good.count()), wanted.end - wanted.start)
}

fn words(t: Texts, scene: &Scene, what: What) -> String {
    let (done, all) = share(scene, what);
    if what == What::Stop || scene.replicas == 0 {
        return t.delete_wait_left(all);
    }
    t.ops_progress(all, grouped(done))
}

/// What keeps it from going on by itself.
fn stuck(t: Texts, scene: &Scene) -> Option<String> {
    let course = Course::of(scene);
    let wait = course.waits().find(|w| w.hold.is_some())?;
    hold(t, scene, &wait)
}

/// The strip, how far it is, what it waits for in vain, and that it may be closed.
#[component]
pub(super) fn Progress(ops: Ops) -> impl IntoView {
    let t = ops.t;
    let cells = Signal::derive(move || ops.view.read().head.row.cells.clone());
    let partition = Signal::derive(move || ops.view.read().head.row.partition);
    let over = move || {
        ops.view.with(|v| {
            let calm = matches!(
                v.head.row.status,
                Status::Running | Status::Stopped | Status::CanaryHeld { .. } | Status::UpdateHeld
            );
            calm && ops.version.with_value(|sent| *sent != v.head.resource_version)
        })
    };
    let said = move || {
        if over() {
            return t.ops_over().to_owned();
        }
        let told = ops.view.with(|v| v.scene.as_ref().map(|s| words(t, s, ops.what)));
        told.unwrap_or_else(|| t.ops_sent().to_owned())
    };
    let held = move || {
        ops.view
            .with(|v| v.scene.as_ref().and_then(|s| stuck(t, s)))
            .filter(|_| !over())
    };
    let (namespace, name) = ops
        .plan
        .with_value(|p| (p.shown.namespace.clone(), p.shown.name.clone()));
    let start = paths::set_do(&namespace, &name, "start");
    view! {
        <div class="phase">
            <div class="body">
                <Strip name=ops.name() cells partition big=true/>
                <p role="status">{said}</p>
                {move || held().map(|words| view! { <Callout tone=Tone::Warn>{words}</Callout> })}
                <p class="dim sm">{t.ops_closable()}</p>
            </div>
            <footer>
                {(ops.what == What::Stop).then(|| view! { <a class="btn" href=start>{t.ops_start_again()}</a> })}
                <button type="button" class="btn primary" on:click=|e| close(&e)>{t.frame_close()}</button>
            </footer>
        </div>
    }
}
