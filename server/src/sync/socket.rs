//! A seat in a room, carried over a WebSocket.

use super::{Closing, Joined, Log, Rooms, Seat, message::FRAME_LIMIT, seat::Speaker};
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

/// What is read at all; a frame over [`FRAME_LIMIT`] but within it is answered with a reason.
const READ_LIMIT: usize = 2 * FRAME_LIMIT;
/// The largest frame sent is a whole document.
const WRITE_LIMIT: usize = 8 * 1024 * 1024;
const PING: Duration = Duration::from_secs(25);
/// Two pings unanswered.
const SILENCE: Duration = Duration::from_secs(60);
/// For the last word to a client that may not listen.
const FAREWELL: Duration = Duration::from_secs(2);

/// Answers the upgrade; from then on the person is in the room until they or the room end it.
pub fn sync_socket<L: Log + Clone>(upgrade: WebSocketUpgrade, joined: Joined, rooms: Rooms<L>) -> Response {
    upgrade
        .max_message_size(READ_LIMIT)
        .max_frame_size(READ_LIMIT)
        .max_write_buffer_size(WRITE_LIMIT)
        .on_upgrade(move |socket| serve(socket, joined, rooms))
}

async fn serve<L: Log + Clone>(socket: WebSocket, joined: Joined, rooms: Rooms<L>) {
    // Held to the end of the farewell: the server does not stop before.
    let _connected = rooms.connected();
    let (mut sink, stream) = socket.split();
    let ended = match rooms.join(joined).await {
        Ok(seat) => carry(seat, &mut sink, stream).await,
        Err(closing) => Some(closing),
    };
    if let Some(Closing { code, reason }) = ended {
        let close = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
        let _ = timeout(FAREWELL, sink.send(close)).await;
    }
}

/// Until one side ends it. `None` when the client has gone, so that there is nobody to tell why.
async fn carry(
    seat: Seat,
    sink: &mut SplitSink<WebSocket, Message>,
    stream: SplitStream<WebSocket>,
) -> Option<Closing> {
    let mut seat = seat;
    let mut reading = pin!(read(seat.speaker(), stream));
    let mut ping = interval_at(Instant::now() + PING, PING);
    loop {
        let message = tokio::select! {
            ended = &mut reading => return ended,
            frame = seat.next() => match frame {
                Ok(frame) => Message::Binary(frame),
                Err(closing) => return Some(closing),
            },
            _ = ping.tick() => Message::Ping(Bytes::new()),
        };
        tokio::select! {
            biased;
            sent = sink.send(message) => if sent.is_err() { return None },
            ended = &mut reading => return ended,
            closing = seat.closed() => return Some(closing),
        }
    }
}

async fn read(room: Speaker, mut stream: SplitStream<WebSocket>) -> Option<Closing> {
    loop {
        let message = match timeout(SILENCE, stream.next()).await {
            Ok(Some(Ok(message))) => message,
            Ok(Some(Err(_))) => return Some(Closing::UNREADABLE),
            Ok(None) => return None,
            Err(_) => return Some(Closing::SILENT),
        };
        match message {
            Message::Binary(frame) => {
                if !room.send(frame).await {
                    // The room says why, to the side that writes.
                    return std::future::pending().await;
                }
            }
            Message::Text(_) => return Some(Closing::NOT_BINARY),
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Close(_) => return None,
        }
    }
}
