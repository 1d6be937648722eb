//! One dialog for all operations: it reads the set, follows it, and shows what the URL names.
use super::{
    containers::Containers,
    power,
    progress::Progress,
    restart::Restart,
    rollback::RollBack,
    scale::ScaleTo,
    state::{Ops, What},
};
use crate::{
    api::{ApiError, ops::plan_ops, sets::get_set},
    components::{
        dialog::{Modal, close},
        fault::Fault,
    },
    model::{
        detail::DetailView,
        live::{Topic, Versioned},
        ops::OpsPlan,
    },
    paths,
    state::{
        live::{News, use_live},
        texts::{part_of, provide_lazy},
    },
    texts::{Part, Texts, use_texts},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};
use wasm_bindgen::JsCast;

/// What the dialog is drawn from.
type Found = (Vec<String>, Result<(OpsPlan, Versioned<DetailView>), ApiError>);

async fn read(t: Texts, namespace: String, name: String) -> Found {
    let texts = part_of(t, Part::Objects).await;
    let answer = async {
        let plan = plan_ops(namespace.clone(), name.clone()).await?;
        Ok((plan, get_set(namespace, name, 0).await?))
    };
    (texts, answer.await)
}

/// The set of the page, or the one that the URL of a list names.
fn which() -> Option<(String, String)> {
    let of = use_query_map().read_untracked().get("of");
    let named = of.and_then(|of| of.split_once('/').map(|(ns, n)| (ns.to_owned(), n.to_owned())));
    named.or_else(|| paths::set_of(&use_location().pathname.read_untracked()))
}

/// The dialog that the URL names; nothing where it names none that there is.
#[component]
pub(super) fn Opened(what: String) -> impl IntoView {
    let found = What::from_name(&what).zip(which());
    found.map(|(what, (namespace, name))| view! { <Dialog what namespace name/> })
}

#[component]
fn Dialog(what: What, namespace: String, name: String) -> impl IntoView {
    let (t, navigate, location) = (use_texts(), use_navigate(), use_location());
    let found = RwSignal::new(None::<Found>);
    let set = StoredValue::new((namespace, name.clone()));
    let load = move || {
        let (namespace, name) = set.get_value();
        spawn_local(async move {
            let answer = read(t, namespace, name).await;
            // The dialog may have been closed meanwhile.
            let _ = found.try_set(Some(answer));
        });
    };
    Effect::new(load);
    let title = Signal::derive(move || {
        let words = |(texts, _): &Found| what.title(t.with_lazy(Part::Objects, texts), &name);
        found.read().as_ref().map(words).unwrap_or_else(|| name.clone())
    });
    let on_close = Callback::new(move |()| {
        let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
        let asked = format!("{path}?{}", search.trim_start_matches('?'));
        let url = paths::without_dialog(&path, &search);
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&url, options);
        focus_opener(&asked);
    });
    let again = Callback::new(move |()| {
        found.set(None);
        load();
    });
    view! {
        <Modal title may_close=Callback::new(|()| true) on_close>
            {move || match found.get() {
                None => view! { <div class="phase"><div class="body"><div class="skeleton" aria-hidden="true"><div><i></i><i></i></div></div></div></div> }.into_any(),
                Some((_, Err(error))) => view! { <Fault error><button type="button" class="btn" on:click=|e| close(&e)>{t.frame_close()}</button></Fault> }.into_any(),
                Some((texts, Ok((plan, first)))) => view! { <Loaded what texts plan first again/> }.into_any(),
            }}
        </Modal>
    }
}

/// A dialog that came with the page (a reload, a link from elsewhere) has nothing to give the focus back to: the link of
/// the page that leads to it takes it, as if it had been opened there.
fn focus_opener(url: &str) {
    let page = document();
    // What has it is gone in a moment where that is a field of the dialog.
    let stays = |e: web_sys::Element| e.tag_name() != "BODY" && !matches!(e.closest("dialog"), Ok(Some(_)));
    let kept = page.active_element().is_some_and(stays);
    let link = page.query_selector(&format!("a[href=\"{url}\"]")).ok().flatten();
    if let Some(link) = link
        .filter(|_| !kept)
        .and_then(|l| l.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = link.focus();
    }
}

#[component]
fn Loaded(
    what: What,
    texts: Vec<String>,
    plan: OpsPlan,
    first: Versioned<DetailView>,
    again: Callback<()>,
) -> impl IntoView {
    let t = provide_lazy(Part::Objects, &texts);
    let view = RwSignal::new(first.picture);
    let topic = Topic::Set {
        namespace: plan.shown.namespace.clone(),
        name: plan.shown.name.clone(),
        from: 0,
    };
    follow(view, topic, first.version);
    let ops = Ops {
        t,
        what,
        view: view.into(),
        plan: StoredValue::new(plan),
        sent: RwSignal::new(false),
        version: StoredValue::default(),
        trouble: RwSignal::new(None),
        again,
    };
    move || {
        if ops.sent.get() {
            return view! { <Progress ops/> }.into_any();
        }
        match what {
            What::Restart => view! { <Restart ops/> }.into_any(),
            What::Stop => view! { <power::Stop ops/> }.into_any(),
            What::Start => view! { <power::Start ops/> }.into_any(),
            What::Scale => view! { <ScaleTo ops/> }.into_any(),
            What::Containers => view! { <Containers ops/> }.into_any(),
            What::RollBack => view! { <RollBack ops/> }.into_any(),
        }
    }
}

fn follow(view: RwSignal<DetailView>, topic: Topic, since: crate::model::live::Version) {
    let live = use_live();
    // Until the dialog goes.
    live.follow(topic, Some(since), move |news: News<DetailView>| match news {
        News::Picture(picture) => view.set(picture),
        News::Change(delta) => view.update(|v| v.apply(delta)),
        // What was seen stays; a write of it is refused by the cluster itself.
        News::Refused(_) => {}
    });
}
