//! Name, status, what is wrong and what helps, the big strip, the replicas.
use super::scale::Scale;
use crate::{
    components::{
        callout::{Callout, Tone},
        icon::{Icon, IconName},
        status::{StatusWord, Why, why},
        strip::Strip,
    },
    model::{
        detail::DetailView,
        status::{Reason, Status},
    },
    paths,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// What stands above the tabs.
#[component]
pub fn Head(view: Signal<DetailView>, gone: Signal<bool>) -> impl IntoView {
    let name = view.with_untracked(|v| v.head.row.name.clone());
    let namespace = view.with_untracked(|v| v.head.row.namespace.clone());
    let status = Signal::derive(move || view.read().head.row.status.clone());
    let reason = Signal::derive(move || view.read().head.row.reason.clone());
    let cells = Signal::derive(move || view.read().head.row.cells.clone());
    let partition = Signal::derive(move || view.read().head.row.partition);
    let t = use_texts();
    let trouble = Memo::new(move |_| view.with(|v| trouble(t, v)));
    view! {
        <div class="row between title">
            <div class="row">
                <h1 class="name">{name.clone()}</h1>
                <StatusWord status/>
            </div>
            <Show when=move || !gone.get()>
                <div class="row"><Scale view/><EditLinks view/><DeleteLink view/></div>
            </Show>
        </div>
        <Show when=move || trouble.read().is_none()><Why reason/></Show>
        <TroubleCallout trouble/>
        <Strip name cells partition big=true pods_of=namespace/>
    }
}

/// Opens the dialog: a link, for the URL says that it is open.
#[component]
fn DeleteLink(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let href = move || view.with(|v| paths::set_delete(&v.head.row.namespace, &v.head.row.name));
    view! { <a class="btn js-only" href=href><Icon name=IconName::Trash/>{t.delete_action()}</a> }
}

/// The two ways to edit it: the form, and its text.
#[component]
fn EditLinks(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let form = move || view.with(|v| paths::set_edit_step(&v.head.row.namespace, &v.head.row.name, "basics"));
    let text = move || view.with(|v| paths::set_edit(&v.head.row.namespace, &v.head.row.name));
    view! {
        <a class="btn js-only" href=form><Icon name=IconName::Pencil/>{t.page_edit_form()}</a>
        <a class="btn js-only" href=text><Icon name=IconName::Code/>{t.page_edit_short()}</a>
    }
}

/// What a call-out says.
#[derive(Clone, PartialEq)]
struct Trouble {
    tone: Tone,
    title: String,
    cause: String,
    /// The cluster's own words.
    words: String,
    /// What Kubernetes will and will not do by itself.
    rest: String,
}

fn trouble(t: Texts, view: &DetailView) -> Option<Trouble> {
    let head = &view.head;
    match (&head.row.status, &head.row.reason) {
        (Status::Stuck { pod }, Reason::Pod { state, message }) => {
            let rolling = head.current_revision != head.update_revision;
            let title = if rolling {
                t.detail_stuck_rollout().to_owned()
            } else {
                t.detail_stuck_start(&head.row.name)
            };
            let rest = if head.parallel {
                t.detail_stuck_parallel()
            } else {
                t.detail_stuck_ordered()
            };
            let (cause, words, rest) = (t.detail_stuck_pod(pod, state), message.clone(), rest.to_owned());
            Some(Trouble {
                tone: Tone::Bad,
                title,
                cause,
                words,
                rest,
            })
        }
        (Status::Degraded { .. }, reason @ (Reason::NodeLost { pod, .. } | Reason::Terminating { pod })) => {
            let (title, rest) = (why(t, reason), t.detail_lost(pod));
            Some(Trouble {
                tone: Tone::Warn,
                title,
                cause: String::new(),
                words: String::new(),
                rest,
            })
        }
        _ => None,
    }
}

#[component]
fn TroubleCallout(trouble: Memo<Option<Trouble>>) -> impl IntoView {
    move || {
        trouble.get().map(
            |Trouble {
                 tone,
                 title,
                 cause,
                 words,
                 rest,
             }| {
                view! {
                    <Callout tone>
                        <b>{title}</b>" "{cause}" "
                        {(!words.is_empty()).then(|| view! { <span class="mono">{words}</span>" " })}
                        <span class="dim">{rest}</span>
                    </Callout>
                }
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::components::status::why;
    use crate::{model::status::Reason, texts::use_texts};

    #[test]
    fn a_reason_without_words_is_the_state_alone() {
        let reason = Reason::Pod {
            state: "CrashLoopBackOff".into(),
            message: String::new(),
        };
        assert_eq!(why(use_texts(), &reason), "CrashLoopBackOff");
    }
}
