//! Rooms over a real WebSocket.

use super::*;
use axum::{Router, extract::WebSocketUpgrade, routing::any};
use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, protocol::frame::coding::CloseCode},
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn serve(rooms: &Rooms<MemoryLog>) -> String {
    let rooms = rooms.clone();
    let join = move |upgrade: WebSocketUpgrade| {
        let rooms = rooms.clone();
        async move { super::super::sync_socket(upgrade, participant(1), rooms) }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("ws://{}/sync", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/sync", any(join))).await });
    address
}

async fn close_code(mut socket: Socket) -> CloseCode {
    loop {
        if let tungstenite::Message::Close(frame) = socket.next().await.unwrap().unwrap() {
            return frame.unwrap().code;
        }
    }
}

#[tokio::test]
async fn an_edit_is_relayed_from_one_socket_to_another() {
    let rooms = Rooms::new(MemoryLog::default());
    let address = serve(&rooms).await;
    let (mut a, _) = connect_async(&address).await.unwrap();
    let (mut b, _) = connect_async(&address).await.unwrap();
    // The server sends the first message after the join, so both are in the room.
    let first = a.next().await.unwrap().unwrap().into_data();
    assert!(matches!(Message::decode_v1(&first), Ok(Message::Sync(SyncMessage::SyncStep1(_)))));
    b.next().await.unwrap().unwrap();
    let edit = Replica::with_client_id(1).set_quantity(12).unwrap().unwrap();
    a.send(tungstenite::Message::Binary(update(edit))).await.unwrap();
    let copy = Replica::default();
    while copy.snapshot().unwrap().quantity != 12 {
        let frame = b.next().await.unwrap().unwrap().into_data();
        if let Ok(Message::Sync(SyncMessage::Update(update))) = Message::decode_v1(&frame) {
            copy.apply(&update).unwrap();
        }
    }
    rooms.shutdown().await;
    assert_eq!(close_code(a).await, CloseCode::Restart);
    assert_eq!(close_code(b).await, CloseCode::Restart);
}

#[tokio::test]
async fn invalid_messages_close_the_socket_with_a_reason() {
    use tungstenite::Message;
    let rooms = Rooms::new(MemoryLog::default());
    let address = serve(&rooms).await;
    for (message, code) in [
        (Message::text("hello"), CloseCode::Unsupported),
        (Message::binary(vec![0u8, 9, 9]), CloseCode::Invalid),
        (Message::binary(vec![0u8; 300_000]), CloseCode::Size),
        (Message::binary(vec![0u8; 1_000_000]), CloseCode::Size),
    ] {
        let (mut socket, _) = connect_async(&address).await.unwrap();
        socket.send(message).await.unwrap();
        assert_eq!(close_code(socket).await, code);
    }
    assert_eq!(rooms.snapshot(DESIGN).await.unwrap(), Snapshot::default());
}
