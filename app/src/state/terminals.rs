//! The terminals of the tab, kept while one walks from page to page.
use crate::model::terminal::Run;
use leptos::prelude::*;

/// Where a terminal is, and what runs in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its number in this tab.
    pub id: u32,
    pub namespace: String,
    pub pod: String,
    pub container: String,
    pub run: Run,
}

/// All of them.
#[derive(Clone, Copy)]
pub struct Terminals {
    /// In the order in which they were opened.
    pub places: RwSignal<Vec<Place>>,
    /// The one in front.
    pub shown: RwSignal<u32>,
    next: StoredValue<u32>,
}

impl Terminals {
    /// For the whole page.
    pub fn provide() {
        provide_context(Self {
            places: RwSignal::new(Vec::new()),
            shown: RwSignal::new(0),
            next: StoredValue::new(0),
        });
    }

    /// Opens another one, in front.
    pub fn open(self, namespace: &str, pod: &str, container: &str, run: Run) {
        self.next.update_value(|next| *next += 1);
        let id = self.next.get_value();
        self.places.update(|places| {
            places.push(Place {
                id,
                namespace: namespace.to_owned(),
                pod: pod.to_owned(),
                container: container.to_owned(),
                run,
            });
        });
        self.shown.set(id);
    }

    /// Closes one, which ends what runs in it; its neighbour comes to the front.
    pub fn close(self, id: u32) {
        self.places.update(|places| places.retain(|place| place.id != id));
        if self.shown.get_untracked() == id {
            let last = self
                .places
                .with_untracked(|places| places.last().map_or(0, |p| p.id));
            self.shown.set(last);
        }
    }
}

/// The terminals of the tab.
pub fn use_terminals() -> Terminals {
    expect_context()
}
