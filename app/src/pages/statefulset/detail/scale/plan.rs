//! What a new number of replicas does, pod by pod in the controller's order.
use crate::{
    components::{names::told, writers},
    model::{
        detail::DetailView,
        effect::{Act, ClaimFate, ClaimState, Course, Fate, Hold, Scene, Step, Until, Wait},
        many::{Many, NAMES},
    },
    texts::{Texts, grouped, use_texts},
};
use leptos::prelude::*;

/// Steps that are shown one by one.
const STEPS: usize = 8;

/// The claims that a course deletes with what is in them.
pub(super) fn losses(course: &Course) -> i64 {
    let claims = course.steps.iter().flat_map(|s| &s.claims);
    let lost = claims.filter(|c| c.fate == Fate::Goes && c.state == Some(ClaimState::Bound));
    crate::model::many::whole(lost.count())
}

/// A wait that does not end by itself, and what helps.
pub fn hold(t: Texts, scene: &Scene, wait: &Wait) -> Option<String> {
    let pod = scene.pod(wait.ordinal);
    Some(match wait.hold? {
        Hold::Unready => t.scale_hold_unready(pod),
        Hold::Failing => t.scale_hold_failing(pod),
        Hold::Outdated => t.scale_hold_outdated(pod),
        Hold::OutOfTurn => t.scale_hold_out_of_turn(pod),
        Hold::Kept => t.scale_hold_kept(pod),
    })
}

/// What happens to the pod of a step, and after what.
fn act(t: Texts, scene: &Scene, step: &Step) -> String {
    let does = match step.act {
        Act::Start => t.scale_step_starts(),
        Act::Stop => t.scale_step_stops(),
        Act::Replace => t.scale_step_replaced(),
        Act::Remake => t.scale_step_remade(),
    };
    let after = step.waits.last().map(|wait| {
        let pod = scene.pod(wait.ordinal);
        match wait.until {
            Until::Gone => t.scale_after_gone(pod),
            Until::Ready => t.scale_after_ready(pod),
            Until::Available => t.scale_after_available(pod),
        }
    });
    [does.to_owned()]
        .into_iter()
        .chain(after)
        .collect::<Vec<_>>()
        .join(" ")
}

fn fate(t: Texts, claim: &ClaimFate) -> (&'static str, &'static str) {
    match (claim.fate, claim.state) {
        (Fate::New, _) => ("new", t.scale_claim_new()),
        (Fate::TakenUp, Some(ClaimState::Unbound)) => ("stays", t.scale_claim_taken_empty()),
        (Fate::TakenUp, _) => ("stays", t.scale_claim_taken()),
        (Fate::Awaited, _) => ("new", t.scale_claim_awaited()),
        (Fate::Stays, Some(ClaimState::Foreign)) => ("stays", t.scale_claim_foreign()),
        (Fate::Stays, _) => ("stays", t.scale_claim_stays()),
        (Fate::Goes, Some(ClaimState::Unbound)) => ("goes", t.scale_claim_goes_empty()),
        (Fate::Goes, _) => ("goes", t.scale_claim_goes()),
    }
}

fn row(t: Texts, scene: &Scene, step: &Step, size: impl Fn(usize) -> String) -> impl IntoView {
    let claim = |claim: &ClaimFate| {
        let (class, words) = fate(t, claim);
        let (name, size) = (claim.name.clone(), size(claim.template));
        view! { <li class=class><span class="mono">{name}</span>" "<span class="num dim">{size}</span>" "<b>{words}</b></li> }
    };
    let holds = step.waits.iter().filter_map(|w| hold(t, scene, w));
    view! {
        {holds.map(|words| view! { <li class="hold">{words}</li> }).collect_view()}
        <li>
            <b>{scene.pod(step.ordinal)}</b>" "<span class="dim">{act(t, scene, step)}</span>
            {(!step.claims.is_empty()).then(|| view! { <ul>{step.claims.iter().map(claim).collect_view()}</ul> })}
        </li>
    }
}

/// The plan for `to` replicas.
#[component]
pub(in crate::pages::statefulset) fn Plan(view: Signal<DetailView>, to: i32) -> impl IntoView {
    let t = use_texts();
    move || {
        view.with(|view| {
            let (name, from) = (&view.head.row.name, view.head.row.replicas);
            let title = t.scale_from_to(name, grouped(from.into()), grouped(to.into()));
            let others = view.head.writers.iter().map(|w| writers::of_replicas(t, w, to));
            let others: Vec<String> = others.collect();
            let alone = others.is_empty().then(|| t.scale_nobody());
            let steps = view.scene.as_ref().map(|scene| {
                let size = |n: usize| {
                    view.head
                        .templates
                        .get(n)
                        .map(|t| t.size.clone())
                        .unwrap_or_default()
                };
                steps(t, scene, to, size)
            });
            view! {
                <h3>{title}</h3>
                {(to == 0).then(|| view! { <p>{t.scale_all_stop(name)}</p> })}
                {steps.is_none().then(|| view! { <p>{t.why_hidden()}</p> })}
                {steps}
                {others.into_iter().map(|w| view! { <p class="held">{w}</p> }).collect_view()}
                {alone.map(|words| view! { <p class="dim sm">{words}</p> })}
            }
        })
    }
}

fn steps(t: Texts, scene: &Scene, to: i32, size: impl Fn(usize) -> String) -> impl IntoView {
    let left = Many::of(scene.left_claims(to), NAMES);
    let left = (!left.is_empty()).then(|| t.scale_left(told(t, &left)));
    view! {
        {course(t, &scene.scaled(to), size)}
        {left.map(|words| view! { <p class="dim">{words}</p> })}
    }
}

/// What happens to a set until everything is as asked for, step by step.
pub(in crate::pages::statefulset) fn course(
    t: Texts,
    scene: &Scene,
    size: impl Fn(usize) -> String,
) -> AnyView {
    let course = Course::of(scene);
    let shown = course
        .steps
        .iter()
        .take(STEPS)
        .map(|step| row(t, scene, step, &size));
    let rest = course.steps.iter().skip(STEPS).map(|s| scene.pod(s.ordinal));
    let rest = Many::of(rest, NAMES);
    let more = (!rest.is_empty()).then(|| t.scale_then(told(t, &rest)));
    let more = more
        .filter(|_| !course.cut)
        .or_else(|| course.cut.then(|| t.scale_then_many().to_owned()));
    let nothing = course.steps.is_empty().then(|| t.scale_nothing());
    view! {
        <ol class="plan">{shown.collect_view()}</ol>
        {more.map(|words| view! { <p class="dim">{words}</p> })}
        {nothing.map(|words| view! { <p class="dim">{words}</p> })}
    }
    .into_any()
}
