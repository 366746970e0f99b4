//! The program is killed again and again while customers write and design: what was acknowledged is there, nothing is
//! half done, and a form that was sent twice because its answer was lost made one message.

use super::{
    designers::{Edits, Studio, studio},
    running::{free_port, start},
    seeded,
    shop::{Shop, shop},
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
        let load = Load { url: home.url.clone(), shop: shop(home).await, studio: studio(home).await };
        // Nobody else has the database open: after each kill the program itself must put it in order.
        home.store.close().await;
        let port = free_port();
        let (told, _listener) = mpsc::unbounded_channel();
        load.shop.allow(1_000_000);
        let mut running = start(&home.url, port, "").await;
        let (writing, editing) = (load.shop.write(port, told), load.studio.edit(port));
        let mut starts = Vec::new();
        for kill in 0..KILLS {
            let pause = random.borrow_mut().random_range(30..600);
            sleep(Duration::from_millis(pause)).await;
            running.kill();
            let promised = load.promised();
            running = start(&home.url, port, "").await;
            starts.push(running.ready_after);
            load.check(&promised, &format!("after kill {kill}")).await;
        }
        load.shop.close();
        load.studio.close();
        writing.join_all().await;
        editing.join_all().await;
        running.stop().await;
        load.finish().await;
        starts.sort();
        let (messages, edits) = load.promised();
        let edits: u32 = edits.values().sum();
        println!("{} messages, {edits} edits, ready again after {:?} at the median", messages.len(), starts[KILLS / 2]);
        assert!(messages.len() > KILLS && edits as usize > KILLS, "there was next to no load");
    })
    .await;
}

struct Load {
    url: String,
    shop: Shop,
    studio: Studio,
}

/// The acknowledged messages, and how many edits of each designer are.
type Promised = (BTreeSet<String>, Edits);

impl Load {
    fn promised(&self) -> Promised {
        (self.shop.acknowledged(), self.studio.acknowledged())
    }

    /// Everything acknowledged is there, once, and with all that belongs to it.
    async fn check(&self, (messages, edits): &Promised, when: &str) {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let texts = texts(&mut connection).await;
        let kept: BTreeSet<_> = texts.iter().cloned().collect();
        assert_eq!(texts.len(), kept.len(), "{when} a message is there twice");
        let lost: Vec<_> = messages.difference(&kept).collect();
        assert!(lost.is_empty(), "{when}, acknowledged and lost: {lost:?}");
        // One statement sees one moment, though everybody goes on writing.
        let half_done = "SELECT CAST(COUNT(*) AS BIGINT),
                 CAST((SELECT COUNT(*) FROM interaction WHERE kind = 'ticket-message') AS BIGINT),
                 CAST((SELECT COUNT(*) FROM outbox WHERE kind = 'ticket-message-staff') AS BIGINT),
                 CAST((SELECT COUNT(*) FROM submission WHERE location <> '') AS BIGINT)
             FROM ticket_message WHERE text <> 'First'";
        let counts: (i64, i64, i64, i64) = sqlx::query_as(half_done).fetch_one(&mut connection).await.unwrap();
        let (messages, history, mails, forms) = counts;
        assert_eq!((history, mails, forms), (messages, messages, messages), "{when}, half done");
        self.studio.check(&mut connection, edits, when).await;
        if self.url.starts_with("sqlite:") {
            sound(&mut connection, when).await;
        }
        connection.close().await.unwrap();
    }

    /// Everybody has stopped: what is there is what was acknowledged, no more.
    async fn finish(&self) {
        let promised = self.promised();
        self.check(&promised, "in the end").await;
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let kept: BTreeSet<_> = texts(&mut connection).await.into_iter().collect();
        assert_eq!(kept, promised.0, "each message was sent until it was acknowledged");
        connection.close().await.unwrap();
    }
}

async fn texts(connection: &mut AnyConnection) -> Vec<String> {
    let texts = "SELECT text FROM ticket_message WHERE text <> 'First'";
    let texts: Vec<(String,)> = sqlx::query_as(texts).fetch_all(connection).await.unwrap();
    texts.into_iter().map(|(text,)| text).collect()
}

/// SQLite's own look at its file.
async fn sound(connection: &mut AnyConnection, when: &str) {
    let (verdict,): (String,) = sqlx::query_as("PRAGMA integrity_check").fetch_one(&mut *connection).await.unwrap();
    assert_eq!(verdict, "ok", "{when}");
    assert!(sqlx::query("PRAGMA foreign_key_check").fetch_all(connection).await.unwrap().is_empty(), "{when}");
}
