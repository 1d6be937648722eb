//! The claims by set and ordinal. Only what is left behind can be ticked.
use super::Shown;
use crate::{
    components::{
        icon::{Icon, IconName},
        time::Since,
    },
    model::claims::{ClaimRow, Evidence, Left, Use},
    paths,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// Namespace and name of a set.
type Key = (String, String);

fn key(row: &ClaimRow) -> Key {
    (row.namespace.clone(), row.set.clone())
}

/// The table, a group for each set.
#[component]
pub(super) fn Table(shown: Shown) -> impl IntoView {
    let t = use_texts();
    let groups = Memo::new(move |_| {
        let mut keys: Vec<Key> = shown.rows().iter().map(key).collect();
        keys.dedup();
        keys
    });
    view! {
        <div class="card scroll">
            <table class="cards claims">
                <thead><tr>
                    <th scope="col" class="js-only tick"><span class="vh">{t.claims_choose()}</span></th>
                    <th scope="col">{t.claims_claim()}</th>
                    <th scope="col">{t.claims_used_by()}</th>
                    <th scope="col" class="r">{t.claims_capacity()}</th>
                    <th scope="col">{t.claims_phase()}</th>
                    <th scope="col">{t.claims_class()}</th>
                    <th scope="col">{t.claims_policy()}</th>
                    <th scope="col" class="r">{t.list_age()}</th>
                    <th scope="col" class="js-only"><span class="vh">{t.list_actions()}</span></th>
                </tr></thead>
                <For each=move || groups.get() key=Key::clone let:of><Group shown of/></For>
            </table>
        </div>
    }
}

/// Why a set that does not exist is named all the same.
fn evidence(t: Texts, row: &ClaimRow) -> Option<String> {
    match &row.evidence {
        _ if row.living => None,
        Evidence::Label(label) => Some(t.claims_told_by_label(label)),
        Evidence::Owner => Some(t.claims_told_by_owner().to_owned()),
        Evidence::Template => None,
    }
}

#[component]
fn Group(shown: Shown, of: Key) -> impl IntoView {
    let t = use_texts();
    let (namespace, set) = of.clone();
    let rows = Memo::new(move |_| {
        shown
            .rows()
            .into_iter()
            .filter(|r| key(r) == of)
            .collect::<Vec<_>>()
    });
    let uids = Memo::new(move |_| rows.read().iter().map(|r| r.uid.clone()).collect::<Vec<_>>());
    let living = Memo::new(move |_| rows.read().iter().any(|r| r.living));
    let left = Memo::new(move |_| {
        rows.read()
            .iter()
            .filter(|r| r.is_left())
            .map(|r| r.uid.clone())
            .collect::<Vec<_>>()
    });
    let several = move || shown.query.read().namespaces.len() != 1;
    let all = move || left.read().iter().all(|u| shown.ticked.read().contains(u));
    let tick = move |on: bool| {
        shown.ticked.update(|ticked| {
            for uid in left.read_untracked().iter() {
                if on {
                    ticked.insert(uid.clone())
                } else {
                    ticked.remove(uid)
                };
            }
        });
    };
    let href = paths::set(&namespace, &set);
    let label = t.claims_choose_of(&set);
    let (name, gone) = (StoredValue::new(set), move || {
        rows.read().first().and_then(|r| evidence(t, r))
    });
    view! {
        <tbody>
            <tr class="group">
                <td class="js-only tick"><Show when=move || !left.read().is_empty()>
                    <input class="cb" type="checkbox" aria-label=label.clone() prop:checked=all on:change=move |e| tick(event_target_checked(&e))/>
                </Show></td>
                <th scope="rowgroup" colspan="8">
                    <Show when=several><span class="dim">{namespace.clone()}" / "</span></Show>
                    {move || if living.get() {
                        view! { <a class="name" href=href.clone()>{name.get_value()}</a> }.into_any()
                    } else {
                        view! { <span class="name">{name.get_value()}</span>" "<span class="tag">{t.claims_set_gone()}</span> }.into_any()
                    }}
                    {move || gone().map(|words| view! { " "<span class="dimmer sm">{words}</span> })}
                </th>
            </tr>
            <For each=move || uids.get() key=String::clone let:uid><Row shown rows uid/></For>
        </tbody>
    }
}

fn look(usage: &Use) -> (&'static str, IconName) {
    match usage {
        Use::Pod(_) => ("ok", IconName::Check),
        Use::Awaited | Use::Deleting => ("busy", IconName::Rolling),
        Use::Left(_) => ("warn", IconName::Warn),
        Use::Unknown => ("idle", IconName::Stop),
    }
}

/// The word, and under it why.
fn words(t: Texts, row: &ClaimRow) -> (String, String) {
    let pod = || format!("{}-{}", row.set, row.ordinal);
    let left = || t.claims_left_behind().to_owned();
    match &row.usage {
        Use::Pod(pod) => (pod.clone(), String::new()),
        Use::Awaited => (t.claims_awaited(pod()), String::new()),
        Use::Deleting => (t.claims_deleting().to_owned(), String::new()),
        Use::Unknown => (t.claims_unknown().to_owned(), t.claims_unknown_why().to_owned()),
        Use::Left(Left::Beyond) => (left(), t.claims_beyond(row.ordinal, &row.set)),
        Use::Left(Left::NoTemplate) => (left(), t.claims_no_template(&row.set, &row.template)),
        Use::Left(Left::SetGone) => (left(), t.claims_no_set(&row.set)),
    }
}

#[component]
fn Row(shown: Shown, rows: Memo<Vec<ClaimRow>>, uid: String) -> impl IntoView {
    let t = use_texts();
    let found = {
        let uid = uid.clone();
        move || rows.with(|rows| rows.iter().find(|r| r.uid == uid).cloned())
    };
    // A row that has just left keeps its last picture until it is taken off the table.
    let row = Memo::new(move |old: Option<&Option<ClaimRow>>| found().or_else(|| old.cloned().flatten()));
    let of =
        move |part: fn(&ClaimRow) -> String| move || row.with(|r| r.as_ref().map(part).unwrap_or_default());
    let name = row.with_untracked(|r| r.as_ref().map(|r| r.name.clone()).unwrap_or_default());
    let says = move || {
        row.with(|r| {
            r.as_ref()
                .map(|r| (look(&r.usage), words(t, r)))
                .unwrap_or((("idle", IconName::Stop), Default::default()))
        })
    };
    let left = Memo::new(move |_| row.with(|r| r.as_ref().is_some_and(ClaimRow::is_left)));
    let created = Signal::derive(move || row.with(|r| r.as_ref().map_or(0, |r| r.created)));
    let uid = StoredValue::new(uid);
    let ticked = move || uid.with_value(|u| shown.ticked.read().contains(u));
    let tick = move |on: bool| {
        let uid = uid.get_value();
        shown.ticked.update(|ticked| {
            if on {
                ticked.insert(uid)
            } else {
                ticked.remove(&uid)
            };
        });
    };
    let (choose, delete) = (t.claims_choose_this(&name), t.page_delete_object(&name));
    let ask = move |_| shown.asked.set(row.get_untracked().map(|r| vec![r]));
    view! {
        <tr class:left=move || left.get()>
            <td class="js-only tick"><Show when=move || left.get()>
                <input class="cb" type="checkbox" aria-label=choose.clone() prop:checked=ticked on:change=move |e| tick(event_target_checked(&e))/>
            </Show></td>
            <th scope="row" class="claim-name">{name}</th>
            <td class="state">
                <span class=move || format!("st {}", says().0.0)>{move || view! { <Icon name=says().0.1/> }}{move || says().1.0}</span>
                <Show when=move || !says().1.1.is_empty()><div class="why">{move || says().1.1}</div></Show>
            </td>
            <td class="num r">{of(|r| r.size.clone())}</td>
            <td class="dim hide-s">{of(|r| r.phase.clone())}</td>
            <td class="dim hide-s">{of(|r| r.class.clone())}</td>
            <td class="dim hide-s">{of(|r| r.policy.clone())}</td>
            <td class="num dim r hide-s"><Since then=created/></td>
            <td class="r hide-s js-only"><Show when=move || left.get()>
                <button type="button" class="btn ghost icon small quiet writes" aria-label=delete.clone() title=delete.clone() on:click=ask><Icon name=IconName::Trash/></button>
            </Show></td>
        </tr>
    }
}
