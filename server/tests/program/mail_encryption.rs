//! Mail servers with a valid certificate, with an invalid one, and without encryption; and authentication.

use super::{
    certificate::Authority,
    mail_worker::{check_arrived, enqueue_mails, newest_mail, send_all, send_due, worker_with_ca},
    smtp_server::{Encryption, SmtpServer},
    support::{Home, on_both},
};
use domain::{MailState, SendFailure};
use std::path::Path;

const USER: &str = "portal:p%40ss%3Aw%2Frd@";
/// The user name and the password in the AUTH PLAIN encoding.
const PASSWORD: &str = "AHBvcnRhbABwQHNzOncvcmQ=";

#[tokio::test]
async fn mails_are_sent_to_a_server_certified_by_the_configured_authority() {
    on_both(async |home| {
        let authority = Authority::new();
        let config = authority.server_config("127.0.0.1");
        for encryption in [Encryption::StartTls(config.clone()), Encryption::Implicit(config)] {
            let smtp = SmtpServer::start_with(encryption, Some(PASSWORD)).await;
            enqueue_mails(home, 3).await;
            send_due(&worker_with_ca(home, &smtp.url_with_tls(USER), &authority.file)).await;
            assert_eq!(newest_mail(home).await.problem, "");
            assert_eq!(smtp.received().len(), 3);
            assert!(
                smtp.unencrypted_commands().iter().all(|command| is_harmless(command)),
                "{:?}",
                smtp.unencrypted_commands()
            );
        }
    })
    .await;
}

/// Whether the command may be sent unencrypted.
fn is_harmless(command: &str) -> bool {
    command.starts_with("EHLO ") || ["STARTTLS", "QUIT"].contains(&command)
}

/// Checks that neither mails nor the password are sent to this server, that the mails have this obstacle, and that they
/// are sent later by another server.
async fn check_nothing_is_sent(home: &Home, encryption: Encryption, trusted: &Path, obstacle: SendFailure) {
    let smtp = SmtpServer::start_with(encryption, Some(PASSWORD)).await;
    let worker = worker_with_ca(home, &smtp.url_with_tls(USER), trusted);
    enqueue_mails(home, 3).await;
    for _ in 0..2 {
        send_due(&worker).await;
        let mail = newest_mail(home).await;
        assert_eq!((mail.state, mail.obstacle), (MailState::Waiting, Some(obstacle)), "{}", mail.problem);
        assert!(!mail.problem.is_empty());
        home.pass(domain::Span::seconds(10));
    }
    assert_eq!(smtp.received(), []);
    assert!(
        smtp.unencrypted_commands().iter().all(|command| is_harmless(command)),
        "{:?}",
        smtp.unencrypted_commands()
    );
    let working = SmtpServer::start().await;
    send_all(home, &worker_with_ca(home, &working.url(), Path::new(""))).await;
    assert_eq!(working.received().len(), 3);
}

#[tokio::test]
async fn nothing_is_sent_to_a_server_of_an_untrusted_authority() {
    on_both(async |home| {
        let (ours, theirs) = (Authority::new(), Authority::new());
        let config = theirs.server_config("127.0.0.1");
        let no_file = Path::new("");
        for trusted in [&ours.file, no_file] {
            for encryption in [Encryption::StartTls(config.clone()), Encryption::Implicit(config.clone())] {
                check_nothing_is_sent(home, encryption, trusted, SendFailure::Certificate).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_to_a_server_with_another_host_name() {
    on_both(async |home| {
        let authority = Authority::new();
        let config = authority.server_config("mail.example.com");
        check_nothing_is_sent(home, Encryption::StartTls(config), &authority.file, SendFailure::Certificate).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_to_a_server_without_encryption() {
    on_both(async |home| {
        let authority = Authority::new();
        for encryption in [Encryption::None, Encryption::Broken] {
            check_nothing_is_sent(home, encryption.clone(), &authority.file, SendFailure::Unencrypted).await;
            check_nothing_is_sent(home, encryption, Path::new(""), SendFailure::Unencrypted).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_leaves_mails_waiting() {
    on_both(async |home| {
        let authority = Authority::new();
        let smtp =
            SmtpServer::start_with(Encryption::StartTls(authority.server_config("127.0.0.1")), Some(PASSWORD)).await;
        enqueue_mails(home, 3).await;
        send_due(&worker_with_ca(home, &smtp.url_with_tls("portal:guess@"), &authority.file)).await;
        let mail = newest_mail(home).await;
        assert_eq!((mail.state, mail.obstacle), (MailState::Waiting, Some(SendFailure::Credentials)));
        assert!(mail.problem.contains("535") && !mail.problem.contains("guess"), "{}", mail.problem);
        assert_eq!(smtp.received(), []);
        send_all(home, &worker_with_ca(home, &smtp.url_with_tls(USER), &authority.file)).await;
        assert_eq!(check_arrived(home, &smtp.received()).await, 0);
    })
    .await;
}
