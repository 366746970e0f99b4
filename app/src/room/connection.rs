//! The room's connection in the browser: made, lost, made again. An edit goes out in the same turn in which it is made.

use domain::document::{Replica, SaveStatus, SchemaError, SyncClient};
use leptos::prelude::{TimeoutHandle, set_interval, set_timeout_with_handle, window_event_listener_untyped};
use serde_json::Value as Json;
use std::{cell::RefCell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

/// Well within the thirty seconds after which Yjs' own client forgets who is silent.
const STILL_HERE: Duration = Duration::from_secs(15);
/// The server has closed because access has changed.
const ACCESS_CHANGED: u16 = 1008;

/// What has happened in the room.
#[derive(Debug, Default)]
pub struct News {
    /// The document reads otherwise than before.
    pub document: bool,
    /// The reason why edits were refused; the document as it is at the server comes next.
    pub refused: Option<String>,
    /// The server does not let this person in any more.
    pub shut_out: bool,
}

type Told = Box<dyn Fn(&SyncClient, News)>;

#[derive(Clone)]
pub struct Connection(Rc<Inner>);

struct Inner {
    address: String,
    state: RefCell<State>,
    told: Told,
}

struct State {
    session: SyncClient,
    socket: Option<Socket>,
    retry: Option<TimeoutHandle>,
    /// How often in a row the connection could not be made.
    failures: u32,
    /// Edits were on their way at the last look already.
    stuck: bool,
    shut_out: bool,
}

/// A socket that tells nobody anything once it is dropped.
struct Socket {
    socket: WebSocket,
    _open: Closure<dyn FnMut(Event)>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _close: Closure<dyn FnMut(CloseEvent)>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        let _ = self.socket.close();
    }
}

impl Connection {
    /// Joins, and stays joined for as long as the page is there. `told` hears of all that changes.
    pub fn join(address: String, session: SyncClient, told: impl Fn(&SyncClient, News) + 'static) -> Self {
        let state = State { session, socket: None, retry: None, failures: 0, stuck: false, shut_out: false };
        let connection = Self(Rc::new(Inner { address, state: RefCell::new(state), told: Box::new(told) }));
        connection.connect();
        let every = connection.clone();
        set_interval(move || every.look_after(), STILL_HERE);
        let online = connection.clone();
        let _ = window_event_listener_untyped("online", move |_| online.connect());
        let offline = connection.clone();
        let _ = window_event_listener_untyped("offline", move |_| offline.lost(None));
        connection
    }

    /// Makes an edit and sends it at once; offline it goes with the rest later.
    pub fn edit(&self, edit: impl FnOnce(&Replica) -> Result<Option<Vec<u8>>, SchemaError>) {
        let mut state = self.0.state.borrow_mut();
        // What the schema does not allow, no field lets people type.
        if let Ok(Some(frame)) = state.session.edit(edit) {
            state.send(&[frame]);
        }
        drop(state);
        self.tell(News { document: true, ..News::default() });
    }

    /// Says where in the room this person is.
    pub fn say_where(&self, place: Json) {
        let mut state = self.0.state.borrow_mut();
        if let Some(frame) = state.session.set_presence(place) {
            state.send(&[frame]);
        }
    }

    /// Reads the session as it is now.
    pub fn with<T>(&self, read: impl FnOnce(&SyncClient) -> T) -> T {
        read(&self.0.state.borrow().session)
    }

    fn connect(&self) {
        let mut state = self.0.state.borrow_mut();
        if let Some(retry) = state.retry.take() {
            retry.clear();
        }
        if state.socket.is_some() || state.shut_out {
            return;
        }
        state.socket = self.socket();
        let failed = state.socket.is_none();
        drop(state);
        if failed {
            self.lost(None);
        }
    }

    fn socket(&self) -> Option<Socket> {
        let socket = WebSocket::new(&self.0.address).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let (opened, heard, closed) = (self.clone(), self.clone(), self.clone());
        let open = Closure::<dyn FnMut(Event)>::new(move |_| opened.connected());
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            heard.hear(&js_sys::Uint8Array::new(&message.data()).to_vec());
        });
        let close = Closure::<dyn FnMut(CloseEvent)>::new(move |close: CloseEvent| closed.lost(Some(close.code())));
        socket.set_onopen(Some(open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(close.as_ref().unchecked_ref()));
        Some(Socket { socket, _open: open, _message: message, _close: close })
    }

    fn connected(&self) {
        let mut state = self.0.state.borrow_mut();
        let first = state.session.connected();
        state.send(&first);
        drop(state);
        self.tell(News::default());
    }

    fn hear(&self, frame: &[u8]) {
        let mut state = self.0.state.borrow_mut();
        let heard = state.session.handle_frame(frame);
        state.send(&heard.replies);
        // A server that answers is well; one that only opens and closes is not.
        if heard.document_changed {
            state.failures = 0;
        }
        drop(state);
        self.tell(News { document: heard.document_changed, refused: heard.rejection, shut_out: false });
    }

    fn lost(&self, code: Option<u16>) {
        let mut state = self.0.state.borrow_mut();
        state.session.disconnected();
        state.socket = None;
        state.stuck = false;
        let shut_out = code == Some(ACCESS_CHANGED);
        state.shut_out |= shut_out;
        if !state.shut_out {
            let again = self.clone();
            let wait = wait(state.failures, js_sys::Math::random());
            state.failures += 1;
            if let Some(retry) = state.retry.take() {
                retry.clear();
            }
            state.retry = set_timeout_with_handle(move || again.connect(), wait).ok();
        }
        drop(state);
        self.tell(News { shut_out, ..News::default() });
    }

    /// Shows that someone is here, and gives up a connection that only seems to stand.
    fn look_after(&self) {
        let mut state = self.0.state.borrow_mut();
        let waiting = state.session.save_status() == SaveStatus::Saving;
        let dead = waiting && state.stuck;
        state.stuck = waiting;
        if let Some(frame) = state.session.refresh_presence() {
            state.send(&[frame]);
        }
        drop(state);
        if dead {
            self.lost(None);
        }
    }

    fn tell(&self, news: News) {
        (self.0.told)(&self.0.state.borrow().session, news);
    }
}

impl State {
    /// What does not get through is sent again with the next connection, which the socket's end brings.
    fn send(&self, frames: &[Vec<u8>]) {
        let Some(socket) = &self.socket else { return };
        for frame in frames {
            let _ = socket.socket.send_with_u8_array(frame);
        }
    }
}

/// How long until the next try: twice as long each time, up to half a minute, and never for all at the same moment.
/// `random` lies between 0 and 1.
fn wait(failures: u32, random: f64) -> Duration {
    let longest = 2_000_u64.saturating_mul(1 << failures.min(4)).min(30_000);
    Duration::from_millis(longest / 2).mul_f64(1.0 + random)
}

#[cfg(test)]
mod tests {
    use super::wait;

    #[test]
    fn tries_again_soon_at_first_and_never_less_than_twice_a_minute() {
        assert_eq!(wait(0, 0.0).as_millis(), 1_000);
        assert_eq!(wait(0, 1.0).as_millis(), 2_000);
        assert_eq!(wait(3, 0.0).as_millis(), 8_000);
        for failures in [4, 5, 60, u32::MAX] {
            assert_eq!((wait(failures, 0.0).as_millis(), wait(failures, 1.0).as_millis()), (15_000, 30_000));
        }
    }
}
