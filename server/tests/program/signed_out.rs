//! A session that ends takes its connections to rooms with it, and nobody else's.

use super::{
    client::{self, Socket},
    running,
    shop::signed_in,
    support::on_both,
};
use domain::Span;
use futures_util::StreamExt;
use std::time::Duration;
use store::{Clock, design::start::InitialContent};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

/// How the program ends this connection.
async fn closing(socket: &mut Socket) -> u16 {
    let ended = async {
        loop {
            match socket.next().await {
                Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(_)) => {}
                other => panic!("no closing: {other:?}"),
            }
        }
    };
    timeout(Duration::from_secs(20), ended).await.expect("the connection ends")
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_out_leaves_the_room_and_comes_again_by_another_session() {
    on_both(async |home| {
        home.pass(Span(Clock::System.now().0 - home.now().0));
        home.company().await;
        home.offer_table().await;
        let olena = home.customer("Olena").await;
        let design = home.design(&olena, &InitialContent::default()).await;
        let (phone, laptop) = (signed_in(home, &olena).await, signed_in(home, &olena).await);
        let port = running::free_port();
        let _program = running::start(&home.url, port, "").await;
        let room = format!("/sync/{design}");
        let mut by_phone = client::connect(port, &room, phone.reveal()).await.unwrap();
        let mut by_laptop = client::connect(port, &room, laptop.reveal()).await.unwrap();
        assert_eq!(client::post(port, "/sign-out", phone.reveal(), &[]).await, Some(303));
        // 1012, "join again", and not 1008, "no longer yours".
        assert_eq!((closing(&mut by_phone).await, closing(&mut by_laptop).await), (1012, 1012));
        assert!(client::connect(port, &room, laptop.reveal()).await.is_some());
        let (seen, _) = client::page(port, "/orders", phone.reveal()).await.unwrap();
        assert_eq!(seen, 303, "the phone has to sign in");
    })
    .await;
}
