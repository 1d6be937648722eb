//! A WebSocket that stays: it connects again when it is lost, and notices when nobody answers.
//!
//! On the browser's own events: channels, streams and futures around them weigh more than all of this.
use crate::model::live::LATE;
use leptos::prelude::{document, set_interval, set_timeout, window};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MessageEvent, WebSocket};

/// Without a word for so many seconds the connection is given up; in a visible tab the server speaks each second.
const LOST: f64 = 10.0;

/// The first pause before connecting again, in milliseconds, and the longest.
const PAUSES: (f64, f64) = (300.0, 8_000.0);

/// What happens to a socket.
pub enum Heard {
    /// There is a connection, perhaps another one than before.
    Open,
    Text(String),
    /// Nothing was heard for some seconds: what is shown may be old.
    Late,
    /// The connection is lost; the next is on its way.
    Lost,
}

/// The connection; it lasts as long as the tab.
#[derive(Clone)]
pub struct Socket(Rc<Inner>);

struct Inner {
    path: &'static str,
    hear: Box<dyn Fn(Heard)>,
    now: RefCell<Option<WebSocket>>,
    pause: Cell<f64>,
    /// When something was heard last, in milliseconds since 1970.
    heard: Cell<f64>,
    /// Nobody is there to connect to any more.
    stopped: Cell<bool>,
    /// There was a connection before.
    opened: Cell<bool>,
}

/// The address of a WebSocket of this console.
pub fn url(path: &str) -> String {
    let location = window().location();
    let (protocol, host) = (location.protocol(), location.host());
    let scheme = if protocol.is_ok_and(|p| p == "https:") {
        "wss"
    } else {
        "ws"
    };
    format!("{scheme}://{}{path}", host.unwrap_or_default())
}

impl Socket {
    /// Connects to a path of this page's server.
    pub fn open(path: &'static str, hear: impl Fn(Heard) + 'static) -> Self {
        let socket = Self(Rc::new(Inner {
            path,
            hear: Box::new(hear),
            now: RefCell::default(),
            pause: Cell::new(PAUSES.0),
            heard: Cell::default(),
            stopped: Cell::default(),
            opened: Cell::default(),
        }));
        socket.connect();
        let listening = socket.clone();
        set_interval(move || listening.listen(), Duration::from_secs(1));
        socket
    }

    /// Connects no more.
    pub fn stop(&self) {
        self.0.stopped.set(true);
    }

    /// The silence so far does not count: nobody listened.
    pub fn listen_anew(&self) {
        self.0.heard.set(js_sys::Date::now());
    }

    /// Sends a text; without a connection it goes nowhere.
    pub fn send(&self, text: &str) {
        if let Some(now) = self.connected() {
            // What cannot be sent is a lost socket, which is heard of soon.
            let _ = now.send_with_str(text);
        }
    }

    fn connected(&self) -> Option<WebSocket> {
        let now = self.0.now.borrow();
        now.clone().filter(|s| s.ready_state() == WebSocket::OPEN)
    }

    fn connect(&self) {
        if self.0.stopped.get() {
            return;
        }
        self.listen_anew();
        let Ok(now) = WebSocket::new(&url(self.0.path)) else {
            return self.lose();
        };
        let listening = self.clone();
        let listener =
            Closure::<dyn Fn(MessageEvent)>::new(move |event| listening.hear(&event)).into_js_value();
        let listener = Some(listener.unchecked_ref());
        now.set_onopen(listener);
        now.set_onmessage(listener);
        now.set_onclose(listener);
        self.0.now.replace(Some(now));
    }

    /// Of the three kinds of event only a message has more than its type.
    fn hear(&self, event: &MessageEvent) {
        self.listen_anew();
        match event.type_().as_str() {
            "open" => {
                // In the edit loop another connection means another build. Drafts outlive the reload.
                if self.0.opened.replace(true) && cfg!(debug_assertions) {
                    let _ = window().location().reload();
                }
                (self.0.hear)(Heard::Open);
            }
            "message" => {
                self.0.pause.set(PAUSES.0);
                if let Some(text) = event.data().as_string() {
                    (self.0.hear)(Heard::Text(text));
                }
            }
            _ => self.lose(),
        }
    }

    /// In a tab that nobody sees the timers are slow and the server does not speak: silence says nothing there.
    fn listen(&self) {
        if self.connected().is_none() || document().hidden() {
            return;
        }
        let silent = (js_sys::Date::now() - self.0.heard.get()) / 1_000.0;
        if silent > LOST {
            self.lose();
        } else if silent > f64::from(LATE) {
            (self.0.hear)(Heard::Late);
        }
    }

    /// Connects again after a pause that grows, with a little chance so that tabs do not come all at once.
    fn lose(&self) {
        if let Some(old) = self.0.now.take() {
            old.set_onopen(None);
            old.set_onmessage(None);
            old.set_onclose(None);
            let _ = old.close();
        }
        (self.0.hear)(Heard::Lost);
        let pause = self.0.pause.get();
        self.0.pause.set((pause * 1.8).min(PAUSES.1));
        let pause = pause * (0.7 + js_sys::Math::random() * 0.6);
        let socket = self.clone();
        set_timeout(move || socket.connect(), Duration::from_millis(pause as u64));
    }
}
