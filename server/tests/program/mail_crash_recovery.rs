//! Kills the program between committing, sending and marking mails as sent. Every mail must arrive, none more than
//! twice, and the second time with the same Message-ID and bytes.

use super::{
    mail_worker::{send_due, worker_for_store},
    message_load::{MessageLoad, WRITERS},
    process::{free_port, start},
    seeded,
    smtp_server::{Received, SmtpEvent, SmtpServer},
    support::on_both,
};
use rand::{RngExt, rngs::StdRng};
use sqlx::{AnyConnection, Connection};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, atomic::AtomicI64},
    time::Duration,
};
use store::{Clock, outbox::delivery::LEASE};
use tokio::{sync::mpsc, time::timeout};

const MAILS: usize = 500;
const KILLS: usize = 20;

/// When to kill the program: at the event of this kind with this number.
#[derive(Debug, Clone, Copy)]
enum KillTime {
    /// A message was committed and acknowledged. Its mail may have been sent or not.
    Committed(u32),
    /// The mail server has received the mail and not acknowledged it.
    Received(u32),
    /// The mail server has acknowledged the mail. The program may have marked it as sent or not.
    Acknowledged(u32),
}

fn random_kill_time(random: &mut StdRng) -> KillTime {
    let at = random.random_range(1..=8);
    match random.random_range(0..3) {
        0 => KillTime::Committed(at),
        1 => KillTime::Received(at),
        _ => KillTime::Acknowledged(at),
    }
}

#[tokio::test]
async fn every_mail_arrives_and_at_most_twice() {
    let random = std::cell::RefCell::new(seeded());
    on_both(async |home| {
        let load = MessageLoad::create(home).await;
        home.store.close().await;
        let (smtp, port) = (SmtpServer::start().await, free_port());
        let (acknowledgements, mut acknowledged) = mpsc::unbounded_channel();
        let mut writing = load.start(port, acknowledgements);
        // The mail of each kill at `Received` must arrive twice.
        let mut expected_twice = 0;
        for kill in 0..KILLS {
            let kill_time = random_kill_time(&mut random.borrow_mut());
            let mut events = smtp.subscribe();
            while acknowledged.try_recv().is_ok() {}
            smtp.limit_answers(if let KillTime::Received(at) = kill_time { Some(at - 1) } else { None });
            let mut process = start(&home.url, port, &smtp.url()).await;
            load.allow(MAILS / KILLS);
            let reached = timeout(Duration::from_secs(20), async {
                match kill_time {
                    KillTime::Committed(at) => {
                        for _ in 0..at {
                            acknowledged.recv().await;
                        }
                    }
                    KillTime::Received(at) => wait_for(&mut events, SmtpEvent::Received, at).await,
                    KillTime::Acknowledged(at) => wait_for(&mut events, SmtpEvent::Acknowledged, at).await,
                }
            });
            reached.await.unwrap_or_else(|_| panic!("kill {kill} did not reach {kill_time:?}"));
            process.kill();
            expected_twice += usize::from(matches!(kill_time, KillTime::Received(_)));
        }
        smtp.limit_answers(None);
        let mut process = start(&home.url, port, &smtp.url()).await;
        while load.acknowledged().len() < MAILS {
            timeout(Duration::from_secs(20), acknowledged.recv()).await.expect("no message is acknowledged");
        }
        load.close();
        while let Some(writer) = writing.join_next().await {
            writer.unwrap();
        }
        process.stop().await;
        let rows = send_after_leases(&home.url, &smtp).await;
        let twice = compare(&rows, &smtp.received());
        println!("{} mails, {twice} of them arrived twice", rows.len());
        assert!(
            twice >= expected_twice,
            "{expected_twice} kills came after a mail had arrived, but only {twice} arrived twice"
        );
        let expected = load.acknowledged().len() + WRITERS;
        assert_eq!(rows.len(), expected, "each acknowledged message has one mail");
    })
    .await;
}

async fn wait_for(events: &mut mpsc::UnboundedReceiver<SmtpEvent>, what: SmtpEvent, count: u32) {
    let mut seen = 0;
    while seen < count {
        if events.recv().await == Some(what) {
            seen += 1;
        }
    }
}

/// Sends the remaining mails after the leases have expired, with a later clock. The killed workers still hold leases on
/// their mails, so no mail is leased by two killed workers.
async fn send_after_leases(url: &str, smtp: &SmtpServer) -> BTreeMap<String, String> {
    let later = Arc::new(AtomicI64::new(Clock::System.now().plus(LEASE).0));
    let store = store::open(url, Clock::Manual(later)).await.unwrap();
    send_due(&worker_for_store(&store, &smtp.url(), Path::new(""))).await;
    store.close().await;
    check_all_sent(url).await
}

/// Checks that all mails were sent, and returns those to staff as key and address.
async fn check_all_sent(url: &str) -> BTreeMap<String, String> {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    let others = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE state <> 'sent'";
    let (others,): (i64,) = sqlx::query_as(others).fetch_one(&mut connection).await.unwrap();
    assert_eq!(others, 0, "some mails are waiting or have failed");
    let staff = "SELECT id, address FROM outbox WHERE kind LIKE 'ticket-%-staff'";
    let rows: Vec<(String, String)> = sqlx::query_as(staff).fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    rows.into_iter().collect()
}

/// Checks that every mail to staff arrived unchanged. Returns how many arrived twice.
fn compare(rows: &BTreeMap<String, String>, received: &[Received]) -> usize {
    let mut arrived: BTreeMap<String, Vec<&Received>> = BTreeMap::new();
    for mail in received.iter().filter(|mail| mail.to == "iryna@example.com") {
        let id = mail.message_id.trim_start_matches('<').split('@').next().unwrap_or_default();
        arrived.entry(id.to_owned()).or_default().push(mail);
    }
    for (id, mails) in &arrived {
        assert!(rows.contains_key(id), "{id} arrived but was never committed");
        assert!(mails.len() <= 2, "{id} arrived {} times", mails.len());
        assert!(mails.iter().all(|mail| *mail == mails[0]), "{id} arrived with different bytes");
    }
    let lost: Vec<_> = rows.keys().filter(|id| !arrived.contains_key(*id)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    arrived.values().filter(|mails| mails.len() == 2).count()
}
