//! The room's WebSocket in the browser, with reconnection. Edits are sent immediately.

use domain::document::{Replica, SaveStatus, SchemaError, SyncClient};
use leptos::prelude::{TimeoutHandle, set_interval, set_timeout_with_handle, window_event_listener_untyped};
use serde_json::Value as Json;
use std::{cell::RefCell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

/// Interval of keep-alive messages. Yjs clients drop a client that was silent for thirty seconds.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Close code of the server after the person lost access.
const ACCESS_CHANGED: u16 = 1008;

/// A change in the room.
#[derive(Debug, Default)]
pub struct RoomEvent {
    /// Whether the document has changed.
    pub document: bool,
    /// The reason why the server rejected edits. The server's document follows.
    pub rejected: Option<String>,
    /// Whether the person has lost access to the design.
    pub access_lost: bool,
}

type OnEvent = Box<dyn Fn(&SyncClient, RoomEvent)>;

#[derive(Clone)]
pub struct Connection(Rc<Inner>);

struct Inner {
    address: String,
    state: RefCell<State>,
    on_event: OnEvent,
}

struct State {
    session: SyncClient,
    socket: Option<Socket>,
    retry: Option<TimeoutHandle>,
    /// Number of failed attempts in a row.
    failures: u32,
    /// Whether edits were unsaved at the last keep-alive already.
    was_waiting: bool,
    access_lost: bool,
}

/// A socket that removes its callbacks when dropped, so that a closed one no longer calls back.
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
    /// Connects, and reconnects as long as the page is open. `on_event` is called after every change.
    pub fn open(address: String, session: SyncClient, on_event: impl Fn(&SyncClient, RoomEvent) + 'static) -> Self {
        let state = State { session, socket: None, retry: None, failures: 0, was_waiting: false, access_lost: false };
        let connection = Self(Rc::new(Inner { address, state: RefCell::new(state), on_event: Box::new(on_event) }));
        connection.connect();
        let timer = connection.clone();
        set_interval(move || timer.keep_alive(), KEEP_ALIVE);
        let online = connection.clone();
        let _ = window_event_listener_untyped("online", move |_| online.connect());
        let offline = connection.clone();
        let _ = window_event_listener_untyped("offline", move |_| offline.disconnected(None));
        connection
    }

    /// Makes an edit and sends it immediately. Offline edits are sent after the next connection.
    pub fn edit(&self, edit: impl FnOnce(&Replica) -> Result<Option<Vec<u8>>, SchemaError>) {
        let mut state = self.0.state.borrow_mut();
        // The fields of the room allow only edits that the schema allows.
        if let Ok(Some(frame)) = state.session.edit(edit) {
            state.send(&[frame]);
        }
        drop(state);
        self.notify(RoomEvent { document: true, ..RoomEvent::default() });
    }

    /// Publishes this person's awareness state.
    pub fn publish_awareness(&self, place: Json) {
        let mut state = self.0.state.borrow_mut();
        if let Some(frame) = state.session.set_presence(place) {
            state.send(&[frame]);
        }
    }

    /// Calls `read` with the current session.
    pub fn with<T>(&self, read: impl FnOnce(&SyncClient) -> T) -> T {
        read(&self.0.state.borrow().session)
    }

    fn connect(&self) {
        let mut state = self.0.state.borrow_mut();
        if let Some(retry) = state.retry.take() {
            retry.clear();
        }
        if state.socket.is_some() || state.access_lost {
            return;
        }
        state.socket = self.socket();
        let failed = state.socket.is_none();
        drop(state);
        if failed {
            self.disconnected(None);
        }
    }

    fn socket(&self) -> Option<Socket> {
        let socket = WebSocket::new(&self.0.address).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let (opened, received, closed) = (self.clone(), self.clone(), self.clone());
        let open = Closure::<dyn FnMut(Event)>::new(move |_| opened.connected());
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            received.receive(&js_sys::Uint8Array::new(&message.data()).to_vec());
        });
        let close =
            Closure::<dyn FnMut(CloseEvent)>::new(move |close: CloseEvent| closed.disconnected(Some(close.code())));
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
        self.notify(RoomEvent::default());
    }

    fn receive(&self, frame: &[u8]) {
        let mut state = self.0.state.borrow_mut();
        let received = state.session.handle_frame(frame);
        state.send(&received.replies);
        // Only a received document proves that the server works. A server that accepts connections and closes them
        // counts as failing.
        if received.document_changed {
            state.failures = 0;
        }
        drop(state);
        self.notify(RoomEvent {
            document: received.document_changed,
            rejected: received.rejection,
            access_lost: false,
        });
    }

    fn disconnected(&self, code: Option<u16>) {
        let mut state = self.0.state.borrow_mut();
        state.session.disconnected();
        state.socket = None;
        state.was_waiting = false;
        let access_lost = code == Some(ACCESS_CHANGED);
        state.access_lost |= access_lost;
        if !state.access_lost {
            let connection = self.clone();
            let delay = retry_delay(state.failures, js_sys::Math::random());
            state.failures += 1;
            if let Some(retry) = state.retry.take() {
                retry.clear();
            }
            state.retry = set_timeout_with_handle(move || connection.connect(), delay).ok();
        }
        drop(state);
        self.notify(RoomEvent { access_lost, ..RoomEvent::default() });
    }

    /// Sends the keep-alive message. Drops a connection that has saved nothing since the last one.
    fn keep_alive(&self) {
        let mut state = self.0.state.borrow_mut();
        let waiting = state.session.save_status() == SaveStatus::Saving;
        let dead = waiting && state.was_waiting;
        state.was_waiting = waiting;
        if let Some(frame) = state.session.refresh_presence() {
            state.send(&[frame]);
        }
        drop(state);
        if dead {
            self.disconnected(None);
        }
    }

    fn notify(&self, news: RoomEvent) {
        (self.0.on_event)(&self.0.state.borrow().session, news);
    }
}

impl State {
    /// Sends frames. Failures are ignored: the socket then closes, and the next connection sends the edits again.
    fn send(&self, frames: &[Vec<u8>]) {
        let Some(socket) = &self.socket else { return };
        for frame in frames {
            let _ = socket.socket.send_with_u8_array(frame);
        }
    }
}

/// Returns the delay before the next attempt: it doubles with each failure up to 30 seconds. `random`, between 0 and 1,
/// spreads the attempts of many browsers.
fn retry_delay(failures: u32, random: f64) -> Duration {
    let longest = 2_000_u64.saturating_mul(1 << failures.min(4)).min(30_000);
    Duration::from_millis(longest / 2).mul_f64(1.0 + random)
}

#[cfg(test)]
mod tests {
    use super::retry_delay;

    #[test]
    fn delay_starts_short_and_never_exceeds_30_seconds() {
        assert_eq!(retry_delay(0, 0.0).as_millis(), 1_000);
        assert_eq!(retry_delay(0, 1.0).as_millis(), 2_000);
        assert_eq!(retry_delay(3, 0.0).as_millis(), 8_000);
        for failures in [4, 5, 60, u32::MAX] {
            assert_eq!(
                (retry_delay(failures, 0.0).as_millis(), retry_delay(failures, 1.0).as_millis()),
                (15_000, 30_000)
            );
        }
    }
}
