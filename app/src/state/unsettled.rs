//! A page that was drawn before the cluster had said what its user may see.
use crate::{
    api::session::get_session,
    model::session::{Namespaces, Session},
    paths,
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// How long after the page it is asked again, and how much longer each further time, in seconds.
const PAUSE: u64 = 2;
/// How often. A cluster that is silent for a minute is told by other marks.
const TIMES: u64 = 8;

/// Asks until the cluster has answered. Where that changes which namespaces are shown, the pages of them are drawn anew;
/// nothing is typed there that is not in the address.
pub fn follow(session: &Session) {
    if !session.settled {
        let drawn = StoredValue::new(session.namespaces.clone());
        Effect::new(move || again(drawn, 1));
    }
}

fn again(drawn: StoredValue<Namespaces>, time: u64) {
    let ask = move || {
        spawn_local(async move {
            let told = get_session().await.ok().filter(|s| s.settled);
            let path = window().location().pathname().unwrap_or_default();
            match told {
                Some(session) if session.namespaces == drawn.get_value() => {}
                Some(_) if path == paths::LIST || path == paths::CLAIMS => {
                    let _ = window().location().reload();
                }
                Some(_) => {}
                None if time < TIMES => again(drawn, time + 1),
                None => {}
            }
        });
    };
    set_timeout(ask, Duration::from_secs(PAUSE * time));
}
