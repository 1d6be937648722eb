//! The ordinals in natural order: pod, node, revision and claims of each.
use crate::{
    components::{
        icon::{Icon, IconName},
        names::told,
        pages::Pages,
        time::Since,
    },
    model::{
        claims::ClaimsQuery,
        detail::DetailView,
        many::{ROWS, whole},
        ordinals::{ClaimCell, OrdinalRow},
    },
    paths,
    texts::use_texts,
};
use leptos::prelude::*;

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
    let ordinals = Memo::new(move |_| view.read().ordinals.iter().map(|o| o.ordinal).collect::<Vec<_>>());
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
        <div class="card scroll">
            <table class="cards ordinals">
                <thead><tr>
                    <th scope="col">{t.detail_ordinal()}</th>
                    <th scope="col">{t.detail_pod()}</th>
                    <th scope="col">{t.detail_state()}</th>
                    <th scope="col" class="r">{t.detail_ready()}</th>
                    <th scope="col" class="r">{t.detail_restarts()}</th>
                    <th scope="col">{t.detail_node()}</th>
                    <th scope="col">{t.detail_revision()}</th>
                    {move || several.get().into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view()}
                    <th scope="col" class="r">{t.list_age()}</th>
                </tr></thead>
                <tbody>
                    <For each=move || ordinals.get() key=|o| *o let:ordinal>
                        <Row view ordinal/>
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

fn look(row: &OrdinalRow) -> (&'static str, IconName) {
    match row {
        r if !r.present => ("idle", IconName::Stop),
        r if r.lost => ("warn", IconName::Warn),
        r if r.failing => ("bad", IconName::Alert),
        r if r.ready => ("ok", IconName::Check),
        _ => ("busy", IconName::Rolling),
    }
}

#[component]
fn Row(view: Signal<DetailView>, ordinal: i64) -> impl IntoView {
    let t = use_texts();
    let row = Memo::new(move |old: Option<&OrdinalRow>| {
        let found = view
            .read()
            .ordinals
            .iter()
            .find(|o| o.ordinal == ordinal)
            .cloned();
        found.or_else(|| old.cloned()).unwrap_or_default()
    });
    let templates = Memo::new(move |_| view.read().head.templates.clone());
    let namespace = view.with_untracked(|v| v.head.row.namespace.clone());
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
    let revision = move || row.with(|r| r.revision.rsplit('-').next().unwrap_or_default().to_owned());
    view! {
        <tr class:absent=move || !present()>
            <td class="mono dim hide-s">{ordinal}</td>
            <th scope="row" class="name"><PodLink row place=namespace/></th>
            <td class="state">
                <span class=move || format!("st {}", row.with(look).0) title=move || row.read().message.clone()>
                    {move || view! { <Icon name=row.with(look).1/> }}{state}
                </span>
                <Show when=move || !row.read().message.is_empty()><div class="why" title=move || row.read().message.clone()>{move || row.read().message.clone()}</div></Show>
            </td>
            <td class="num r hide-s">{move || present().then(|| row.with(|r| format!("{}/{}", r.containers.0, r.containers.1)))}</td>
            <td class="num r hide-s">{move || present().then(|| row.read().restarts)}</td>
            <td class="dim hide-s">{place}</td>
            <td><Show when=present><span class="tag mono" class:new=move || row.read().updated title=move || row.read().revision.clone()>{revision}</span></Show></td>
            {move || templates.get().into_iter().map(|t| claim(t.name)).collect_view()}
            <td class="num dim r hide-s"><Show when=present><Since then=created/></Show></td>
        </tr>
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
