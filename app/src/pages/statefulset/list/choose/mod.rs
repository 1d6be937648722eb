//! Choosing several sets: a tick in each row and a bar with what can be done to them. The code is loaded when somebody
//! first chooses, so that the list does not carry it.
mod run;

use crate::{
    api::sets::list_sets,
    model::{
        list::{ListQuery, ListView, SetRow},
        many::whole,
        ops::{Picked, Verb},
    },
    state::texts::{lazy_texts, provide_lazy},
    texts::{Part, Texts, use_texts},
};
use leptos::{ev, prelude::*, task::spawn_local};
use run::Run;

/// The most sets that are chosen at once.
const MOST: usize = 10_000;

/// Draws the box of a row.
type DrawTick = fn(Choosing, Memo<Option<SetRow>>, RwSignal<Option<ListView>>) -> AnyView;
/// Draws what can be done to those that are chosen.
type DrawBar =
    fn(Choosing, RwSignal<Option<Choosing>>, RwSignal<Option<ListView>>, Memo<ListQuery>) -> AnyView;

/// What draws the choice, and what is chosen.
#[derive(Clone)]
pub(super) struct Choosing {
    chosen: ArcRwSignal<Vec<Picked>>,
    pub(super) tick: DrawTick,
    pub(super) bar: DrawBar,
}

#[lazy]
fn choosing() -> Choosing {
    Choosing {
        chosen: ArcRwSignal::new(Vec::new()),
        tick: |choosing, row, view| view! { <Tick choosing row view/> }.into_any(),
        bar: |choosing, open, view, query| view! { <Bar choosing open view query/> }.into_any(),
    }
}

/// Begins to choose, and ends it.
#[component]
pub(super) fn ChooseButton(choosing: RwSignal<Option<Choosing>>) -> impl IntoView {
    let t = use_texts();
    let on = move || choosing.read().is_some();
    let turn = move |_| {
        if untrack(on) {
            choosing.set(None);
        } else {
            spawn_local(async move { choosing.set(Some(self::choosing().await)) });
        }
    };
    view! { <button type="button" class="btn js-only" aria-pressed=move || if on() { "true" } else { "false" } on:click=turn>{t.list_select()}</button> }
}

fn picked(row: &SetRow) -> Picked {
    Picked {
        namespace: row.namespace.clone(),
        name: row.name.clone(),
        uid: row.uid.clone(),
    }
}

/// Adds a set or takes it away.
fn turn(chosen: &mut Vec<Picked>, set: Picked, on: bool) {
    chosen.retain(|p| p.uid != set.uid);
    if on {
        chosen.push(set);
    }
}

/// The tick of a row. With Shift it goes for all rows from the last one that was ticked.
#[component]
fn Tick(choosing: Choosing, row: Memo<Option<SetRow>>, view: RwSignal<Option<ListView>>) -> impl IntoView {
    let t = use_texts();
    let chosen = RwSignal::from(choosing.chosen);
    let uid = move || row.read().as_ref().map(|r| r.uid.clone());
    let on = Memo::new(move |_| uid().is_some_and(|uid| chosen.read().iter().any(|p| p.uid == uid)));
    let name = row.get_untracked().map(|r| r.name).unwrap_or_default();
    let click = move |event: ev::MouseEvent| {
        let (Some(this), to) = (row.get_untracked(), event_target_checked(&event)) else {
            return;
        };
        let last = chosen.with_untracked(|c| c.last().map(|p| p.uid.clone()));
        let mut wanted = vec![this.clone()];
        if let (true, Some(last)) = (event.shift_key(), last) {
            view.with_untracked(|v| {
                let rows = v.iter().flat_map(|v| &v.rows).collect::<Vec<_>>();
                let at = |uid: &str| rows.iter().position(|r| r.uid == uid);
                if let (Some(a), Some(b)) = (at(&last), at(&this.uid)) {
                    wanted = rows[a.min(b)..=a.max(b)].iter().map(|r| (*r).clone()).collect();
                }
            });
        }
        chosen.update(|all| wanted.iter().for_each(|r| turn(all, picked(r), to)));
    };
    view! {
        <td class="pick"><input type="checkbox" class="cb" aria-label=t.list_choose(name) prop:checked=move || on.get() on:click=click/></td>
    }
}

/// How many are chosen, all that match, and what can be done to them.
#[component]
fn Bar(
    choosing: Choosing,
    open: RwSignal<Option<Choosing>>,
    view: RwSignal<Option<ListView>>,
    query: Memo<ListQuery>,
) -> impl IntoView {
    let texts = lazy_texts(Part::Objects);
    let chosen = RwSignal::from(choosing.chosen);
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let t = provide_lazy(Part::Objects, &texts.await);
                view! { <Tools t chosen open view query/> }
            })}
        </Suspense>
    }
}

/// Reads every window of what the list shows.
async fn all_that_match(query: ListQuery) -> Vec<Picked> {
    let mut all: Vec<Picked> = Vec::new();
    while all.len() < MOST {
        let window = ListQuery {
            offset: all.len(),
            ..query.clone()
        };
        let rows = list_sets(window)
            .await
            .map(|f| f.picture.rows)
            .unwrap_or_default();
        // Rows that moved meanwhile may come twice.
        let new = rows
            .iter()
            .map(picked)
            .filter(|p| all.iter().all(|a| a.uid != p.uid));
        let new: Vec<Picked> = new.collect();
        if new.is_empty() {
            break;
        }
        all.extend(new);
    }
    all
}

#[component]
fn Tools(
    t: Texts,
    chosen: RwSignal<Vec<Picked>>,
    open: RwSignal<Option<Choosing>>,
    view: RwSignal<Option<ListView>>,
    query: Memo<ListQuery>,
) -> impl IntoView {
    let asked = RwSignal::new(None::<(Verb, Vec<Picked>)>);
    let none = Memo::new(move |_| chosen.read().is_empty());
    let matching = move || view.read().as_ref().map_or(0, |v| whole(v.matching));
    let all = Action::new_local(move |(): &()| {
        let query = query.get_untracked();
        async move {
            let all = all_that_match(query).await;
            let _ = chosen.try_set(all);
        }
    });
    let button = move |verb: Verb| {
        let class = if verb == Verb::Delete { "btn danger" } else { "btn" };
        view! {
            <button type="button" class=class disabled=move || none.get() on:click=move |_| asked.set(Some((verb, chosen.get_untracked())))>
                {run::word(t, verb)}"…"</button>
        }
    };
    let close = Callback::new(move |()| asked.set(None));
    view! {
        <div class="row choice" role="toolbar" aria-label=t.ops_many_bar()>
            <b role="status">{move || t.ops_many_chosen(whole(chosen.read().len()))}</b>
            <button type="button" class="btn" disabled=move || all.pending().get() on:click=move |_| { all.dispatch(()); }>
                {move || t.ops_many_all(matching())}</button>
            {[Verb::Stop, Verb::Start, Verb::Restart, Verb::Delete].map(button)}
            <button type="button" class="btn ghost" on:click=move |_| open.set(None)>{t.ops_many_leave()}</button>
        </div>
        {move || asked.get().map(|(verb, sets)| view! { <Run t verb sets close/> })}
    }
}
