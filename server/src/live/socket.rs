//! The one WebSocket a tab.
use super::{Hub, now, topic};
use crate::access::Session;
use app::model::live::{ClientFrame, HEARTBEAT, SESSION_OVER, ServerFrame};
use axum::{
    Extension,
    extract::{
        State,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    },
    response::Response,
};
use futures::{SinkExt, StreamExt, stream::SplitStream};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};

/// The largest frame of a browser, in bytes: a query with a few hundred namespaces.
const MAX_FRAME: usize = 64 * 1024;
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

/// Serves until the browser goes, the session ends or the console stops.
async fn serve(session: Arc<Session>, closing: CancellationToken, socket: WebSocket) {
    metrics::gauge!("ordinal_sockets").increment(1.0);
    let (mut sink, stream) = socket.split();
    // Short on purpose: topics wait here for a slow browser and then send their newest state.
    let (out, mut frames) = mpsc::channel::<ServerFrame>(4);
    let write = async {
        while let Some(frame) = frames.recv().await {
            let Ok(text) = serde_json::to_string(&frame) else {
                continue;
            };
            if sink.send(Message::Text(text.into())).await.is_err() {
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
        let close = CloseFrame {
            code: SESSION_OVER,
            reason: "signed out".into(),
        };
        let _ = sink.send(Message::Close(Some(close))).await;
    }
    metrics::gauge!("ordinal_sockets").decrement(1.0);
}

/// Hears what the browser wants to follow.
async fn talk(hub: Arc<Hub>, mut stream: SplitStream<WebSocket>, out: mpsc::Sender<ServerFrame>) {
    let mut topics: HashMap<u32, AbortOnDropHandle<()>> = HashMap::new();
    let silence = Duration::from_secs(u64::from(HEARTBEAT) * 3);
    loop {
        let message = match tokio::time::timeout(silence, stream.next()).await {
            Ok(Some(Ok(Message::Text(text)))) => text,
            Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) | Err(_) => break,
            Ok(Some(Ok(_))) => continue,
        };
        match serde_json::from_str(&message) {
            Ok(ClientFrame::Subscribe { id, topic, since }) => {
                if topics.len() < MAX_TOPICS || topics.contains_key(&id) {
                    let followed = topic::follow(Arc::clone(&hub), id, topic, since, out.clone());
                    topics.insert(id, AbortOnDropHandle::new(tokio::spawn(followed)));
                }
            }
            Ok(ClientFrame::Unsubscribe { id }) => drop(topics.remove(&id)),
            Ok(ClientFrame::Ping) => {
                if out.send(ServerFrame::Pong { now: now() }).await.is_err() {
                    break;
                }
            }
            // Another version of the page: it will reload.
            Err(_) => break,
        }
    }
}
