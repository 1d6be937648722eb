//! "Edit information": name, purpose and labels of the set itself. No pod is touched.
use crate::{
    api::sets::inform,
    components::{
        dialog::{Modal, close},
        form::PlainField,
        icon::{Icon, IconName},
    },
    model::{
        detail::{DetailView, SetHead},
        information::{ALIAS, DESCRIPTION, Information, change, changes, lines, value},
    },
    state::toasts::use_toasts,
    texts::use_texts,
};
use leptos::{ev, prelude::*};

/// The button, and the dialog while it is open.
#[component]
pub fn EditInformation(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let open = RwSignal::new(false);
    let on_close = Callback::new(move |()| {
        let _ = open.try_set(false);
    });
    view! {
        <button type="button" class="btn small js-only" on:click=move |_| open.set(true)>
            <Icon name=IconName::Pencil/>{t.detail_information()}
        </button>
        <Show when=move || open.get()>
            // As it is when the dialog opens: what is typed is compared with what was shown.
            <Modal title=t.detail_information() may_close=Callback::new(|()| true) on_close>
                <Fields head=view.with_untracked(|v| v.head.clone()) on_close/>
            </Modal>
        </Show>
    }
}

/// What is typed, and what of it is a change.
#[derive(Clone, Copy)]
struct Typed {
    head: StoredValue<SetHead>,
    alias: RwSignal<String>,
    description: RwSignal<String>,
    labels: RwSignal<String>,
}

impl Typed {
    fn new(head: SetHead) -> Self {
        let of = |key| RwSignal::new(value(&head.annotations, key).unwrap_or_default().to_owned());
        Self {
            alias: of(ALIAS),
            description: of(DESCRIPTION),
            labels: RwSignal::new(lines(&head.labels)),
            head: StoredValue::new(head),
        }
    }

    /// The changes; the line that is no label.
    fn read(self) -> Result<Information, String> {
        let texts = [(ALIAS, self.alias.get()), (DESCRIPTION, self.description.get())];
        self.head.with_value(|head| {
            let annotations = texts
                .iter()
                .filter_map(|(key, text)| change(&head.annotations, key, text));
            Ok(Information {
                labels: changes(&head.labels, &self.labels.read())?,
                annotations: annotations.collect(),
            })
        })
    }
}

#[component]
fn Fields(head: SetHead, on_close: Callback<()>) -> impl IntoView {
    let (t, toasts) = (use_texts(), use_toasts());
    let typed = Typed::new(head);
    let read = Memo::new(move |_| typed.read());
    let fault = RwSignal::new(String::new());
    let save = Action::new(move |information: &Information| {
        let information = information.clone();
        let key = typed
            .head
            .with_value(|h| (h.row.namespace.clone(), h.row.name.clone(), h.row.uid.clone()));
        async move {
            let (namespace, name, uid) = key;
            match inform(namespace, name.clone(), uid, information).await {
                Ok(()) => {
                    toasts.done(t.detail_information_done(name));
                    let _ = on_close.try_run(());
                }
                Err(error) => drop(fault.try_set(error.words())),
            }
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Ok(information) = read.get_untracked()
            && !information.is_empty()
            && !save.pending().get_untracked()
        {
            save.dispatch(information);
        }
    };
    let off = move || save.pending().get() || read.read().as_ref().map_or(true, Information::is_empty);
    let wrong = move || match &*read.read() {
        Err(line) => t.detail_information_line(line),
        Ok(_) => fault.get(),
    };
    view! {
        <form class="phase" on:submit=submit>
          <div class="body">
            <p class="dim">{t.detail_information_lead()}</p>
            <PlainField id="information-alias" label=t.detail_alias() value=typed.alias/>
            <PlainField id="information-description" label=t.detail_description() value=typed.description/>
            <div class="field">
                <label for="information-labels">{t.detail_information_labels()}</label>
                <textarea id="information-labels" class="in area mono" rows="5" spellcheck="false" aria-describedby="information-wrong"
                    prop:value=move || typed.labels.get() on:input=move |e| typed.labels.set(event_target_value(&e))></textarea>
            </div>
            <p class="err" id="information-wrong" role="status">{wrong}</p>
          </div>
            <footer>
                <button type="button" class="btn" on:click=move |e| close(&e)>{t.page_cancel()}</button>
                <button type="submit" class="btn primary" disabled=off>{t.detail_information_save()}</button>
            </footer>
        </form>
    }
}
