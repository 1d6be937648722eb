//! The ordinals in natural order: pod, node, revision and claims of each.
mod more;
mod row;
mod tools;

use crate::{
    components::{names::told, pages::Pages},
    model::{
        claims::ClaimsQuery,
        detail::DetailView,
        many::{ROWS, whole},
        ordinals::OrdinalRow,
        usage::{Source, UsageQuery, UsageView},
    },
    paths,
    state::usage::follow_usage,
    texts::use_texts,
};
use leptos::prelude::*;
use row::Row;
use std::cmp::Reverse;
use tools::{ByRestarts, Search};

/// How the window is looked at.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// Only rows with this in them.
    text: RwSignal<String>,
    /// Those that were restarted most come first.
    by_restarts: RwSignal<bool>,
    /// The row that is open.
    open: RwSignal<Option<i64>>,
}

impl Look {
    fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            by_restarts: RwSignal::new(false),
            open: RwSignal::new(None),
        }
    }

    /// The ordinals that are shown, in their order.
    fn shown(self, rows: &[OrdinalRow]) -> Vec<i64> {
        let text = self.text.read().trim().to_lowercase();
        let mut rows: Vec<&OrdinalRow> = rows.iter().filter(|row| has(row, &text)).collect();
        if self.by_restarts.get() {
            rows.sort_by_key(|row| Reverse(row.restarts));
        }
        rows.iter().map(|row| row.ordinal).collect()
    }
}

/// Whether a row says this somewhere; `text` is in lower case.
fn has(row: &OrdinalRow, text: &str) -> bool {
    let words = [
        &row.pod,
        &row.state,
        &row.message,
        &row.node,
        &row.zone,
        &row.ip,
        &row.revision,
    ];
    words.iter().any(|word| word.to_lowercase().contains(text))
}

/// What the pods of the window use.
fn used(view: Signal<DetailView>) -> RwSignal<UsageView> {
    let query = view.with_untracked(|v| UsageQuery {
        namespace: v.head.row.namespace.clone(),
        name: v.head.row.name.clone(),
        from: v.whole.offset,
        ..UsageQuery::default()
    });
    follow_usage(query, None)
}

/// The table of the ordinals, and the claims that remain without a pod.
#[component]
pub fn Ordinals(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let several = Memo::new(move |_| {
        view.read()
            .head
            .templates
            .iter()
            .map(|t| t.name.clone())
            .collect::<Vec<_>>()
    });
    let look = Look::new();
    let usage = used(view);
    let measured = Memo::new(move |_| usage.read().source == Source::Answers);
    let ordinals = Memo::new(move |_| look.shown(&view.read().ordinals));
    let left = move || {
        let view = view.read();
        let left = &view.whole.left;
        (!left.is_empty()).then(|| t.detail_claims_left(left.all(), told(t, left)))
    };
    let rows = Signal::derive(move || view.read().whole.rows);
    let offset = Signal::derive(move || view.read().whole.offset);
    let at = move |from| view.with(|v| paths::set_from(&v.head.row.namespace, &v.head.row.name, from));
    let review = move || {
        let namespaces = vec![view.read().head.row.namespace.clone()];
        paths::claims(&ClaimsQuery {
            namespaces,
            left: true,
            offset: 0,
        })
    };
    view! {
        <Search look shown=Signal::derive(move || ordinals.read().len())/>
        <div class="card scroll">
            <table class="cards ordinals">
                <thead><tr>
                    <th scope="col">{t.detail_ordinal()}</th>
                    <th scope="col">{t.detail_pod()}</th>
                    <th scope="col">{t.detail_state()}</th>
                    <th scope="col" class="r">{t.detail_ready()}</th>
                    <ByRestarts look/>
                    <th scope="col">{t.detail_node()}</th>
                    <th scope="col">{t.detail_ip()}</th>
                    <th scope="col">{t.detail_revision()}</th>
                    {move || several.get().into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view()}
                    {move || measured.get().then(|| view! { <th scope="col">{t.usage_title()}</th> })}
                    <th scope="col" class="r">{t.list_age()}</th>
                </tr></thead>
                <tbody>
                    <For each=move || ordinals.get() key=|o| *o let:ordinal>
                        <Row view ordinal look usage measured/>
                    </For>
                </tbody>
            </table>
        </div>
        <Show when=move || { rows.get() > whole(ROWS) }>
            <p class="dimmer sm foot-note"><span></span><Pages offset all=rows at/></p>
        </Show>
        {move || left().map(|words| view! { <p class="dimmer sm foot-note"><span>{words}" "<a class="more" href=review()>{t.detail_claims_review()}</a></span></p> })}
    }
}
