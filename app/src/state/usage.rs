//! What pods use, followed by a page.
use super::live::{News, use_live};
use crate::model::{
    live::{Topic, Versioned},
    usage::{Source, UsageQuery, UsageView},
};
use leptos::prelude::*;

/// Follows what pods use until its owner goes; `first` is what the page was drawn from.
pub fn follow_usage(query: UsageQuery, first: Option<Versioned<UsageView>>) -> RwSignal<UsageView> {
    let since = first.as_ref().map(|f| f.version);
    let view = RwSignal::new(first.map(|f| f.picture).unwrap_or_default());
    let live = use_live();
    Effect::new(move |followed: Option<()>| {
        if followed.is_some() {
            return;
        }
        live.follow(
            Topic::Usage(query.clone()),
            since,
            move |news: News<UsageView>| match news {
                News::Picture(picture) => view.set(picture),
                News::Change(change) => view.update(|v| v.apply(change)),
                News::Refused(error) => view.update(|v| v.source = Source::Refused(error)),
            },
        );
    });
    view
}
