//! One terminal: its screen, and a line about how it is.
use super::{
    connection::{Command, talk},
    dock::focus_tab,
};
use crate::{
    api::edit::editor_url,
    components::time::words,
    interop::xterm_sys::{self, Terminal},
    model::{
        pod::debug::Wanted,
        terminal::{End, Open, Run, Size},
        time::age,
    },
    pages::debug::DebugButton,
    state::terminals::{Place, use_terminals},
    texts::{Texts, use_texts},
};
use futures::channel::mpsc::{UnboundedSender, unbounded};
use js_sys::Uint8Array;
use leptos::{html::Div, prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// How a terminal is.
#[derive(Clone, PartialEq)]
pub(super) enum Phase {
    /// Its code is loaded, or the cluster has not answered.
    Opening,
    Running,
    Ended(End),
    /// The connection broke: what ran there is ended by the console.
    Lost,
    SignedOut,
    /// Its code could not be loaded.
    Broken,
}

/// The screen, and the closures through which it speaks.
struct Screen {
    terminal: Terminal,
    _typed: Closure<dyn FnMut(Uint8Array)>,
    _sized: Closure<dyn FnMut(u16, u16)>,
    _drawn: Closure<dyn FnMut(f64)>,
    _left: Closure<dyn FnMut()>,
}

/// What the parts of a pane share.
#[derive(Clone, Copy)]
struct Shared {
    place: StoredValue<Place>,
    phase: RwSignal<Phase>,
    out: StoredValue<Option<UnboundedSender<Command>>>,
    screen: StoredValue<Option<SendWrapper<Rc<Screen>>>>,
}

impl Shared {
    fn send(self, command: Command) {
        self.out.with_value(|out| {
            if let Some(out) = out {
                // A connection that has gone takes nothing any more.
                let _ = out.unbounded_send(command);
            }
        });
    }

    /// Draws the screen, and connects.
    async fn begin(self, host: web_sys::HtmlElement, label: String) {
        let loaded = match editor_url().await {
            Ok(url) => xterm_sys::load(&url).await.is_ok(),
            Err(_) => false,
        };
        // The dock may have been closed meanwhile.
        if self.phase.try_get_untracked().is_none() {
            return;
        }
        if !loaded {
            return self.phase.set(Phase::Broken);
        }
        let id = self.place.with_value(|p| p.id);
        let typed = Closure::new(move |bytes: Uint8Array| self.send(Command::Keys(bytes.to_vec())));
        let sized = Closure::new(move |columns, rows| self.send(Command::Size(Size { columns, rows })));
        let drawn = Closure::new(move |bytes: f64| self.send(Command::Drawn(bytes as u64)));
        let left = Closure::new(move || focus_tab(id));
        let terminal = Terminal::new(&host, &label, &typed, &sized, &drawn, &left);
        let screen = Screen {
            terminal,
            _typed: typed,
            _sized: sized,
            _drawn: drawn,
            _left: left,
        };
        self.screen.set_value(Some(SendWrapper::new(Rc::new(screen))));
        self.connect("");
    }

    /// Starts the program; `line` says on the screen that it is another one.
    fn connect(self, line: &str) {
        let Some(screen) = self.screen.get_value() else {
            return;
        };
        let terminal = &screen.terminal;
        terminal.begin(line);
        terminal.focus();
        let size = Size {
            columns: terminal.columns(),
            rows: terminal.rows(),
        };
        let open = self.place.with_value(|p| Open {
            namespace: p.namespace.clone(),
            pod: p.pod.clone(),
            container: p.container.clone(),
            run: p.run.clone(),
            size,
        });
        let (out, commands) = unbounded();
        self.out.set_value(Some(out));
        self.phase.set(Phase::Opening);
        let screen = Rc::clone(&screen);
        let write = move |bytes: &[u8]| screen.terminal.write(bytes);
        let phase = self.phase;
        spawn_local(async move {
            let ended = talk(open, commands, move || drop(phase.try_set(Phase::Running)), write).await;
            phase.try_set(ended);
        });
    }
}

/// The terminal; it is drawn, and runs, also while another one is in front.
#[component]
pub(super) fn Pane(place: Place) -> impl IntoView {
    let (t, terminals) = (use_texts(), use_terminals());
    let (id, name) = (place.id, format!("{}/{}", place.pod, place.container));
    let shared = Shared {
        place: StoredValue::new(place),
        phase: RwSignal::new(Phase::Opening),
        out: StoredValue::new(None),
        screen: StoredValue::new(None),
    };
    let host = NodeRef::<Div>::new();
    let label = t.term_label(&name);
    Effect::new(move |begun: Option<()>| {
        if let (None, Some(host)) = (begun, host.get()) {
            spawn_local(shared.begin(host.into(), label.clone()));
        }
    });
    let shown = Memo::new(move |_| terminals.shown.get() == id);
    Effect::new(move || {
        if shown.get()
            && let Some(screen) = shared.screen.get_value()
        {
            request_animation_frame(move || {
                screen.terminal.fit();
                screen.terminal.focus();
            });
        }
    });
    on_cleanup(move || {
        shared.out.try_update_value(Option::take);
        if let Some(screen) = shared.screen.try_update_value(Option::take).flatten() {
            screen.terminal.dispose();
        }
    });
    view! {
        <div class="pane" role="tabpanel" id=format!("terminal-{id}") aria-label=name hidden=move || !shown.get()>
            <div class="screen" node_ref=host></div>
            <Status shared/>
        </div>
    }
}

/// How it is, and what can be done about that.
#[component]
fn Status(shared: Shared) -> impl IntoView {
    let t = use_texts();
    let again = move |_| shared.connect(t.term_new_shell());
    let over = move || !matches!(shared.phase.get(), Phase::Opening | Phase::Running);
    let said = move || shared.phase.with(|phase| said(t, phase));
    let (shell, of) = shared.place.with_value(|p| {
        let of = Wanted {
            namespace: p.namespace.clone(),
            pod: p.pod.clone(),
            target: p.container.clone(),
            ..Wanted::default()
        };
        (p.run == Run::Shell, of)
    });
    let of = Signal::stored(of);
    let lacks = move || {
        shell
            && shared
                .phase
                .with(|p| matches!(p, Phase::Ended(end) if end.is_missing()))
    };
    view! {
        <footer class="row sm">
            <span class="dim" role="status">{said}</span>
            <Show when=over>
                <button type="button" class="btn small" on:click=again>{if shell { t.term_again() } else { t.term_run_again() }}</button>
            </Show>
            <Show when=lacks><DebugButton of/></Show>
            <span class="dimmer end">{t.term_leave()}</span>
        </footer>
    }
}

fn said(t: Texts, phase: &Phase) -> String {
    let time = |seconds: &u64| words(t, age(0, i64::try_from(*seconds).unwrap_or(i64::MAX)));
    match phase {
        Phase::Opening => t.term_opening().to_owned(),
        Phase::Running => t.term_running().to_owned(),
        Phase::Lost => t.term_lost().to_owned(),
        Phase::SignedOut | Phase::Ended(End::Refused(crate::api::ApiError::Unauthorized)) => {
            t.term_signed_out().to_owned()
        }
        Phase::Broken => t.term_broken().to_owned(),
        Phase::Ended(End::Exit(code)) => t.term_exit(code),
        Phase::Ended(End::Failed(words)) => t.term_failed(words),
        Phase::Ended(End::Idle(seconds)) => t.term_idle(time(seconds)),
        Phase::Ended(End::Limit(seconds)) => t.term_limit(time(seconds)),
        Phase::Ended(End::Stopping) => t.term_stopping().to_owned(),
        Phase::Ended(End::Refused(error)) => t.term_refused(error.words()),
        Phase::Ended(End::Off) => t.term_off().to_owned(),
    }
}
