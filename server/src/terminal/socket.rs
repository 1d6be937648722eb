//! The WebSocket of one terminal.
use super::{
    Terminals,
    exec::{commands, connect, end},
    relay::{Flow, Over, down, resized, up},
};
use crate::{access::Session, cluster::is_dns_name, live::signed_out};
use app::{
    api::ApiError,
    model::terminal::{End, Open, Run, ToBrowser, ToServer},
};
use axum::{
    Extension,
    extract::{
        State,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code},
    },
    response::Response,
};
use futures::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use kube::{api::AttachParams, client::Connection};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, interval, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

/// The largest frame of a browser, in bytes: a pasted text comes in several.
const MAX_FRAME: usize = 64 * 1024;
/// How long a browser may take to say what it wants.
const ASKS: Duration = Duration::from_secs(10);
/// How often it is looked whether the right is still there.
const REVIEW: Duration = Duration::from_secs(15);

/// Upgrades a request that passed the guards.
pub async fn upgrade(
    State(closing): State<CancellationToken>,
    State(terminals): State<Terminals>,
    Extension(session): Extension<Arc<Session>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let open = terminals.open.clone();
    upgrade
        .max_message_size(MAX_FRAME)
        .max_frame_size(MAX_FRAME)
        .on_upgrade(move |socket| open.track_future(serve(session, closing, terminals, socket)))
}

type Browser = (SplitSink<WebSocket, Message>, SplitStream<WebSocket>);

async fn serve(session: Arc<Session>, closing: CancellationToken, terminals: Terminals, socket: WebSocket) {
    metrics::gauge!("ordinal_terminals").increment(1.0);
    let (sink, stream) = socket.split();
    let mut browser = (sink, stream);
    let told = timeout(ASKS, asked(&mut browser.1)).await;
    if let Ok(Some(open)) = told {
        let ended = Terminal {
            session,
            closing,
            terminals,
            open,
        }
        .run(&mut browser)
        .await;
        if let Some(ended) = ended {
            let close = if ended == End::Refused(ApiError::Unauthorized) {
                signed_out()
            } else {
                Message::Close(Some(CloseFrame {
                    code: close_code::NORMAL,
                    reason: "".into(),
                }))
            };
            tell(&mut browser, &ToBrowser::Ended(ended)).await;
            let _ = browser.0.send(close).await;
        }
    }
    metrics::gauge!("ordinal_terminals").decrement(1.0);
}

/// The first frame.
async fn asked(browser: &mut SplitStream<WebSocket>) -> Option<Open> {
    loop {
        match browser.next().await? {
            Ok(Message::Text(text)) => match serde_json::from_str(&text).ok()? {
                ToServer::Open(open) => return Some(open),
                _ => return None,
            },
            Ok(Message::Ping(_) | Message::Pong(_)) => {}
            _ => return None,
        }
    }
}

async fn tell(browser: &mut Browser, frame: &ToBrowser) {
    if let Ok(text) = serde_json::to_string(frame) {
        let _ = browser.0.send(Message::Text(text.into())).await;
    }
}

/// Letters by which what it started is found again.
fn mark() -> String {
    format!("{:016x}", rand::random::<u64>())
}

struct Terminal {
    session: Arc<Session>,
    closing: CancellationToken,
    terminals: Terminals,
    open: Open,
}

impl Terminal {
    /// Why it may not be opened.
    async fn refused(&self) -> Option<End> {
        let open = &self.open;
        if self.terminals.off {
            return Some(End::Off);
        }
        let named = [&open.namespace, &open.pod, &open.container].map(|name| is_dns_name(name));
        if named != [true; 3] || matches!(&open.run, Run::Command(words) if words.is_empty()) {
            let words = "a terminal needs a namespace, a pod, a container and a command".to_owned();
            return Some(End::Refused(ApiError::invalid(words)));
        }
        let refused = self.session.access.kube.exec_refused(&open.namespace).await;
        refused.map(End::Refused)
    }

    /// Runs the program; none where nobody is there any more who could be told how it ended.
    async fn run(&self, browser: &mut Browser) -> Option<End> {
        if let Some(refused) = self.refused().await {
            return Some(refused);
        }
        let mark = mark();
        self.note("start", &mark, "");
        let ended = self.try_each(browser, &mark).await;
        // What has ended by itself has nothing left to be ended.
        if !matches!(
            ended,
            Some(End::Exit(_) | End::Failed(_) | End::Refused(ApiError::Forbidden { .. }))
        ) {
            end(&self.session.access.kube, &self.open, &mark).await;
        }
        let outcome = ended
            .as_ref()
            .map_or_else(|| "left".to_owned(), |e| format!("{e:?}"));
        self.note("end", &mark, &outcome);
        ended
    }

    fn note(&self, phase: &str, terminal: &str, outcome: &str) {
        let Open {
            namespace,
            pod: name,
            container,
            run,
            ..
        } = &self.open;
        // The program alone: what stands behind it may be a password.
        let program = match run {
            Run::Shell => "",
            Run::Command(words) => words.first().map_or("", String::as_str),
        };
        let user = self.session.access.kube.user();
        tracing::info!(target: "audit", phase, user, verb = "exec", kind = "Pod", namespace, name, container, program, terminal, outcome);
    }

    async fn try_each(&self, browser: &mut Browser, mark: &str) -> Option<End> {
        let mut tries = commands(&self.open.run, mark, self.terminals.idle)
            .into_iter()
            .peekable();
        let mut last = None;
        while let Some(command) = tries.next() {
            let params = AttachParams::interactive_tty();
            let connection = match connect(&self.session.access.kube, &self.open, command, params).await {
                Ok(connection) => connection,
                Err(error) => return Some(End::Refused(error.into())),
            };
            last = self.attached(connection, browser).await;
            if !last.as_ref().is_some_and(End::is_missing) || tries.peek().is_none() {
                return last;
            }
        }
        last
    }

    /// Relays until something ends it.
    async fn attached(&self, connection: Connection, browser: &mut Browser) -> Option<End> {
        let (mut sink, mut stream) = connection.into_stream().split();
        if sink.send(resized(self.open.size)).await.is_err() {
            return Some(End::Failed("the connection to the container is lost".to_owned()));
        }
        tell(browser, &ToBrowser::Started).await;
        let flow = Flow::new();
        let over = tokio::select! {
            over = up(&mut browser.1, &mut sink, &flow) => over,
            over = down(&mut stream, &mut browser.0, &flow) => over,
            end = self.watch(&flow) => return Some(end),
        };
        match over {
            Over::Program(Ok(code)) => Some(End::Exit(code)),
            Over::Program(Err(words)) => Some(End::Failed(words)),
            Over::Gone => None,
        }
    }

    /// Until it may not go on.
    async fn watch(&self, flow: &Flow) -> End {
        let Terminals { idle, limit, .. } = self.terminals;
        let until = Instant::now() + limit;
        let mut review = interval(REVIEW);
        review.reset();
        loop {
            let typed = flow.typed() + idle;
            tokio::select! {
                () = self.closing.cancelled() => return End::Stopping,
                () = self.session.over() => return End::Refused(ApiError::Unauthorized),
                () = sleep_until(until) => return End::Limit(limit.as_secs()),
                () = sleep_until(typed) => {
                    if flow.typed() + idle <= Instant::now() {
                        return End::Idle(idle.as_secs());
                    }
                }
                _ = review.tick() => {
                    if let Some(refused) = self.refused().await {
                        return refused;
                    }
                }
            }
        }
    }
}
