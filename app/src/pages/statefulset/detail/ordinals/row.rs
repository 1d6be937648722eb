//! One ordinal: its pod, and below it, when it is opened, what that is made of.
use super::{Look, more::More};
use crate::{
    components::{
        chart::{Spark, amount},
        icon::{Icon, IconName},
        time::Since,
    },
    model::{
        detail::DetailView,
        ordinals::{ClaimCell, OrdinalRow},
        usage::{Measure, Track, UsageView},
    },
    paths,
    texts::use_texts,
};
use leptos::prelude::*;

fn mark(row: &OrdinalRow) -> (&'static str, IconName) {
    match row {
        r if !r.present => ("idle", IconName::Stop),
        r if r.lost => ("warn", IconName::Warn),
        r if r.failing => ("bad", IconName::Alert),
        r if r.ready => ("ok", IconName::Check),
        _ => ("busy", IconName::Rolling),
    }
}

/// The ordinal's row as it is now, or was last.
fn row_of(view: Signal<DetailView>, ordinal: i64) -> Memo<OrdinalRow> {
    Memo::new(move |old: Option<&OrdinalRow>| {
        let found = view
            .read()
            .ordinals
            .iter()
            .find(|o| o.ordinal == ordinal)
            .cloned();
        found.or_else(|| old.cloned()).unwrap_or_default()
    })
}

#[component]
pub(super) fn Row(
    view: Signal<DetailView>,
    ordinal: i64,
    look: Look,
    usage: RwSignal<UsageView>,
    /// Whether the cluster measures what pods use.
    measured: Memo<bool>,
) -> impl IntoView {
    let t = use_texts();
    let row = row_of(view, ordinal);
    let templates = Memo::new(move |_| view.read().head.templates.clone());
    let namespace = StoredValue::new(view.with_untracked(|v| v.head.row.namespace.clone()));
    let created = Signal::derive(move || row.read().created);
    let present = move || row.read().present;
    let place = move || {
        row.with(|r| {
            if r.zone.is_empty() {
                r.node.clone()
            } else {
                format!("{} · {}", r.node, r.zone)
            }
        })
    };
    let state = move || {
        if present() {
            row.read().state.clone()
        } else {
            t.detail_no_pod().to_owned()
        }
    };
    let claim = move |template: String| {
        let found = row.read().claims.iter().find(|c| c.template == template).cloned();
        view! { <td class="num dim" data-label=template><Claim claim=found/></td> }
    };
    // Where each pod has an address, and each row its columns: those of the head.
    let columns = move || (9 + templates.read().len() + usize::from(measured.get())).to_string();
    let open = Memo::new(move |_| look.open.get() == Some(ordinal));
    let revision = move || row.with(|r| r.revision.rsplit('-').next().unwrap_or_default().to_owned());
    view! {
        <tr class:absent=move || !present()>
            <td class="mono dim hide-s">{ordinal}</td>
            <th scope="row" class="name"><Opener row open look/><PodLink row place=namespace.get_value()/></th>
            <td class="state">
                <span class=move || format!("st {}", row.with(mark).0) title=move || row.read().message.clone()>
                    {move || view! { <Icon name=row.with(mark).1/> }}{state}
                </span>
                <Show when=move || !row.read().message.is_empty()><div class="why" title=move || row.read().message.clone()>{move || row.read().message.clone()}</div></Show>
            </td>
            <td class="num r hide-s">{move || present().then(|| row.with(|r| format!("{}/{}", r.containers.0, r.containers.1)))}</td>
            <td class="num r hide-s">{move || present().then(|| row.read().restarts)}</td>
            <td class="dim hide-s">{place}</td>
            <td class="mono dim hide-s">{move || row.read().ip.clone()}</td>
            <td><Show when=present><span class="tag mono" class:new=move || row.read().updated title=move || row.read().revision.clone()>{revision}</span></Show></td>
            {move || templates.get().into_iter().map(|t| claim(t.name)).collect_view()}
            {move || measured.get().then(|| view! { <Used row usage/> })}
            <td class="num dim r hide-s"><Show when=present><Since then=created/></Show></td>
        </tr>
        <Show when=move || open.get() && present()>
            <tr class="opened"><td colspan=columns><More namespace=namespace.get_value() row/></td></tr>
        </Show>
    }
}

/// What the pod uses, and its last quarter of an hour.
#[component]
fn Used(row: Memo<OrdinalRow>, usage: RwSignal<UsageView>) -> impl IntoView {
    let track: Memo<Track> = Memo::new(move |_| {
        let found = usage.with(|u| u.track(&row.read().pod).cloned());
        found.filter(|_| row.read().present).unwrap_or_default()
    });
    let now = move |measure: Measure| track.with(|t| t.last().map(|last| amount(measure, measure.of(last))));
    let readings = Signal::derive(move || track.read().readings.clone());
    let shown = move || track.with(|t| t.last().is_some());
    let one = move |measure: Measure| view! { <span><Spark readings measure/>{move || now(measure)}</span> };
    view! {
        <td class="num dim hide-s used"><Show when=shown>{one(Measure::Cpu)}{one(Measure::Memory)}</Show></td>
    }
}

/// Opens the row, and closes the one that was open: one at a time.
#[component]
fn Opener(row: Memo<OrdinalRow>, open: Memo<bool>, look: Look) -> impl IntoView {
    let t = use_texts();
    let toggle = move |_| {
        let ordinal = row.read_untracked().ordinal;
        look.open.set((!open.get_untracked()).then_some(ordinal));
    };
    let present = Memo::new(move |_| row.read().present);
    view! {
        <Show when=move || present.get()>
            <button type="button" class="btn ghost icon small js-only opener" aria-expanded=move || open.get().to_string()
                aria-label=move || t.detail_open(&row.read().pod) on:click=toggle><Icon name=IconName::ChevronDown/></button>
        </Show>
    }
}

/// The pod's name; where it exists it leads to its page.
#[component]
fn PodLink(row: Memo<OrdinalRow>, place: String) -> impl IntoView {
    let t = use_texts();
    let name = Memo::new(move |_| row.with(|r| (r.pod.clone(), r.present)));
    move || match name.get() {
        (name, true) => {
            let logs = paths::logs_of(&place, &name, "", false);
            view! { <a class="name" href=paths::pod(&place, &name)>{name.clone()}</a>" "<a class="sm logs-of" href=logs>{t.page_logs()}</a> }
                .into_any()
        }
        (name, false) => name.into_any(),
    }
}

#[component]
fn Claim(claim: Option<ClaimCell>) -> impl IntoView {
    let t = use_texts();
    claim.map(|claim| {
        let bad = claim.phase != "Bound";
        view! {
            <span class="claim" class:bad=bad title=format!("{} ({})", claim.name, claim.class)>
                {t.detail_claim_size(claim.size, claim.phase)}
            </span>
        }
    })
}
