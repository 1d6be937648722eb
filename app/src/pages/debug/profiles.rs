//! The profiles, each with what it lets the container do, and with the cluster's words where that refuses it.
use super::state::Debug;
use crate::{model::pod::debug::Profile, texts::Texts};
use leptos::prelude::*;

fn does(t: Texts, profile: Profile) -> &'static str {
    match profile {
        Profile::General => t.debug_general(),
        Profile::Baseline => t.debug_baseline(),
        Profile::Restricted => t.debug_restricted(),
        Profile::Netadmin => t.debug_netadmin(),
        Profile::Sysadmin => t.debug_sysadmin(),
    }
}

/// One choice of five; those that the cluster refuses cannot be taken.
#[component]
pub(super) fn Profiles(debug: Debug) -> impl IntoView {
    let t = debug.t;
    let one = move |profile: Profile| {
        // What refuses all of them is told once, below.
        let refusal = move || {
            debug.plan.with(|plan| {
                let plan = plan.as_ref()?;
                let refusal = plan.refusal(profile)?;
                let alike = plan.refused().is_some();
                Some(if alike { String::new() } else { refusal.words() })
            })
        };
        let words = move || {
            let words = refusal().filter(|words| !words.is_empty())?;
            Some(view! { <br/><span class="mono sm">{t.debug_refused(words)}</span> })
        };
        view! {
            <label class="check">
                <input type="radio" class="cb" name="debug-profile" value=profile.name()
                    disabled=move || refusal().is_some() prop:checked=move || debug.profile() == profile
                    on:change=move |_| debug.choose(profile)/>
                <span><b>{profile.name()}</b>" "<span class="dim">{does(t, profile)}</span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="checks">
            <legend>{t.debug_profile()}</legend>
            {Profile::ALL.map(one).collect_view()}
        </fieldset>
    }
}
