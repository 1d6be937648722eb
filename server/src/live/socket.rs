//! The one WebSocket a tab.
use super::{Hub, now, topic};
use app::model::live::{ClientFrame, HEARTBEAT, ServerFrame};
use axum::{
    extract::{
        State,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    response::Response,
};
use futures::{SinkExt, StreamExt};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

/// The largest frame of a browser, in bytes: a query with a few hundred namespaces.
const MAX_FRAME: usize = 64 * 1024;
/// Topics that one socket may follow.
const MAX_TOPICS: usize = 32;

/// Upgrades a request that passed the guards.
pub async fn upgrade(State(hub): State<Arc<Hub>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade
        .max_message_size(MAX_FRAME)
        .max_frame_size(MAX_FRAME)
        .on_upgrade(move |socket| serve(hub, socket))
}

async fn serve(hub: Arc<Hub>, socket: WebSocket) {
    metrics::gauge!("ordinal_sockets").increment(1.0);
    let closing = Arc::clone(&hub);
    tokio::select! {
        () = talk(hub, socket) => {},
        () = closing.closed() => {},
    }
    metrics::gauge!("ordinal_sockets").decrement(1.0);
}

async fn talk(hub: Arc<Hub>, socket: WebSocket) {
    let (mut sink, mut stream) = socket.split();
    // Short on purpose: topics wait here for a slow browser and then send their newest state.
    let (out, mut frames) = mpsc::channel::<ServerFrame>(4);
    let writer = AbortOnDropHandle::new(tokio::spawn(async move {
        while let Some(frame) = frames.recv().await {
            let Ok(text) = serde_json::to_string(&frame) else {
                continue;
            };
            if sink.send(Message::Text(text.into())).await.is_err() {
                return;
            }
        }
    }));
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
    drop(topics);
    drop(writer);
}
