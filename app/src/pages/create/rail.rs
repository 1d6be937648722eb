//! The steps at the side: where one is, what is complete, what is to correct.
use super::{
    state::use_wizard,
    step::{Mode, Step},
};
use crate::{
    components::icon::{Icon, IconName},
    texts::use_texts,
};
use leptos::prelude::*;

#[component]
pub(crate) fn Rail() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let way = move |name: &'static str| move || wizard.href(name);
    let here = move |mode: Mode| move || (wizard.mode.get() == mode).then_some("page");
    view! {
        <nav class="rail" aria-label=t.create_steps()>
            <ol>{wizard.steps().map(|step| view! { <One step/> }).collect_view()}</ol>
            <div class="ways">
                {(wizard.is_new() && !wizard.is_service()).then(|| view! {
                    <a class="btn ghost small" href=way("import") aria-current=here(Mode::Import)>
                        <Icon name=IconName::Upload/>{t.import_title()}</a>
                })}
                <a class="btn ghost small js-only" href=way("code") aria-current=here(Mode::Code)><Icon name=IconName::Code/>{t.code_title()}</a>
            </div>
        </nav>
    }
}

#[component]
fn One(step: Step) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let number = wizard.steps().position(|s| s == step).unwrap_or(0) + 1;
    let left = move || {
        wizard
            .left
            .with(|l| l.contains(&step) || l.contains(&Step::Review))
    };
    let bad = Memo::new(move |_| step != Step::Review && left() && wizard.errors(step) > 0);
    let done = Memo::new(move |_| step != Step::Review && left() && wizard.errors(step) == 0);
    let class = move || {
        if bad.get() {
            "bad"
        } else if done.get() {
            "done"
        } else {
            ""
        }
    };
    let dot = move || {
        if bad.get() {
            "!".to_owned()
        } else if done.get() {
            "✓".to_owned()
        } else {
            number.to_string()
        }
    };
    let label = move || match (bad.get(), done.get()) {
        (true, _) => t.create_step_bad(step.title(t)),
        (_, true) => t.create_step_done(step.title(t)),
        _ => step.title(t).to_owned(),
    };
    let href = move || wizard.href(step.name());
    let current = move || (wizard.step.get() == step && wizard.mode.get() == Mode::Form).then_some("step");
    view! {
        <li class=class>
            <a href=href aria-current=current>
                <span class="dot" aria-hidden="true">{dot}</span>
                <span class="l" aria-hidden="true">{step.title(t)}</span>
                <span class="vh">{label}</span>
            </a>
        </li>
    }
}
