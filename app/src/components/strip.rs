//! The ordinal strip, the mark of the product: one cell a pod, lowest ordinal left.
use super::names::told;
use crate::{
    model::{
        many::{CELLS, Many, NAMES, whole},
        strip::{Cell, CellState, count},
    },
    paths,
    texts::{Texts, grouped, use_texts},
};
use leptos::prelude::*;

const STATES: [CellState; 8] = [
    CellState::Ready,
    CellState::Updated,
    CellState::Starting,
    CellState::Failing,
    CellState::Lost,
    CellState::ClaimsOnly,
    CellState::Pale,
    CellState::Unknown,
];

fn class(state: CellState) -> &'static str {
    match state {
        CellState::Ready => "ready",
        CellState::Updated => "updated",
        CellState::Starting => "starting",
        CellState::Failing => "failing",
        CellState::Lost => "lost",
        CellState::ClaimsOnly => "claims",
        CellState::Pale => "pale",
        CellState::Unknown => "unknown",
    }
}

fn word(t: Texts, state: CellState) -> &'static str {
    match state {
        CellState::Ready => t.cell_ready(),
        CellState::Updated => t.cell_updated(),
        CellState::Starting => t.cell_starting(),
        CellState::Failing => t.cell_failing(),
        CellState::Lost => t.cell_lost(),
        CellState::ClaimsOnly => t.cell_claims(),
        CellState::Pale => t.cell_pale(),
        CellState::Unknown => t.cell_unknown(),
    }
}

fn says(t: Texts, name: &str, cell: &Cell) -> String {
    let pod = format!("{name}-{}", cell.ordinal);
    match cell.why.as_str() {
        "" => t.cell_says(pod, word(t, cell.state)),
        why => t.cell_says_why(pod, word(t, cell.state), why),
    }
}

/// The strip of a set. `big` shows the ordinals' numbers below their cells.
#[component]
pub fn Strip(
    #[prop(into)] name: String,
    #[prop(into)] cells: Signal<Vec<Cell>>,
    #[prop(into)] partition: Signal<Option<i64>>,
    #[prop(optional)] big: bool,
    /// The namespace of the pods, where the cells lead to them.
    #[prop(optional, into)]
    pods_of: Option<String>,
    /// The ordinal whose page this is.
    #[prop(optional, into)]
    current: Signal<Option<i64>>,
) -> impl IntoView {
    let few = Memo::new(move |_| count(&cells.read()) <= whole(CELLS));
    let names = StoredValue::new((name, pods_of));
    view! {
        {move || if few.get() {
            let (name, pods_of) = names.get_value();
            view! { <Cells name pods_of current cells partition big/> }.into_any()
        } else {
            view! { <Bar name=names.get_value().0 cells/> }.into_any()
        }}
    }
}

#[component]
fn Cells(
    name: String,
    pods_of: Option<String>,
    current: Signal<Option<i64>>,
    cells: Signal<Vec<Cell>>,
    partition: Signal<Option<i64>>,
    big: bool,
) -> impl IntoView {
    let t = use_texts();
    let label = t.cell_label(&name);
    let one = move |cell: Cell| {
        let says = says(t, &name, &cell);
        let cut = (partition.get() == Some(cell.ordinal)).then(|| {
            view! { <li class="cut" title=t.cell_partition()><span class="vh">{t.cell_partition()}</span></li> }.into_any()
        });
        let ordinal = cell.ordinal;
        let href = pods_of.as_ref().filter(|_| cell.state != CellState::ClaimsOnly);
        let href = href.map(|namespace| paths::pod(namespace, &format!("{name}-{ordinal}")));
        let here = move || (current.get() == Some(ordinal)).then_some("page");
        let words = match href {
            Some(href) => {
                view! { <a href=href aria-current=here><span class="vh">{says.clone()}</span></a> }.into_any()
            }
            None => view! { <span class="vh">{says.clone()}</span> }.into_any(),
        };
        view! {
            {cut}
            <li class=class(cell.state) title=says.clone()>
                {words}
                {big.then(|| view! { <span class="n" aria-hidden="true">{cell.ordinal.to_string()}</span> }.into_any())}
            </li>
        }
        .into_any()
    };
    view! {
        <ol class="strip" class:big=big aria-label=label>
            {move || cells.get().into_iter().map(&one).collect_view()}
        </ol>
    }
}

/// Above [`CELLS`] ordinals: proportions, and the first of the failing ones by name.
#[component]
fn Bar(name: String, cells: Signal<Vec<Cell>>) -> impl IntoView {
    let t = use_texts();
    let label = t.cell_label(&name);
    let of = move |state: CellState| -> i64 {
        let cells = cells.read();
        cells.iter().filter(|c| c.state == state).map(|c| c.count).sum()
    };
    let part = move |state: CellState| {
        let n = of(state);
        (n > 0).then(|| {
            let says = t.cell_share(grouped(n), word(t, state));
            view! { <li class=class(state) style=format!("flex-grow:{n}") title=says.clone()><span class="vh">{says.clone()}</span></li> }.into_any()
        })
    };
    let failing = move || {
        let cells = cells.read();
        let bad = cells.iter().filter(|c| c.is_bad());
        let all = bad.clone().map(|c| c.count).sum();
        let names = bad
            .filter(|c| c.count == 1)
            .map(|c| format!("{name}-{}", c.ordinal));
        let names = Many::counted(names, NAMES, all);
        (!names.is_empty())
            .then(|| view! { <span class="why">{t.cell_failing_ones(told(t, &names))}</span> }.into_any())
    };
    view! {
        <ol class="strip bar" aria-label=label>{move || STATES.into_iter().filter_map(part).collect_view()}</ol>
        {move || failing()}
    }
}
