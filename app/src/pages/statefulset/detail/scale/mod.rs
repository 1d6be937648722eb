//! The replicas: −, + and a typed number, with the effect before the click.
mod plan;

use crate::{
    api::sets::scale_set,
    components::icon::{Icon, IconName},
    model::{
        detail::DetailView,
        effect::{Course, MAX_REPLICAS, replicas},
    },
    state::toasts::use_toasts,
    texts::use_texts,
};
use leptos::{html, prelude::*};
use plan::losses;
pub(in crate::pages::statefulset) use plan::{Plan, course, hold};

/// The control in the head. Nothing is sent before the effect was shown and its button pressed.
#[component]
pub fn Scale(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let asked = Memo::new(move |_| view.read().head.row.replicas);
    let typed = RwSignal::new(None::<String>);
    let text = move || typed.get().unwrap_or_else(|| asked.get().to_string());
    let target = Memo::new(move |_| replicas(&text()));
    let step = move |by: i32| {
        let now = target.get_untracked().unwrap_or(asked.get_untracked());
        let to = now.saturating_add(by).clamp(0, MAX_REPLICAS);
        typed.set((to != asked.get_untracked()).then(|| to.to_string()));
    };
    let (field, button) = (NodeRef::<html::Input>::new(), NodeRef::<html::Button>::new());
    // Enter acts where nothing is lost, and else only goes to the button, which names the loss.
    let enter = move || {
        let Some(button) = button.get_untracked() else {
            return;
        };
        if lost(view, target.get_untracked()) > 0 {
            _ = button.focus();
        } else {
            button.click();
        }
    };
    let keys = move |e: leptos::ev::KeyboardEvent| match e.key().as_str() {
        "Escape" if typed.read_untracked().is_some() => {
            typed.set(None);
            if let Some(field) = field.get_untracked() {
                _ = field.focus();
            }
        }
        "Enter"
            if field
                .get_untracked()
                .is_some_and(|f| e.target() == Some((*f).clone().into())) =>
        {
            enter()
        }
        _ => {}
    };
    let may = move || view.read().head.may_scale;
    let refused = move || (!may()).then(|| t.scale_forbidden());
    // Room for each digit: one that is cut off would be another number.
    let width = move || format!("{}ch", text().chars().count().clamp(3, 11) + 2);
    let bad = move || typed.read().is_some() && target.get().is_none();
    let most = move || target.get().unwrap_or(asked.get()) >= MAX_REPLICAS;
    view! {
        <div class="scale js-only" title=refused on:keydown=keys>
            <div class="chip stepper" role="group" aria-label=t.scale_label()>
                <button type="button" class="btn ghost icon small" aria-label=t.scale_fewer() on:click=move |_| step(-1)
                    disabled=move || !may() || target.get() == Some(0)><Icon name=IconName::Minus/></button>
                <input node_ref=field class="num" inputmode="numeric" autocomplete="off" aria-label=t.scale_label() aria-invalid=move || bad().then_some("true")
                    style:width=width prop:value=text value=text disabled=move || !may() on:input=move |e| typed.set(Some(event_target_value(&e)))/>
                <button type="button" class="btn ghost icon small" aria-label=t.scale_more() on:click=move |_| step(1) disabled=move || !may() || most()>
                    <Icon name=IconName::Plus/></button>
            </div>
            <Show when=move || typed.read().is_some() && target.get() != Some(asked.get())>
                <Effect view target typed button/>
            </Show>
        </div>
        <noscript><span class="dim num">{t.scale_label()}": "{move || asked.get()}</span></noscript>
    }
}

/// How many claims go with what is in them.
pub(in crate::pages::statefulset) fn lost(view: Signal<DetailView>, to: Option<i32>) -> i64 {
    let scaled = to.and_then(|to| view.with_untracked(|v| Some(v.scene.as_ref()?.scaled(to))));
    scaled.map_or(0, |scene| losses(&Course::of(&scene)))
}

/// What will happen, and the button that makes it happen.
#[component]
fn Effect(
    view: Signal<DetailView>,
    target: Memo<Option<i32>>,
    typed: RwSignal<Option<String>>,
    button: NodeRef<html::Button>,
) -> impl IntoView {
    let (t, toasts) = (use_texts(), use_toasts());
    let scale = Action::new(move |to: &i32| {
        let (to, row) = (*to, view.with_untracked(|v| v.head.row.clone()));
        async move {
            let name = row.name.clone();
            match scale_set(row.namespace, row.name, row.uid, Some(row.replicas), to).await {
                Ok(now) => {
                    typed.set(None);
                    toasts.done(t.scale_asked(name, now));
                }
                Err(error) => toasts.failed(t.scale_failed(name, error)),
            }
        }
    });
    let name = move || view.with(|v| v.head.row.name.clone());
    let busy = scale.pending();
    view! {
        <div class="pop effect" role="group" aria-live="polite">
            {move || match target.get() {
                None => view! { <p class="err"><Icon name=IconName::Alert/>{t.scale_invalid(MAX_REPLICAS)}</p> }.into_any(),
                Some(to) => view! { <Plan view to/> }.into_any(),
            }}
            <footer class="row">
                <button type="button" class="btn ghost" on:click=move |_| typed.set(None)>{t.page_cancel()}</button>
                {move || target.get().map(|to| {
                    let goes = lost(view, Some(to));
                    let words = if goes > 0 { t.scale_to_losing(goes, name(), to) } else { t.scale_to(name(), to) };
                    view! {
                        <button node_ref=button type="button" class="btn" class:primary=goes == 0 class:danger=move || { goes > 0 }
                            disabled=move || busy.get() on:click=move |_| { scale.dispatch(to); }>{words}</button>
                    }
                })}
            </footer>
        </div>
    }
}
