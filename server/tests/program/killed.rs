//! The program is killed again and again while customers write: what was acknowledged is there, nothing is half done,
//! and a form that was sent twice because its answer was lost made one message.

use super::{
    running::{Running, free_port, start},
    seeded,
    shop::shop,
    support::on_both,
};
use rand::RngExt;
use sqlx::{AnyConnection, Connection};
use std::{collections::BTreeSet, time::Duration};
use tokio::{sync::mpsc, time::sleep};

const KILLS: usize = 20;

#[tokio::test]
async fn what_was_acknowledged_survives_every_kill() {
    let random = std::cell::RefCell::new(seeded());
    on_both(async |home| {
        let shop = shop(home).await;
        // Nobody else has the database open: after each kill the program itself must put it in order.
        home.store.close().await;
        let port = free_port();
        let (told, _listener) = mpsc::unbounded_channel();
        shop.allow(1_000_000);
        let mut running = start(&home.url, port, "").await;
        let mut writing = shop.write(port, told);
        let mut starts = Vec::new();
        for kill in 0..KILLS {
            let pause = random.borrow_mut().random_range(30..600);
            sleep(Duration::from_millis(pause)).await;
            running.kill();
            let acknowledged = shop.acknowledged();
            running = start(&home.url, port, "").await;
            starts.push(running.ready_after);
            check(&home.url, &acknowledged, kill).await;
        }
        shop.close();
        while let Some(writer) = writing.join_next().await {
            writer.unwrap();
        }
        finish(&home.url, &mut running, &shop.acknowledged()).await;
        starts.sort();
        println!("{} messages, ready again after {:?} at the median", shop.acknowledged().len(), starts[KILLS / 2]);
        assert!(shop.acknowledged().len() > KILLS, "there was next to no load");
    })
    .await;
}

/// Everything acknowledged is there, once, and with all that belongs to it.
async fn check(url: &str, acknowledged: &BTreeSet<String>, kill: usize) {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    let texts = texts(&mut connection).await;
    let kept: BTreeSet<_> = texts.iter().cloned().collect();
    assert_eq!(texts.len(), kept.len(), "after kill {kill} a message is there twice");
    let lost: Vec<_> = acknowledged.difference(&kept).collect();
    assert!(lost.is_empty(), "after kill {kill}, acknowledged and lost: {lost:?}");
    // One statement sees one moment, though everybody goes on writing.
    let half_done = "SELECT CAST(COUNT(*) AS BIGINT),
             CAST((SELECT COUNT(*) FROM interaction WHERE kind = 'ticket-message') AS BIGINT),
             CAST((SELECT COUNT(*) FROM outbox WHERE kind = 'ticket-message-staff') AS BIGINT),
             CAST((SELECT COUNT(*) FROM submission WHERE location <> '') AS BIGINT)
         FROM ticket_message WHERE text <> 'First'";
    let counts: (i64, i64, i64, i64) = sqlx::query_as(half_done).fetch_one(&mut connection).await.unwrap();
    let (messages, history, mails, forms) = counts;
    assert_eq!((history, mails, forms), (messages, messages, messages), "after kill {kill}, half done");
    connection.close().await.unwrap();
}

async fn texts(connection: &mut AnyConnection) -> Vec<String> {
    let texts = "SELECT text FROM ticket_message WHERE text <> 'First'";
    let texts: Vec<(String,)> = sqlx::query_as(texts).fetch_all(connection).await.unwrap();
    texts.into_iter().map(|(text,)| text).collect()
}

async fn finish(url: &str, running: &mut Running, acknowledged: &BTreeSet<String>) {
    running.stop().await;
    check(url, acknowledged, KILLS).await;
    let mut connection = AnyConnection::connect(url).await.unwrap();
    let kept: BTreeSet<_> = texts(&mut connection).await.into_iter().collect();
    assert_eq!(&kept, acknowledged, "each message was sent until it was acknowledged");
    if url.starts_with("sqlite:") {
        let (verdict,): (String,) = sqlx::query_as("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
        assert_eq!(verdict, "ok");
        assert!(sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut connection).await.unwrap().is_empty());
    }
    connection.close().await.unwrap();
}
