//! Keys to the container, output to the browser: two ways that do not wait for each other.
use super::exec::{ERROR, RESIZE, STDERR, STDIN, STDOUT, ended};
use crate::held::held;
use app::model::terminal::{Size, ToServer, WINDOW};
use axum::{body::Bytes, extract::ws};
use futures::{
    Sink, SinkExt, Stream, StreamExt,
    stream::{SplitSink, SplitStream},
};
use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::Notify,
    time::{Instant, interval, sleep_until},
};
use tokio_tungstenite::tungstenite::{Error, Message};

/// How often either side is asked whether it is there: proxies cut connections that are silent for a minute.
const PING: Duration = Duration::from_secs(20);
/// A browser that was silent for this long is gone: it answers pings by itself.
const SILENCE: Duration = Duration::from_secs(60);

/// What both ways know.
pub(super) struct Flow {
    /// Bytes that the browser has drawn, in all.
    drawn: AtomicU64,
    news: Notify,
    typed: Mutex<Instant>,
}

impl Flow {
    pub(super) fn new() -> Self {
        Self {
            drawn: AtomicU64::new(0),
            news: Notify::new(),
            typed: Mutex::new(Instant::now()),
        }
    }

    /// When something was typed last.
    pub(super) fn typed(&self) -> Instant {
        *held(&self.typed)
    }

    fn type_now(&self) {
        *held(&self.typed) = Instant::now();
    }
}

/// Why the relay ended.
pub(super) enum Over {
    /// The program ended, or never ran.
    Program(Result<i32, String>),
    /// The browser has gone.
    Gone,
}

fn lost(error: Option<&Error>) -> Over {
    Over::Program(Err(error.map_or_else(
        || "the connection to the container is lost".to_owned(),
        ToString::to_string,
    )))
}

fn frame(channel: u8, data: &[u8]) -> Message {
    Message::Binary([&[channel], data].concat().into())
}

/// The size as the kubelet reads it.
pub(super) fn resized(size: Size) -> Message {
    let json = serde_json::json!({"Width": size.columns, "Height": size.rows});
    frame(RESIZE, json.to_string().as_bytes())
}

/// From the browser to the container.
pub(super) async fn up(
    browser: &mut SplitStream<ws::WebSocket>,
    container: &mut (impl Sink<Message, Error = Error> + Unpin),
    flow: &Flow,
) -> Over {
    let (mut ping, mut heard) = (interval(PING), Instant::now());
    loop {
        let message = tokio::select! {
            _ = ping.tick() => Message::Ping(Bytes::new()),
            () = sleep_until(heard + SILENCE) => return Over::Gone,
            heard_now = browser.next() => {
                heard = Instant::now();
                match heard_now {
                    Some(Ok(ws::Message::Binary(keys))) if !keys.is_empty() => {
                        flow.type_now();
                        frame(STDIN, &keys)
                    }
                    Some(Ok(ws::Message::Text(text))) => match serde_json::from_str(&text) {
                        Ok(ToServer::Size(size)) => resized(size),
                        Ok(ToServer::Drawn(bytes)) => {
                            flow.drawn.fetch_max(bytes, Ordering::Relaxed);
                            flow.news.notify_one();
                            continue;
                        }
                        Ok(ToServer::Open(_)) | Err(_) => return Over::Gone,
                    },
                    None | Some(Err(_) | Ok(ws::Message::Close(_))) => return Over::Gone,
                    Some(Ok(_)) => continue,
                }
            }
        };
        if let Err(error) = container.send(message).await {
            return lost(Some(&error));
        }
    }
}

/// From the container to the browser, no faster than that draws.
pub(super) async fn down(
    container: &mut (impl Stream<Item = Result<Message, Error>> + Unpin),
    browser: &mut SplitSink<ws::WebSocket, ws::Message>,
    flow: &Flow,
) -> Over {
    let (mut ping, mut sent, mut status) = (interval(PING), 0_u64, None);
    loop {
        let open = sent < flow.drawn.load(Ordering::Relaxed) + WINDOW;
        let message = tokio::select! {
            _ = ping.tick() => ws::Message::Ping(Bytes::new()),
            () = flow.news.notified(), if !open => continue,
            told = container.next(), if open => match told {
                Some(Ok(Message::Binary(bytes))) => match bytes.split_first() {
                    Some((&(STDOUT | STDERR), output)) if !output.is_empty() => {
                        sent += output.len() as u64;
                        ws::Message::Binary(bytes.slice(1..))
                    }
                    Some((&ERROR, words)) => {
                        status = Some(ended(words));
                        continue;
                    }
                    _ => continue,
                },
                Some(Ok(Message::Close(_))) | None => return status.map_or_else(|| lost(None), Over::Program),
                Some(Err(error)) => return status.map_or_else(|| lost(Some(&error)), Over::Program),
                Some(Ok(_)) => continue,
            },
        };
        if browser.send(message).await.is_err() {
            return Over::Gone;
        }
    }
}
