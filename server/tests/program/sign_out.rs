//! Signing out closes the person's connections to rooms.

use super::{
    client::{self, Socket},
    message_load::sign_in,
    process,
    support::on_both,
};
use domain::Span;
use futures_util::StreamExt;
use std::time::Duration;
use store::{Clock, design::start::InitialContent};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

/// Waits until the program closes this connection and returns the close code.
async fn close_code(socket: &mut Socket) -> u16 {
    let closed = async {
        loop {
            match socket.next().await {
                Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(_)) => {}
                other => panic!("expected a close frame: {other:?}"),
            }
        }
    };
    timeout(Duration::from_secs(20), closed).await.expect("the connection was not closed")
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_closes_room_connections_and_other_sessions_can_join_again() {
    on_both(async |home| {
        home.pass(Span(Clock::System.now().0 - home.now().0));
        home.company().await;
        home.offer_table().await;
        let olena = home.customer("Olena").await;
        let design = home.design(&olena, &InitialContent::default()).await;
        let (phone, laptop) = (sign_in(home, &olena).await, sign_in(home, &olena).await);
        let port = process::free_port();
        let _program = process::start(&home.url, port, "").await;
        let room = format!("/sync/{design}");
        let mut phone_socket = client::connect(port, &room, phone.reveal()).await.unwrap();
        let mut laptop_socket = client::connect(port, &room, laptop.reveal()).await.unwrap();
        assert_eq!(client::post(port, "/sign-out", phone.reveal(), &[]).await, Some(303));
        // 1012 means "join again", unlike 1008, "access has changed".
        assert_eq!((close_code(&mut phone_socket).await, close_code(&mut laptop_socket).await), (1012, 1012));
        assert!(client::connect(port, &room, laptop.reveal()).await.is_some());
        let (status, _) = client::page(port, "/orders", phone.reveal()).await.unwrap();
        assert_eq!(status, 303, "the ended session is still valid");
    })
    .await;
}
