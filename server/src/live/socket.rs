//! The one WebSocket a tab.
use super::{Hub, now, topic};
use crate::access::Session;
use app::model::live::{BEAT, ClientFrame, SESSION_OVER, ServerFrame};
use axum::{
    Extension,
    body::Bytes,
    extract::{
        State,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    },
    response::Response,
};
use futures::{SinkExt, StreamExt, stream::SplitStream};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::{
    sync::mpsc,
    time::{Instant, MissedTickBehavior, interval, sleep_until},
};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};

/// The largest frame of a browser, in bytes: a query with a few hundred namespaces.
const MAX_FRAME: usize = 64 * 1024;
/// How often a browser is asked whether it is still there; it answers by itself, also for a tab that nobody sees.
const PING: Duration = Duration::from_secs(20);
/// A browser that was silent for this long is gone.
const SILENCE: Duration = Duration::from_secs(60);
/// Topics that one socket may follow.
const MAX_TOPICS: usize = 32;

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

/// How every socket ends whose session has ended.
pub(crate) fn signed_out() -> Message {
    Message::Close(Some(CloseFrame {
        code: SESSION_OVER,
        reason: "signed out".into(),
    }))
}

/// Serves until the browser goes, the session ends or the console stops.
async fn serve(session: Arc<Session>, closing: CancellationToken, socket: WebSocket) {
    metrics::gauge!("ordinal_sockets").increment(1.0);
    let (mut sink, stream) = socket.split();
    // Short on purpose: topics wait here for a slow browser and then send their newest state.
    let (out, mut frames) = mpsc::channel::<ServerFrame>(4);
    let write = async {
        let mut ping = interval(PING);
        loop {
            let message = tokio::select! {
                frame = frames.recv() => match frame.map(|f| serde_json::to_string(&f)) {
                    Some(Ok(text)) => Message::Text(text.into()),
                    Some(Err(_)) => continue,
                    None => return,
                },
                _ = ping.tick() => Message::Ping(Bytes::new()),
            };
            if sink.send(message).await.is_err() {
                return;
            }
        }
    };
    let over = tokio::select! {
        () = talk(Arc::clone(&session.access.hub), stream, out) => false,
        () = write => false,
        () = closing.cancelled() => false,
        () = session.over() => true,
    };
    if over {
        let _ = sink.send(signed_out()).await;
    }
    metrics::gauge!("ordinal_sockets").decrement(1.0);
}

/// Hears what the browser wants to follow.
async fn talk(hub: Arc<Hub>, mut stream: SplitStream<WebSocket>, out: mpsc::Sender<ServerFrame>) {
    let mut topics: HashMap<u32, AbortOnDropHandle<()>> = HashMap::new();
    let mut visible = true;
    let mut beat = interval(Duration::from_secs(BEAT.into()));
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut heard = Instant::now();
    loop {
        let message = tokio::select! {
            message = stream.next() => message,
            _ = beat.tick(), if visible => {
                // One that is slow has something better to read.
                let _ = out.try_send(ServerFrame::Beat { now: now() });
                continue;
            }
            () = sleep_until(heard + SILENCE) => return,
        };
        heard = Instant::now();
        let message = match message {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Close(_)) | Err(_)) | None => return,
            Some(Ok(_)) => continue,
        };
        match serde_json::from_str(&message) {
            Ok(ClientFrame::Subscribe { id, topic, since }) => {
                if topics.len() < MAX_TOPICS || topics.contains_key(&id) {
                    let followed = topic::follow(Arc::clone(&hub), id, topic, since, out.clone());
                    topics.insert(id, AbortOnDropHandle::new(tokio::spawn(followed)));
                }
            }
            Ok(ClientFrame::Unsubscribe { id }) => drop(topics.remove(&id)),
            Ok(ClientFrame::Visible(seen)) => visible = seen,
            // Another version of the page: it will reload.
            Err(_) => return,
        }
    }
}
