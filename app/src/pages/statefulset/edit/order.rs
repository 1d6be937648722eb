//! Which pods a changed template replaces, in which order.
use super::state::use_editing;
use crate::{
    api::sets::get_set,
    components::{names::told, writers},
    model::{
        detail::DetailView,
        effect::{Course, NEW_REVISION},
        many::{CELLS, Many, whole},
    },
    pages::create::Target,
    texts::{Texts, use_texts},
};
use leptos::{prelude::*, task::spawn_local};

/// The pods by name, what they wait for, and who else writes the set. Nothing where the set cannot be read.
#[component]
pub(super) fn Order() -> impl IntoView {
    let (t, editing) = (use_texts(), use_editing());
    let view = RwSignal::new(None::<DetailView>);
    let (_, namespace, name) = editing.target.with_value(Target::object);
    Effect::new(move || {
        let (namespace, name) = (namespace.clone(), name.clone());
        spawn_local(async move {
            if let Ok(found) = get_set(namespace, name, 0).await {
                // The page may have been left meanwhile.
                _ = view.try_set(Some(found.picture));
            }
        });
    });
    move || {
        view.get().map(|view| {
            let others = view.head.writers.iter().map(|w| writers::of_set(t, w));
            let lines = lines(t, &view).into_iter().chain(others);
            view! { <ul class="dim">{lines.map(|words| view! { <li>{words}</li> }).collect_view()}</ul> }
        })
    }
}

fn lines(t: Texts, view: &DetailView) -> Vec<String> {
    let Some(scene) = &view.scene else {
        return vec![t.why_hidden().to_owned()];
    };
    let scene = scene.edited(NEW_REVISION);
    let course = Course::of(&scene);
    let hold = course.waits().find(|w| w.hold.is_some()).and_then(|w| {
        let pod = scene.pod(w.ordinal);
        Some(if w.hold?.ends_by_delete() {
            t.edit_order_deletes(pod)
        } else {
            t.edit_order_waits(pod)
        })
    });
    let pods = course.steps.iter().map(|s| scene.pod(s.ordinal));
    let all = whole(course.steps.len()).max(whole(scene.outdated().count()));
    let pods = Many::counted(pods, CELLS, all);
    let order = if pods.is_empty() {
        t.edit_order_none().to_owned()
    } else {
        t.edit_order(told(t, &pods))
    };
    hold.into_iter().chain([order]).collect()
}
