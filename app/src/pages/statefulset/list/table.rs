//! The rows. Cells change in place; a new order waits while the pointer is on them.
use super::choose::Choosing;
use crate::{
    components::{
        icon::{Icon, IconName},
        status::{StatusWord, Why},
        strip::Strip,
        time::Since,
    },
    model::list::{ListQuery, ListView, SetRow, Sort},
    paths,
    texts::{grouped, use_texts},
};
use leptos::prelude::*;

/// The table of a window.
#[component]
pub fn Table(
    view: RwSignal<Option<ListView>>,
    query: Memo<ListQuery>,
    choosing: RwSignal<Option<Choosing>>,
) -> impl IntoView {
    let t = use_texts();
    let hovered = RwSignal::new(false);
    let order = StoredValue::new(Vec::<String>::new());
    // What is asked for is shown at once, wherever the pointer is.
    Effect::new(move || {
        query.track();
        hovered.set(false);
    });
    // While the pointer is on the rows they stay where they are; those that are gone go, new ones come last.
    let uids = Memo::new(move |_| {
        let held = hovered.get() && !order.read_value().is_empty();
        let now: Vec<String> = view
            .read()
            .iter()
            .flat_map(|v| &v.rows)
            .map(|r| r.uid.clone())
            .collect();
        let shown = if held {
            let old = order.get_value();
            let stay: Vec<String> = old.iter().filter(|u| now.contains(u)).cloned().collect();
            let new = now.iter().filter(|u| !old.contains(u)).cloned();
            stay.iter().cloned().chain(new).collect()
        } else {
            now
        };
        order.set_value(shown.clone());
        shown
    });
    let several = Memo::new(move |_| query.read().namespaces.len() != 1);
    view! {
        <div class="card scroll">
            <table class="cards">
                <thead>
                    <tr>
                        {move || choosing.read().is_some().then(|| view! { <td></td> }.into_any())}
                        <Column query sort=Sort::Name word=t.list_name()/>
                        {move || several.get().then(|| view! { <th scope="col">{t.list_namespace()}</th> }.into_any())}
                        <Column query sort=Sort::Status word=t.list_status()/>
                        <th scope="col">{t.list_ordinals()}</th>
                        <th scope="col">{t.list_image()}</th>
                        <Column query sort=Sort::Storage word=t.list_storage()/>
                        <Column query sort=Sort::Age word=t.list_age() right=true/>
                        <th scope="col" class="hide-s js-only"><span class="vh">{t.list_actions()}</span></th>
                    </tr>
                </thead>
                <tbody on:pointerenter=move |_| hovered.set(true) on:pointerleave=move |_| hovered.set(false)>
                    <For each=move || uids.get() key=String::clone let:uid>
                        <Row uid view several query choosing/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

/// A column that sorts: a link, for the order is in the URL.
#[component]
fn Column(
    query: Memo<ListQuery>,
    sort: Sort,
    word: &'static str,
    #[prop(optional)] right: bool,
) -> impl IntoView {
    let t = use_texts();
    let here = move || query.read().sort == sort;
    let href = move || {
        let descending = here() && !query.read().descending;
        paths::list(&ListQuery {
            sort,
            descending,
            offset: 0,
            ..query.get()
        })
    };
    let order = move || match (here(), query.read().descending) {
        (false, _) => None,
        (true, false) => Some("ascending"),
        (true, true) => Some("descending"),
    };
    view! {
        <th scope="col" class:r=right aria-sort=order>
            <a href=href title=t.list_sort(word)>{word}
                <span class="arrow" class:on=here class:up=move || query.read().descending><Icon name=IconName::ChevronDown/></span>
            </a>
        </th>
    }
}

#[component]
fn Row(
    uid: String,
    view: RwSignal<Option<ListView>>,
    several: Memo<bool>,
    query: Memo<ListQuery>,
    choosing: RwSignal<Option<Choosing>>,
) -> impl IntoView {
    let t = use_texts();
    let found = move || {
        view.read()
            .as_ref()
            .and_then(|v| v.rows.iter().find(|r| r.uid == uid).cloned())
    };
    // A row that has just left the window keeps its last picture until it is taken off the table.
    let row = Memo::new(move |old: Option<&Option<SetRow>>| found().or_else(|| old.cloned().flatten()));
    let of = move |part: fn(&SetRow) -> String| row.read().as_ref().map(part).unwrap_or_default();
    let name = row.get_untracked().map(|r| r.name).unwrap_or_default();
    let (delete, edit, scale) = (
        t.page_delete_object(&name),
        t.page_edit(&name),
        t.list_scale(&name),
    );
    let scaling = move || {
        let row = row.read();
        row.as_ref()
            .map(|r| paths::list_do(&query.read(), &r.namespace, &r.name, "scale"))
    };
    let storage = move || {
        let row = row.read();
        let sizes = row
            .iter()
            .flat_map(|r| &r.storage)
            .map(|(n, size)| t.list_size(grouped((*n).into()), size));
        let text = sizes.collect::<Vec<_>>().join(" + ");
        if text.is_empty() {
            t.list_none().to_owned()
        } else {
            text
        }
    };
    let more = move || {
        let more = row
            .read()
            .as_ref()
            .map_or(0, |r| r.images.len().saturating_sub(1));
        (more > 0).then(|| view! { <span class="tag">{t.list_more_images(more)}</span> }.into_any())
    };
    let alias = move || {
        let alias = of(|r| r.alias.clone());
        (!alias.is_empty()).then(|| view! { <div class="dim sm alias">{alias}</div> }.into_any())
    };
    let status = Signal::derive(move || {
        row.read()
            .as_ref()
            .map_or(crate::model::status::Status::Stopped, |r| r.status.clone())
    });
    let reason = Signal::derive(move || {
        row.read()
            .as_ref()
            .map_or(crate::model::status::Reason::None, |r| r.reason.clone())
    });
    let cells = Signal::derive(move || row.read().as_ref().map(|r| r.cells.clone()).unwrap_or_default());
    let partition = Signal::derive(move || row.read().as_ref().and_then(|r| r.partition));
    let created = Signal::derive(move || row.read().as_ref().map_or(0, |r| r.created));
    view! {
        <tr>
            {move || choosing.get().map(|c| (c.tick)(c.clone(), row, view))}
            <th scope="row"><a class="name" href=move || of(|r| paths::set(&r.namespace, &r.name)) title=move || of(|r| r.name.clone())>
                {move || of(|r| r.name.clone())}
            </a>{move || alias()}</th>
            {move || several.get().then(|| view! { <td class="dim ns">{move || of(|r| r.namespace.clone())}</td> }.into_any())}
            <td class="state"><StatusWord status/><Why reason/></td>
            <td class="full"><Strip name cells partition/></td>
            <td class="mono dim hide-s image" title=move || of(|r| r.images.join("\n"))>
                {move || of(|r| r.images.first().map(|i| short(i)).unwrap_or_default())}
                {move || more()}
            </td>
            <td class="num dim hide-s">{move || storage()}</td>
            <td class="num dim r hide-s"><Since then=created/></td>
            <td class="r hide-s js-only acts writes">
                <a class="btn ghost icon small quiet" href=scaling aria-label=scale.clone() title=scale><Icon name=IconName::Plus/></a>
                <a class="btn ghost icon small quiet" href=move || of(|r| paths::set_edit(&r.namespace, &r.name)) aria-label=edit.clone() title=edit><Icon name=IconName::Pencil/></a>
                <a class="btn ghost icon small quiet" href=move || of(|r| paths::set_delete(&r.namespace, &r.name)) aria-label=delete.clone() title=delete><Icon name=IconName::Trash/></a>
            </td>
        </tr>
    }
}

/// An image without its registry and path: the end tells images apart.
fn short(image: &str) -> String {
    let (path, digest) = image.split_once('@').map_or((image, ""), |(p, d)| (p, d));
    let last = path.rsplit('/').next().unwrap_or(path);
    if digest.is_empty() {
        last.to_owned()
    } else {
        format!("{last}@{}", digest.get(..15).unwrap_or(digest))
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn images_keep_their_end() {
        assert_eq!(short("registry.example:5000/team/postgres:17.2"), "postgres:17.2");
        assert_eq!(short("etcd"), "etcd");
        assert_eq!(short("a/b@sha256:0123456789abcdef"), "b@sha256:01234567");
    }
}
