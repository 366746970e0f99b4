//! Connects a WebSocket to a room.

use super::{
    close_reason::CloseReason,
    connection::{Connection, FrameSender},
    edit_log::EditLog,
    message::FRAME_LIMIT,
    participant::Participant,
    rooms::Rooms,
};
use axum::{
    body::Bytes,
    extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    response::Response,
};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use std::{pin::pin, time::Duration};
use tokio::time::{Instant, interval_at, timeout};

/// The largest WebSocket message that is read. Larger than [`FRAME_LIMIT`], so that a frame between the two is answered
/// with a close reason.
const READ_LIMIT: usize = 2 * FRAME_LIMIT;
/// The largest frame that the server sends is a whole document.
const WRITE_LIMIT: usize = 8 * 1024 * 1024;
const PING_INTERVAL: Duration = Duration::from_secs(25);
/// Long enough for two unanswered pings.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
/// How long to wait for the close frame to be sent.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Accepts the upgrade. The person is in the room until the client or the room closes the connection.
pub fn sync_socket<L: EditLog + Clone>(
    upgrade: WebSocketUpgrade,
    participant: Participant,
    rooms: Rooms<L>,
) -> Response {
    upgrade
        .max_message_size(READ_LIMIT)
        .max_frame_size(READ_LIMIT)
        .max_write_buffer_size(WRITE_LIMIT)
        .on_upgrade(move |socket| serve(socket, participant, rooms))
}

async fn serve<L: EditLog + Clone>(socket: WebSocket, participant: Participant, rooms: Rooms<L>) {
    // Held until the close frame was sent: the server waits for it before it stops.
    let _shutdown_guard = rooms.shutdown_guard();
    let (mut sink, stream) = socket.split();
    let closed = match rooms.join(participant).await {
        Ok(connection) => relay(connection, &mut sink, stream).await,
        Err(reason) => Some(reason),
    };
    if let Some(CloseReason { code, phrase }) = closed {
        let close = Message::Close(Some(CloseFrame { code, reason: phrase.into() }));
        let _ = timeout(CLOSE_TIMEOUT, sink.send(close)).await;
    }
}

/// Relays messages until one side closes. Returns `None` when the client has disconnected, so that no close frame can
/// be sent.
async fn relay(
    connection: Connection,
    sink: &mut SplitSink<WebSocket, Message>,
    stream: SplitStream<WebSocket>,
) -> Option<CloseReason> {
    let mut connection = connection;
    let mut reading = pin!(read(connection.sender(), stream));
    let mut ping = interval_at(Instant::now() + PING_INTERVAL, PING_INTERVAL);
    loop {
        let message = tokio::select! {
            closed = &mut reading => return closed,
            frame = connection.next() => match frame {
                Ok(frame) => Message::Binary(frame),
                Err(reason) => return Some(reason),
            },
            _ = ping.tick() => Message::Ping(Bytes::new()),
        };
        tokio::select! {
            biased;
            sent = sink.send(message) => if sent.is_err() { return None },
            closed = &mut reading => return closed,
            reason = connection.closed() => return Some(reason),
        }
    }
}

async fn read(room: FrameSender, mut stream: SplitStream<WebSocket>) -> Option<CloseReason> {
    loop {
        let message = match timeout(IDLE_TIMEOUT, stream.next()).await {
            Ok(Some(Ok(message))) => message,
            Ok(Some(Err(_))) => return Some(CloseReason::UNREADABLE),
            Ok(None) => return None,
            Err(_) => return Some(CloseReason::IDLE),
        };
        match message {
            Message::Binary(frame) => {
                if !room.send(frame).await {
                    // The room is closed. `relay` receives the reason from `Connection::next`.
                    return std::future::pending().await;
                }
            }
            Message::Text(_) => return Some(CloseReason::NOT_BINARY),
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Close(_) => return None,
        }
    }
}
