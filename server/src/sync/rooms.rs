//! The open rooms of this server. A room opens when the first person joins and closes when the last one has left and
//! all edits are stored.

use super::{
    close_reason::CloseReason,
    command::{Command, RoomError},
    connection::{self, Connection},
    edit_log::EditLog,
    participant::Participant,
    room,
};
use domain::{DesignId, PersonId, document::Snapshot};
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

/// A handle to the rooms; clones share them.
pub struct Rooms<L = store::Store> {
    log: L,
    state: Arc<Mutex<State>>,
}

struct State {
    rooms: HashMap<DesignId, RunningRoom>,
    /// People whose connections were closed recently. A person whose request to join is older must not join.
    closed_people: Vec<ClosedPerson>,
    /// Cloned for each connection. `None` after the shutdown has begun.
    shutdown_guard: Option<ShutdownGuard>,
    /// Ends when all clones of `shutdown_guard` were dropped.
    all_disconnected: Option<mpsc::Receiver<Infallible>>,
}

struct ClosedPerson {
    person: PersonId,
    at: Instant,
    reason: CloseReason,
}

impl State {
    fn record_closed(&mut self, person: PersonId, at: Instant, reason: CloseReason) {
        self.closed_people.retain(|closed| at - closed.at < JOIN_TIME_LIMIT);
        self.closed_people.push(ClosedPerson { person, at, reason });
    }
}

/// Held by each connection, so that the shutdown can wait for all of them.
pub(super) type ShutdownGuard = mpsc::Sender<Infallible>;

struct RunningRoom {
    /// Weak: the connections keep the room open, not this map.
    commands: mpsc::WeakSender<Command>,
    task: JoinHandle<()>,
}

/// How long the shutdown waits for connections to close.
const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// Longer than a request to join can take.
const JOIN_TIME_LIMIT: Duration = Duration::from_secs(300);
/// The length of a room's command queue. Connections wait while it is full.
const QUEUE_LENGTH: usize = 1_024;

impl<L: Clone> Clone for Rooms<L> {
    fn clone(&self) -> Self {
        Self { log: self.log.clone(), state: self.state.clone() }
    }
}

impl<L: EditLog + Clone> Rooms<L> {
    pub fn new(log: L) -> Self {
        let (shutdown_guard, all_disconnected) = mpsc::channel(1);
        let state = State {
            rooms: HashMap::new(),
            closed_people: Vec::new(),
            shutdown_guard: Some(shutdown_guard),
            all_disconnected: Some(all_disconnected),
        };
        Self { log, state: Arc::new(Mutex::new(state)) }
    }

    pub(super) fn shutdown_guard(&self) -> Option<ShutdownGuard> {
        self.state().shutdown_guard.clone()
    }

    pub async fn join(&self, participant: Participant) -> Result<Connection, CloseReason> {
        let (person, requested_at) = (participant.editor.person, participant.requested_at);
        let room = self.get_or_open(participant.design).ok_or(CloseReason::RESTART)?;
        let (connection, id, outgoing) = connection::open(room.clone());
        room.send(Command::Join(id, participant, outgoing)).await.map_err(|_| CloseReason::UNAVAILABLE)?;
        // Checked after the join command was sent: a later `close_person` finds the connection in the room.
        match self.close_reason_since(person, requested_at) {
            None => Ok(connection),
            Some(reason) => Err(reason),
        }
    }

    fn close_reason_since(&self, person: PersonId, since: Instant) -> Option<CloseReason> {
        let state = self.state();
        state.closed_people.iter().find(|closed| closed.person == person && closed.at >= since).map(|one| one.reason)
    }

    /// Returns the document after storing all edits that the room received before this call.
    pub async fn snapshot(&self, design: DesignId) -> Result<Snapshot, RoomError> {
        let closed = || RoomError::Unavailable("the room is closed".to_owned());
        let room = self.get_or_open(design).ok_or_else(closed)?;
        let (reply, snapshot) = oneshot::channel();
        room.send(Command::Snapshot(reply)).await.map_err(|_| closed())?;
        snapshot.await.map_err(|_| closed())?
    }

    /// Stops accepting edits to an approved design. A room that is not open reads the lock from its log when it opens.
    pub async fn lock(&self, design: DesignId) {
        if let Some(room) = self.get(design) {
            send_and_wait(&room, Command::Lock).await;
        }
    }

    /// Notifies the participants that the design's page has something new.
    pub async fn notify_news(&self, design: DesignId) {
        if let Some(room) = self.get(design) {
            send_and_wait(&room, Command::NotifyNews).await;
        }
    }

    /// Closes all connections of this person. They may join again with the rights that they have then.
    pub async fn close_person(&self, person: PersonId, reason: CloseReason) {
        self.state().record_closed(person, Instant::now(), reason);
        let rooms = self.running();
        // Concurrently: a busy room must not delay closing the connections in the others.
        join_all(rooms.iter().map(|room| send_and_wait(room, |reply| Command::ClosePerson(person, reason, reply))))
            .await;
    }

    /// Closes all rooms. Their participants join again with the rights that they have then.
    pub async fn restart(&self) {
        for room in self.running() {
            let _ = room.send(Command::Shutdown).await;
        }
    }

    /// Closes all rooms and waits until all edits are stored and the connections are closed. No room opens afterwards.
    pub async fn shutdown(&self) {
        self.state().shutdown_guard = None;
        for room in self.running() {
            let _ = room.send(Command::Shutdown).await;
        }
        let rooms = std::mem::take(&mut self.state().rooms);
        for room in rooms.into_values() {
            let _ = room.task.await;
        }
        let all_disconnected = self.state().all_disconnected.take();
        if let Some(mut all_disconnected) = all_disconnected {
            let _ = timeout(DISCONNECT_TIMEOUT, all_disconnected.recv()).await;
        }
    }

    /// Returns the number of open rooms.
    pub fn count(&self) -> usize {
        self.running().len()
    }

    fn running(&self) -> Vec<mpsc::Sender<Command>> {
        self.state().rooms.values().filter_map(|room| room.commands.upgrade()).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, design: DesignId) -> Option<mpsc::Sender<Command>> {
        self.state().rooms.get(&design).and_then(|room| room.commands.upgrade())
    }

    /// Returns `None` after the shutdown has begun.
    fn get_or_open(&self, design: DesignId) -> Option<mpsc::Sender<Command>> {
        let mut state = self.state();
        state.shutdown_guard.as_ref()?;
        state.rooms.retain(|_, room| !room.task.is_finished());
        let previous = match state.rooms.remove(&design) {
            Some(running) => match running.commands.upgrade().filter(|room| !room.is_closed()) {
                Some(room) => {
                    state.rooms.insert(design, running);
                    return Some(room);
                }
                None => Some(running.task),
            },
            None => None,
        };
        let (commands, receiver) = mpsc::channel(QUEUE_LENGTH);
        let log = self.log.clone();
        let task = tokio::spawn(async move {
            // The previous room of this design may still be storing edits.
            if let Some(previous) = previous {
                let _ = previous.await;
            }
            room::run(design, log, receiver).await;
        });
        state.rooms.insert(design, RunningRoom { commands: commands.downgrade(), task });
        Some(commands)
    }
}

async fn send_and_wait(room: &mpsc::Sender<Command>, command: impl FnOnce(oneshot::Sender<()>) -> Command) {
    let (reply, done) = oneshot::channel();
    if room.send(command(reply)).await.is_ok() {
        let _ = done.await;
    }
}
