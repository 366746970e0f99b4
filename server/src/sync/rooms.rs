//! All rooms of this server: opened when the first comes, closed when the last has left and all is stored.

use super::{
    Closing, Log,
    room::{self, Command},
    seat::{self, Joined, Seat},
};
use domain::{
    DesignId, PersonId,
    document::{SchemaError, Snapshot},
};
use futures_util::future::join_all;
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::{Instant, timeout},
};

#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    #[error("the design's document cannot be had: {0}")]
    Unavailable(String),
    #[error("the design's document: {0}")]
    Schema(#[from] SchemaError),
}

pub struct Rooms<L = store::Store> {
    log: L,
    open: Arc<Mutex<Open>>,
}

struct Open {
    rooms: HashMap<DesignId, Running>,
    /// Whose connections were closed of late and why, for those who were being let in meanwhile.
    closed: Vec<(PersonId, Instant, Closing)>,
    /// A copy for each connection. Gone once stopped.
    connected: Option<Connected>,
    /// Ends when the last copy is dropped.
    all_gone: Option<mpsc::Receiver<Infallible>>,
}

impl Open {
    fn note_closed(&mut self, person: PersonId, now: Instant, closing: Closing) {
        self.closed.retain(|(_, at, _)| now - *at < ASKING);
        self.closed.push((person, now, closing));
    }
}

/// Held while a connection lasts.
pub(super) type Connected = mpsc::Sender<Infallible>;

/// The connections hold the room open, not this list.
struct Running {
    room: mpsc::WeakSender<Command>,
    task: JoinHandle<()>,
}

/// How long a stopping server waits for its connections to take their leave.
const FAREWELL: Duration = Duration::from_secs(3);
/// Longer than letting someone in can take.
const ASKING: Duration = Duration::from_secs(300);
/// Frames that wait for one room before its connections must.
const QUEUE: usize = 1_024;

impl<L: Clone> Clone for Rooms<L> {
    fn clone(&self) -> Self {
        Self { log: self.log.clone(), open: self.open.clone() }
    }
}

impl<L: Log + Clone> Rooms<L> {
    pub fn new(log: L) -> Self {
        let (connected, all_gone) = mpsc::channel(1);
        let open =
            Open { rooms: HashMap::new(), closed: Vec::new(), connected: Some(connected), all_gone: Some(all_gone) };
        Self { log, open: Arc::new(Mutex::new(open)) }
    }

    pub(super) fn connected(&self) -> Option<Connected> {
        self.list().connected.clone()
    }

    pub async fn join(&self, joined: Joined) -> Result<Seat, Closing> {
        let (person, asked) = (joined.editor.person, joined.asked);
        let room = self.room(joined.design).ok_or(Closing::RESTART)?;
        let (seat, id, outbox) = seat::seat(room.clone());
        room.send(Command::Join(id, joined, outbox)).await.map_err(|_| Closing::UNAVAILABLE)?;
        // Looked at only now: whoever closes from here on finds the seat taken.
        let closed = self.list().closed.iter().find(|(whose, at, _)| *whose == person && *at >= asked).cloned();
        closed.map_or(Ok(seat), |(_, _, closing)| Err(closing))
    }

    /// The document as it is stored, with everything that reached the room before.
    pub async fn snapshot(&self, design: DesignId) -> Result<Snapshot, RoomError> {
        let gone = || RoomError::Unavailable("the room has closed".to_owned());
        let room = self.room(design).ok_or_else(gone)?;
        let (reply, answer) = oneshot::channel();
        room.send(Command::Snapshot(reply)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    /// The design is approved. A room that is not open learns it from its log.
    pub async fn lock(&self, design: DesignId) {
        if let Some(room) = self.open_room(design) {
            ask(&room, Command::Lock).await;
        }
    }

    /// Tells those in the room that the design's page shows something new.
    pub async fn tell_news(&self, design: DesignId) {
        if let Some(room) = self.open_room(design) {
            ask(&room, Command::News).await;
        }
    }

    /// Closes this person's connections everywhere; they may come again as what they are then.
    pub async fn close(&self, person: PersonId, closing: Closing) {
        self.list().note_closed(person, Instant::now(), closing);
        let rooms = self.running();
        // All at once: a busy room must not keep the person in the others.
        join_all(rooms.iter().map(|room| ask(room, |reply| Command::Close(person, closing, reply)))).await;
    }

    /// Closes all rooms; who was there joins again and asks the policy anew.
    pub async fn restart(&self) {
        for room in self.running() {
            let _ = room.send(Command::Shutdown).await;
        }
    }

    /// Closes all rooms, waits until everything is stored and the connections are told. No room opens afterwards.
    pub async fn shutdown(&self) {
        self.list().connected = None;
        for room in self.running() {
            let _ = room.send(Command::Shutdown).await;
        }
        let rooms = std::mem::take(&mut self.list().rooms);
        for running in rooms.into_values() {
            let _ = running.task.await;
        }
        let all_gone = self.list().all_gone.take();
        if let Some(mut all_gone) = all_gone {
            let _ = timeout(FAREWELL, all_gone.recv()).await;
        }
    }

    /// How many rooms are open.
    pub fn number(&self) -> usize {
        self.running().len()
    }

    fn running(&self) -> Vec<mpsc::Sender<Command>> {
        self.list().rooms.values().filter_map(|running| running.room.upgrade()).collect()
    }

    fn open_room(&self, design: DesignId) -> Option<mpsc::Sender<Command>> {
        self.list().rooms.get(&design).and_then(|running| running.room.upgrade())
    }

    fn list(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The design's room, opened if it is not open. `None` once stopped.
    fn room(&self, design: DesignId) -> Option<mpsc::Sender<Command>> {
        let mut open = self.list();
        open.connected.as_ref()?;
        open.rooms.retain(|_, running| !running.task.is_finished());
        let before = match open.rooms.remove(&design) {
            Some(running) => match running.room.upgrade().filter(|room| !room.is_closed()) {
                Some(room) => {
                    open.rooms.insert(design, running);
                    return Some(room);
                }
                None => Some(running.task),
            },
            None => None,
        };
        let (room, commands) = mpsc::channel(QUEUE);
        let log = self.log.clone();
        let task = tokio::spawn(async move {
            // Whoever was the last to leave may have left edits that are still being stored.
            if let Some(before) = before {
                let _ = before.await;
            }
            room::run(design, log, commands).await;
        });
        open.rooms.insert(design, Running { room: room.downgrade(), task });
        Some(room)
    }
}

async fn ask(room: &mpsc::Sender<Command>, command: impl FnOnce(oneshot::Sender<()>) -> Command) {
    let (reply, answer) = oneshot::channel();
    if room.send(command(reply)).await.is_ok() {
        let _ = answer.await;
    }
}
