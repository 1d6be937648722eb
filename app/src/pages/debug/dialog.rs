//! The dialog: what is added, what it may do, what comes of it, and what the cluster says to it before it is asked.
use super::{profiles::Profiles, progress::Progress, state::Debug};
use crate::{
    api::{ApiError, pods::add_debug},
    components::{
        callout::{Callout, Tone},
        dialog::{Modal, close as close_dialog},
        fault::Fault,
        form::PlainField,
        icon::{Icon, IconName},
    },
    model::pod::debug::{Wanted, image},
    texts::use_texts,
};
use leptos::{ev, prelude::*};

/// The dialog for a pod and one of its containers.
#[component]
pub(super) fn Dialog(wanted: Wanted, close: Callback<()>) -> impl IntoView {
    let debug = Debug::of(wanted, close);
    debug.ask();
    let title = Signal::stored(debug.t.debug_title(debug.pod().1));
    let planned = Memo::new(move |_| debug.plan.read().is_some());
    // Once there is a form it stays, with what is typed, also where the next question has no answer.
    let fault = Memo::new(move |_| debug.fault.get().filter(|_| !planned.get()));
    let body = move || match (debug.added.get(), planned.get(), fault.get()) {
        (Some(name), ..) => view! { <Progress debug name/> }.into_any(),
        (None, true, _) => view! { <Form debug/> }.into_any(),
        (None, false, Some(error)) => view! { <Fault error/> }.into_any(),
        (None, false, None) => view! {
            <div class="phase"><div class="body">
                <div class="skeleton" aria-hidden="true"><div><i></i></div></div>
            </div></div>
        }
        .into_any(),
    };
    view! { <Modal title may_close=Callback::new(|()| true) on_close=close>{body}</Modal> }
}

#[component]
fn Form(debug: Debug) -> impl IntoView {
    let t = debug.t;
    let (_, pod) = debug.pod();
    let trouble = RwSignal::new(None::<ApiError>);
    let named = Memo::new(move |_| debug.typed.with(|typed| image(typed).map(str::to_owned)));
    let cannot = move || {
        debug.plan.with(|plan| {
            let plan = plan.as_ref();
            plan.is_none_or(|p| p.exec.is_some() || p.refusal(debug.profile()).is_some())
        }) || debug.is_anew()
    };
    let add = Action::new(move |image: &String| {
        let wanted = untrack(|| debug.wanted(image.clone(), debug.profile()));
        let uid = debug.uid.get_value();
        trouble.set(None);
        async move {
            // The dialog may have been closed meanwhile.
            let _ = match add_debug(wanted, uid).await {
                Ok(name) => debug.added.try_set(Some(name)).map(drop),
                Err(error) => trouble.try_set(Some(error)).map(drop),
            };
        }
    });
    let off = Memo::new(move |_| cannot() || named.read().is_none() || add.pending().get());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Some(image) = named.get_untracked().filter(|_| !off.get_untracked()) {
            add.dispatch(image);
        }
    };
    let said = move |head: &'static str, error: ApiError| {
        view! { <Callout tone=Tone::Bad><b>{head}</b>" "<span class="mono">{error.words()}</span></Callout> }
    };
    let everything = move || debug.plan.with(|p| p.as_ref().and_then(|p| p.refused().cloned()));
    let shell = move || debug.plan.with(|p| p.as_ref().and_then(|p| p.exec.clone()));
    let (anew, button) = (StoredValue::new(t.pod_act_anew(&pod)), t.debug_add(&pod));
    view! {
        <form class="phase" on:submit=submit>
            <div class="body">
                <What debug/>
                <Profiles debug/>
                {move || everything().map(|error| said(t.pod_act_not_allowed(), error))}
                {move || shell().map(|error| said(t.debug_no_exec(), error))}
                {move || debug.fault.get().map(|error| said(t.debug_not_asked(), error))}
                {move || debug.is_anew().then(|| view! { <Callout tone=Tone::Warn>{anew.get_value()}</Callout> })}
                <Effect pod/>
                {move || trouble.get().map(|error| said(t.pod_act_refused(), error))}
            </div>
            <footer>
                <button type="button" class="btn" on:click=|e| close_dialog(&e)>{t.page_cancel()}</button>
                <button class="btn primary" disabled=move || off.get()>{button}</button>
            </footer>
        </form>
    }
}

/// What it looks at, and what is in it.
#[component]
fn What(debug: Debug) -> impl IntoView {
    let t = debug.t;
    let targets = Memo::new(move |_| {
        let all = debug
            .plan
            .with(|p| p.as_ref().map(|p| p.targets.clone()).unwrap_or_default());
        let named = all.into_iter().map(|name| (name.clone(), name));
        let none = (String::new(), t.debug_target_none().to_owned());
        named.chain([none]).collect::<Vec<_>>()
    });
    let option = move |(value, words): (String, String)| {
        let chosen = value.clone();
        view! { <option value=value selected=move || *debug.target.read() == chosen>{words}</option> }
    };
    let image_help = Signal::derive(move || {
        let good = debug.typed.with(|typed| image(typed).is_some());
        let words = if good {
            t.debug_image_help()
        } else {
            t.debug_image_none()
        };
        words.to_owned()
    });
    // The cluster is asked about an image once it is written to its end.
    let written = move |_| {
        if let Some(image) = debug
            .typed
            .with_untracked(|typed| image(typed).map(str::to_owned))
        {
            debug.asked.set(image);
        }
    };
    view! {
        <div class="field">
            <label for="debug-target">{t.debug_target()}</label>
            <span class="in select">
                <select id="debug-target" aria-describedby="debug-target-note" prop:value=move || debug.target.get()
                    on:change=move |e| debug.target.set(event_target_value(&e))>
                    {move || targets.get().into_iter().map(option).collect_view()}
                </select>
                <Icon name=IconName::ChevronDown/>
            </span>
            <p class="dimmer sm" id="debug-target-note">{t.debug_target_help()}</p>
        </div>
        <div on:change=written>
            <PlainField id="debug-image" label=t.debug_image().to_owned() value=debug.typed help=image_help/>
        </div>
    }
}

/// What comes, what stays, and what it takes.
#[component]
fn Effect(pod: String) -> impl IntoView {
    let t = use_texts();
    let (stays, untouched) = (t.debug_for_good(&pod), t.debug_untouched(&pod));
    view! {
        <Callout tone=Tone::Warn>{stays}</Callout>
        <ul>
            <li>{untouched}</li>
            <li>{t.debug_seen()}</li>
            <li>{t.debug_uses()}</li>
            <li>{t.debug_rights()}</li>
        </ul>
    }
}
