//! The dialog: a folder, the way into others, and what can be taken away.
use crate::{
    api::{ApiError, pods::list_files},
    components::{
        callout::{Callout, Tone},
        dialog::{Modal, close as close_dialog},
        time::Since,
    },
    model::files::{At, Entry, Kind, Listing, inside, path, split},
    paths,
    texts::{grouped, use_texts},
};
use leptos::{ev, prelude::*, task::spawn_local};

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
struct Files {
    at: RwSignal<At>,
    /// As it is typed.
    typed: RwSignal<String>,
    told: RwSignal<Option<Result<Listing, ApiError>>>,
}

impl Files {
    /// Goes to another folder.
    fn go(self, path: String) {
        self.typed.set(path.clone());
        self.told.set(None);
        self.at.update(|at| at.path = path);
    }

    /// Asks for the folder, now and whenever it is another one.
    fn ask(self) {
        Effect::new(move || {
            let at = self.at.get();
            spawn_local(async move {
                let answer = list_files(at.clone()).await;
                // The dialog may have been closed, or another folder be wanted by now.
                if self.at.try_get_untracked() == Some(at) {
                    self.told.set(Some(answer));
                }
            });
        });
    }
}

/// The files of one container.
#[component]
pub(super) fn Dialog(at: At, close: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let title = Signal::stored(t.files_title(&at.container));
    let files = Files {
        typed: RwSignal::new(at.path.clone()),
        at: RwSignal::new(at),
        told: RwSignal::new(None),
    };
    files.ask();
    view! {
        <Modal title may_close=Callback::new(|()| true) on_close=close>
            <div class="phase">
                <div class="body">
                    <Way files/>
                    <Folder files/>
                    <p class="dim sm">{t.files_rights()}</p>
                </div>
                <footer>
                    <button type="button" class="btn" on:click=|e| close_dialog(&e)>{t.frame_close()}</button>
                </footer>
            </div>
        </Modal>
    }
}

/// The path, typed or by steps.
#[component]
fn Way(files: Files) -> impl IntoView {
    let t = use_texts();
    let good = Memo::new(move |_| path(files.typed.read().trim()));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Some(path) = good.get_untracked() {
            files.go(path);
        }
    };
    let top = move || files.at.with(|at| at.path == "/");
    let up = move |_| {
        let above = files.at.with_untracked(|at| split(&at.path).0.to_owned());
        files.go(above);
    };
    let taken = move || files.at.with(|at| paths::file(at, true));
    let bad = move || good.read().is_none().then_some("true");
    view! {
        <form class="field" on:submit=submit>
            <label for="files-path">{t.files_path()}</label>
            <input id="files-path" class="in mono" autocomplete="off" spellcheck="false" aria-invalid=bad
                aria-describedby="files-path-note" prop:value=move || files.typed.get()
                on:input=move |e| files.typed.set(event_target_value(&e))/>
            <p class="dimmer sm" id="files-path-note">{t.files_path_help()}</p>
            <div class="row">
                <button type="submit" class="btn small" disabled=move || good.read().is_none()>{t.files_go()}</button>
                <button type="button" class="btn small" disabled=top on:click=up>{t.files_up()}</button>
                <a class="btn small" href=taken download="" rel="external">{t.files_take_folder()}</a>
            </div>
        </form>
    }
}

/// What is in it, or why that is not known.
#[component]
fn Folder(files: Files) -> impl IntoView {
    let t = use_texts();
    move || match files.told.get() {
        None => {
            view! { <div class="skeleton" role="status" aria-label=t.term_opening()><div><i></i></div></div> }
                .into_any()
        }
        Some(Err(error)) => {
            let lacks = matches!(error, ApiError::NotFound(_));
            let hint = lacks.then(|| view! { <p>{t.files_debug_hint()}</p> });
            let words = error.words();
            view! {
                <Callout tone=Tone::Bad><b>{t.files_failed()}</b>" "<span class="mono">{words}</span>{hint}</Callout>
            }
            .into_any()
        }
        Some(Ok(listing)) if listing.entries.is_empty() => {
            view! { <p class="dim">{t.files_empty()}</p> }.into_any()
        }
        Some(Ok(listing)) => {
            let count = i64::try_from(listing.entries.len()).unwrap_or(i64::MAX);
            let more = listing
                .more
                .then(|| view! { <p class="dim">{t.files_more(grouped(count))}</p> });
            let rows: Vec<AnyView> = listing
                .entries
                .into_iter()
                .map(|entry| view! { <Row files entry/> }.into_any())
                .collect();
            view! { <ul class="acts" aria-label=t.files_path()>{rows}</ul>{more} }.into_any()
        }
    }
}

/// An entry, with what can be done with it.
#[component]
fn Row(files: Files, entry: Entry) -> impl IntoView {
    let t = use_texts();
    let Entry {
        name,
        plain,
        kind,
        size,
        modified,
    } = entry;
    let at = files.at.with_untracked(|at| At {
        path: inside(&at.path, &name),
        ..at.clone()
    });
    let enters = plain && matches!(kind, Kind::Folder | Kind::Link);
    let taken = plain && matches!(kind, Kind::File | Kind::Link);
    let shown = if kind == Kind::Folder {
        format!("{name}/")
    } else {
        name.clone()
    };
    let says = match kind {
        _ if !plain => t.files_odd().to_owned(),
        Kind::File => t.files_bytes(grouped(i64::try_from(size).unwrap_or(i64::MAX))),
        Kind::Folder => String::new(),
        Kind::Link => t.files_link().to_owned(),
        Kind::Other => t.files_special().to_owned(),
    };
    let (label, href, path) = (t.files_take(&name), paths::file(&at, false), at.path);
    let heading = if enters {
        let go = move |_| files.go(path.clone());
        view! { <button type="button" class="btn ghost small mono" on:click=go>{shown}</button> }.into_any()
    } else {
        view! { <span class="mono">{shown}</span> }.into_any()
    };
    let link = taken.then(|| {
        view! {
            <a class="btn small" href=href download="" rel="external" aria-label=label>{t.page_download()}</a>
        }
    });
    view! {
        <li>
            <div>{heading}<p class="dim sm">{says}" "<Since then=modified/></p></div>
            {link}
        </li>
    }
}
