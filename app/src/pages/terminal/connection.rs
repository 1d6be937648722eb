//! The socket of one terminal: keys and sizes out, output in.
use super::pane::Phase;
use crate::{
    model::{
        live::SESSION_OVER,
        terminal::{Open, Size, ToBrowser, ToServer},
    },
    paths,
    state::socket::url,
};
use futures::{
    SinkExt, StreamExt,
    channel::mpsc::UnboundedReceiver,
    future::{Either, select},
};
use gloo_net::websocket::{Message, WebSocketError, futures::WebSocket};

/// The most bytes of one frame: what is pasted goes in several.
const FRAME: usize = 32 * 1024;

/// What goes to the server.
pub(super) enum Command {
    Keys(Vec<u8>),
    Size(Size),
    Drawn(u64),
}

fn text(frame: &ToServer) -> Message {
    Message::Text(serde_json::to_string(frame).unwrap_or_default())
}

/// Runs a program until it ends, or the terminal is closed.
pub(super) async fn talk(
    open: Open,
    mut commands: UnboundedReceiver<Command>,
    started: impl Fn(),
    write: impl Fn(&[u8]),
) -> Phase {
    let Ok(socket) = WebSocket::open(&url(paths::TERMINAL)) else {
        return Phase::Lost;
    };
    let (mut out, mut read) = socket.split();
    if out.send(text(&ToServer::Open(open))).await.is_err() {
        return Phase::Lost;
    }
    loop {
        let message = match select(read.next(), commands.next()).await {
            Either::Left((message, _)) => message,
            Either::Right((Some(command), _)) => {
                let frames: Vec<Message> = match command {
                    Command::Keys(bytes) => bytes
                        .chunks(FRAME)
                        .map(|part| Message::Bytes(part.to_vec()))
                        .collect(),
                    Command::Size(size) => vec![text(&ToServer::Size(size))],
                    Command::Drawn(bytes) => vec![text(&ToServer::Drawn(bytes))],
                };
                for frame in frames {
                    if out.send(frame).await.is_err() {
                        return Phase::Lost;
                    }
                }
                continue;
            }
            // Nobody is there any more: the socket closes with its halves.
            Either::Right((None, _)) => return Phase::Lost,
        };
        match message {
            Some(Ok(Message::Bytes(bytes))) => write(&bytes),
            Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                Ok(ToBrowser::Started) => started(),
                Ok(ToBrowser::Ended(end)) => return Phase::Ended(end),
                // Another version of the server: the frame says so.
                Err(_) => return Phase::Lost,
            },
            Some(Err(WebSocketError::ConnectionClose(close))) if close.code == SESSION_OVER => {
                return Phase::SignedOut;
            }
            Some(Err(_)) | None => return Phase::Lost,
        }
    }
}
