//! A question that any number of tabs ask at once: its answer is computed once, each change of it is written once, and
//! whoever asks next finds it there.
use super::changes::{Changes, Missed, Seen};
use app::{
    api::ApiError,
    model::{
        live::{Freshness, Version, Versioned},
        shown::Shown,
    },
};
use serde_json::value::{RawValue, to_raw_value};
use std::{
    collections::VecDeque,
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::{sync::watch, time::Instant};
use tokio_util::task::AbortOnDropHandle;

/// A change is told at once; those that follow it this closely are told together.
const TOGETHER: Duration = Duration::from_millis(20);
/// How many times as long as a picture took to make the next one waits: no question may take the whole machine.
const REST: u32 = 4;
/// Changes that are kept for those who were slow, or lost their socket.
const RECENT: usize = 32;

/// How a picture is compared with a newer one.
pub(super) trait Compared: Shown + Clone + PartialEq + Send + Sync + 'static {
    /// What turns `self` into `newer`; none where nothing changed.
    fn change(&self, newer: &Self) -> Option<Self::Change>;
}

/// What a live page is drawn from. `docs/adding-a-live-page.md` shows how one is added.
pub(super) trait Picture: Send + 'static {
    /// What travels.
    type View: Compared;
    /// Looks only at what a row of the list can show.
    const ROWS_ONLY: bool = false;
    /// Waits until there is something to show, but not for ever.
    fn settled(&mut self) -> impl Future<Output = ()> + Send;
    /// The picture as it is now; none where nothing that it shows is among what was `missed` since the last look.
    ///
    /// # Errors
    /// Why there is nothing to show: told to the page once.
    fn look(&mut self, missed: &Missed, changes: &Changes) -> Option<Result<Self::View, ApiError>>;
    /// How fresh it is: as the oldest feed that it shows.
    fn freshness(&self) -> Freshness;
}

/// The answer as it stands.
pub(super) struct Answer<V> {
    /// Its number; pictures of another question, or of another life of this one, have another epoch.
    pub version: Version,
    pub picture: Result<Arc<Drawn<V>>, ApiError>,
    /// What turned older pictures into it, the oldest first.
    recent: VecDeque<Step>,
    pub freshness: Freshness,
}

/// One change: from the picture of the number before to the one of this number.
#[derive(Clone)]
struct Step {
    seq: u64,
    change: Arc<RawValue>,
}

/// A picture, and its text once somebody needs it.
pub(super) struct Drawn<V> {
    pub view: V,
    text: OnceLock<Option<Arc<RawValue>>>,
}

/// What a browser that holds some version needs.
pub(super) enum Needs {
    Nothing,
    /// These, one after the other; with the number of the picture that each leads to.
    Changes(Vec<(u64, Arc<RawValue>)>),
    Picture(Arc<RawValue>),
    Refusal(ApiError),
}

impl<V: Compared> Answer<V> {
    fn new() -> Self {
        let loading = ApiError::Unavailable("no answer yet".to_owned());
        Self {
            version: Version {
                epoch: rand::random::<u64>() >> 12,
                seq: 0,
            },
            picture: Err(loading),
            recent: VecDeque::new(),
            freshness: Freshness::Live,
        }
    }

    /// Takes a newer picture. True where it is another one.
    fn take(&mut self, newer: Result<V, ApiError>) -> bool {
        let step = match (&self.picture, &newer) {
            (Ok(old), Ok(newer)) => match old.view.change(newer) {
                None => return false,
                Some(change) => to_raw_value(&change).ok().map(Arc::from),
            },
            (Err(old), Err(newer)) if self.version.seq > 0 && old == newer => return false,
            _ => None,
        };
        self.version.seq += 1;
        match step {
            Some(change) => self.recent.push_back(Step {
                seq: self.version.seq,
                change,
            }),
            None => self.recent.clear(),
        }
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
        self.picture = newer.map(|view| {
            Arc::new(Drawn {
                view,
                text: OnceLock::new(),
            })
        });
        true
    }

    /// What turns the picture of this version into the newest: the changes, where they are remembered and shorter.
    pub fn needs(&self, held: Option<Version>) -> Needs {
        if held == Some(self.version) {
            return Needs::Nothing;
        }
        let drawn = match &self.picture {
            Ok(drawn) => drawn,
            Err(error) => return Needs::Refusal(error.clone()),
        };
        let steps = held.map(|held| self.since(held)).unwrap_or_default();
        let length = |steps: &[(u64, Arc<RawValue>)]| steps.iter().map(|(_, c)| c.get().len()).sum::<usize>();
        // The picture need not be written for those who keep up.
        if steps.len() == 1 {
            return Needs::Changes(steps);
        }
        match drawn.text() {
            Some(picture) if steps.is_empty() || picture.get().len() <= length(&steps) => {
                Needs::Picture(picture)
            }
            _ => Needs::Changes(steps),
        }
    }

    /// The changes since a picture, each with the number of the picture that it leads to; none where one of them is
    /// forgotten.
    fn since(&self, held: Version) -> Vec<(u64, Arc<RawValue>)> {
        let missed = self.recent.iter().filter(|s| s.seq > held.seq);
        let steps: Vec<_> = missed.map(|s| (s.seq, Arc::clone(&s.change))).collect();
        let whole = steps.first().is_some_and(|(seq, _)| *seq == held.seq + 1);
        if whole && held.epoch == self.version.epoch {
            steps
        } else {
            Vec::new()
        }
    }
}

impl<V: Compared> Drawn<V> {
    /// Our own types always become JSON.
    fn text(&self) -> Option<Arc<RawValue>> {
        let write = || to_raw_value(&self.view).ok().map(Arc::from);
        self.text.get_or_init(write).clone()
    }
}

/// A question that is being answered, as long as somebody holds it.
pub(super) struct Question<V> {
    answer: watch::Receiver<Answer<V>>,
    _task: AbortOnDropHandle<()>,
}

impl<V: Compared> Question<V> {
    /// Begins to answer.
    pub fn ask<P: Picture<View = V>>(changes: Arc<Changes>, picture: P) -> Self {
        let (sender, answer) = watch::channel(Answer::new());
        let task = tokio::spawn(follow(changes, picture, sender));
        Self {
            answer,
            _task: AbortOnDropHandle::new(task),
        }
    }

    /// The answer, and each newer one.
    pub fn answer(&self) -> watch::Receiver<Answer<V>> {
        self.answer.clone()
    }

    /// The first answer, for a page.
    ///
    /// # Errors
    /// Why there is nothing to show.
    pub async fn first(&self) -> Result<Versioned<V>, ApiError> {
        let mut answer = self.answer();
        let found = answer.wait_for(|a| a.version.seq > 0).await;
        let found = found.map_err(|_| ApiError::Unavailable("the console is closing".to_owned()))?;
        let drawn = found.picture.as_ref().map_err(Clone::clone)?;
        Ok(Versioned {
            version: found.version,
            picture: drawn.view.clone(),
        })
    }
}

async fn follow<P: Picture>(changes: Arc<Changes>, mut picture: P, out: watch::Sender<Answer<P::View>>) {
    picture.settled().await;
    let mut changed = changes.subscribe(P::ROWS_ONLY);
    let mut seen = Seen::nothing(P::ROWS_ONLY);
    let mut cost = None::<Duration>;
    loop {
        let begun = Instant::now();
        changed.mark_unchanged();
        let newer = picture.look(&seen.missed(&changes), &changes);
        let fresh = picture.freshness();
        out.send_if_modified(|answer| {
            let stale = std::mem::replace(&mut answer.freshness, fresh) != fresh;
            newer.is_some_and(|newer| answer.take(newer)) || stale
        });
        // On a busy machine one picture may be interrupted for long, which says nothing about what the next will cost.
        let took = begun.elapsed();
        let usual = cost.map_or(took, |before| took.min(before * 2));
        cost = Some(usual);
        let next = begun + TOGETHER.max(usual * REST);
        if changed.changed().await.is_err() {
            return;
        }
        tokio::time::sleep_until(next).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::model::{
        facts::SetFacts,
        list::{ListDelta, ListView, row},
        status::{Reason, Status},
    };

    fn view(matching: usize) -> ListView {
        let set = row(&SetFacts::default(), Status::Running, Reason::None, Vec::new());
        ListView {
            rows: vec![set; 2],
            matching,
            ..ListView::default()
        }
    }

    fn led(needs: &Needs) -> Vec<usize> {
        let Needs::Changes(steps) = needs else {
            return Vec::new();
        };
        let read = |(_, change): &(u64, Arc<RawValue>)| serde_json::from_str::<ListDelta>(change.get());
        steps.iter().map(|s| read(s).unwrap().matching).collect()
    }

    #[test]
    fn a_browser_gets_what_turns_its_picture_into_the_newest() {
        let mut answer = Answer::<ListView>::new();
        assert!(answer.take(Ok(view(1))));
        assert!(matches!(answer.needs(None), Needs::Picture(_)));
        let first = answer.version;
        assert!(matches!(answer.needs(Some(first)), Needs::Nothing));
        assert!(!answer.take(Ok(view(1))), "nothing changed");
        assert!(answer.take(Ok(view(2))));
        assert_eq!(led(&answer.needs(Some(first))), [2]);
        let other = Version {
            epoch: first.epoch + 1,
            ..first
        };
        assert!(
            matches!(answer.needs(Some(other)), Needs::Picture(_)),
            "of another life"
        );
    }

    #[test]
    fn many_changes_are_one_picture() {
        let mut answer = Answer::<ListView>::new();
        answer.take(Ok(view(0)));
        let first = answer.version;
        (1..RECENT * 2).for_each(|n| _ = answer.take(Ok(view(n))));
        assert!(matches!(answer.needs(Some(first)), Needs::Picture(_)));
        assert_eq!(answer.recent.len(), RECENT);
    }

    #[test]
    fn a_refusal_is_told_once_and_ends_with_a_picture() {
        let mut answer = Answer::<ListView>::new();
        answer.take(Ok(view(1)));
        let first = answer.version;
        assert!(answer.take(Err(ApiError::Unauthorized)));
        assert!(!answer.take(Err(ApiError::Unauthorized)));
        assert!(matches!(
            answer.needs(Some(first)),
            Needs::Refusal(ApiError::Unauthorized)
        ));
        answer.take(Ok(view(1)));
        assert!(
            matches!(answer.needs(Some(first)), Needs::Picture(_)),
            "a refusal forgets it"
        );
    }
}
