//! Mails while the program is killed between committing, sending and marking as sent: every mail arrives, and none
//! more than twice, the second time with the same Message-ID and the same bytes.

use super::{
    mailing::{try_all, worker_of},
    running::{free_port, start},
    seeded,
    shop::{WRITERS, shop},
    smtp::{Happened, Received, Smtp},
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

/// When to kill: at the so many-th event of this kind in the round.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// A message is committed and acknowledged; its mail may have left or not.
    Committed(u32),
    /// The mail server has the mail and has not said so.
    Sent(u32),
    /// The mail server has said so; the program may have marked it as sent or not.
    Answered(u32),
}

fn moment(random: &mut StdRng) -> Moment {
    let at = random.random_range(1..=8);
    match random.random_range(0..3) {
        0 => Moment::Committed(at),
        1 => Moment::Sent(at),
        _ => Moment::Answered(at),
    }
}

#[tokio::test]
async fn every_mail_arrives_and_at_most_twice() {
    let random = std::cell::RefCell::new(seeded());
    on_both(async |home| {
        let shop = shop(home).await;
        home.store.close().await;
        let (smtp, port) = (Smtp::start().await, free_port());
        let (told, mut acknowledged) = mpsc::unbounded_channel();
        let mut writing = shop.write(port, told);
        // What each of the kills at `Sent` leaves behind must come again.
        let mut surely_twice = 0;
        for kill in 0..KILLS {
            let moment = moment(&mut random.borrow_mut());
            let mut happened = smtp.watch();
            while acknowledged.try_recv().is_ok() {}
            smtp.answer_only(if let Moment::Sent(at) = moment { Some(at - 1) } else { None });
            let mut running = start(&home.url, port, &smtp.url()).await;
            shop.allow(MAILS / KILLS);
            let reached = timeout(Duration::from_secs(20), async {
                match moment {
                    Moment::Committed(at) => {
                        for _ in 0..at {
                            acknowledged.recv().await;
                        }
                    }
                    Moment::Sent(at) => wait_for(&mut happened, Happened::Came, at).await,
                    Moment::Answered(at) => wait_for(&mut happened, Happened::Answered, at).await,
                }
            });
            reached.await.unwrap_or_else(|_| panic!("kill {kill} waits for {moment:?} in vain"));
            running.kill();
            surely_twice += usize::from(matches!(moment, Moment::Sent(_)));
        }
        smtp.answer_only(None);
        let mut running = start(&home.url, port, &smtp.url()).await;
        while shop.acknowledged().len() < MAILS {
            timeout(Duration::from_secs(20), acknowledged.recv()).await.expect("no message is acknowledged any more");
        }
        shop.close();
        while let Some(writer) = writing.join_next().await {
            writer.unwrap();
        }
        running.stop().await;
        let rows = after_the_leases(&home.url, &smtp).await;
        let twice = compare(&rows, &smtp.received());
        println!("{} mails, {twice} of them came twice", rows.len());
        assert!(twice >= surely_twice, "{surely_twice} kills came after a mail arrived, yet only {twice} came again");
        let expected = shop.acknowledged().len() + WRITERS;
        assert_eq!(rows.len(), expected, "each acknowledged message has its mail, and no other has");
    })
    .await;
}

async fn wait_for(happened: &mut mpsc::UnboundedReceiver<Happened>, what: Happened, count: u32) {
    let mut seen = 0;
    while seen < count {
        if happened.recv().await == Some(what) {
            seen += 1;
        }
    }
}

/// What the killed workers had taken is theirs until their leases end, by the store's clock: so none is taken again
/// between the kills, and each mail at most once by a worker that dies. The last worker runs here, a lease later.
async fn after_the_leases(url: &str, smtp: &Smtp) -> BTreeMap<String, String> {
    let later = Arc::new(AtomicI64::new(Clock::System.now().plus(LEASE).0));
    let store = store::open(url, Clock::Manual(later)).await.unwrap();
    try_all(&worker_of(&store, &smtp.url(), Path::new(""))).await;
    store.close().await;
    all_sent(url).await
}

/// The mails to staff as key and address, all of them sent.
async fn all_sent(url: &str) -> BTreeMap<String, String> {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    let others = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE state <> 'sent'";
    let (others,): (i64,) = sqlx::query_as(others).fetch_one(&mut connection).await.unwrap();
    assert_eq!(others, 0, "some wait or have failed");
    let staff = "SELECT id, address FROM outbox WHERE kind LIKE 'ticket-%-staff'";
    let rows: Vec<(String, String)> = sqlx::query_as(staff).fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    rows.into_iter().collect()
}

/// Every mail to staff arrived, as itself; tells how many came twice.
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
