//! The tab's one WebSocket: topics that pages follow, and how fresh what they show is.
use super::socket::{Heard, Socket};
use crate::{
    api::{ApiError, session::get_session},
    model::{
        live::{ClientFrame, Freshness, ServerFrame, Topic, Version},
        shown::Shown,
    },
    paths,
    state::clock::{Clock, use_clock},
};
use leptos::{ev, prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use std::{cell::RefCell, rc::Rc};

/// How the page and the cluster are connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The first connection is being made.
    Connecting,
    Live,
    /// The connection to the server is lost; it was there last then.
    Reconnecting(i64),
    /// The server's watch on the cluster is broken since then, or nothing was heard of the server.
    Stale(i64),
    /// The session has ended: there is nothing to connect to.
    SignedOut,
    /// The server is of another version than the page.
    Outdated,
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
    id: u32,
    topic: Topic,
    version: Option<Version>,
    handler: Handler,
}

/// A page follows one topic or two: they are few enough to be looked through.
#[derive(Default)]
struct State {
    followed: Vec<Followed>,
    next: u32,
    /// How fresh the server said that its upstream is, since the connection stands.
    fresh: Option<Link>,
}

impl State {
    fn get_mut(&mut self, id: u32) -> Option<&mut Followed> {
        self.followed.iter_mut().find(|f| f.id == id)
    }
}

/// The tab's connection.
#[derive(Clone, Copy)]
pub struct Live {
    link: RwSignal<Link>,
    clock: Clock,
    /// The version of the server that drew the page.
    build: StoredValue<String>,
    outdated: StoredValue<bool>,
    /// None on the server, where nothing is followed and values cross threads.
    shared: StoredValue<Option<SendWrapper<Shared>>>,
}

/// What lives in the browser only.
#[derive(Clone, Default)]
struct Shared {
    state: Rc<RefCell<State>>,
    socket: Rc<RefCell<Option<Socket>>>,
}

impl Live {
    /// A connection that begins in the browser, with the first topic.
    pub fn provide(build: String) -> Self {
        let live = Self {
            link: RwSignal::new(Link::Connecting),
            clock: use_clock(),
            build: StoredValue::new(build),
            outdated: StoredValue::new(false),
            shared: StoredValue::new(None),
        };
        provide_context(live);
        // In the browser, once: a page without a topic still says whether the server is there.
        Effect::new(move || live.start());
        live
    }

    fn start(self) {
        let shared = self.shared();
        if shared.socket.borrow().is_none() {
            window_event_listener(ev::visibilitychange, move |_| self.tell_visible());
            let socket = Socket::open(paths::LIVE, move |heard| self.hear(heard));
            shared.socket.replace(Some(socket));
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
        state.followed.push(Followed {
            id,
            topic: topic.clone(),
            version: since,
            handler,
        });
        drop(state);
        // Before the connection stands this says nothing: everything is subscribed when it does.
        self.send(&ClientFrame::Subscribe { id, topic, since });
        on_cleanup(move || {
            self.shared().state.borrow_mut().followed.retain(|f| f.id != id);
            self.send(&ClientFrame::Unsubscribe { id });
        });
        Following { live: self, id }
    }

    fn send(self, frame: &ClientFrame) {
        if let (Some(socket), Ok(text)) = (&*self.shared().socket.borrow(), serde_json::to_string(frame)) {
            socket.send(&text);
        }
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Open => {
                for followed in &self.shared().state.borrow().followed {
                    self.send(&ClientFrame::Subscribe {
                        id: followed.id,
                        topic: followed.topic.clone(),
                        since: followed.version,
                    });
                }
                self.tell_visible();
            }
            Heard::Text(text) => self.take(&text),
            Heard::Late => self.link.set(Link::Stale(self.clock.now())),
            Heard::Lost => {
                self.shared().state.borrow_mut().fresh = None;
                if self.link_now() != Link::SignedOut {
                    self.link.set(Link::Reconnecting(self.clock.now()));
                    spawn_local(self.look());
                }
            }
        }
    }

    fn tell_visible(self) {
        if let Some(socket) = &*self.shared().socket.borrow() {
            socket.listen_anew();
        }
        self.send(&ClientFrame::Visible(!document().hidden()));
    }

    /// Why the connection is lost: a server that is there says whether it still knows this browser, and which version it is.
    async fn look(self) {
        match get_session().await {
            Err(ApiError::Unauthorized) => {
                if let Some(socket) = &*self.shared().socket.borrow() {
                    socket.stop();
                }
                self.link.set(Link::SignedOut);
            }
            Ok(session) if session.build != self.build.get_value() => self.outdated.set_value(true),
            _ => {}
        }
    }

    /// What was heard of the server is what is shown, unless the page itself is the old one.
    fn heard(self, fresh: Option<Link>) {
        let state = self.shared().state;
        let mut state = state.borrow_mut();
        state.fresh = fresh.or(state.fresh);
        let alone = state.followed.is_empty().then_some(Link::Live);
        let link = self
            .outdated
            .get_value()
            .then_some(Link::Outdated)
            .or(state.fresh)
            .or(alone);
        drop(state);
        if let Some(link) = link.filter(|link| *link != self.link_now()) {
            self.link.set(link);
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
                self.heard(Some(link));
                (*id, None)
            }
            ServerFrame::Closed { id, .. } => (*id, None),
            ServerFrame::Beat { now } => {
                self.clock.tell(*now);
                self.heard(None);
                return;
            }
        };
        let state = self.shared().state;
        let handler = state.borrow_mut().get_mut(id).map(|followed| {
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
        if let Some(followed) = self.live.shared().state.borrow_mut().get_mut(self.id) {
            followed.topic = topic.clone();
            followed.version = None;
        }
        self.live.send(&ClientFrame::Subscribe {
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
        ServerFrame::Freshness { .. } | ServerFrame::Beat { .. } => None,
    })
}

/// The tab's connection.
pub fn use_live() -> Live {
    use_context().unwrap_or_else(|| Live::provide(String::new()))
}
