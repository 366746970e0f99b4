//! What the worker does when a mail server refuses, breaks off, or does not encrypt.

use super::{
    smtp::{Answer, Smtp, header},
    support::{Home, desk, on_both},
};
use domain::{MessageState, Span};
use server::{
    mail::{Transport, Worker},
    settings::Settings,
};
use std::time::Duration;
use store::{
    Store,
    account::reset,
    outbox::{self, desk::Entry},
};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{sleep, timeout},
};

pub struct AtWork(watch::Sender<bool>, JoinHandle<()>);

/// A mail that waits, and a worker that has begun its work.
async fn mailing(home: &Home, smtp_url: &str) -> AtWork {
    home.customer("Olena").await;
    reset::ask(&home.store, "olena@example.com").await.unwrap();
    work(&home.store, smtp_url)
}

pub fn work(store: &Store, smtp_url: &str) -> AtWork {
    let settings = Settings { base_url: "https://portal.example".to_owned(), ..Settings::default() };
    let worker = Worker::new(store.clone(), Transport::open(smtp_url).unwrap(), &settings).unwrap();
    let (stop, stopped) = watch::channel(false);
    AtWork(stop, tokio::spawn(worker.run(stopped)))
}

async fn mail(home: &Home) -> Entry {
    outbox::desk::list(&mut *home.read().await, &desk(), None, 1, 0).await.unwrap().remove(0)
}

async fn until(home: &Home, is: impl Fn(&Entry) -> bool) -> Entry {
    let waiting = async {
        loop {
            let mail = mail(home).await;
            if is(&mail) {
                return mail;
            }
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(10), waiting).await.expect("the mail does not get there")
}

pub async fn stop(worker: AtWork) {
    worker.0.send_replace(true);
    timeout(Duration::from_secs(5), worker.1).await.expect("the worker does not stop").unwrap();
}

#[tokio::test]
async fn a_mail_leaves_and_its_link_with_it() {
    on_both(async |home| {
        let smtp = Smtp::start().await;
        let worker = mailing(home, &smtp.url()).await;
        let mail = until(home, |mail| mail.state == MessageState::Sent).await;
        let received = smtp.received();
        assert_eq!(received.len(), 1);
        assert_eq!(received[0].to, "olena@example.com");
        assert_eq!(received[0].message_id, format!("<{}@portal.example>", mail.id));
        assert_eq!(header(&received[0].bytes, "Subject"), "A new password");
        assert_eq!(mail.content.path, "", "the link is in the mailbox only");
        stop(worker).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_for_ever_fails_at_once() {
    on_both(async |home| {
        let smtp = Smtp::start().await;
        smtp.will(&[Answer::RefuseForEver]);
        let worker = mailing(home, &smtp.url()).await;
        let mail = until(home, |mail| mail.state == MessageState::Failed).await;
        assert_eq!(mail.attempts, 1);
        assert!(mail.problem.contains("550") && mail.problem.contains("no such user"), "{}", mail.problem);
        stop(worker).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_for_now_or_broken_off_leaves_again_as_it_was() {
    on_both(async |home| {
        let smtp = Smtp::start().await;
        smtp.will(&[Answer::RefuseForNow, Answer::Cut]);
        let worker = mailing(home, &smtp.url()).await;
        let mail = until(home, |mail| !mail.problem.is_empty()).await;
        assert!(mail.problem.contains("451"), "{}", mail.problem);
        assert_eq!(mail.state, MessageState::Waiting);
        // A worker waits for the moment when it is due, by the clock on the wall; the next one finds it due.
        stop(worker).await;
        home.pass(Span::seconds(10));
        let worker = work(&home.store, &smtp.url());
        let cut = until(home, |mail| mail.attempts == 2 && !mail.problem.contains("451")).await;
        assert_eq!(cut.state, MessageState::Waiting);
        stop(worker).await;
        home.pass(Span::seconds(20));
        let worker = work(&home.store, &smtp.url());
        until(home, |mail| mail.state == MessageState::Sent).await;
        let received = smtp.received();
        assert_eq!(received.len(), 2, "the one that was cut off, and the same again");
        assert!(received[0] == received[1], "other bytes under the same Message-ID");
        stop(worker).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_said_to_a_server_that_does_not_encrypt() {
    on_both(async |home| {
        let smtp = Smtp::start().await;
        let worker = mailing(home, &smtp.url_with_tls()).await;
        let mail = until(home, |mail| !mail.problem.is_empty()).await;
        assert_eq!(mail.state, MessageState::Waiting);
        assert_eq!(smtp.received(), []);
        stop(worker).await;
    })
    .await;
}

#[tokio::test]
async fn without_a_mail_server_mails_stay_for_the_desk() {
    on_both(async |home| {
        let worker = mailing(home, "").await;
        let mail = until(home, |mail| mail.state == MessageState::Sent).await;
        assert!(mail.content.path.starts_with("/reset/"));
        stop(worker).await;
    })
    .await;
}
