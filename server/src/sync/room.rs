//! The task of one open design. It owns the document and the list of participants. Edits that arrive together are
//! stored together; an edit is relayed and acknowledged only after it is stored.

use super::{
    close_reason::CloseReason,
    command::{Command, RoomError},
    edit_log::EditLog,
    message,
    outgoing::OutgoingSender,
    participant::{ConnectionId, Participant},
    presence::Presence,
};
use axum::body::Bytes;
use domain::{
    DesignId, PersonId,
    document::{Comment, ENABLE_NOTICES, Guard, NOTICE_MESSAGE, Rejection, Snapshot, SyncNotice, decode_message},
};
use std::collections::{BTreeMap, HashMap};
use store::design::{log::Edit, room::AcceptedEdits};
use tokio::sync::mpsc;
use tracing::{Instrument, Span, error_span};
use yrs::{
    ReadTxn, Transact,
    sync::{AwarenessUpdate, Message, SyncMessage},
};

/// The largest number of commands that are handled before their edits are stored.
const BATCH: usize = 256;
/// The largest number of refused updates in a row before a connection is closed.
const REFUSALS_LIMIT: u32 = 20;

pub(super) struct Room<L> {
    design: DesignId,
    log: L,
    guard: Guard,
    members: HashMap<ConnectionId, Member>,
    presence: Presence,
    pending: Vec<PendingFrame>,
    /// Why the room is closed. A closed room rejects all commands.
    closed: Option<CloseReason>,
}

/// A connection as the room sees it.
struct Member {
    participant: Participant,
    outgoing: OutgoingSender,
    /// Whether the client understands notices.
    acknowledges: bool,
    frames: u32,
    refusals: u32,
}

/// An accepted frame that is not stored yet.
struct PendingFrame {
    connection: ConnectionId,
    person: PersonId,
    frame: u32,
    /// `None` if the frame had nothing new. It is still acknowledged in order, after the frames before it.
    update: Option<Vec<u8>>,
    comments: Vec<Comment>,
    reaches: BTreeMap<u64, u32>,
}

/// Runs until all connections have left and all edits are stored.
pub(super) async fn run<L: EditLog>(design: DesignId, log: L, mut commands: mpsc::Receiver<Command>) {
    let mut room = match open(design, log).instrument(span(design, None)).await {
        Ok(room) => room,
        Err(error) => {
            span(design, None).in_scope(|| tracing::error!(%error, "the room cannot be opened"));
            commands.close();
            while let Some(command) = commands.recv().await {
                command.reject(CloseReason::UNAVAILABLE);
            }
            return;
        }
    };
    let mut batch = Vec::with_capacity(BATCH);
    while commands.recv_many(&mut batch, BATCH).await > 0 {
        for command in batch.drain(..) {
            let span = span(design, command.connection());
            room.handle(command).instrument(span).await;
        }
        room.store_pending().instrument(span(design, None)).await;
        if room.closed.is_some() {
            commands.close();
        }
    }
}

/// The span of a command. At error level, so that no log filter removes the ids from the lines within it.
fn span(design: DesignId, connection: Option<ConnectionId>) -> Span {
    error_span!("room", %design, connection)
}

async fn open<L: EditLog>(design: DesignId, log: L) -> Result<Room<L>, RoomError> {
    let loaded = log.load(design).await.map_err(|error| RoomError::Unavailable(error.to_string()))?;
    let edits = loaded.edits.into_iter().map(|edit| (edit.person, edit.update));
    // Applying a long log is slow, so it must not block a runtime thread.
    let guard = tokio::task::spawn_blocking(move || Guard::open(edits, loaded.is_locked))
        .await
        .map_err(|error| RoomError::Unavailable(error.to_string()))?
        .map_err(|error| RoomError::Unavailable(error.to_string()))?;
    Ok(Room {
        design,
        log,
        guard,
        members: HashMap::new(),
        presence: Presence::default(),
        pending: Vec::new(),
        closed: None,
    })
}

impl<L: EditLog> Room<L> {
    async fn handle(&mut self, command: Command) {
        if let Some(reason) = self.closed {
            return command.reject(reason);
        }
        match command {
            Command::Join(id, participant, outgoing) => self.join(id, participant, outgoing),
            Command::Frame(id, frame) => self.handle_frame(id, &frame).await,
            Command::Leave(id) => self.leave(id),
            Command::Snapshot(reply) => {
                self.store_pending().await;
                let _ = reply.send(self.snapshot());
            }
            Command::Lock(reply) => {
                self.store_pending().await;
                self.guard.set_locked(true);
                self.notify_all(&SyncNotice::Locked);
                let _ = reply.send(());
            }
            Command::NotifyNews(reply) => {
                self.notify_all(&SyncNotice::News);
                let _ = reply.send(());
            }
            Command::ClosePerson(person, reason, reply) => {
                self.store_pending().await;
                self.disconnect_where(|_, member| member.participant.editor.person == person, reason);
                let _ = reply.send(());
            }
            Command::Shutdown => {
                self.store_pending().await;
                self.close(CloseReason::RESTART);
            }
        }
    }

    fn snapshot(&self) -> Result<Snapshot, RoomError> {
        match self.closed {
            Some(reason) => Err(RoomError::Unavailable(reason.phrase.to_owned())),
            None => Ok(self.guard.stored().snapshot()?),
        }
    }

    fn join(&mut self, id: ConnectionId, participant: Participant, outgoing: OutgoingSender) {
        self.members.insert(id, Member { participant, outgoing, acknowledges: false, frames: 0, refusals: 0 });
        self.request_missing(id);
        if let Some(online) = self.presence.online() {
            self.send(id, message::presence(online));
        }
    }

    /// Requests the updates that this client has and the room does not.
    fn request_missing(&mut self, id: ConnectionId) {
        let known = self.guard.stored().doc().transact().state_vector();
        self.send(id, message::sync_step1(known));
    }

    fn leave(&mut self, id: ConnectionId) {
        self.members.remove(&id);
        if let Some(offline) = self.presence.remove(id) {
            self.send_all(&message::presence(offline), None);
        }
    }

    async fn handle_frame(&mut self, id: ConnectionId, frame: &[u8]) {
        let Some(member) = self.members.get_mut(&id) else { return };
        if frame.len() > message::FRAME_LIMIT {
            return self.disconnect(id, CloseReason::TOO_LARGE);
        }
        match decode_message(frame) {
            None => self.disconnect(id, CloseReason::MALFORMED),
            Some(Message::Sync(SyncMessage::SyncStep1(known))) => match self.guard.diff(&known) {
                Some(missing) => self.send(id, message::sync_step2(missing)),
                None => self.disconnect(id, CloseReason::MALFORMED),
            },
            Some(Message::Sync(SyncMessage::SyncStep2(update) | SyncMessage::Update(update))) => {
                self.accept_update(id, &update).await;
            }
            Some(Message::Awareness(update)) => self.apply_presence(id, update),
            Some(Message::AwarenessQuery) => {
                if let Some(online) = self.presence.online() {
                    self.send(id, message::presence(online));
                }
            }
            Some(Message::Custom(NOTICE_MESSAGE, text)) if text == ENABLE_NOTICES => {
                member.acknowledges = true;
                if self.guard.is_locked() {
                    self.send(id, message::notice(&SyncNotice::Locked));
                }
            }
            // Extensions of other implementations are ignored.
            Some(Message::Auth(_) | Message::Custom(..)) => {}
        }
    }

    fn apply_presence(&mut self, id: ConnectionId, update: AwarenessUpdate) {
        let Some(member) = self.members.get(&id) else { return };
        if let Some(changed) = self.presence.apply(id, &member.participant, update) {
            // To its sender too: the Yjs WebSocket provider takes the echo as the sign that the connection is alive.
            self.send_all(&message::presence(changed), None);
        }
    }

    async fn accept_update(&mut self, id: ConnectionId, update: &[u8]) {
        let Some(member) = self.members.get_mut(&id) else { return };
        member.frames = member.frames.saturating_add(1);
        let (frame, person) = (member.frames, member.participant.editor.person);
        let (update, comments, reaches) = match self.guard.admit(&member.participant.editor, update) {
            Ok(None) => (None, Vec::new(), BTreeMap::new()),
            Ok(Some(change)) => {
                member.refusals = 0;
                (Some(change.update), change.comments, change.client_clocks)
            }
            Err(refused) => return self.refuse_update(id, frame, refused).await,
        };
        self.pending.push(PendingFrame { connection: id, person, frame, update, comments, reaches });
    }

    async fn refuse_update(&mut self, id: ConnectionId, frame: u32, refused: Rejection) {
        tracing::info!(reason = refused.code(), "an update was refused");
        // Frames accepted before this one are acknowledged before it is refused.
        self.store_pending().await;
        let Some(member) = self.members.get_mut(&id) else { return };
        member.refusals += 1;
        if member.refusals > REFUSALS_LIMIT {
            return self.disconnect(id, CloseReason::TOO_MANY_REFUSALS);
        }
        match refused {
            Rejection::Malformed => return self.disconnect(id, CloseReason::MALFORMED),
            Rejection::UpdateTooLarge => return self.disconnect(id, CloseReason::TOO_LARGE),
            // An earlier update was lost or refused. The client is asked for all that the room does not have.
            Rejection::Incomplete => return self.request_missing(id),
            _ => {}
        }
        let reason = refused.code();
        let answer = if member.acknowledges {
            message::notice(&SyncNotice::Refused { frame, reason: reason.to_owned() })
        } else {
            message::permission_denied(reason)
        };
        self.send(id, answer);
    }

    /// Stores the pending edits, then relays and acknowledges them. Edits reach other participants only through this
    /// function.
    async fn store_pending(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let edit = |one: &PendingFrame| one.update.clone().map(|update| Edit { person: one.person, update });
        let edits: Vec<_> = pending.iter().filter_map(edit).collect();
        if !edits.is_empty() {
            let accepted = AcceptedEdits {
                edits,
                options: self.guard.changed_options(),
                comments: pending.iter().flat_map(|one| one.comments.clone()).collect(),
                present: self.members.values().map(|member| member.participant.editor.person).collect(),
            };
            let stored = self.log.append(self.design, accepted).await.map_err(|error| error.to_string());
            if let Err(error) = stored.and_then(|()| self.guard.commit().map_err(|error| error.to_string())) {
                return self.fail(&pending, &error);
            }
        }
        let mut saved: BTreeMap<ConnectionId, (u32, BTreeMap<u64, u32>)> = BTreeMap::new();
        for one in pending {
            let (frame, state) = saved.entry(one.connection).or_default();
            *frame = one.frame;
            state.extend(one.reaches);
            if let Some(update) = one.update {
                self.send_all(&message::update(update), Some(one.connection));
            }
        }
        for (id, (frame, state)) in saved {
            self.notify(id, &SyncNotice::Saved { frame, state });
        }
    }

    /// Closes the room after a failed append, because it is unknown which edits were stored. The next join opens a new
    /// room from the log.
    fn fail(&mut self, pending: &[PendingFrame], error: &str) {
        tracing::error!(error, "edits could not be stored");
        for one in pending {
            self.notify(one.connection, &SyncNotice::Unsaved { frame: one.frame });
        }
        self.close(CloseReason::NOT_STORED);
    }

    fn close(&mut self, reason: CloseReason) {
        self.closed = Some(reason);
        self.disconnect_where(|_, _| true, reason);
    }

    fn notify(&mut self, id: ConnectionId, notice: &SyncNotice) {
        if self.members.get(&id).is_some_and(|member| member.acknowledges) {
            self.send(id, message::notice(notice));
        }
    }

    fn notify_all(&mut self, notice: &SyncNotice) {
        let ids: Vec<_> = self.members.keys().copied().collect();
        ids.into_iter().for_each(|id| self.notify(id, notice));
    }

    fn send(&mut self, id: ConnectionId, frame: Bytes) {
        if self.members.get(&id).is_some_and(|member| member.outgoing.send(frame).is_err()) {
            self.disconnect(id, CloseReason::TOO_SLOW);
        }
    }

    fn send_all(&mut self, frame: &Bytes, except: Option<ConnectionId>) {
        let slow: Vec<_> = self
            .members
            .iter()
            .filter(|(id, member)| Some(**id) != except && member.outgoing.send(frame.clone()).is_err())
            .map(|(id, _)| *id)
            .collect();
        slow.into_iter().for_each(|id| self.disconnect(id, CloseReason::TOO_SLOW));
    }

    fn disconnect(&mut self, id: ConnectionId, reason: CloseReason) {
        self.disconnect_where(|connection, _| connection == id, reason);
    }

    fn disconnect_where(&mut self, is_affected: impl Fn(ConnectionId, &Member) -> bool, reason: CloseReason) {
        let removed: Vec<_> = self.members.extract_if(|id, member| is_affected(*id, member)).collect();
        for (id, member) in removed {
            member.outgoing.close(reason);
            if let Some(offline) = self.presence.remove(id) {
                self.send_all(&message::presence(offline), None);
            }
        }
    }
}
