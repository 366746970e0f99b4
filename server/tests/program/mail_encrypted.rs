//! Mail servers that encrypt, by the right certificate, by a wrong one, or not at all; and signing in to them.

use super::{
    certificate::Authority,
    mailing::{arrived, mail, try_all, until_none_waits, waiting, worker_trusting},
    smtp::{Encryption, Smtp},
    support::{Home, on_both},
};
use domain::{MailState, SendFailure};
use std::path::Path;

const USER: &str = "portal:p%40ss%3Aw%2Frd@";
/// The user and the password as AUTH PLAIN says them.
const PASSWORD: &str = "AHBvcnRhbABwQHNzOncvcmQ=";

#[tokio::test]
async fn who_the_own_authority_vouches_for_gets_mails_and_the_password() {
    on_both(async |home| {
        let authority = Authority::new();
        let config = authority.server("127.0.0.1");
        for encryption in [Encryption::StartTls(config.clone()), Encryption::FromTheStart(config)] {
            let smtp = Smtp::start_with(encryption, Some(PASSWORD)).await;
            waiting(home, 3).await;
            try_all(&worker_trusting(home, &smtp.url_with_tls(USER), &authority.file)).await;
            assert_eq!(mail(home).await.problem, "");
            assert_eq!(smtp.received().len(), 3);
            assert!(smtp.overheard().iter().all(|command| is_harmless(command)), "{:?}", smtp.overheard());
        }
    })
    .await;
}

/// What may be said where everybody can read it.
fn is_harmless(command: &str) -> bool {
    command.starts_with("EHLO ") || ["STARTTLS", "QUIT"].contains(&command)
}

/// Nothing is said to this server, not even unencrypted; staff see what is wrong, and when it is mended the mails leave.
async fn told_nothing(home: &Home, encryption: Encryption, trusted: &Path, obstacle: SendFailure) {
    let smtp = Smtp::start_with(encryption, Some(PASSWORD)).await;
    let worker = worker_trusting(home, &smtp.url_with_tls(USER), trusted);
    waiting(home, 3).await;
    for _ in 0..2 {
        try_all(&worker).await;
        let mail = mail(home).await;
        assert_eq!((mail.state, mail.obstacle), (MailState::Waiting, Some(obstacle)), "{}", mail.problem);
        assert!(!mail.problem.is_empty());
        home.pass(domain::Span::seconds(10));
    }
    assert_eq!(smtp.received(), []);
    assert!(smtp.overheard().iter().all(|command| is_harmless(command)), "{:?}", smtp.overheard());
    let mended = Smtp::start().await;
    until_none_waits(home, &worker_trusting(home, &mended.url(), Path::new(""))).await;
    assert_eq!(mended.received().len(), 3);
}

#[tokio::test]
async fn who_a_stranger_vouches_for_is_told_nothing() {
    on_both(async |home| {
        let (ours, theirs) = (Authority::new(), Authority::new());
        let config = theirs.server("127.0.0.1");
        let nobody = Path::new("");
        for trusted in [&ours.file, nobody] {
            for encryption in [Encryption::StartTls(config.clone()), Encryption::FromTheStart(config.clone())] {
                told_nothing(home, encryption, trusted, SendFailure::Certificate).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn who_goes_by_another_name_is_told_nothing() {
    on_both(async |home| {
        let authority = Authority::new();
        let config = authority.server("mail.example.com");
        told_nothing(home, Encryption::StartTls(config), &authority.file, SendFailure::Certificate).await;
    })
    .await;
}

#[tokio::test]
async fn who_does_not_encrypt_is_told_nothing() {
    on_both(async |home| {
        let authority = Authority::new();
        for encryption in [Encryption::No, Encryption::Broken] {
            told_nothing(home, encryption.clone(), &authority.file, SendFailure::Unencrypted).await;
            told_nothing(home, encryption, Path::new(""), SendFailure::Unencrypted).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_leaves_mails_waiting() {
    on_both(async |home| {
        let authority = Authority::new();
        let smtp = Smtp::start_with(Encryption::StartTls(authority.server("127.0.0.1")), Some(PASSWORD)).await;
        waiting(home, 3).await;
        try_all(&worker_trusting(home, &smtp.url_with_tls("portal:guess@"), &authority.file)).await;
        let mail = mail(home).await;
        assert_eq!((mail.state, mail.obstacle), (MailState::Waiting, Some(SendFailure::Credentials)));
        assert!(mail.problem.contains("535") && !mail.problem.contains("guess"), "{}", mail.problem);
        assert_eq!(smtp.received(), []);
        until_none_waits(home, &worker_trusting(home, &smtp.url_with_tls(USER), &authority.file)).await;
        assert_eq!(arrived(home, &smtp.received()).await, 0);
    })
    .await;
}
