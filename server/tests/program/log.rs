//! The program's log: lines can be joined by the ids in their spans, and they contain no secrets.

use super::{
    client,
    message_load::sign_in,
    process::{self, Process},
    smtp_server::SmtpServer,
    support::{Home, on_both},
};
use domain::{
    CommentId, Language, PersonId, Span,
    document::{Comment, Replica},
};
use futures_util::{SinkExt, StreamExt};
use std::time::Duration;
use store::{Clock, account::reset, design::start::InitialContent};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;
use yrs::{
    sync::{self, SyncMessage},
    updates::encoder::Encode,
};

/// Sets the test's clock to that of the program and creates a company.
async fn create_company(home: &Home) {
    home.pass(Span(Clock::System.now().0 - home.now().0));
    home.company().await;
}

/// Starts the program with a debug log, which includes the statements of the store.
async fn start(home: &Home, smtp_url: &str) -> (Process, u16) {
    let port = process::free_port();
    (process::start_with_log(&home.url, port, smtp_url, "debug").await, port)
}

/// Waits until the log has a line that contains all these parts, and returns the line.
async fn wait_for_line(process: &Process, parts: &[&str]) -> String {
    let find = || process.log().lines().find(|line| parts.iter().all(|part| line.contains(part))).map(str::to_owned);
    let found = async {
        loop {
            if let Some(line) = find() {
                return line;
            }
            sleep(Duration::from_millis(10)).await;
        }
    };
    let found = timeout(Duration::from_secs(10), found).await;
    found.unwrap_or_else(|_| panic!("no line has {parts:?}:\n{}", process.log()))
}

fn request_id(response: &str) -> &str {
    response.split("x-request-id: ").nth(1).unwrap().lines().next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_of_the_app_and_the_store_have_the_request_id() {
    on_both(async |home| {
        create_company(home).await;
        let (process, port) = start(home, "").await;
        let form = [("email", "nobody@example.com"), ("password", "not-the-password")];
        let (status, response) = client::post_form(port, "/sign-in", "", &form).await.unwrap();
        assert_eq!(status, 422);
        let span = format!("request{{id=\"{}\" method=POST path=\"/sign-in\"}}", request_id(&response));
        wait_for_line(&process, &[&span, "app::", "sign-in refused"]).await;
        wait_for_line(&process, &[&span, "sqlx::query", "FROM person"]).await;
        wait_for_line(&process, &[&span, "request handled", "status=422"]).await;
        let log = process.log();
        assert!(!log.contains("nobody@example.com") && !log.contains("not-the-password"), "{log}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_with_secrets_are_logged_as_their_route() {
    on_both(async |home| {
        create_company(home).await;
        let (process, port) = start(home, "").await;
        let secret = "5ec4e7".repeat(11)[..64].to_owned();
        for route in ["/join/", "/reset/", "/confirm/", "/unsubscribe/"] {
            let (_, response) = client::page(port, &format!("{route}{secret}?{secret}"), "").await.unwrap();
            let span = format!("request{{id=\"{}\" method=GET path=\"{route}{{secret}}\"}}", request_id(&response));
            wait_for_line(&process, &[&span, "request handled"]).await;
            client::post(port, &format!("{route}{secret}"), &secret, &[("password", &secret)]).await.unwrap();
        }
        // No route matches.
        let (_, response) = client::page(port, &format!("/join/{secret}/{secret}"), &secret).await.unwrap();
        let span = format!("request{{id=\"{}\" method=GET path=\"-\"}}", request_id(&response));
        wait_for_line(&process, &[&span, "request handled", "status=404"]).await;
        let log = process.log();
        let lines: Vec<_> = log.lines().filter(|line| line.contains(&secret)).collect();
        assert!(lines.is_empty(), "{lines:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_about_a_mail_have_its_outbox_id() {
    on_both(async |home| {
        create_company(home).await;
        home.customer("Olena").await;
        reset::request(&home.store, "olena@example.com", Language::En).await.unwrap();
        let (secret_path, id) = {
            let mail = home.mails().await.pop().unwrap();
            (mail.content.path, mail.id.to_string())
        };
        let smtp = SmtpServer::start().await;
        let (process, _) = start(home, &smtp.url()).await;
        let span = format!("mail_worker:mail{{id={id} kind=\"reset-password\"}}");
        wait_for_line(&process, &[&span, "sent"]).await;
        wait_for_line(&process, &[&span, "sqlx::query", "UPDATE outbox"]).await;
        let log = process.log();
        let secret = secret_path.rsplit('/').next().unwrap();
        assert!(!log.contains("olena@example.com") && !log.contains(secret), "{log}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_about_a_room_have_the_design_and_the_connection() {
    on_both(async |home| {
        create_company(home).await;
        home.offer_table().await;
        let olena = home.customer("Olena").await;
        let design = home.design(&olena, &InitialContent::default()).await;
        let session = sign_in(home, &olena).await;
        let (process, port) = start(home, "").await;
        let mut socket = client::connect(port, &format!("/sync/{design}"), session.reveal()).await.unwrap();
        socket.next().await.unwrap().unwrap();
        // A comment in the name of another person is refused.
        let forged = Comment {
            id: CommentId::from_uuid(Uuid::now_v7()),
            author: PersonId::from_uuid(Uuid::now_v7()),
            name: "Taras".to_owned(),
            text: "a secret wish".to_owned(),
            at: home.now(),
        };
        let forged = Replica::with_client_id(1).add_comment(&forged).unwrap().unwrap();
        let accepted = Replica::with_client_id(2).set_brief("another secret wish").unwrap().unwrap();
        for update in [forged, accepted] {
            let frame = sync::Message::Sync(SyncMessage::Update(update)).encode_v1();
            socket.send(Message::binary(frame)).await.unwrap();
        }
        let line = wait_for_line(&process, &[&format!("room{{design={design}"), "an update was refused"]).await;
        assert!(line.contains(&format!("room{{design={design} connection=")), "{line}");
        let room = format!("room{{design={design}");
        wait_for_line(&process, &[&room, "sqlx::query", "INSERT INTO design_update"]).await;
        let log = process.log();
        assert!(!log.contains(session.reveal()) && !log.contains("secret wish"), "{log}");
    })
    .await;
}
