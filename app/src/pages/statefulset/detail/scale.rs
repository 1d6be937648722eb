//! The replicas: −, + and a typed number, with the effect before the click.
use crate::{
    api::sets::scale_set,
    components::{
        icon::{Icon, IconName},
        names::told,
    },
    model::{
        detail::DetailView,
        many::Many,
        scale::{MAX_REPLICAS, effect, parse},
    },
    state::toasts::use_toasts,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// The control in the head. Nothing is sent before the effect was shown and its button pressed.
#[component]
pub fn Scale(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let asked = Memo::new(move |_| view.read().head.row.replicas);
    let typed = RwSignal::new(None::<String>);
    let text = move || typed.get().unwrap_or_else(|| asked.get().to_string());
    let target = Memo::new(move |_| parse(&text()));
    let step = move |by: i32| {
        let now = target.get_untracked().unwrap_or(asked.get_untracked());
        let to = now.saturating_add(by).clamp(0, MAX_REPLICAS);
        typed.set((to != asked.get_untracked()).then(|| to.to_string()));
    };
    let may = move || view.read().head.may_scale;
    let refused = move || (!may()).then(|| t.scale_forbidden());
    // Room for each digit: one that is cut off would be another number.
    let width = move || format!("{}ch", text().chars().count().clamp(3, 11) + 2);
    let bad = move || typed.read().is_some() && target.get().is_none();
    let most = move || target.get().unwrap_or(asked.get()) >= MAX_REPLICAS;
    view! {
        <div class="scale js-only" title=refused>
            <div class="chip stepper" role="group" aria-label=t.scale_label()>
                <button type="button" class="btn ghost icon small" aria-label=t.scale_fewer() on:click=move |_| step(-1)
                    disabled=move || !may() || target.get() == Some(0)><Icon name=IconName::Minus/></button>
                <input class="num" inputmode="numeric" autocomplete="off" aria-label=t.scale_label() aria-invalid=move || bad().then_some("true")
                    style:width=width prop:value=text value=text disabled=move || !may() on:input=move |e| typed.set(Some(event_target_value(&e)))
                    on:keydown=move |e| if e.key() == "Escape" { typed.set(None) }/>
                <button type="button" class="btn ghost icon small" aria-label=t.scale_more() on:click=move |_| step(1) disabled=move || !may() || most()>
                    <Icon name=IconName::Plus/></button>
            </div>
            <Show when=move || typed.read().is_some() && target.get() != Some(asked.get())>
                <Effect view target typed/>
            </Show>
        </div>
        <noscript><span class="dim num">{t.scale_label()}": "{move || asked.get()}</span></noscript>
    }
}

fn lines(t: Texts, view: &DetailView, to: i32) -> Vec<String> {
    let effect = effect(view, to);
    let line = |names: &Many<String>, say: &dyn Fn(String) -> String| {
        (!names.is_empty()).then(|| say(told(t, names)))
    };
    let all = (to == 0).then(|| t.scale_all_stop(&view.head.row.name));
    all.into_iter()
        .chain(line(&effect.starts, &|n| t.scale_starts(n)))
        .chain(line(&effect.reuses, &|n| t.scale_reuses(n)))
        .chain(line(&effect.stops, &|n| t.scale_stops(n)))
        .chain((effect.absent > 0).then(|| t.scale_absent(effect.absent)))
        .chain(line(&effect.claims_stay, &|n| t.scale_claims_stay(n)))
        .chain(line(&effect.claims_go, &|n| t.scale_claims_go(n)))
        .chain(effect.blocked_by.map(|pod| t.scale_blocked(pod)))
        .collect()
}

/// What will happen, and the button that makes it happen.
#[component]
fn Effect(
    view: Signal<DetailView>,
    target: Memo<Option<i32>>,
    typed: RwSignal<Option<String>>,
) -> impl IntoView {
    let (t, toasts) = (use_texts(), use_toasts());
    let scale = Action::new(move |to: &i32| {
        let (to, (namespace, name, uid)) = (
            *to,
            view.with_untracked(|v| {
                (
                    v.head.row.namespace.clone(),
                    v.head.row.name.clone(),
                    v.head.row.uid.clone(),
                )
            }),
        );
        async move {
            match scale_set(namespace, name.clone(), uid, to).await {
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
                Some(to) => view! {
                    <ul>{view.with(|v| lines(t, v, to)).into_iter().map(|l| view! { <li>{l}</li> }).collect_view()}</ul>
                    <button type="button" class="btn primary" disabled=move || busy.get() on:click=move |_| { scale.dispatch(to); }>
                        {t.scale_to(name(), to)}
                    </button>
                }.into_any(),
            }}
            <button type="button" class="btn ghost" on:click=move |_| typed.set(None)>{t.scale_cancel()}</button>
        </div>
    }
}
