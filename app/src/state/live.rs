//! The tab's one WebSocket: topics that pages follow, and how fresh what they show is.
use crate::{
    api::ApiError,
    model::live::{ClientFrame, Freshness, HEARTBEAT, ServerFrame, Shown, Topic, Version},
    paths,
};
use futures::{
    FutureExt, SinkExt, StreamExt,
    channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
    pin_mut, select,
};
use gloo_net::websocket::{Message, futures::WebSocket};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// How the page and the cluster are connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The first connection is being made.
    Connecting,
    Live,
    /// The connection to the server is lost.
    Reconnecting,
    /// The server's watch on the cluster is broken since then.
    Stale(i64),
}

/// What a followed topic says.
pub enum News<T: Shown> {
    /// The whole picture anew.
    Picture(T),
    /// What changed in the picture that was told last.
    Change(T::Change),
    /// The topic ended, or is refused for now.
    Refused(ApiError),
}

type Handler = Rc<dyn Fn(ServerFrame)>;

struct Followed {
    topic: Topic,
    version: Option<Version>,
    handler: Handler,
}

#[derive(Default)]
struct State {
    followed: BTreeMap<u32, Followed>,
    next: u32,
}

/// The tab's connection.
#[derive(Clone, Copy)]
pub struct Live {
    link: RwSignal<Link>,
    /// None on the server, where nothing is followed and values cross threads.
    shared: StoredValue<Option<SendWrapper<Shared>>>,
}

/// What lives in the browser only.
#[derive(Clone, Default)]
struct Shared {
    state: Rc<RefCell<State>>,
    out: Rc<RefCell<Option<UnboundedSender<ClientFrame>>>>,
}

impl Live {
    /// A connection that begins in the browser, with the first topic.
    pub fn provide() -> Self {
        let live = Self {
            link: RwSignal::new(Link::Connecting),
            shared: StoredValue::new(None),
        };
        provide_context(live);
        // In the browser, once: a page without a topic still says whether the server is there.
        Effect::new(move || live.start());
        live
    }

    fn start(self) {
        let shared = self.shared();
        if shared.out.borrow().is_none() {
            let (sender, receiver) = unbounded();
            *shared.out.borrow_mut() = Some(sender);
            spawn_local(self.connect(receiver));
        }
    }

    fn shared(self) -> Shared {
        if let Some(shared) = self.shared.get_value() {
            return (*shared).clone();
        }
        let shared = Shared::default();
        self.shared.set_value(Some(SendWrapper::new(shared.clone())));
        shared
    }

    /// How the connection is, tracked.
    pub fn link(self) -> Link {
        self.link.get()
    }

    /// How the connection is, not tracked.
    pub fn link_now(self) -> Link {
        self.link.get_untracked()
    }

    /// Follows a topic until the owner goes. `since` is the version of the picture that the page holds.
    pub fn follow<T: Shown>(
        self,
        topic: Topic,
        since: Option<Version>,
        handler: impl Fn(News<T>) + 'static,
    ) -> Following {
        let handler = move |frame| match decode(frame) {
            Ok(Some(news)) => handler(news),
            Ok(None) => {}
            // Another version of the server: what it says is not for this page.
            Err(error) => leptos::logging::warn!("a frame that cannot be read: {error}"),
        };
        self.subscribe(topic, since, Rc::new(handler))
    }

    fn subscribe(self, topic: Topic, since: Option<Version>, handler: Handler) -> Following {
        let shared = self.shared();
        let mut state = shared.state.borrow_mut();
        state.next += 1;
        let id = state.next;
        state.followed.insert(
            id,
            Followed {
                topic: topic.clone(),
                version: since,
                handler,
            },
        );
        drop(state);
        // Before the connection stands this says nothing: everything is subscribed when it does.
        self.send(ClientFrame::Subscribe { id, topic, since });
        on_cleanup(move || {
            self.shared().state.borrow_mut().followed.remove(&id);
            self.send(ClientFrame::Unsubscribe { id });
        });
        Following { live: self, id }
    }

    fn send(self, frame: ClientFrame) {
        if let Some(out) = self.shared().out.borrow().as_ref() {
            // A closed channel is a lost socket: everything is subscribed again after it.
            let _ = out.unbounded_send(frame);
        }
    }

    /// Connects for ever, with pauses that grow, and a little chance so that tabs do not come all at once.
    async fn connect(self, mut commands: UnboundedReceiver<ClientFrame>) {
        let mut pause = 300.0_f64;
        loop {
            if self.talk(&mut commands).await {
                pause = 300.0;
            }
            self.link.set(Link::Reconnecting);
            TimeoutFuture::new((pause * (0.7 + js_sys::Math::random() * 0.6)) as u32).await;
            pause = (pause * 1.8).min(8_000.0);
        }
    }

    /// One connection; true where the server spoke.
    async fn talk(self, commands: &mut UnboundedReceiver<ClientFrame>) -> bool {
        let location = window().location();
        let (Ok(protocol), Ok(host)) = (location.protocol(), location.host()) else {
            return false;
        };
        let scheme = if protocol == "https:" { "wss" } else { "ws" };
        let Ok(mut socket) = WebSocket::open(&format!("{scheme}://{host}{}", paths::LIVE)) else {
            return false;
        };
        // What was asked for meanwhile is asked for below, with everything else.
        while let Ok(_stale) = commands.try_recv() {}
        let wanted: Vec<_> = self
            .shared()
            .state
            .borrow()
            .followed
            .iter()
            .map(|(id, f)| ClientFrame::Subscribe {
                id: *id,
                topic: f.topic.clone(),
                since: f.version,
            })
            .collect();
        for frame in wanted.iter().chain([&ClientFrame::Ping]) {
            if !write(&mut socket, frame).await {
                return false;
            }
        }
        let mut spoken = false;
        loop {
            // The server answers each ping; silence for longer than a heartbeat means that nobody is there.
            let heartbeat = TimeoutFuture::new(HEARTBEAT * 1_000).fuse();
            pin_mut!(heartbeat);
            let mut asked = false;
            loop {
                select! {
                    message = socket.next().fuse() => match message {
                        Some(Ok(Message::Text(text))) => {
                            spoken = true;
                            self.take(&text);
                            break;
                        }
                        Some(Ok(Message::Bytes(_))) => break,
                        Some(Err(_)) | None => return spoken,
                    },
                    command = commands.next() => {
                        let Some(command) = command else { return spoken };
                        if !write(&mut socket, &command).await {
                            return spoken;
                        }
                    }
                    () = heartbeat => {
                        if asked || !write(&mut socket, &ClientFrame::Ping).await {
                            return spoken;
                        }
                        asked = true;
                        heartbeat.set(TimeoutFuture::new(HEARTBEAT * 1_000).fuse());
                    }
                }
            }
        }
    }

    fn take(self, text: &str) {
        let Ok(frame) = serde_json::from_str::<ServerFrame>(text) else {
            return;
        };
        let (id, version) = match &frame {
            ServerFrame::Snapshot { id, version, .. } | ServerFrame::Delta { id, version, .. } => {
                (*id, Some(*version))
            }
            ServerFrame::Freshness { id, freshness } => {
                let link = match freshness {
                    Freshness::Live => Link::Live,
                    Freshness::Stale { since } => Link::Stale(*since),
                };
                self.link.set(link);
                (*id, None)
            }
            ServerFrame::Closed { id, .. } => (*id, None),
            ServerFrame::Pong { .. } => {
                if self.shared().state.borrow().followed.is_empty() {
                    self.link.set(Link::Live);
                }
                return;
            }
        };
        let state = self.shared().state;
        let handler = state.borrow_mut().followed.get_mut(&id).map(|followed| {
            followed.version = version.or(followed.version);
            Rc::clone(&followed.handler)
        });
        // The handler may follow other topics, so the state is free again here.
        if let Some(handler) = handler {
            handler(frame);
        }
    }
}

/// A topic that is followed.
#[derive(Clone, Copy)]
pub struct Following {
    live: Live,
    id: u32,
}

impl Following {
    /// Follows something else from now on, or asks for the same from the beginning.
    pub fn turn_to(self, topic: Topic) {
        if let Some(followed) = self.live.shared().state.borrow_mut().followed.get_mut(&self.id) {
            followed.topic = topic.clone();
            followed.version = None;
        }
        self.live.send(ClientFrame::Subscribe {
            id: self.id,
            topic,
            since: None,
        });
    }
}

fn decode<T: Shown>(frame: ServerFrame) -> serde_json::Result<Option<News<T>>> {
    Ok(match frame {
        ServerFrame::Snapshot { picture, .. } => Some(News::Picture(serde_json::from_str(picture.get())?)),
        ServerFrame::Delta { change, .. } => Some(News::Change(serde_json::from_str(change.get())?)),
        ServerFrame::Closed { error, .. } => Some(News::Refused(error)),
        ServerFrame::Freshness { .. } | ServerFrame::Pong { .. } => None,
    })
}

async fn write(socket: &mut WebSocket, frame: &ClientFrame) -> bool {
    let Ok(text) = serde_json::to_string(frame) else {
        return true;
    };
    socket.send(Message::Text(text)).await.is_ok()
}

/// The tab's connection.
pub fn use_live() -> Live {
    use_context().unwrap_or_else(Live::provide)
}
