//! Kills the program repeatedly while customers send messages and edit designs. Everything acknowledged must be stored,
//! nothing may be stored incompletely, and a form sent again after a lost response must create one message.

use super::{
    edit_load::{AcknowledgedEdits, EditLoad},
    message_load::MessageLoad,
    process::{free_port, start},
    seeded,
    support::on_both,
};
use rand::RngExt;
use sqlx::{AnyConnection, Connection};
use std::{collections::BTreeSet, time::Duration};
use tokio::{sync::mpsc, time::sleep};

const KILLS: usize = 20;

#[tokio::test]
async fn acknowledged_changes_survive_every_kill() {
    let random = std::cell::RefCell::new(seeded());
    on_both(async |home| {
        let load = Load {
            url: home.url.clone(),
            messages: MessageLoad::create(home).await,
            edits: EditLoad::create(home).await,
        };
        // Nothing else has the database open, so after each kill the program itself must recover it.
        home.store.close().await;
        let port = free_port();
        let (acknowledgements, _receiver) = mpsc::unbounded_channel();
        load.messages.allow(1_000_000);
        let mut process = start(&home.url, port, "").await;
        let (writing, editing) = (load.messages.start(port, acknowledgements), load.edits.start(port));
        let mut starts = Vec::new();
        for kill in 0..KILLS {
            let pause = random.borrow_mut().random_range(30..600);
            sleep(Duration::from_millis(pause)).await;
            process.kill();
            let acknowledged = load.acknowledged();
            process = start(&home.url, port, "").await;
            starts.push(process.ready_after);
            load.check(&acknowledged, &format!("after kill {kill}")).await;
        }
        load.messages.close();
        load.edits.close();
        writing.join_all().await;
        editing.join_all().await;
        process.stop().await;
        load.finish().await;
        starts.sort();
        let (messages, edits) = load.acknowledged();
        let edits: u32 = edits.values().sum();
        println!("{} messages, {edits} edits, median time to restart {:?}", messages.len(), starts[KILLS / 2]);
        assert!(messages.len() > KILLS && edits as usize > KILLS, "the load was too small");
    })
    .await;
}

struct Load {
    url: String,
    messages: MessageLoad,
    edits: EditLoad,
}

/// The acknowledged messages and the number of acknowledged edits of each designer.
type Acknowledged = (BTreeSet<String>, AcknowledgedEdits);

impl Load {
    fn acknowledged(&self) -> Acknowledged {
        (self.messages.acknowledged(), self.edits.acknowledged())
    }

    /// Checks that everything acknowledged is stored once and completely.
    async fn check(&self, (messages, edits): &Acknowledged, when: &str) {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let texts = texts(&mut connection).await;
        let stored: BTreeSet<_> = texts.iter().cloned().collect();
        assert_eq!(texts.len(), stored.len(), "{when}, a message is stored twice");
        let lost: Vec<_> = messages.difference(&stored).collect();
        assert!(lost.is_empty(), "{when}, acknowledged messages are lost: {lost:?}");
        // One statement, so that all counts are of the same moment while messages are still being sent.
        let counts_query = "SELECT CAST(COUNT(*) AS BIGINT),
                 CAST((SELECT COUNT(*) FROM interaction WHERE kind = 'ticket-message') AS BIGINT),
                 CAST((SELECT COUNT(*) FROM outbox WHERE kind = 'ticket-message-staff') AS BIGINT),
                 CAST((SELECT COUNT(*) FROM submission WHERE location <> '') AS BIGINT)
             FROM ticket_message WHERE text <> 'First'";
        let counts: (i64, i64, i64, i64) = sqlx::query_as(counts_query).fetch_one(&mut connection).await.unwrap();
        let (messages, history, mails, forms) = counts;
        assert_eq!((history, mails, forms), (messages, messages, messages), "{when}, a message is stored incompletely");
        self.edits.check(&mut connection, edits, when).await;
        if self.url.starts_with("sqlite:") {
            check_integrity(&mut connection, when).await;
        }
        connection.close().await.unwrap();
    }

    /// Checks, after the load has ended, that exactly the acknowledged messages are stored.
    async fn finish(&self) {
        let acknowledged = self.acknowledged();
        self.check(&acknowledged, "in the end").await;
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let stored: BTreeSet<_> = texts(&mut connection).await.into_iter().collect();
        assert_eq!(stored, acknowledged.0, "unacknowledged messages are stored");
        connection.close().await.unwrap();
    }
}

async fn texts(connection: &mut AnyConnection) -> Vec<String> {
    let texts = "SELECT text FROM ticket_message WHERE text <> 'First'";
    let texts: Vec<(String,)> = sqlx::query_as(texts).fetch_all(connection).await.unwrap();
    texts.into_iter().map(|(text,)| text).collect()
}

/// Runs SQLite's integrity checks.
async fn check_integrity(connection: &mut AnyConnection, when: &str) {
    let (verdict,): (String,) = sqlx::query_as("PRAGMA integrity_check").fetch_one(&mut *connection).await.unwrap();
    assert_eq!(verdict, "ok", "{when}");
    assert!(sqlx::query("PRAGMA foreign_key_check").fetch_all(connection).await.unwrap().is_empty(), "{when}");
}
