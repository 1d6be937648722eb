//! What one takes away of a text: copied, or as files.
use super::icon::{Icon, IconName};
use crate::{
    manifest::tabs::{file_name, files},
    texts::use_texts,
};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;

/// Copy and download; of several documents one file, or one each.
#[component]
pub fn TakeAway(
    #[prop(into)] text: Signal<String>,
    /// What the one file is called, without its ending.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let t = use_texts();
    let copied = RwSignal::new(false);
    // What was copied is no longer what stands there.
    Effect::new(move || {
        text.track();
        if copied.get_untracked() {
            copied.set(false);
        }
    });
    let copy = move |_| {
        let write = window()
            .navigator()
            .clipboard()
            .write_text(&text.read_untracked());
        leptos::task::spawn_local(async move {
            if wasm_bindgen_futures::JsFuture::from(write).await.is_ok() {
                copied.set(true);
            }
        });
    };
    let one = move |_| save(&file_name(&[&name.read_untracked()]), &text.read_untracked());
    let each = move |_| {
        for (name, text) in files(&text.read_untracked()) {
            save(&name, &text);
        }
    };
    let several = Memo::new(move |_| text.read().contains("\n---"));
    let single = move || {
        view! {
            <button type="button" class="btn small js-only" on:click=one>
                <Icon name=IconName::Download/>{t.page_download()}</button>
        }
    };
    view! {
        <button type="button" class="btn small js-only" on:click=copy>
            <Icon name=IconName::Copy/>{move || if copied.get() { t.page_copied() } else { t.page_copy() }}
        </button>
        <Show when=move || several.get() fallback=single>
            <details class="menu js-only">
                <summary class="btn small"><Icon name=IconName::Download/>{t.page_download()}</summary>
                <div class="pop">
                    <button type="button" class="btn ghost" on:click=one>{t.page_download_whole()}</button>
                    <button type="button" class="btn ghost" on:click=each>{t.page_download_each()}</button>
                </div>
            </details>
        </Show>
    }
}

/// Has the browser save a text under a name.
fn save(name: &str, text: &str) {
    let kind = web_sys::BlobPropertyBag::new();
    kind.set_type("application/yaml");
    let parts = js_sys::Array::of1(&text.into());
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &kind);
    let Some(url) = blob
        .ok()
        .and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob).ok())
    else {
        return;
    };
    let link = document().create_element("a").ok();
    if let Some(link) = link.and_then(|a| a.dyn_into::<web_sys::HtmlAnchorElement>().ok()) {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // Some browsers begin to read only after the click.
    set_timeout(
        move || drop(web_sys::Url::revoke_object_url(&url)),
        Duration::from_secs(10),
    );
}
