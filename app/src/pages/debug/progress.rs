//! It was added: how far it is, until a shell can be opened in it.
use super::state::Debug;
use crate::{
    api::ApiError,
    components::{
        callout::{Callout, Tone},
        dialog::close as close_dialog,
    },
    model::{
        live::Topic,
        pod::debug::{Stage, stage},
        terminal::Run,
    },
    pages::pod::follow,
    state::terminals::use_terminals,
};
use leptos::prelude::*;

/// Follows the pod, and opens the terminal as soon as the container runs.
#[component]
pub(super) fn Progress(debug: Debug, name: String) -> impl IntoView {
    let (t, terminals) = (debug.t, use_terminals());
    let (namespace, pod) = debug.pod();
    let (view, fault) = (RwSignal::new(None), RwSignal::new(None));
    let topic = Topic::Pod {
        namespace: namespace.clone(),
        name: pod.clone(),
    };
    follow(view, fault, topic, None);
    let container = name.clone();
    let far = Memo::new(move |_| {
        let uid = debug.uid.get_value();
        view.with(|v| v.as_ref().map_or(Stage::Coming, |v| stage(v, &uid, &container)))
    });
    let place = (namespace, pod.clone(), name.clone());
    Effect::new(move || {
        if *far.read() == Stage::Running {
            let (namespace, pod, container) = &place;
            terminals.open(namespace, pod, container, Run::Shell);
            debug.done();
        }
    });
    let said = move || {
        if let Some(error) = fault.get() {
            let words = ApiError::words(&error);
            return view! { <Callout tone=Tone::Bad>{words}</Callout> }.into_any();
        }
        match far.get() {
            Stage::Coming | Stage::Running => {
                let words = t.debug_coming(&name);
                view! { <p role="status">{words}</p> }.into_any()
            }
            Stage::Stuck { reason, words } => {
                let head = t.debug_stuck(&name, reason);
                view! { <Callout tone=Tone::Bad><b>{head}</b>" "<span class="mono">{words}</span></Callout> }
                    .into_any()
            }
            Stage::Ended(code) => {
                let words = t.debug_ended(&name, code);
                view! { <Callout tone=Tone::Bad>{words}</Callout> }.into_any()
            }
            Stage::Replaced => {
                let words = t.debug_replaced(&pod, &name);
                view! { <Callout tone=Tone::Warn>{words}</Callout> }.into_any()
            }
        }
    };
    view! {
        <div class="phase">
            <div class="body">{said}<p class="dim sm">{t.debug_waits()}</p></div>
            <footer>
                <button type="button" class="btn" on:click=|e| close_dialog(&e)>{t.frame_close()}</button>
            </footer>
        </div>
    }
}
