//! Several sets, one after the other: named first, then each with how it ended as it ends.
use crate::{
    api::ops::operate_each,
    components::{
        dialog::{Modal, close as close_dialog},
        icon::{Icon, IconName},
    },
    model::{
        many::whole,
        ops::{Job, Mark, Picked, Verb},
    },
    texts::{Texts, grouped},
};
use leptos::{ev, prelude::*, task::spawn_local};

/// What a button is called.
pub(super) fn word(t: Texts, verb: Verb) -> &'static str {
    match verb {
        Verb::Stop => t.ops_stop(),
        Verb::Start => t.ops_start(),
        Verb::Restart => t.ops_restart(),
        Verb::Delete => t.page_delete(),
    }
}

fn effect(t: Texts, verb: Verb) -> &'static str {
    match verb {
        Verb::Stop => t.ops_many_stop(),
        Verb::Start => t.ops_many_start(),
        Verb::Restart => t.ops_many_restart(),
        Verb::Delete => t.ops_many_delete(),
    }
}

/// The run of the dialog.
#[derive(Clone, Copy)]
struct Going {
    verb: Verb,
    sets: StoredValue<Vec<Picked>>,
    /// None before it was confirmed.
    job: RwSignal<Option<Job>>,
}

impl Going {
    /// Asks for as many as may be asked for at once; each that ends makes room for the next.
    fn pump(self) {
        let next = || {
            self.job
                .try_update(|job| job.as_mut().and_then(Job::start_next))
                .flatten()
        };
        while let Some(n) = next() {
            let Some(set) = self.sets.try_with_value(|sets| sets.get(n).cloned()).flatten() else {
                return;
            };
            spawn_local(async move {
                let mark = match operate_each(self.verb, set).await {
                    Ok(ended) if ended.unremembered => Mark::Unremembered,
                    Ok(ended) if ended.changed => Mark::Done,
                    Ok(_) => Mark::Nothing,
                    Err(error) => Mark::Failed(error),
                };
                // The page may have been left: nothing more is asked then.
                if self
                    .job
                    .try_update(|job| job.as_mut().map(|j| j.ended(n, mark)))
                    .is_some()
                {
                    self.pump();
                }
            });
        }
    }

    fn begin(self) {
        self.job.set(Some(Job::of(self.sets.with_value(Vec::len))));
        self.pump();
    }

    /// Those that failed, once more.
    fn again(self) {
        let failed: Vec<usize> = self
            .job
            .with_untracked(|j| j.iter().flat_map(Job::failed).collect());
        self.sets
            .update_value(|sets| *sets = failed.iter().filter_map(|n| sets.get(*n).cloned()).collect());
        self.begin();
    }
}

/// The dialog.
#[component]
pub(super) fn Run(t: Texts, verb: Verb, sets: Vec<Picked>, close: Callback<()>) -> impl IntoView {
    let count = whole(sets.len());
    let going = Going {
        verb,
        sets: StoredValue::new(sets),
        job: RwSignal::new(None),
    };
    let title = Signal::derive(move || t.ops_many_title(count, word(t, verb)));
    let over = Memo::new(move |_| going.job.read().as_ref().is_none_or(Job::is_over));
    let begun = Memo::new(move |_| going.job.read().is_some());
    // While something is under way the dialog first cancels, so that nobody believes that all is done.
    let may_close = Callback::new(move |()| {
        let over = over.get_untracked();
        if !over {
            going.job.update(|job| job.iter_mut().for_each(Job::cancel));
        }
        over
    });
    view! {
        <Modal title may_close on_close=close>
            {move || if begun.get() { view! { <Results t going/> }.into_any() } else { view! { <Question t going/> }.into_any() }}
        </Modal>
    }
}

/// All of them by name, and what happens to each. A delete wants their number typed.
#[component]
fn Question(t: Texts, going: Going) -> impl IntoView {
    let count = going.sets.with_value(Vec::len);
    let (verb, typed) = (going.verb, RwSignal::new(String::new()));
    let danger = verb == Verb::Delete;
    let ready = Memo::new(move |_| !danger || typed.read().trim() == count.to_string());
    let names = going.sets.with_value(|sets| {
        let one =
            |p: &Picked| view! { <li>{p.name.clone()}" "<span class="dim">{p.namespace.clone()}</span></li> };
        sets.iter().map(one).collect_view()
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if ready.get_untracked() {
            going.begin();
        }
    };
    view! {
        <form class="phase" on:submit=submit>
            <div class="body">
                <p>{effect(t, verb)}</p>
                <ul class="plain many" tabindex="0" aria-label=t.ops_many_sets()>{names}</ul>
                {danger.then(|| view! {
                    <div class="field"><label for="confirm">{t.ops_many_confirm(count)}</label>
                        <input id="confirm" class="in num" inputmode="numeric" autocomplete="off"
                            prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e))/></div>
                })}
            </div>
            <footer>
                <button type="button" class="btn" on:click=|e| close_dialog(&e)>{t.page_cancel()}</button>
                <button class="btn" class:danger=danger class:primary=!danger disabled=move || !ready.get()>
                    {t.ops_many_title(whole(count), word(t, verb))}</button>
            </footer>
        </form>
    }
}

fn mark(t: Texts, mark: &Mark) -> (&'static str, IconName, String) {
    match mark {
        Mark::Waits => ("idle", IconName::Stop, t.ops_many_waits().to_owned()),
        Mark::Asked => ("busy", IconName::Rolling, t.ops_many_asked().to_owned()),
        Mark::Done => ("ok", IconName::Check, t.ops_many_done().to_owned()),
        Mark::Unremembered => ("warn", IconName::Warn, t.ops_many_unremembered().to_owned()),
        Mark::Nothing => ("ok", IconName::Check, t.ops_many_nothing().to_owned()),
        Mark::Failed(error) => ("bad", IconName::Alert, error.words()),
        Mark::Left => ("warn", IconName::Held, t.ops_many_left().to_owned()),
    }
}

/// Each with how it ended, as it ends; progress in one number, and a way to stop.
#[component]
fn Results(t: Texts, going: Going) -> impl IntoView {
    let job = going.job;
    let total = move || going.sets.with_value(Vec::len);
    let over = Memo::new(move |_| job.read().as_ref().is_none_or(Job::is_over));
    let failed = Memo::new(move |_| job.read().as_ref().map_or(0, |j| j.failed().count()));
    let done = move || job.read().as_ref().map_or(0, Job::count);
    let row = move |(n, set): (usize, Picked)| {
        let state = Memo::new(move |_| job.read().as_ref().map_or(Mark::Waits, |j| j.mark(n)));
        let name = format!("{}/{}", set.namespace, set.name);
        view! {
            <li>{name}" "<span>{move || {
                let (class, icon, words) = mark(t, &state.read());
                view! { <span class=format!("st {class}")><Icon name=icon/>{words}</span> }
            }}</span></li>
        }
    };
    // Drawn anew when failed ones are tried again: those are fewer.
    let size = Memo::new(move |_| {
        job.track();
        total()
    });
    let rows = move || {
        size.track();
        going
            .sets
            .get_value()
            .into_iter()
            .enumerate()
            .map(row)
            .collect_view()
    };
    view! {
        <div class="phase">
            <div class="body">
                <p role="status">{move || t.ops_many_progress(whole(total()), grouped(whole(done())))}
                    {move || (failed.get() > 0).then(|| format!(" {}", t.ops_many_failed(whole(failed.get()))))}</p>
                <progress max=move || total().to_string() value=move || done().to_string() aria-label=t.ops_many_bar()></progress>
                <ul class="plain many" tabindex="0" aria-label=t.ops_many_sets()>{rows}</ul>
            </div>
            <footer>
                <Show when=move || !over.get()><button type="button" class="btn" on:click=move |_| job.update(|j| j.iter_mut().for_each(Job::cancel))>{t.ops_many_cancel()}</button></Show>
                <Show when=move || over.get() && { failed.get() > 0 }><button type="button" class="btn" on:click=move |_| going.again()>{t.ops_many_again()}</button></Show>
                <Show when=move || over.get()><button type="button" class="btn primary" on:click=|e| close_dialog(&e)>{t.frame_close()}</button></Show>
            </footer>
        </div>
    }
}
