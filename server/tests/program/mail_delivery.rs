//! The mail worker with mail servers that refuse, disconnect, hang or cannot be reached.

use super::{
    mail_worker::{check_arrived, enqueue_mails, newest_mail, send_all, send_due, worker},
    process::free_port,
    smtp_server::{Answer, SmtpEvent, SmtpServer, header},
    support::{Home, on_both},
};
use domain::{MailState, SendFailure};
use std::time::Duration;
use store::outbox::{self, desk::OutboxMail};
use tokio::{
    sync::watch,
    time::{self, sleep, timeout},
};

async fn wait_until(home: &Home, is_done: impl Fn(&OutboxMail) -> bool) -> OutboxMail {
    let polling = async {
        loop {
            let mail = newest_mail(home).await;
            if is_done(&mail) {
                return mail;
            }
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(10), polling).await.expect("the mail does not reach the expected state")
}

#[tokio::test]
async fn a_sent_mail_no_longer_has_its_secret_link_and_the_worker_stops() {
    on_both(async |home| {
        let smtp = SmtpServer::start().await;
        enqueue_mails(home, 1).await;
        let (stop, stopped) = watch::channel(false);
        let running = tokio::spawn(worker(home, &smtp.url()).run(stopped));
        let mail = wait_until(home, |mail| mail.state == MailState::Sent).await;
        let received = smtp.received();
        assert_eq!(received.len(), 1);
        assert_eq!(received[0].to, "olena@example.com");
        assert_eq!(received[0].message_id, format!("<{}@portal.example>", mail.id));
        assert_eq!(header(&received[0].bytes, "Subject"), "New password");
        assert!(mail.content.link().is_deleted(), "the secret link is still in the database");
        stop.send_replace(true);
        timeout(Duration::from_secs(5), running).await.expect("the worker does not stop").unwrap();
    })
    .await;
}

#[tokio::test]
async fn without_a_mail_server_mails_stay_in_the_database() {
    on_both(async |home| {
        enqueue_mails(home, 1).await;
        send_due(&worker(home, "")).await;
        let mail = newest_mail(home).await;
        assert_eq!(mail.state, MailState::Sent);
        assert!(mail.content.link().path().starts_with("/reset/"));
    })
    .await;
}

const MAILS: usize = 20;

/// Makes every mail fail once or twice with this answer, then sends them all. Returns how many arrived twice.
async fn check_retries(home: &Home, answer: Answer, obstacle: SendFailure, problem: &str) -> usize {
    let smtp = SmtpServer::start().await;
    enqueue_mails(home, MAILS).await;
    smtp.set_answers(&[answer; MAILS + MAILS / 2]);
    let worker = worker(home, &smtp.url());
    send_due(&worker).await;
    for mail in home.mails().await {
        assert_eq!((mail.state, mail.obstacle), (MailState::Waiting, Some(obstacle)), "{}", mail.problem);
        assert!(mail.problem.contains(problem), "{}", mail.problem);
    }
    send_all(home, &worker).await;
    check_arrived(home, &smtp.received()).await
}

#[tokio::test]
async fn sending_is_retried_after_a_refused_connection() {
    on_both(async |home| {
        assert_eq!(check_retries(home, Answer::RefuseConnection, SendFailure::Deferred, "421").await, 0)
    })
    .await;
}

#[tokio::test]
async fn sending_is_retried_after_greylisting() {
    on_both(async |home| {
        assert_eq!(check_retries(home, Answer::RefuseRecipientTemporarily, SendFailure::Deferred, "450").await, 0);
    })
    .await;
}

#[tokio::test]
async fn sending_is_retried_after_a_temporary_refusal_of_the_data() {
    on_both(async |home| {
        assert_eq!(check_retries(home, Answer::RefuseDataTemporarily, SendFailure::Deferred, "451").await, 0)
    })
    .await;
}

#[tokio::test]
async fn sending_is_retried_after_a_disconnect_within_the_data() {
    on_both(async |home| {
        assert_eq!(check_retries(home, Answer::DisconnectWithinData, SendFailure::Unreachable, "").await, 0)
    })
    .await;
}

/// The server has received the mail, but the sender cannot know that. Only in this case a mail may arrive twice, with
/// the same bytes.
#[tokio::test]
async fn a_disconnect_after_the_data_sends_the_same_bytes_again() {
    on_both(async |home| {
        let smtp = SmtpServer::start().await;
        enqueue_mails(home, MAILS).await;
        smtp.set_answers(&[Answer::DisconnectAfterData; MAILS]);
        let worker = worker(home, &smtp.url());
        send_due(&worker).await;
        assert_eq!(smtp.received().len(), MAILS);
        assert!(home.mails().await.iter().all(|mail| mail.obstacle == Some(SendFailure::Unreachable)));
        send_all(home, &worker).await;
        assert_eq!(check_arrived(home, &smtp.received()).await, MAILS);
    })
    .await;
}

#[tokio::test]
async fn sending_is_retried_while_the_server_is_unreachable() {
    on_both(async |home| {
        enqueue_mails(home, MAILS).await;
        send_due(&worker(home, &format!("smtp://127.0.0.1:{}?tls=none", free_port()))).await;
        for mail in home.mails().await {
            assert_eq!((mail.state, mail.obstacle), (MailState::Waiting, Some(SendFailure::Unreachable)));
        }
        let smtp = SmtpServer::start().await;
        send_all(home, &worker(home, &smtp.url())).await;
        assert_eq!(check_arrived(home, &smtp.received()).await, 0);
    })
    .await;
}

#[tokio::test]
async fn sending_to_a_hanging_server_times_out() {
    const CONCURRENCY: usize = 8;
    on_both(async |home| {
        let smtp = SmtpServer::start().await;
        smtp.limit_answers(Some(0));
        let mut events = smtp.subscribe();
        enqueue_mails(home, CONCURRENCY).await;
        let worker = worker(home, &smtp.url());
        let pass_time = async {
            for _ in 0..CONCURRENCY {
                assert_eq!(events.recv().await, Some(SmtpEvent::Received));
            }
            // All of them wait for an answer, so the timeout can be simulated.
            time::pause();
            time::advance(Duration::from_secs(120)).await;
            time::resume();
        };
        let (processed, ()) = tokio::join!(worker.process_batch(), pass_time);
        assert_eq!(processed.unwrap(), CONCURRENCY as u64);
        for mail in home.mails().await {
            assert_eq!(
                (mail.state, mail.obstacle),
                (MailState::Waiting, Some(SendFailure::Timeout)),
                "{}",
                mail.problem
            );
        }
        smtp.limit_answers(None);
        send_all(home, &worker).await;
        assert_eq!(check_arrived(home, &smtp.received()).await, CONCURRENCY, "all of them arrive twice");
        // Connections with a pending answer are not used again: the answer would be taken for that to another mail.
        assert!(home.mails().await.iter().all(|mail| mail.attempts == 2), "{:?}", home.mails().await);
    })
    .await;
}

/// Mails that were refused permanently fail without a retry, and staff can send them again.
#[tokio::test]
async fn permanently_refused_mails_fail_until_staff_send_them_again() {
    on_both(async |home| {
        let administrator = home.company().await;
        for (answer, problem) in [(Answer::RefuseRecipientPermanently, "550"), (Answer::RefuseDataPermanently, "552")] {
            let smtp = SmtpServer::start().await;
            enqueue_mails(home, MAILS).await;
            smtp.set_answers(&[answer; MAILS]);
            let worker = worker(home, &smtp.url());
            send_due(&worker).await;
            let mut failed = home.mails().await;
            failed.retain(|mail| mail.state == MailState::Failed);
            assert_eq!(failed.len(), MAILS);
            for mail in failed {
                assert_eq!((mail.attempts, mail.obstacle), (1, Some(SendFailure::Refused)));
                assert!(mail.problem.contains(problem), "{}", mail.problem);
            }
            let mut change = home.change(&administrator).await;
            assert_eq!(outbox::desk::resend_all_failed(&mut change).await.unwrap(), MAILS as u64);
            change.commit().await.unwrap();
            send_due(&worker).await;
            assert_eq!(smtp.received().len(), MAILS);
        }
    })
    .await;
}
