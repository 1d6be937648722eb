//! What is wrong in the text, beside the editor.
use super::Code;
use crate::{
    components::{
        editor::Mark,
        icon::{Icon, IconName},
    },
    manifest::fix::fix,
    pages::create::{fixes::Fix, state::use_wizard},
    texts::use_texts,
};
use leptos::prelude::*;

/// What is wrong, each with its place and, where there is one, what corrects it.
#[component]
pub(super) fn Problems() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let code: Code = expect_context();
    let mended = Memo::new(move |_| {
        let finding = wizard.broken.get()?;
        fix(&wizard.text.read(), &finding)
    });
    let fixes = Memo::new(move |_| {
        // What the rules say of a broken text follows from that.
        let broken = wizard.broken.read().is_some();
        let lints = if broken { Vec::new() } else { wizard.lints.get() };
        lints
            .into_iter()
            .filter(|l| !wizard.fixes(l).is_empty())
            .collect::<Vec<_>>()
    });
    let one = move |mark: Mark| {
        let (class, icon) = if mark.level == Mark::ERROR {
            ("err", IconName::Alert)
        } else {
            ("hint", IconName::Warn)
        };
        let (line, column) = (mark.line, mark.column);
        view! {
            <li class=class><Icon name=icon/>
                <button type="button" class="at" on:click=move |_| code.go(line, column, true)>{move || code.place(t, line, column)}</button>
                <span>{mark.message}</span></li>
        }
    };
    let mend = move |_| {
        if let Some(text) = mended.get_untracked() {
            wizard.text.set(text);
        }
    };
    view! {
        <aside class="side"><section aria-label=t.code_problems() class="problems">
            <p class="dim" role="status">{move || match code.marks.read().len() {
                0 => t.code_no_problem().to_owned(),
                n => t.code_problem_count(i64::try_from(n).unwrap_or(i64::MAX)),
            }}</p>
            <ul>{move || code.marks.get().into_iter().map(one).collect_view()}</ul>
            {move || fixes.get().into_iter().map(|lint| view! { <Fix lint/> }).collect_view()}
            <Show when=move || mended.read().is_some()>
                <button type="button" class="btn small" on:click=mend>{t.code_fix()}</button>
            </Show>
            <p class="dimmer sm">{t.code_lead()}</p>
        </section></aside>
    }
}
