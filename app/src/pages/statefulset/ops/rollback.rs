//! Back to an earlier revision: what changes, whether the cluster takes it, what happens to the pods.
use super::{
    ask::{Ask, Button, Terms},
    facts::Rolls,
    state::Ops,
};
use crate::{
    api::{ApiError, ops::roll_back},
    components::{
        callout::{Callout, Tone},
        fault::Fault,
    },
    model::{
        effect::{Course, Hold, Scene},
        ops::RolledBack,
    },
    pages::statefulset::detail::Difference,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

/// Tries it on the server first, by a dry run of the very same write.
#[component]
pub(super) fn RollBack(ops: Ops) -> impl IntoView {
    let revision = use_query_map().read_untracked().get("to").unwrap_or_default();
    let tried = RwSignal::new(None::<Result<RolledBack, ApiError>>);
    let to = revision.clone();
    Effect::new(move || {
        let (shown, to) = (ops.plan.with_value(|p| p.shown.clone()), to.clone());
        spawn_local(async move {
            let answer = roll_back(shown, to, true).await;
            let _ = tried.try_set(Some(answer));
        });
    });
    move || {
        match tried.get() {
        None => view! { <div class="phase"><div class="body"><div class="skeleton" aria-hidden="true"><div><i></i></div></div></div></div> }.into_any(),
        Some(Err(error @ ApiError::NotFound(_))) => view! { <Fault error/> }.into_any(),
        Some(Err(error)) => view! { <Form ops revision=revision.clone() rolled=RolledBack::default() refused=Some(error)/> }.into_any(),
        Some(Ok(rolled)) => view! { <Form ops revision=revision.clone() rolled refused=None/> }.into_any(),
    }
    }
}

#[component]
fn Form(ops: Ops, revision: String, rolled: RolledBack, refused: Option<ApiError>) -> impl IntoView {
    let t = ops.t;
    let short = revision.rsplit('-').next().unwrap_or_default().to_owned();
    let nothing = rolled.changes.is_empty();
    let to = revision.clone();
    let send = Action::new_local(move |(): &()| {
        let (shown, to) = (ops.plan.with_value(|p| p.shown.clone()), to.clone());
        async move { ops.ended(roll_back(shown, to, false).await.map(drop)) }
    });
    let button = Button {
        words: Signal::stored(t.ops_back_button(&short)),
        danger: Signal::stored(false),
        ready: Signal::stored(true),
        busy: send.pending().into(),
        act: Callback::new(move |()| drop(send.dispatch(()))),
        first: true,
    };
    let tried = refused.is_none();
    let to = revision.clone();
    let trap = move || ops.scene(|s| s.edited(&to)).and_then(|(_, after)| forced(&after));
    view! {
        <Ask ops button refused>
            {tried.then(|| view! { <p class="dim">{t.ops_back_tried()}</p> })}
            {if nothing {
                view! { <p class="dim">{t.ops_back_same()}</p> }.into_any()
            } else {
                view! { <Difference changes=rolled.changes.clone()/> }.into_any()
            }}
            {move || trap().map(|pod| view! { <Callout tone=Tone::Warn>{t.ops_back_forced(pod)}</Callout> })}
            <Rolls ops revision/>
            <Terms ops stays=t.ops_back_stays().to_owned() undo=t.ops_back_undo().to_owned() right="update statefulsets.apps"/>
        </Ask>
    }
}

/// The pod for which the controller waits whatever the template says: it has to be deleted too ("forced rollback" in
/// <https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/>).
fn forced(scene: &Scene) -> Option<String> {
    let wait = Course::of(scene)
        .waits()
        .find(|w| w.hold == Some(Hold::Outdated))?;
    Some(scene.pod(wait.ordinal))
}
