//! Restart: all pods after the update strategy, or one of them.
use super::{
    ask::{Ask, Button, Terms},
    facts::Rolls,
    one::OneByOne,
    state::Ops,
};
use crate::{
    api::ops::operate,
    components::dialog::close,
    model::{effect::NEW_REVISION, ops::Op},
};
use leptos::prelude::*;

/// Under `OnDelete` a new template starts nothing, so the pods are offered one by one.
#[component]
pub(super) fn Restart(ops: Ops) -> impl IntoView {
    let t = ops.t;
    if ops.view.with_untracked(|v| v.head.on_delete) {
        return view! {
            <div class="phase">
                <div class="body"><p>{t.ops_restart_on_delete()}</p><OneByOne ops/></div>
                <footer><button type="button" class="btn" on:click=|e| close(&e)>{t.frame_close()}</button></footer>
            </div>
        }
        .into_any();
    }
    let send = Action::new_local(move |(): &()| {
        let shown = ops.plan.with_value(|p| p.shown.clone());
        async move { ops.ended(operate(shown, Op::Restart).await.map(drop)) }
    });
    let button = Button {
        words: Signal::stored(t.ops_restart_title(ops.name())),
        danger: Signal::stored(false),
        ready: Signal::derive(move || ops.view.read().head.row.replicas > 0),
        busy: send.pending().into(),
        act: Callback::new(move |()| drop(send.dispatch(()))),
        first: true,
    };
    view! {
        <Ask ops button refused=ops.plan.with_value(|p| p.refused.clone())>
            <Rolls ops revision=NEW_REVISION.to_owned()/>
            <Terms ops stays=t.ops_restart_stays().to_owned() undo=t.ops_restart_undo().to_owned() right="patch statefulsets.apps"/>
            <details><summary>{t.ops_one_only()}</summary><OneByOne ops/></details>
        </Ask>
    }
    .into_any()
}
