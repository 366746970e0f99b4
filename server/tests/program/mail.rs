//! What the worker does when a mail server refuses, breaks off, hangs, or is not there.

use super::{
    mailing::{arrived, mail, try_all, until_none_waits, waiting, worker},
    running::free_port,
    smtp::{Answer, Happened, Smtp, header},
    support::{Home, on_both},
};
use domain::{MailState, SendFailure};
use std::time::Duration;
use store::outbox::{self, desk::Entry};
use tokio::{
    sync::watch,
    time::{self, sleep, timeout},
};

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

#[tokio::test]
async fn a_mail_leaves_and_its_link_with_it_and_the_worker_stops() {
    on_both(async |home| {
        let smtp = Smtp::start().await;
        waiting(home, 1).await;
        let (stop, stopped) = watch::channel(false);
        let at_work = tokio::spawn(worker(home, &smtp.url()).run(stopped));
        let mail = until(home, |mail| mail.state == MailState::Sent).await;
        let received = smtp.received();
        assert_eq!(received.len(), 1);
        assert_eq!(received[0].to, "olena@example.com");
        assert_eq!(received[0].message_id, format!("<{}@portal.example>", mail.id));
        assert_eq!(header(&received[0].bytes, "Subject"), "New password");
        assert_eq!(mail.content.path, "", "the link is in the mailbox only");
        stop.send_replace(true);
        timeout(Duration::from_secs(5), at_work).await.expect("the worker does not stop").unwrap();
    })
    .await;
}

#[tokio::test]
async fn without_a_mail_server_mails_stay_for_the_desk() {
    on_both(async |home| {
        waiting(home, 1).await;
        try_all(&worker(home, "")).await;
        let mail = mail(home).await;
        assert_eq!(mail.state, MailState::Sent);
        assert!(mail.content.path.starts_with("/reset/"));
    })
    .await;
}

const MAILS: usize = 20;

/// Goes wrong with every mail once or twice; all are there in the end, each once.
async fn mended_by_time(home: &Home, answer: Answer, obstacle: SendFailure, said: &str) -> usize {
    let smtp = Smtp::start().await;
    waiting(home, MAILS).await;
    smtp.will(&[answer; MAILS + MAILS / 2]);
    let worker = worker(home, &smtp.url());
    try_all(&worker).await;
    for mail in home.mails().await {
        assert_eq!((mail.state, mail.obstacle), (MailState::Waiting, Some(obstacle)), "{}", mail.problem);
        assert!(mail.problem.contains(said), "{}", mail.problem);
    }
    until_none_waits(home, &worker).await;
    arrived(home, &smtp.received()).await
}

#[tokio::test]
async fn a_server_that_turns_connections_away_is_asked_again() {
    on_both(async |home| assert_eq!(mended_by_time(home, Answer::TurnAway, SendFailure::Deferred, "421").await, 0))
        .await;
}

#[tokio::test]
async fn a_greylisted_recipient_is_tried_again() {
    on_both(async |home| {
        assert_eq!(mended_by_time(home, Answer::RefuseRecipientForNow, SendFailure::Deferred, "450").await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_for_now_after_it_came_leaves_again() {
    on_both(async |home| assert_eq!(mended_by_time(home, Answer::RefuseForNow, SendFailure::Deferred, "451").await, 0))
        .await;
}

#[tokio::test]
async fn what_is_cut_off_in_the_middle_leaves_again() {
    on_both(async |home| assert_eq!(mended_by_time(home, Answer::CutWithin, SendFailure::Unreachable, "").await, 0))
        .await;
}

/// The server has it and the sender cannot know: here alone a mail may come twice, as the very same mail.
#[tokio::test]
async fn what_is_cut_off_after_its_end_comes_once_more_as_it_was() {
    on_both(async |home| {
        let smtp = Smtp::start().await;
        waiting(home, MAILS).await;
        smtp.will(&[Answer::Cut; MAILS]);
        let worker = worker(home, &smtp.url());
        try_all(&worker).await;
        assert_eq!(smtp.received().len(), MAILS);
        assert!(home.mails().await.iter().all(|mail| mail.obstacle == Some(SendFailure::Unreachable)));
        until_none_waits(home, &worker).await;
        assert_eq!(arrived(home, &smtp.received()).await, MAILS);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_waited_for() {
    on_both(async |home| {
        waiting(home, MAILS).await;
        try_all(&worker(home, &format!("smtp://127.0.0.1:{}?tls=none", free_port()))).await;
        for mail in home.mails().await {
            assert_eq!((mail.state, mail.obstacle), (MailState::Waiting, Some(SendFailure::Unreachable)));
        }
        let smtp = Smtp::start().await;
        until_none_waits(home, &worker(home, &smtp.url())).await;
        assert_eq!(arrived(home, &smtp.received()).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_says_nothing_more_holds_nothing_up_for_ever() {
    const AT_ONCE: usize = 8;
    on_both(async |home| {
        let smtp = Smtp::start().await;
        smtp.answer_only(Some(0));
        let mut happened = smtp.watch();
        waiting(home, AT_ONCE).await;
        let worker = worker(home, &smtp.url());
        let impatient = async {
            for _ in 0..AT_ONCE {
                assert_eq!(happened.recv().await, Some(Happened::Came));
            }
            // All of them wait for an answer, and nothing else goes on: their time passes at once.
            time::pause();
            time::advance(Duration::from_secs(120)).await;
            time::resume();
        };
        let (taken, ()) = tokio::join!(worker.round(), impatient);
        assert_eq!(taken.unwrap(), AT_ONCE as u64);
        for mail in home.mails().await {
            assert_eq!(
                (mail.state, mail.obstacle),
                (MailState::Waiting, Some(SendFailure::Timeout)),
                "{}",
                mail.problem
            );
        }
        smtp.answer_only(None);
        until_none_waits(home, &worker).await;
        assert_eq!(arrived(home, &smtp.received()).await, AT_ONCE, "the server had them all");
        // A connection with an answer still to come is not used again: it would be taken for that to another mail.
        assert!(home.mails().await.iter().all(|mail| mail.attempts == 2), "{:?}", home.mails().await);
    })
    .await;
}

/// Staff are shown at once what will never leave, and send it again when what stood in the way is mended.
#[tokio::test]
async fn what_is_refused_for_ever_fails_at_once_and_leaves_when_staff_say_so() {
    on_both(async |home| {
        let administrator = home.company().await;
        for (answer, said) in [(Answer::RefuseRecipientForEver, "550"), (Answer::RefuseForEver, "552")] {
            let smtp = Smtp::start().await;
            waiting(home, MAILS).await;
            smtp.will(&[answer; MAILS]);
            let worker = worker(home, &smtp.url());
            try_all(&worker).await;
            let mut failed = home.mails().await;
            failed.retain(|mail| mail.state == MailState::Failed);
            assert_eq!(failed.len(), MAILS);
            for mail in failed {
                assert_eq!((mail.attempts, mail.obstacle), (1, Some(SendFailure::Refused)));
                assert!(mail.problem.contains(said), "{}", mail.problem);
            }
            let mut change = home.change(&administrator).await;
            assert_eq!(outbox::desk::send_all_again(&mut change).await.unwrap(), MAILS as u64);
            change.commit().await.unwrap();
            try_all(&worker).await;
            assert_eq!(smtp.received().len(), MAILS);
        }
    })
    .await;
}
