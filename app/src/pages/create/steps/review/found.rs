//! What the rules and the cluster say of a text that is not refused: first what it meets, then traps, then hints.
use super::super::super::answer::place;
use crate::{
    components::icon::{Icon, IconName},
    manifest::{
        Place,
        lint::{Degree, Lint},
    },
    model::create::Said,
    pages::create::{
        fixes::Ways,
        foot::use_go,
        state::{Wizard, use_wizard},
    },
    texts::use_texts,
};
use leptos::prelude::*;

/// What the rules found, of which the cluster has not said the same.
fn found(wizard: Wizard, wanted: impl Fn(&Lint, Degree) -> bool) -> Vec<Lint> {
    let answer = wizard.answer.read();
    let lints = wizard.lints.read();
    let here = lints.iter().filter(|l| {
        // What the cluster takes, though a rule calls it refused, is only unusual.
        let degree = match l.rule.degree {
            Degree::Refused if answer.contradicts(l) => Degree::Trap,
            degree => degree,
        };
        wanted(l, degree)
    });
    here.cloned().collect()
}

/// A sentence of ours, with its place and its corrections.
#[component]
pub(super) fn Row(lint: Lint) -> impl IntoView {
    let (t, go) = (use_texts(), use_go());
    let (text, place) = (t.say(lint.rule.words, &lint.args), lint.place.clone());
    let path = lint.place.path.to_string();
    view! {
        <li><p>{text}</p>
            <div class="row"><button type="button" class="at" on:click=move |_| go.run(place.clone())>{path}</button><Ways lint/></div></li>
    }
}

/// Words of the cluster, with the field that they name.
#[component]
fn Words(said: Said) -> impl IntoView {
    let go = use_go();
    let at: Place = place(said.document, &said.field);
    let field = (!said.field.is_empty()).then(|| {
        let name = said.field.clone();
        view! { <button type="button" class="at" on:click=move |_| go.run(at.clone())>{name}</button> }
    });
    view! { <li><p class="mono sm said">{said.words}</p>{field}</li> }
}

/// A heading with rows, while there are any.
#[component]
fn Group(
    id: &'static str,
    #[prop(into)] title: Signal<String>,
    icon: IconName,
    class: &'static str,
    #[prop(optional)] lead: &'static str,
    rows: Memo<Vec<Lint>>,
    #[prop(into)] said: Signal<Vec<(&'static str, Vec<Said>)>>,
) -> impl IntoView {
    let words = move |(title, all): (&'static str, Vec<Said>)| {
        (!all.is_empty()).then(|| {
            let all = all.into_iter().map(|said| view! { <Words said/> });
            view! { <p class="sm dimmer">{title}</p><ul class="found">{all.collect_view()}</ul> }
        })
    };
    let any =
        Memo::new(move |_| !rows.read().is_empty() || said.read().iter().any(|(_, all)| !all.is_empty()));
    view! {
        <Show when=move || any.get()>
            <section class=format!("grp card {class}") aria-labelledby=id>
                <h2 id=id><Icon name=icon/>{title}</h2>
                {(!lead.is_empty()).then(|| view! { <p class="dim sm">{lead}</p> })}
                <ul class="found">{move || rows.get().into_iter().map(|lint| view! { <Row lint/> }).collect_view()}</ul>
                {move || said.get().into_iter().map(words).collect_view()}
            </section>
        </Show>
    }
}

/// What the create finds in its way.
#[component]
pub(super) fn Meets() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let rows = Memo::new(move |_| found(wizard, |l, _| l.rule.meets));
    let said = move || vec![(t.create_review_pods(), wizard.answer.read().said(|o| &o.pods))];
    let title = move || t.create_review_meets(wizard.form.with(|f| f.namespace.text.clone()));
    view! { <Group id="meets" title=Signal::derive(title) icon=IconName::Warn class="warn" lead=t.create_review_meets_lead() rows said=Signal::derive(said)/> }
}

/// What is legal and was hardly meant.
#[component]
pub(super) fn Traps() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let rows = Memo::new(move |_| found(wizard, |l, degree| degree == Degree::Trap && !l.rule.meets));
    let said = move || {
        let answer = wizard.answer.read();
        vec![
            (t.create_review_warns(), answer.said(|o| &o.warnings)),
            (t.create_dropped(), answer.said(|o| &o.dropped)),
        ]
    };
    let title = Signal::stored(t.create_review_traps().to_owned());
    view! { <Group id="traps" title icon=IconName::Warn class="" rows said=Signal::derive(said)/> }
}

/// What is worth knowing, each rule once.
#[component]
pub(super) fn Hints() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let rows = Memo::new(move |_| {
        let mut all = found(wizard, |l, degree| degree == Degree::Hint && !l.rule.meets);
        let mut seen: Vec<&str> = Vec::new();
        all.retain(|l| {
            let first = !seen.contains(&l.rule.name);
            seen.push(l.rule.name);
            first
        });
        all
    });
    let title = move || t.create_review_hints(i64::try_from(rows.read().len()).unwrap_or(0));
    view! { <Group id="hints" title=Signal::derive(title) icon=IconName::Pencil class="" rows said=Signal::stored(Vec::new())/> }
}
