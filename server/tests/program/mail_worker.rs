//! Enqueues mails in a test database and sends them by the mail worker. Retries use the test's clock.

use super::{
    smtp_server::Received,
    support::{Home, desk},
};
use domain::{MailState, Span};
use server::{
    mail::{Transport, Worker},
    settings::Settings,
};
use std::{collections::BTreeMap, path::Path};
use store::{
    Store,
    account::reset,
    outbox::{
        delivery,
        desk::{OutboxMail, counts},
    },
};

/// Creates a worker for this mail server that trusts the public certificate authorities.
pub fn worker(home: &Home, smtp_url: &str) -> Worker {
    worker_with_ca(home, smtp_url, Path::new(""))
}

pub fn worker_with_ca(home: &Home, smtp_url: &str, smtp_ca: &Path) -> Worker {
    worker_for_store(&home.store, smtp_url, smtp_ca)
}

pub fn worker_for_store(store: &Store, smtp_url: &str, smtp_ca: &Path) -> Worker {
    let transport = Transport::open(smtp_url, smtp_ca).unwrap();
    let sender = Settings::default().mail_from;
    Worker::new(store.clone(), transport, &sender, "https://portal.example".to_owned()).unwrap()
}

/// Enqueues this number of mails to one person.
pub async fn enqueue_mails(home: &Home, count: usize) {
    if home.mails().await.is_empty() {
        home.customer("Olena").await;
    }
    for _ in 0..count {
        reset::request(&home.store, "olena@example.com", domain::Language::En).await.unwrap();
    }
}

pub async fn newest_mail(home: &Home) -> OutboxMail {
    home.mails().await.pop().unwrap()
}

/// Tries to send each due mail once.
pub async fn send_due(worker: &Worker) {
    while worker.process_batch().await.unwrap() > 0 {}
}

/// Advances the clock to each retry until no mail is waiting.
pub async fn send_all(home: &Home, worker: &Worker) {
    send_due(worker).await;
    while let Some(next) = delivery::next_due(&home.store).await.unwrap() {
        home.pass(Span(next.0 - home.now().0));
        send_due(worker).await;
    }
}

/// Checks that every mail was sent and arrived, at most twice and each time with the same bytes. Returns how many
/// arrived twice.
pub async fn check_arrived(home: &Home, received: &[Received]) -> usize {
    assert_eq!(counts(&mut *home.read().await, &desk()).await.unwrap(), (0, 0), "waiting, failed");
    let mut arrived: BTreeMap<&str, Vec<&Received>> = BTreeMap::new();
    for mail in received {
        arrived.entry(&mail.message_id).or_default().push(mail);
    }
    for mail in home.mails().await {
        assert_eq!((mail.state, mail.obstacle, mail.problem.as_str()), (MailState::Sent, None, ""));
        let id = format!("<{}@portal.example>", mail.id);
        let same = arrived.remove(id.as_str()).unwrap_or_else(|| panic!("{id} did not arrive"));
        assert!(same.len() <= 2 && same.iter().all(|one| *one == same[0]), "{id}: {same:?}");
    }
    assert!(arrived.is_empty(), "unknown mails arrived: {arrived:?}");
    let mut all: Vec<_> = received.iter().map(|mail| &mail.message_id).collect();
    all.sort();
    all.dedup();
    received.len() - all.len()
}
