//! Mails that wait in a home, and the worker that sends them; its pauses pass by the home's clock.

use super::{
    smtp::Received,
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
        desk::{Entry, counts},
        work,
    },
};

/// A worker over this mail server; no authority but the public ones is trusted.
pub fn worker(home: &Home, smtp_url: &str) -> Worker {
    worker_trusting(home, smtp_url, Path::new(""))
}

pub fn worker_trusting(home: &Home, smtp_url: &str, smtp_ca: &Path) -> Worker {
    worker_of(&home.store, smtp_url, smtp_ca)
}

pub fn worker_of(store: &Store, smtp_url: &str, smtp_ca: &Path) -> Worker {
    let transport = Transport::open(smtp_url, smtp_ca).unwrap();
    let settings = Settings { base_url: "https://portal.example".to_owned(), ..Settings::default() };
    Worker::new(store.clone(), transport, &settings).unwrap()
}

/// Lets so many mails to one person wait.
pub async fn waiting(home: &Home, count: usize) {
    if home.mails().await.is_empty() {
        home.customer("Olena").await;
    }
    for _ in 0..count {
        reset::ask(&home.store, "olena@example.com", domain::Language::En).await.unwrap();
    }
}

/// The newest.
pub async fn mail(home: &Home) -> Entry {
    home.mails().await.pop().unwrap()
}

/// Each mail that is due is tried once.
pub async fn try_all(worker: &Worker) {
    while worker.round().await.unwrap() > 0 {}
}

/// Tries again and again, each time when it is time, until none waits.
pub async fn until_none_waits(home: &Home, worker: &Worker) {
    try_all(worker).await;
    while let Some(next) = work::next_due(&home.store).await.unwrap() {
        home.pass(Span(next.0 - home.now().0));
        try_all(worker).await;
    }
}

/// Every mail has left and has arrived as itself; tells how many arrived twice. None did more often, and whatever
/// arrived under one Message-ID has the same bytes.
pub async fn arrived(home: &Home, received: &[Received]) -> usize {
    assert_eq!(counts(&mut *home.read().await, &desk()).await.unwrap(), (0, 0), "waiting, failed");
    let mut arrived: BTreeMap<&str, Vec<&Received>> = BTreeMap::new();
    for mail in received {
        arrived.entry(&mail.message_id).or_default().push(mail);
    }
    for mail in home.mails().await {
        assert_eq!((mail.state, mail.obstacle, mail.problem.as_str()), (MailState::Sent, None, ""));
        let id = format!("<{}@portal.example>", mail.id);
        let same = arrived.remove(id.as_str()).unwrap_or_else(|| panic!("{id} is lost"));
        assert!(same.len() <= 2 && same.iter().all(|one| *one == same[0]), "{id}: {same:?}");
    }
    assert!(arrived.is_empty(), "nobody sent {arrived:?}");
    let mut all: Vec<_> = received.iter().map(|mail| &mail.message_id).collect();
    all.sort();
    all.dedup();
    received.len() - all.len()
}
