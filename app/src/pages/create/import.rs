//! Import: YAML files become the text of the wizard. From there on nothing knows where the text came from.
use super::state::use_wizard;
use crate::{
    components::{
        callout::{Callout, Tone},
        problem::problem_words,
    },
    manifest::{
        import::{File, Imported, Refused, import},
        problem::{Finding, MAX_BYTES, Problem},
    },
    paths,
    texts::use_texts,
};
use leptos::{html::Input, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen_futures::JsFuture;

/// What was imported, and what stood there before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Done {
    pub imported: Imported,
    pub before: String,
}

/// Choose, drop or paste. Nothing that was typed goes: the text from before can be had back.
#[component]
pub(super) fn Import() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let refused = RwSignal::new(Vec::<Refused>::new());
    // What was refused, as far as it is text: it can be corrected in the code.
    let raw = RwSignal::new(String::new());
    let pasted = RwSignal::new(String::new());
    // Objects without a StatefulSet wait until the user says that none is to come.
    let alone = RwSignal::new(None::<Imported>);
    let navigate = use_navigate();
    let (to_code, on) = (navigate.clone(), navigate.clone());
    let take = Callback::new(move |files: Vec<File>| {
        let namespace = wizard.form.with_untracked(|f| f.namespace.text.clone());
        alone.set(None);
        refused.set(Vec::new());
        match import(&files, &namespace) {
            Ok(imported) if !imported.has_set => alone.set(Some(imported)),
            Ok(imported) => {
                let namespace = wizard.replace(imported);
                let options = NavigateOptions {
                    scroll: false,
                    ..NavigateOptions::default()
                };
                navigate(&paths::create(&namespace, "basics"), options);
            }
            Err(problems) => {
                raw.set(as_text(&files));
                refused.set(problems);
            }
        }
    });
    let correct = move |_| {
        wizard.text.set(raw.get_untracked());
        let namespace = wizard.form.with_untracked(|f| f.namespace.text.clone());
        to_code(&paths::create(&namespace, "code"), Default::default());
    };
    let go_on = move |_| {
        if let Some(imported) = alone.get_untracked() {
            let namespace = wizard.form.with_untracked(|f| f.namespace.text.clone());
            wizard.replace(imported);
            on(&paths::create(&namespace, "code"), Default::default());
        }
    };
    let correctable = Memo::new(move |_| !refused.read().is_empty() && !raw.read().is_empty());
    let paste = move |_| {
        take.run(vec![File {
            name: t.import_pasted().to_owned(),
            bytes: pasted.get_untracked().into_bytes(),
        }]);
    };
    view! {
        <h1 tabindex="-1">{t.import_title()}</h1>
        <p class="dim">{t.import_lead()}</p>
        <div role="alert">{move || refused.get().into_iter().map(|r| view! { <Refusal refused=r/> }).collect_view()}
            {move || alone.get().map(|i| view! { <Callout tone=Tone::Warn>{t.import_no_set(i.objects.join(", "))}</Callout> })}</div>
        <Show when=move || alone.read().is_some()>
            <button type="button" class="btn" on:click=go_on.clone()>{t.import_alone()}</button>
        </Show>
        <Show when=move || correctable.get()>
            <button type="button" class="btn" on:click=correct.clone()>{t.code_correct()}</button>
        </Show>
        <Drop take/>
        <div class="card field">
            <label for="paste">{t.import_paste()}</label>
            <textarea id="paste" class="in mono area" rows="10" spellcheck="false"
                on:input=move |e| pasted.set(event_target_value(&e))></textarea>
            <button type="button" class="btn" disabled=move || pasted.read().trim().is_empty() on:click=paste>{t.import_read()}</button>
        </div>
    }
}

/// The files as one text, a document each; nothing where one of them is no text, or too much.
fn as_text(files: &[File]) -> String {
    let texts: Option<Vec<&str>> = files
        .iter()
        .map(|f| std::str::from_utf8(&f.bytes).ok().filter(|t| !t.contains('\0')))
        .collect();
    let text = texts.unwrap_or_default().join("\n---\n");
    if text.len() > MAX_BYTES {
        String::new()
    } else {
        text
    }
}

/// The field for files, which is also where they can be dropped.
#[component]
fn Drop(take: Callback<Vec<File>>) -> impl IntoView {
    let t = use_texts();
    let over = RwSignal::new(false);
    let input = NodeRef::<Input>::new();
    let read = move |list: Option<web_sys::FileList>| {
        // Taken out at once: the list is empty as soon as the input is.
        let chosen: Vec<web_sys::File> = list
            .iter()
            .flat_map(|l| (0..l.length()).filter_map(|n| l.get(n)))
            .collect();
        spawn_local(async move {
            let mut files = Vec::new();
            for file in &chosen {
                files.push(bytes_of(file).await);
            }
            if !files.is_empty() {
                take.run(files);
            }
        });
    };
    let chosen = move |_| {
        if let Some(input) = input.get_untracked() {
            read(input.files());
            // Choosing the same file again, corrected, must be an event again.
            input.set_value("");
        }
    };
    let dropped = move |event: web_sys::DragEvent| {
        event.prevent_default();
        over.set(false);
        read(event.data_transfer().and_then(|d| d.files()));
    };
    view! {
        <div class="card drop" class:over=move || over.get()
            on:dragover=move |e| { e.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false) on:drop=dropped>
            <label for="files">{t.import_files()}</label>
            <input id="files" type="file" multiple accept=".yaml,.yml,.json" node_ref=input on:change=chosen/>
            <p class="dimmer sm">{t.import_limits()}</p>
        </div>
    }
}

/// A file's bytes. One above the limit is not read: a byte more than allowed stands for it, so that it is refused by name.
async fn bytes_of(file: &web_sys::File) -> File {
    let name = file.name();
    if file.size() > MAX_BYTES as f64 {
        return File {
            name,
            bytes: vec![b' '; MAX_BYTES + 1],
        };
    }
    let bytes = match JsFuture::from(file.array_buffer()).await {
        Ok(buffer) => js_sys::Uint8Array::new(&buffer).to_vec(),
        // It went away between the choice and the reading: no text.
        Err(_) => vec![0],
    };
    File { name, bytes }
}

#[component]
fn Refusal(refused: Refused) -> impl IntoView {
    let t = use_texts();
    let Refused {
        file,
        finding: Finding {
            line,
            column,
            problem,
        },
    } = refused;
    let place = match problem {
        Problem::NotText | Problem::TooLarge | Problem::Empty => file,
        _ => t.import_at(&file, line, column),
    };
    view! { <Callout tone=Tone::Bad><b>{place}</b>" "{problem_words(t, &problem)}</Callout> }
}

/// What an import brought, on every step until it is closed or taken back.
#[component]
pub(super) fn Brought() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let one = move |done: Done| {
        let Imported { objects, removed, .. } = done.imported;
        let back = done.before;
        let undo = move |_| {
            wizard.text.set(back.clone());
            wizard.brought.set(None);
        };
        view! {
            <Callout tone=Tone::Info>
                <p>{t.import_done(objects.join(", "))}</p>
                {(!removed.is_empty()).then(|| view! { <p class="dim sm">{t.import_removed(removed.join(", "))}</p> })}
                <div class="row">
                    <button type="button" class="btn small" on:click=undo>{t.import_undo()}</button>
                    <button type="button" class="btn small ghost" on:click=move |_| wizard.brought.set(None)>{t.import_close()}</button>
                </div>
            </Callout>
        }
    };
    view! { {move || wizard.brought.get().map(one)} }
}
