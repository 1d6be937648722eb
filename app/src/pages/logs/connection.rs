//! The socket of the page. It goes on where it was cut, and tells the server when a frame is worked up.
use super::state::{Link, Logs};
use crate::{
    api::ApiError,
    model::{
        live::SESSION_OVER,
        log::{Ask, Cursor, Reading, Stream, ToBrowser, ToServer},
    },
    paths,
    state::socket::url,
};
use futures::{
    SinkExt, StreamExt,
    channel::mpsc::{UnboundedReceiver, unbounded},
    future::{Either, select},
};
use gloo_net::websocket::{Message, WebSocketError, futures::WebSocket};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;

/// Milliseconds before connecting again: the first pause, and the longest.
const PAUSES: (f64, f64) = (300.0, 8_000.0);
/// Milliseconds without a word after which a connection is given up; the server speaks every two seconds.
const SILENCE: f64 = 10_000.0;

/// Why a connection ended.
enum End {
    /// Another one is wanted, or none.
    Left,
    /// It was lost; whether it was there at all.
    Lost(bool),
    SignedOut,
    Over(ApiError),
    /// The server has read all that was wanted.
    Whole,
}

/// Reads what is wanted from now on, and nothing else any more.
pub fn connect(logs: Logs, reading: Reading) {
    logs.turn.update_value(|turn| *turn += 1);
    let turn = logs.turn.get_value();
    let (out, commands) = unbounded();
    // The former connection ends when its sender goes.
    logs.out.set_value(Some(out));
    logs.paused.set(None);
    logs.link.set(Link::Connecting);
    spawn_local(keep(logs, reading, turn, commands));
}

async fn sleep(milliseconds: f64) {
    let promise = js_sys::Promise::new(&mut |done, _| {
        let after = Duration::from_millis(milliseconds as u64);
        set_timeout(move || drop(done.call0(&wasm_bindgen::JsValue::NULL)), after);
    });
    let _ = JsFuture::from(promise).await;
}

/// Connects, again and again, as long as this reading is wanted.
async fn keep(logs: Logs, reading: Reading, turn: u32, mut commands: UnboundedReceiver<ToServer>) {
    let mine = move || logs.turn.try_get_value() == Some(turn);
    let (mut fresh, mut pause) = (true, PAUSES.0);
    while mine() {
        let mut cursors = Vec::new();
        if !fresh {
            logs.book.update(|book| cursors = book.connected_again());
        }
        let end = talk(logs, &reading, cursors, &mut fresh, &mut commands).await;
        if !mine() {
            return;
        }
        match end {
            End::Left => return,
            End::Whole => return logs.link.set(Link::Whole),
            End::SignedOut => return logs.link.set(Link::SignedOut),
            End::Over(error) => return logs.fault.set(Some(error)),
            End::Lost(stood) => {
                if stood {
                    pause = PAUSES.0;
                }
                logs.link.set(Link::Lost);
            }
        }
        sleep(pause * (0.7 + js_sys::Math::random() * 0.6)).await;
        pause = (pause * 1.8).min(PAUSES.1);
        // Who paused asks for nothing.
        while mine() && logs.paused.try_get_untracked().flatten().is_some() {
            if commands.next().await.is_none() {
                return;
            }
        }
    }
}

fn text(frame: &ToServer) -> Message {
    Message::Text(serde_json::to_string(frame).unwrap_or_default())
}

/// One connection.
async fn talk(
    logs: Logs,
    reading: &Reading,
    cursors: Vec<Cursor>,
    fresh: &mut bool,
    commands: &mut UnboundedReceiver<ToServer>,
) -> End {
    let Ok(socket) = WebSocket::open(&url(paths::LOG_STREAM)) else {
        return End::Lost(false);
    };
    let (mut write, mut read) = socket.split();
    let ask = ToServer::Ask(Ask {
        scope: logs.scope.get_value(),
        reading: reading.clone(),
        cursors,
    });
    if write.send(text(&ask)).await.is_err() {
        return End::Lost(false);
    }
    let (mut stood, mut told) = (false, Vec::new());
    loop {
        let news = select(select(read.next(), commands.next()), Box::pin(sleep(SILENCE))).await;
        let message = match news {
            Either::Left((Either::Left((message, _)), _)) => message,
            Either::Left((Either::Right((command, _)), _)) => match command {
                Some(command) => {
                    let _ = write.send(text(&command)).await;
                    continue;
                }
                None => return End::Left,
            },
            Either::Right(_) => return End::Lost(stood),
        };
        let frame = match message {
            Some(Ok(Message::Text(text))) => serde_json::from_str::<ToBrowser>(&text),
            Some(Err(WebSocketError::ConnectionClose(close))) if close.code == SESSION_OVER => {
                return End::SignedOut;
            }
            Some(Ok(Message::Bytes(_))) => continue,
            Some(Err(_)) | None => return End::Lost(stood),
        };
        stood = true;
        match frame {
            Ok(ToBrowser::Entries { seq, entries }) => {
                if std::mem::take(fresh) {
                    begin(logs, &told);
                }
                logs.take(entries);
                let _ = write.send(text(&ToServer::Ack(seq))).await;
            }
            Ok(ToBrowser::Streams(streams)) => {
                told.clone_from(&streams);
                logs.book.update(|book| book.told(streams));
                logs.fault.set(None);
                logs.link.set(Link::Following);
            }
            Ok(ToBrowser::Beat) => {}
            Ok(ToBrowser::Whole) => {
                if std::mem::take(fresh) {
                    begin(logs, &told);
                }
                return End::Whole;
            }
            Ok(ToBrowser::Over(error)) => return End::Over(error),
            // Another version of the server: the frame says so.
            Err(_) => return End::Lost(stood),
        }
    }
}

/// What was drawn before is read anew, from its beginning.
fn begin(logs: Logs, told: &[Stream]) {
    logs.book.update(|book| {
        book.clear();
        book.told(told.to_vec());
    });
}
