//! The WebSocket of a page of logs. The browser says when it has worked up a frame, so that a slow one is known to be
//! slow: the sockets of browsers take in whatever comes.
use super::{
    gather::Gather,
    outbox::Outbox,
    pods::{Reader, Until, read},
};
use crate::{access::Session, live::signed_out};
use app::{
    api::ApiError,
    model::log::{Ask, CUT, SECOND, ToBrowser, ToServer},
};
use axum::{
    Extension,
    extract::{
        State,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    response::Response,
};
use futures::StreamExt;
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};

/// The largest frame of a browser, in bytes: cursors of some hundred streams.
const MAX_FRAME: usize = 128 * 1024;
/// How long a browser may take to say what it wants.
const ASKS: Duration = Duration::from_secs(10);
/// How often it is told that the server is there.
const BEAT: Duration = Duration::from_secs(2);
/// How often it is looked whether the logs may still be read.
const REVIEW: Duration = Duration::from_secs(15);
/// A browser that was silent for this long is gone: it answers each beat.
const SILENCE: Duration = Duration::from_secs(60);
/// Frames that a browser has not worked up yet.
const AHEAD: u64 = 4;
/// How long small frames wait for more: a screen shows sixty pictures a second.
const PACE: Duration = Duration::from_millis(16);

/// Upgrades a request that passed the guards.
pub async fn upgrade(
    State(closing): State<CancellationToken>,
    Extension(session): Extension<Arc<Session>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade
        .max_message_size(MAX_FRAME)
        .max_frame_size(MAX_FRAME)
        .on_upgrade(move |socket| serve(session, closing, socket))
}

async fn serve(session: Arc<Session>, closing: CancellationToken, mut socket: WebSocket) {
    metrics::gauge!("ordinal_log_sockets").increment(1.0);
    let over = tokio::select! {
        () = talk(&session, &mut socket) => false,
        () = closing.cancelled() => false,
        () = session.over() => true,
    };
    if over {
        let _ = socket.send(signed_out()).await;
    }
    metrics::gauge!("ordinal_log_sockets").decrement(1.0);
}

/// What the browser says next; none where it has gone.
async fn hear(
    socket: &mut (impl StreamExt<Item = Result<Message, axum::Error>> + Unpin),
) -> Option<ToServer> {
    loop {
        match socket.next().await? {
            Ok(Message::Text(text)) => return serde_json::from_str(&text).ok(),
            Ok(Message::Close(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// A refusal in the console's words, where the cluster only says that it is none of ours.
pub(super) fn refusal(namespace: &str) -> ApiError {
    ApiError::Forbidden {
        verb: "get".to_owned(),
        resource: "pods/log".to_owned(),
        message: format!("pods/log in the namespace \"{namespace}\" may not be read"),
    }
}

async fn talk(session: &Session, socket: &mut WebSocket) {
    let Ok(Some(ToServer::Ask(ask))) = timeout(ASKS, hear(socket)).await else {
        return;
    };
    let namespace = ask.scope.namespace().to_owned();
    let kube = &session.access.kube;
    let over = if !super::answer::is_named(&ask.scope) {
        ApiError::invalid("no object has such a name".to_owned())
    } else if kube.may_read_logs(&namespace).await == Some(false) {
        refusal(&namespace)
    } else {
        match Talk::new(session, ask).go_on(session, &namespace, socket).await {
            Some(error) => error,
            None => return,
        }
    };
    let _ = send(socket, &ToBrowser::Over(over)).await;
    let _ = socket.send(Message::Close(None)).await;
}

async fn send(socket: &mut WebSocket, frame: &ToBrowser) -> Result<(), ()> {
    let text = serde_json::to_string(frame).map_err(drop)?;
    socket.send(Message::Text(text.into())).await.map_err(drop)
}

/// One reader.
struct Talk {
    gather: Arc<Gather>,
    outbox: Outbox,
    reading: AbortOnDropHandle<Result<(), ApiError>>,
    paused: bool,
    /// The number of the newest frame, and of the newest that was worked up.
    told: u64,
    done: u64,
}

impl Talk {
    fn new(session: &Session, ask: Ask) -> Self {
        let gather = Gather::new();
        let now = jiff::Timestamp::now().as_nanosecond();
        // What is read to its end is read as fast as it is taken; nothing of it is left out.
        let live = if ask.reading.follows() {
            now.try_into().unwrap_or(i64::MAX) - SECOND
        } else {
            i64::MAX
        };
        let until = if ask.reading.follows() {
            Until::Further
        } else {
            Until::Now
        };
        let reader = Arc::new(Reader {
            kube: Arc::clone(&session.access.kube),
            hub: Arc::clone(&session.access.hub),
            ask,
            until,
            gather: Arc::clone(&gather),
            most: CUT,
        });
        Self {
            gather,
            outbox: Outbox::new(live),
            reading: AbortOnDropHandle::new(tokio::spawn(read(reader))),
            paused: false,
            told: 0,
            done: 0,
        }
    }

    /// Until the browser goes, or there is a reason to end it.
    async fn go_on(mut self, session: &Session, namespace: &str, socket: &mut WebSocket) -> Option<ApiError> {
        let (mut beat, mut review) = (interval(BEAT), interval(REVIEW));
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        review.reset();
        let (mut heard, mut paced) = (Instant::now(), Instant::now());
        let (mut ended, gather) = (false, Arc::clone(&self.gather));
        loop {
            self.collect();
            if let Some(streams) = self.gather.streams() {
                send(socket, &ToBrowser::Streams(streams)).await.ok()?;
            }
            let may = self.told < self.done + AHEAD;
            if may
                && (Instant::now() >= paced || self.outbox.is_large())
                && let Some(entries) = self.outbox.frame()
            {
                self.told += 1;
                paced = Instant::now() + PACE;
                let seq = self.told;
                send(socket, &ToBrowser::Entries { seq, entries }).await.ok()?;
                continue;
            }
            if ended && self.is_told() {
                send(socket, &ToBrowser::Whole).await.ok()?;
                return None;
            }
            let next = self
                .gather
                .next_at()
                .filter(|at| !self.paused && self.outbox.takes(*at));
            let due = self.gather.due().filter(|_| next.is_some());
            let due = due.unwrap_or_else(|| Instant::now() + BEAT);
            let waits = may && !self.outbox.is_empty();
            let due = if waits { due.min(paced) } else { due };
            tokio::select! {
                frame = hear(socket) => {
                    heard = Instant::now();
                    match frame? {
                        ToServer::Ack(seq) => self.done = self.done.max(seq.min(self.told)),
                        ToServer::Pause => self.paused = true,
                        ToServer::Go => self.paused = false,
                        ToServer::Ask(_) => return None,
                    }
                }
                () = gather.news.notified() => {}
                () = sleep_until(due) => {}
                _ = beat.tick() => send(socket, &ToBrowser::Beat).await.ok()?,
                _ = review.tick() => {
                    if session.access.kube.may_read_logs(namespace).await == Some(false) {
                        return Some(refusal(namespace));
                    }
                }
                read = &mut self.reading, if !ended => {
                    ended = true;
                    if let Ok(Err(error)) = read {
                        return Some(error);
                    }
                }
                () = sleep_until(heard + SILENCE) => return None,
            }
        }
    }

    /// Nothing waits any more, and the browser has all of it.
    fn is_told(&self) -> bool {
        self.gather.next_at().is_none() && self.outbox.is_empty() && self.done == self.told
    }

    /// Takes what may go on, unless the browser paused: then it waits, and soon nothing more is read.
    fn collect(&mut self) {
        while !self.paused
            && let Some(due) = self.gather.next_at()
            && self.outbox.takes(due)
            && let Some((at, entry)) = self.gather.pop()
        {
            self.outbox.put(at, entry);
        }
    }
}
