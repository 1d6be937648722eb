//! The revisions that are kept: when, what changed, by whom, which pods run them, and the way back.
use crate::{
    api::ops::get_revisions,
    components::{fault::Fault, time::Since},
    model::{
        detail::DetailView,
        many::{Runs, whole},
        ops::Revision,
        saving::Changed,
    },
    paths,
    texts::use_texts,
};
use leptos::prelude::*;

/// Changes of a row that are told by their place.
const PLACES: usize = 4;

/// The table, read anew when the set gets another revision or its pods change theirs.
#[component]
pub(super) fn Revisions(view: Signal<DetailView>) -> impl IntoView {
    let key = Memo::new(move |_| {
        view.with(|v| {
            let pods = v.scene.iter().flat_map(|s| s.pods.iter());
            let runs: Vec<(i64, String)> = pods.map(|(o, p)| (*o, p.revision.clone())).collect();
            let head = (&v.head.update_revision, &v.head.current_revision);
            (
                v.head.row.namespace.clone(),
                v.head.row.name.clone(),
                head.0.clone(),
                head.1.clone(),
                runs,
            )
        })
    });
    let all = Resource::new_blocking(
        move || key.get(),
        |(namespace, name, ..)| get_revisions(namespace, name),
    );
    view! {
        <Transition fallback=|| view! { <div class="card skeleton" aria-hidden="true"><div><i></i></div></div> }>
            {move || Suspend::new(async move {
                match all.await {
                    Ok(all) => view! { <Table view all/> }.into_any(),
                    Err(error) => view! { <Fault error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Table(view: Signal<DetailView>, all: Vec<Revision>) -> impl IntoView {
    let t = use_texts();
    let set = view.with_untracked(|v| (v.head.row.namespace.clone(), v.head.row.name.clone()));
    let count = whole(all.len());
    let rows = all
        .into_iter()
        .map(|revision| view! { <Row set=set.clone() revision/> });
    view! {
        <div class="card scroll">
            <table class="cards revisions">
                <thead><tr>
                    <th scope="col">{t.detail_revision()}</th>
                    <th scope="col">{t.ops_changed()}</th>
                    <th scope="col">{t.ops_made()}</th>
                    <th scope="col">{t.ops_pods()}</th>
                    <th scope="col" class="r js-only"><span class="vh">{t.list_actions()}</span></th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <p class="dimmer sm foot-note"><span>{t.ops_kept(count)}" "{t.ops_back_note()}</span></p>
    }
}

#[component]
fn Row(set: (String, String), revision: Revision) -> impl IntoView {
    let t = use_texts();
    let (namespace, name) = set;
    let short = revision.name.rsplit('-').next().unwrap_or_default().to_owned();
    let back = (!revision.newest).then(|| {
        let (href, words) = (
            paths::set_back(&namespace, &name, &revision.name),
            t.ops_back_button(&short),
        );
        view! { <a class="btn small writes" href=href aria-label=format!("{words}…")>{t.ops_back_short()}"…"</a> }
    });
    let pods = match &revision.pods {
        None => t.why_hidden().to_owned(),
        Some(pods) if pods.is_empty() => t.list_none().to_owned(),
        Some(pods) => ordinals(&name, pods),
    };
    let by = [revision.by.manager.clone(), revision.by.cause.clone()];
    let by: Vec<String> = by.into_iter().filter(|w| !w.is_empty()).collect();
    let by = if by.is_empty() {
        t.ops_by_nobody().to_owned()
    } else {
        by.join(" · ")
    };
    let mark = match (revision.newest, revision.current) {
        (true, _) => Some(view! { <span class="tag new">{t.ops_newest()}</span> }.into_any()),
        (false, true) => Some(view! { <span class="tag">{t.ops_current()}</span> }.into_any()),
        _ => None,
    };
    view! {
        <tr>
            <th scope="row"><span class="mono" title=revision.name.clone()>{short}</span>" "{mark}</th>
            <td><div class="mono">{revision.images.join(", ")}</div><What revision=revision.clone()/></td>
            <td class="dim"><Since then=Signal::stored(revision.created)/><div class="sm">{by}</div></td>
            <td class="dim">{pods}</td>
            <td class="r js-only">{back}</td>
        </tr>
    }
}

/// The pods that run it, neighbours together.
fn ordinals(name: &str, pods: &Runs) -> String {
    let one = |(from, to): (i64, i64)| {
        if from == to {
            format!("{name}-{from}")
        } else {
            format!("{name}-{from} … {name}-{to}")
        }
    };
    let told: Vec<String> = pods.ends().map(one).collect();
    told.join(", ")
}

/// What it changed of the one before it, and the lines themselves.
#[component]
fn What(revision: Revision) -> impl IntoView {
    let t = use_texts();
    if revision.restart {
        return view! { <p class="dim sm">{t.ops_was_restart()}</p> }.into_any();
    }
    if revision.changes.is_empty() {
        return view! { <p class="dim sm">{t.ops_first()}</p> }.into_any();
    }
    let places: Vec<String> = revision.changes.iter().take(PLACES).map(place).collect();
    let more = whole(revision.changes.len().saturating_sub(PLACES));
    let told = places.join(", ");
    let told = if more > 0 {
        t.page_and_more(told, more)
    } else {
        told
    };
    let noise = whole(revision.noise);
    view! {
        <details class="what">
            <summary class="dim sm">{told}</summary>
            <Difference changes=revision.changes/>
            {(noise > 0).then(|| view! { <p class="dimmer sm">{t.ops_noise(noise)}</p> })}
        </details>
    }
    .into_any()
}

/// The end of a path says most: `image`, `resources.requests.memory`, `env[name=MODE]`.
fn place(change: &Changed) -> String {
    let path = change.path.to_string();
    let inner = path.rsplit_once("].").map_or(path.as_str(), |(_, last)| last);
    inner.strip_prefix("spec.").unwrap_or(inner).to_owned()
}

/// Places with what was there and what is there then, line by line.
#[component]
pub fn Difference(changes: Vec<Changed>) -> impl IntoView {
    let t = use_texts();
    let side = |class: &'static str, mark: &'static str, text: &str| {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let line = move |line| view! { <div class=class data-s=mark>{line}</div> };
        lines.into_iter().map(line).collect_view()
    };
    let one = |change: Changed| {
        let (before, after) = (side("d", "−", &change.before), side("a", "+", &change.after));
        view! { <div class="h">{change.path.to_string()}</div>{before}{after} }
    };
    view! { <pre class="diff" tabindex="0" aria-label=t.ops_difference()>{changes.into_iter().map(one).collect_view()}</pre> }
}
