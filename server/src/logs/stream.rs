//! One container's log: run after run, pod after pod of the same name, gone on with where it was cut.
use super::{
    gather::Room,
    lines::{Lines, Raw},
    pods::{Followed, Reader, Run, Seen, Until, run_of},
    why::{refused, waiting},
};
use app::model::{
    log::{
        Entry, Line, Nanos, Runs, SECOND, State, level,
        resume::{Came, Resume, content},
        when,
    },
    pod::{Container, State as Does},
    said::calm,
};
use kube::api::LogParams;
use std::{pin::pin, sync::Arc, time::Duration};
use tokio::time::sleep;

/// How long it is waited before a log is opened again that broke at once, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(5));

/// What a stream has read.
struct Reading {
    reader: Arc<Reader>,
    id: u32,
    container: String,
    room: Room,
    resume: Resume,
    run: Option<Run>,
    begin: Begin,
    /// That run has ended, and all of it was read.
    whole: bool,
}

/// From where on a log is asked for.
#[derive(Clone, Copy)]
enum Begin {
    /// As the reader asked.
    Asked,
    /// Seconds since 1970.
    At(i64),
    /// All of it.
    Start,
}

/// How an opened log ended.
enum Ended {
    /// Nothing more is there.
    Here,
    /// It was never open.
    Refused(State),
    /// What was asked for ends before this line.
    Enough,
}

/// Reads a container until the reader goes, or all was read that is wanted.
pub async fn read(reader: Arc<Reader>, id: u32, pod: Followed, container: String) {
    let gather = Arc::clone(&reader.gather);
    let mut cursors = reader.ask.cursors.iter();
    let cursor = cursors.find(|c| c.pod == pod.name && c.container == container);
    // The browser knows what it has of that second.
    let begin = cursor.map_or(Begin::Asked, |c| Begin::At(c.since));
    let reading = Reading {
        reader,
        id,
        container,
        room: Room::new(),
        resume: Resume::default(),
        run: None,
        begin,
        whole: false,
    };
    reading.all(pod).await;
    gather.close(id);
}

impl Reading {
    async fn all(mut self, mut pod: Followed) {
        let previous = self.reader.ask.reading.runs;
        if previous != Runs::Current {
            self.reader.gather.open(self.id);
            let ended = self.open(&pod, true).await;
            self.reader.gather.close(self.id);
            match ended {
                Ended::Refused(state) if previous == Runs::Previous => {
                    return self.reader.gather.tell(self.id, state);
                }
                _ if previous == Runs::Previous => return self.gone_by(&pod),
                Ended::Here if self.resume.last().is_some() => {
                    self.run = self.now(&pod).map(|(seen, _)| (seen.uid.clone(), -1));
                }
                _ => {}
            }
        }
        let mut pause = PAUSES.0;
        loop {
            let Some((seen, container)) = self.there(&mut pod).await else {
                return;
            };
            let Some(run) = run_of(&seen, &container) else {
                return;
            };
            let before = self.resume.last();
            self.turn_to(run, &container);
            self.reader.gather.open(self.id);
            let ended = self.open(&pod, false).await;
            self.reader.gather.close(self.id);
            if let Ended::Refused(state) = &ended {
                self.reader.gather.tell(self.id, state.clone());
            }
            let once = self.reader.until == Until::Now;
            if once || matches!(ended, Ended::Enough) {
                return self.tell_ended(&pod);
            }
            if self.resume.last() != before {
                pause = PAUSES.0;
            }
            pod.look.notify_one();
            let _ = tokio::time::timeout(pause, pod.seen.changed()).await;
            sleep(pause).await;
            pause = (pause * 2).min(PAUSES.1);
            // Ended before that look: what it wrote is read.
            let still = |c: &Container| matches!(c.state, Does::Running { .. });
            self.whole = matches!(ended, Ended::Here) && self.now(&pod).is_none_or(|(_, c)| !still(&c));
            if self.whole {
                self.tell_ended(&pod);
            }
        }
    }

    fn now(&self, pod: &Followed) -> Option<(Arc<Seen>, Container)> {
        let seen = pod.seen.borrow().clone()?;
        let container = seen.containers.iter().find(|c| c.name == self.container)?.clone();
        Some((seen, container))
    }

    /// Waits until there is a run to read; none where that is not waited for.
    async fn there(&self, pod: &mut Followed) -> Option<(Arc<Seen>, Container)> {
        loop {
            let now = self.now(pod);
            if let Some((seen, container)) = now {
                match run_of(&seen, &container) {
                    Some(run) if !self.whole || self.run.as_ref() != Some(&run) => {
                        return Some((seen, container));
                    }
                    Some(_) => {}
                    None => self.reader.gather.tell(self.id, waiting(&container)),
                }
            } else {
                self.reader.gather.tell(self.id, State::Missing);
            }
            if self.reader.until == Until::Now || pod.seen.changed().await.is_err() {
                return None;
            }
        }
    }

    /// The next log is of this run.
    fn turn_to(&mut self, run: Run, container: &Container) {
        if self.run.as_ref() == Some(&run) {
            if let Some(second) = self.resume.since() {
                self.begin = Begin::At(second);
                self.resume.opened_again();
            }
            return;
        }
        if let Some((uid, count)) = self.run.replace(run.clone()) {
            // After the run before, which is read first, the present one is read as it was asked for.
            if count >= 0 {
                self.begin = Begin::Start;
            }
            let other = uid != run.0;
            let at = match &container.state {
                Does::Running { since } => since * SECOND,
                _ => 0,
            };
            // It stands behind the last line of the run before, whatever the clocks say.
            let at = at.max(self.resume.last().unwrap_or(0));
            let code = container.last.as_ref().map(|l| l.code).filter(|_| !other);
            let (stream, pod) = (self.id, other);
            let began = Entry::Began {
                stream,
                at,
                code,
                pod,
            };
            self.reader.gather.push(self.id, at, began, None);
            self.resume.began_anew();
        }
        self.whole = false;
        self.reader.gather.run(self.id, run);
    }

    /// The run before is read.
    fn gone_by(&self, pod: &Followed) {
        if let Some(run) = self.now(pod).and_then(|(_, c)| c.last) {
            self.reader.gather.tell(self.id, State::Ended(run.code));
        }
    }

    fn tell_ended(&self, pod: &Followed) {
        if let Some((_, container)) = self.now(pod) {
            let code = match (&container.state, &container.last) {
                (Does::Ended(run), _) | (Does::Waiting { .. }, Some(run)) => Some(run.code),
                _ => None,
            };
            if let Some(code) = code {
                self.reader.gather.tell(self.id, State::Ended(code));
            }
        }
    }

    fn params(&self, previous: bool) -> LogParams {
        let reading = &self.reader.ask.reading;
        let time = |s: i64| jiff::Timestamp::from_second(s).ok();
        let asked = matches!(self.begin, Begin::Asked);
        let at = match self.begin {
            Begin::At(second) => Some(second),
            Begin::Asked => reading.from,
            Begin::Start => None,
        };
        LogParams {
            container: Some(self.container.clone()),
            follow: !previous && self.reader.until == Until::Further && reading.to.is_none(),
            previous,
            timestamps: true,
            since_time: at.and_then(time),
            since_seconds: reading.since.filter(|_| asked),
            tail_lines: reading.tail.filter(|_| asked),
            ..LogParams::default()
        }
    }

    /// Whether what is asked for ends before this time.
    fn is_beyond(&self, at: Nanos) -> bool {
        let to = self.reader.ask.reading.to;
        to.is_some_and(|to| when::seconds(at) >= to)
    }

    async fn open(&mut self, pod: &Followed, previous: bool) -> Ended {
        let (api, params) = (self.reader.api(), self.params(previous));
        let opened = self.reader.kube.answer(api.log_stream(&pod.name, &params)).await;
        let from = match opened {
            Ok(from) => from,
            Err(error) => return Ended::Refused(refused(error)),
        };
        self.reader.gather.tell(self.id, State::Reading);
        // One that is gone on with has something to say, if only what is known: the others wait for that.
        let mut awaited = matches!(self.begin, Begin::At(_));
        if !awaited {
            self.reader.gather.opened(self.id);
        }
        let mut lines = Lines::new(Box::pin(from), self.reader.most);
        let uid = self.run.as_ref().filter(|_| !previous).map(|run| run.0.clone());
        let mut replaced = pin!(pod.replaced(uid));
        loop {
            let raw = tokio::select! {
                raw = lines.next() => raw,
                () = &mut replaced => return Ended::Here,
            };
            // A connection that broke is one that ended: it is gone on with.
            let Ok(Some(raw)) = raw else {
                return Ended::Here;
            };
            if std::mem::take(&mut awaited) {
                self.reader.gather.opened(self.id);
            }
            match raw.at {
                Some(at) if self.is_beyond(at) => return Ended::Enough,
                Some(at) => self.take(at, raw).await,
                None if raw.text.trim().is_empty() => {}
                None => return Ended::Refused(State::Refused(calm(&raw.text))),
            }
        }
    }

    async fn take(&mut self, at: Nanos, raw: Raw) {
        match self.resume.came(at, content(&raw.text, raw.whole)) {
            Came::Again => return,
            Came::AfterGap { from, to } => {
                let stream = self.id;
                let gap = Entry::Gap { stream, from, to };
                self.reader.gather.push(self.id, at, gap, None);
            }
            Came::New => {}
        }
        let room = self.room.take(raw.text.len()).await;
        let line = Line {
            stream: self.id,
            at,
            level: level(&raw.text),
            text: raw.text,
            whole: raw.whole,
        };
        self.reader.gather.push(self.id, at, Entry::Line(line), room);
    }
}
