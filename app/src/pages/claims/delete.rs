//! Deleting what is left behind: which claims, how much, and what becomes of the data.
use super::Shown;
use crate::{
    api::claims::delete_claims,
    components::{
        deletion::{Report, counted, policies},
        dialog::{Modal, close},
        icon::{Icon, IconName},
    },
    model::{
        claims::{ClaimRow, Left, Use, confirms, sum},
        delete::{Done, Fate, Kind, Target, merged, rest},
    },
    state::toasts::use_toasts,
    texts::{Texts, use_texts},
};
use leptos::{ev, prelude::*, task::spawn_local};

fn sizes(rows: &[ClaimRow]) -> Vec<&str> {
    rows.iter().map(|r| r.size.as_str()).collect()
}

fn count<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

/// The button for what is ticked. It is always there, so that nothing moves when something is ticked.
#[component]
pub(super) fn DeleteChosen(shown: Shown) -> impl IntoView {
    let t = use_texts();
    let chosen = Memo::new(move |_| shown.chosen());
    let words = move || match &*chosen.read() {
        rows if rows.is_empty() => t.claims_delete_none().to_owned(),
        rows => t.claims_delete(count(rows), sum(&sizes(rows))),
    };
    let none = move || chosen.read().is_empty();
    view! {
        <button type="button" class="btn js-only writes" disabled=none on:click=move |_| shown.asked.set(Some(chosen.get_untracked()))>
            <Icon name=IconName::Trash/>{words}
        </button>
    }
}

/// Where the delete is.
#[derive(Clone, PartialEq)]
enum Phase {
    Asking,
    Deleting,
    Told(Vec<Done>),
}

#[derive(Clone, Copy)]
struct Flow {
    t: Texts,
    rows: StoredValue<Vec<ClaimRow>>,
    phase: RwSignal<Phase>,
    done: Callback<Vec<Done>>,
}

impl Flow {
    fn begin(self) {
        let target = |r: &ClaimRow| Target {
            kind: Kind::PersistentVolumeClaim,
            namespace: r.namespace.clone(),
            name: r.name.clone(),
            uid: r.uid.clone(),
        };
        let targets: Vec<Target> = self.rows.with_value(|rows| rows.iter().map(target).collect());
        let untried = |target: &Target| Done {
            target: target.clone(),
            fate: Fate::Untried,
        };
        self.delete(targets.iter().map(untried).collect());
    }

    /// Deletes what is left of a report.
    fn delete(self, before: Vec<Done>) {
        let targets = rest(&before);
        self.phase.set(Phase::Deleting);
        spawn_local(async move {
            let refused = |error| {
                move |target| Done {
                    target,
                    fate: Fate::Refused(Clone::clone(&error)),
                }
            };
            let done = match delete_claims(targets.clone()).await {
                Ok(done) => done,
                Err(error) => targets.into_iter().map(refused(error)).collect(),
            };
            let report = merged(&before, &done);
            if report.iter().all(Done::is_gone) {
                self.done.run(report);
            } else {
                self.phase.set(Phase::Told(report));
            }
        });
    }
}

/// The dialog, while something is asked for.
#[component]
pub(super) fn Delete(shown: Shown) -> impl IntoView {
    move || shown.asked.get().map(|rows| view! { <Opened shown rows/> })
}

#[component]
fn Opened(shown: Shown, rows: Vec<ClaimRow>) -> impl IntoView {
    let (t, toasts) = (use_texts(), use_toasts());
    let phase = RwSignal::new(Phase::Asking);
    let name = match rows.as_slice() {
        [one] => one.name.clone(),
        several => counted(t, &sizes(several)),
    };
    let rows = StoredValue::new(rows);
    let done = Callback::new(move |report: Vec<Done>| {
        let went: Vec<ClaimRow> = rows.with_value(|rows| {
            let gone = |r: &&ClaimRow| report.iter().any(|d| d.target.uid == r.uid && d.is_gone());
            rows.iter().filter(gone).cloned().collect()
        });
        toasts.done(t.delete_toast_went(counted(t, &sizes(&went))));
        shown
            .ticked
            .update(|ticked| ticked.retain(|uid| went.iter().all(|r| r.uid != *uid)));
        shown.asked.set(None);
    });
    let flow = Flow { t, rows, phase, done };
    let title = Signal::derive(move || match phase.get() {
        Phase::Asking => t.page_delete_object(&name),
        Phase::Deleting => t.delete_deleting(&name),
        Phase::Told(_) => t.delete_told_title().to_owned(),
    });
    let may_close = Callback::new(move |()| phase.get_untracked() != Phase::Deleting);
    let on_close = Callback::new(move |()| shown.asked.set(None));
    view! {
        <Modal title may_close on_close>
            {move || match phase.get() {
                Phase::Asking => view! { <Ask flow/> }.into_any(),
                Phase::Deleting => view! { <div class="phase"><div class="body"><p role="status">{t.delete_deleting_help()}</p></div></div> }.into_any(),
                Phase::Told(report) => view! { <Tell flow report/> }.into_any(),
            }}
        </Modal>
    }
}

/// What becomes of the pods that would come back.
fn consequence(t: Texts, rows: &[ClaimRow]) -> Option<&'static str> {
    let comes_back = |r: &ClaimRow| r.usage == Use::Left(Left::Beyond);
    rows.iter().any(comes_back).then(|| t.claims_starts_empty())
}

fn confirm_label(t: Texts, rows: &[ClaimRow]) -> String {
    match rows {
        [one] => t.delete_confirm(&one.name),
        [first, ..] if confirms(rows, &first.set) => t.claims_confirm_set(&first.set, rows.len()),
        several => t.delete_confirm(several.len()),
    }
}

#[component]
fn Ask(flow: Flow) -> impl IntoView {
    let t = flow.t;
    let rows = flow.rows.get_value();
    let typed = RwSignal::new(String::new());
    let ready = Memo::new(move |_| flow.rows.with_value(|rows| confirms(rows, &typed.read())));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if ready.get_untracked() {
            flow.begin();
        }
    };
    let data = policies(t, rows.iter().map(|r| (r.class.as_str(), r.policy.as_str())));
    let consequence = consequence(t, &rows);
    let label = confirm_label(t, &rows);
    let button = t.claims_delete(count(&rows), sum(&sizes(&rows)));
    let line =
        |row: ClaimRow| view! { <li><span>{row.name}</span><span class="num dim">{row.size}</span></li> };
    view! {
        <form class="phase" on:submit=submit>
            <div class="body">
                // A list that scrolls can be reached by keyboard.
                <ul class="plain doomed" tabindex="0" aria-label=t.delete_goes()>{rows.into_iter().map(line).collect_view()}</ul>
                <p><b>{t.claims_data()}</b>" "<span class="dim">{data}" "{consequence}</span></p>
                <div class="field">
                    <label for="confirm">{label}</label>
                    <input id="confirm" class="in mono" autocomplete="off" autocapitalize="off" spellcheck="false"
                        prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e))/>
                </div>
            </div>
            <footer>
                <button type="button" class="btn" on:click=|e| close(&e)>{t.page_cancel()}</button>
                <button class="btn danger" disabled=move || !ready.get()>{button}</button>
            </footer>
        </form>
    }
}

#[component]
fn Tell(flow: Flow, report: Vec<Done>) -> impl IntoView {
    let t = flow.t;
    let failed = !rest(&report).is_empty();
    let (shown, kept) = (report.clone(), StoredValue::new(report));
    view! {
        <div class="phase">
            <div class="body"><Report report=shown/></div>
            <footer>
                <button type="button" class="btn" on:click=|e| close(&e)>{t.frame_close()}</button>
                {failed.then(|| view! {
                    <button type="button" class="btn danger" on:click=move |_| flow.delete(kept.get_value())>{t.delete_again()}</button>
                })}
            </footer>
        </div>
    }
}
