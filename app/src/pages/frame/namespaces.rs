//! The namespaces that the list, or the page of the claims, shows: all, one, or several. Links and a form, so it works without JavaScript.
use crate::{
    components::{
        icon::{Icon, IconName},
        menu::Menu,
    },
    model::{claims::ClaimsQuery, list::ListQuery, session::Namespaces},
    paths,
    texts::use_texts,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map, use_query_map};

/// The chip in the frame.
#[component]
pub fn NamespaceMenu(namespaces: Namespaces) -> impl IntoView {
    let t = use_texts();
    let (map, params) = (use_query_map(), use_params_map());
    let unnamed = namespaces.unnamed();
    // On a set's page the namespace is in the path.
    let query = Memo::new(move |_| {
        let mut query = ListQuery::from_pairs(|key| map.read().get(key));
        if let Some(namespace) = params.read().get("namespace") {
            query.namespaces = vec![namespace];
        } else if query.namespaces.is_empty() {
            query.namespaces = unnamed.clone();
        }
        query.offset = 0;
        query
    });
    let value = Signal::derive(move || match query.read().namespaces.as_slice() {
        [] => t.frame_namespaces_all().to_owned(),
        names => names.join(", "),
    });
    let path = use_location().pathname;
    let place = Place {
        query,
        claims: Memo::new(move |_| path.read().starts_with(paths::CLAIMS)),
    };
    let Namespaces { known, all, .. } = namespaces;
    view! {
        <Menu label=t.frame_namespace() value>
            {match known {
                Some(names) => view! { <Known names all place/> }.into_any(),
                None => view! { <Typed all place/> }.into_any(),
            }}
        </Menu>
    }
}

/// Which page the menu's links lead to.
#[derive(Clone, Copy)]
struct Place {
    query: Memo<ListQuery>,
    /// The page of the claims; else the list.
    claims: Memo<bool>,
}

impl Place {
    fn only(self, namespaces: Vec<String>) -> String {
        if self.claims.get() {
            return paths::claims(&ClaimsQuery {
                namespaces,
                ..ClaimsQuery::default()
            });
        }
        paths::list(&ListQuery {
            namespaces,
            ..self.query.get()
        })
    }

    fn path(self) -> &'static str {
        if self.claims.get() {
            paths::CLAIMS
        } else {
            paths::LIST
        }
    }
}

#[component]
fn AllLink(place: Place) -> impl IntoView {
    let t = use_texts();
    let current = move || place.query.read().namespaces.is_empty().then_some("true");
    view! { <a class="item" href=move || place.only(vec![]) aria-current=current>{t.frame_namespaces_all()}</a> }
}

/// A link for each, and one that adds it to those that are shown.
#[component]
fn Known(names: Vec<String>, all: bool, place: Place) -> impl IntoView {
    let t = use_texts();
    let row = move |name: String| {
        let name = StoredValue::new(name);
        let shown = move || place.query.read().namespaces.contains(&name.get_value());
        let toggled = move || {
            let mut namespaces = place.query.read().namespaces.clone();
            if shown() {
                namespaces.retain(|n| *n != name.get_value());
            } else {
                namespaces.push(name.get_value());
            }
            place.only(namespaces)
        };
        let label = move || {
            if shown() {
                t.frame_namespaces_remove(name.get_value())
            } else {
                t.frame_namespaces_add(name.get_value())
            }
        };
        view! {
            <li>
                <a class="item" href=move || place.only(vec![name.get_value()]) aria-current=move || shown().then_some("true")>
                    {name.get_value()}
                </a>
                <a class="btn ghost icon small" href=toggled aria-label=label title=label>
                    {move || view! { <Icon name=if shown() { IconName::Minus } else { IconName::Plus }/> }.into_any()}
                </a>
            </li>
        }
        .into_any()
    };
    view! {
        {all.then(|| view! { <AllLink place/> }.into_any())}
        <ul aria-label=t.frame_namespaces_choose()>{names.into_iter().map(row).collect_view()}</ul>
    }
}

/// Where namespaces cannot be listed, one types them.
#[component]
fn Typed(all: bool, place: Place) -> impl IntoView {
    let t = use_texts();
    view! {
        {all.then(|| view! { <AllLink place/> }.into_any())}
        <form method="get" action=move || place.path() class="typed">
            <label class="sm dim" for="namespace">{t.frame_namespaces_typed()}</label>
            <input class="in mono" id="namespace" name="ns" required autocomplete="off" spellcheck="false"
                prop:value=move || place.query.read().namespaces.join(",") value=move || place.query.read().namespaces.join(",")/>
            <button class="btn">{t.frame_namespaces_show()}</button>
        </form>
    }
}
