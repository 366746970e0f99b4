//! One open design: its document, who is in it, and the order of things. Edits that wait together are stored
//! together; only what is stored is sent on and acknowledged.

use super::{
    Closing, Log, RoomError, message,
    presence::Presence,
    seat::{Joined, Outbox, SeatId},
};
use axum::body::Bytes;
use domain::{
    DesignId, PersonId,
    document::{Comment, ENABLE_NOTICES, Guard, NOTICE_MESSAGE, Rejection, Snapshot, SyncNotice, decode_message},
};
use std::collections::{BTreeMap, HashMap};
use store::design::log::{Accepted, Edit};
use tokio::sync::{mpsc, oneshot};
use yrs::{
    ReadTxn, Transact,
    sync::{AwarenessUpdate, Message, SyncMessage},
};

#[derive(Debug)]
pub(super) enum Command {
    Join(SeatId, Joined, Outbox),
    Frame(SeatId, Bytes),
    Leave(SeatId),
    Snapshot(oneshot::Sender<Result<Snapshot, RoomError>>),
    Lock(oneshot::Sender<()>),
    News(oneshot::Sender<()>),
    /// Closes this person's connections.
    Close(PersonId, Closing, oneshot::Sender<()>),
    Shutdown,
}

/// Commands taken at once: what they change is stored in one go.
const TURN: usize = 256;
/// Updates that one connection may send to be refused, without one accepted between them.
const REFUSALS_LIMIT: u32 = 20;

pub(super) struct Room<L> {
    design: DesignId,
    log: L,
    guard: Guard,
    seats: HashMap<SeatId, Seated>,
    presence: Presence,
    waiting: Vec<Waiting>,
    /// Why the room takes nothing any more.
    ended: Option<Closing>,
}

struct Seated {
    joined: Joined,
    outbox: Outbox,
    acknowledges: bool,
    frames: u32,
    refusals: u32,
}

/// An accepted frame, until it is stored. An update that brought nothing new waits for those before it.
struct Waiting {
    seat: SeatId,
    person: PersonId,
    frame: u32,
    update: Option<Vec<u8>>,
    comments: Vec<Comment>,
    reaches: BTreeMap<u64, u32>,
}

/// Runs until everyone has left and all is stored.
pub(super) async fn run<L: Log>(design: DesignId, log: L, mut commands: mpsc::Receiver<Command>) {
    let mut turn = Vec::with_capacity(TURN);
    let mut room = match open(design, log).await {
        Ok(room) => room,
        Err(error) => {
            tracing::error!(%design, %error, "a room cannot be opened");
            commands.close();
            while let Some(command) = commands.recv().await {
                turn_away(command, Closing::UNAVAILABLE);
            }
            return;
        }
    };
    while commands.recv_many(&mut turn, TURN).await > 0 {
        for command in turn.drain(..) {
            room.take(command).await;
        }
        room.store().await;
        if room.ended.is_some() {
            commands.close();
        }
    }
}

async fn open<L: Log>(design: DesignId, log: L) -> Result<Room<L>, RoomError> {
    let opened = log.load(design).await.map_err(|error| RoomError::Unavailable(error.to_string()))?;
    let entries = opened.entries.into_iter().map(|entry| (entry.person, entry.update));
    // A long log takes its time: not on a thread that others wait for.
    let guard = tokio::task::spawn_blocking(move || Guard::open(entries, opened.locked))
        .await
        .map_err(|error| RoomError::Unavailable(error.to_string()))?
        .map_err(|error| RoomError::Unavailable(error.to_string()))?;
    Ok(Room {
        design,
        log,
        guard,
        seats: HashMap::new(),
        presence: Presence::default(),
        waiting: Vec::new(),
        ended: None,
    })
}

fn turn_away(command: Command, closing: Closing) {
    match command {
        Command::Join(_, _, outbox) => outbox.close(closing),
        Command::Snapshot(reply) => {
            let _ = reply.send(Err(RoomError::Unavailable(closing.reason.to_owned())));
        }
        Command::Lock(reply) | Command::News(reply) | Command::Close(_, _, reply) => {
            let _ = reply.send(());
        }
        Command::Frame(..) | Command::Leave(_) | Command::Shutdown => {}
    }
}

impl<L: Log> Room<L> {
    async fn take(&mut self, command: Command) {
        if let Some(closing) = self.ended {
            return turn_away(command, closing);
        }
        match command {
            Command::Join(id, joined, outbox) => self.join(id, joined, outbox),
            Command::Frame(id, frame) => self.hear(id, &frame).await,
            Command::Leave(id) => self.leave(id),
            Command::Snapshot(reply) => {
                self.store().await;
                let _ = reply.send(self.snapshot());
            }
            Command::Lock(reply) => {
                self.store().await;
                self.guard.set_locked(true);
                self.notify_all(&SyncNotice::Locked);
                let _ = reply.send(());
            }
            Command::News(reply) => {
                self.notify_all(&SyncNotice::News);
                let _ = reply.send(());
            }
            Command::Close(person, closing, reply) => {
                self.store().await;
                self.close_where(|seat| seat.joined.editor.person == person, closing);
                let _ = reply.send(());
            }
            Command::Shutdown => {
                self.store().await;
                self.end(Closing::RESTART);
            }
        }
    }

    fn snapshot(&self) -> Result<Snapshot, RoomError> {
        match self.ended {
            Some(closing) => Err(RoomError::Unavailable(closing.reason.to_owned())),
            None => Ok(self.guard.stored().snapshot()?),
        }
    }

    fn join(&mut self, id: SeatId, joined: Joined, outbox: Outbox) {
        self.seats.insert(id, Seated { joined, outbox, acknowledges: false, frames: 0, refusals: 0 });
        self.ask(id);
        if let Some(everyone) = self.presence.everyone() {
            self.send(id, message::presence(everyone));
        }
    }

    /// What does this client have that is not here?
    fn ask(&mut self, id: SeatId) {
        let known = self.guard.stored().doc().transact().state_vector();
        self.send(id, message::ask_for_missing(known));
    }

    fn leave(&mut self, id: SeatId) {
        self.seats.remove(&id);
        if let Some(gone) = self.presence.leave(id) {
            self.send_all(&message::presence(gone), None);
        }
    }

    async fn hear(&mut self, id: SeatId, frame: &[u8]) {
        let Some(seat) = self.seats.get_mut(&id) else { return };
        if frame.len() > message::FRAME_LIMIT {
            return self.close(id, Closing::TOO_LARGE);
        }
        match decode_message(frame) {
            None => self.close(id, Closing::MALFORMED),
            Some(Message::Sync(SyncMessage::SyncStep1(known))) => match self.guard.diff(&known) {
                Some(missing) => self.send(id, message::give_missing(missing)),
                None => self.close(id, Closing::MALFORMED),
            },
            Some(Message::Sync(SyncMessage::SyncStep2(update) | SyncMessage::Update(update))) => {
                self.edit(id, &update).await;
            }
            Some(Message::Awareness(update)) => self.hear_presence(id, update),
            Some(Message::AwarenessQuery) => {
                if let Some(everyone) = self.presence.everyone() {
                    self.send(id, message::presence(everyone));
                }
            }
            Some(Message::Custom(NOTICE_MESSAGE, text)) if text == ENABLE_NOTICES => {
                seat.acknowledges = true;
                if self.guard.is_locked() {
                    self.send(id, message::notice(&SyncNotice::Locked));
                }
            }
            // Another make's extensions are none of ours.
            Some(Message::Auth(_) | Message::Custom(..)) => {}
        }
    }

    fn hear_presence(&mut self, id: SeatId, update: AwarenessUpdate) {
        let Some(seat) = self.seats.get(&id) else { return };
        if let Some(news) = self.presence.hear(id, &seat.joined, update) {
            // To the speaker too: Yjs' own client takes its echo as the sign that the line is alive.
            self.send_all(&message::presence(news), None);
        }
    }

    async fn edit(&mut self, id: SeatId, update: &[u8]) {
        let Some(seat) = self.seats.get_mut(&id) else { return };
        seat.frames = seat.frames.saturating_add(1);
        let (frame, person) = (seat.frames, seat.joined.editor.person);
        let (update, comments, reaches) = match self.guard.admit(&seat.joined.editor, update) {
            Ok(None) => (None, Vec::new(), BTreeMap::new()),
            Ok(Some(change)) => {
                seat.refusals = 0;
                (Some(change.update), change.comments, change.client_clocks)
            }
            Err(refused) => return self.refuse(id, frame, refused).await,
        };
        self.waiting.push(Waiting { seat: id, person, frame, update, comments, reaches });
    }

    async fn refuse(&mut self, id: SeatId, frame: u32, refused: Rejection) {
        tracing::info!(design = %self.design, reason = refused.code(), "an update is refused");
        // What was accepted before is told before.
        self.store().await;
        let Some(seat) = self.seats.get_mut(&id) else { return };
        seat.refusals += 1;
        if seat.refusals > REFUSALS_LIMIT {
            return self.close(id, Closing::REFUSED);
        }
        match refused {
            Rejection::Malformed => return self.close(id, Closing::MALFORMED),
            Rejection::UpdateTooLarge => return self.close(id, Closing::TOO_LARGE),
            // Something before it was lost or refused: the client is asked for all it has.
            Rejection::Incomplete => return self.ask(id),
            _ => {}
        }
        let reason = refused.code();
        let told = if seat.acknowledges {
            message::notice(&SyncNotice::Refused { frame, reason: reason.to_owned() })
        } else {
            message::denied(reason)
        };
        self.send(id, told);
    }

    /// Stores what waits, then sends it on and acknowledges it: the one place where edits become everyone's.
    async fn store(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let edit = |one: &Waiting| one.update.clone().map(|update| Edit { person: one.person, update });
        let edits: Vec<_> = waiting.iter().filter_map(edit).collect();
        if !edits.is_empty() {
            let accepted = Accepted {
                edits,
                options: self.guard.changed_options(),
                comments: waiting.iter().flat_map(|one| one.comments.clone()).collect(),
                present: self.seats.values().map(|seat| seat.joined.editor.person).collect(),
            };
            let stored = self.log.append(self.design, accepted).await.map_err(|error| error.to_string());
            if let Err(error) = stored.and_then(|()| self.guard.commit().map_err(|error| error.to_string())) {
                return self.fail(&waiting, &error);
            }
        }
        let mut saved: BTreeMap<SeatId, (u32, BTreeMap<u64, u32>)> = BTreeMap::new();
        for one in waiting {
            let (frame, state) = saved.entry(one.seat).or_default();
            *frame = one.frame;
            state.extend(one.reaches);
            if let Some(update) = one.update {
                self.send_all(&message::update(update), Some(one.seat));
            }
        }
        for (id, (frame, state)) in saved {
            self.notify(id, &SyncNotice::Saved { frame, state });
        }
    }

    /// It is not known what is on disk, so the room ends: whoever joins next has it opened as the log says.
    fn fail(&mut self, waiting: &[Waiting], error: &str) {
        tracing::error!(design = %self.design, error, "edits could not be stored");
        for one in waiting {
            self.notify(one.seat, &SyncNotice::Unsaved { frame: one.frame });
        }
        self.end(Closing::UNSAVED);
    }

    fn end(&mut self, closing: Closing) {
        self.ended = Some(closing);
        self.close_where(|_| true, closing);
    }

    fn notify(&mut self, id: SeatId, notice: &SyncNotice) {
        if self.seats.get(&id).is_some_and(|seat| seat.acknowledges) {
            self.send(id, message::notice(notice));
        }
    }

    fn notify_all(&mut self, notice: &SyncNotice) {
        let ids: Vec<_> = self.seats.keys().copied().collect();
        ids.into_iter().for_each(|id| self.notify(id, notice));
    }

    fn send(&mut self, id: SeatId, frame: Bytes) {
        if self.seats.get(&id).is_some_and(|seat| seat.outbox.send(frame).is_err()) {
            self.close(id, Closing::SLOW);
        }
    }

    fn send_all(&mut self, frame: &Bytes, but: Option<SeatId>) {
        let slow: Vec<_> = self
            .seats
            .iter()
            .filter(|(id, seat)| Some(**id) != but && seat.outbox.send(frame.clone()).is_err())
            .map(|(id, _)| *id)
            .collect();
        slow.into_iter().for_each(|id| self.close(id, Closing::SLOW));
    }

    fn close(&mut self, id: SeatId, closing: Closing) {
        self.close_where_id(|seat, _| seat == id, closing);
    }

    fn close_where(&mut self, chosen: impl Fn(&Seated) -> bool, closing: Closing) {
        self.close_where_id(|_, seat| chosen(seat), closing);
    }

    fn close_where_id(&mut self, chosen: impl Fn(SeatId, &Seated) -> bool, closing: Closing) {
        let gone: Vec<_> = self.seats.extract_if(|id, seat| chosen(*id, seat)).collect();
        for (id, seat) in gone {
            seat.outbox.close(closing);
            if let Some(gone) = self.presence.leave(id) {
                self.send_all(&message::presence(gone), None);
            }
        }
    }
}
