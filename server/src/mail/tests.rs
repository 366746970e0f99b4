//! What leaves, byte by byte: nothing that people typed can become a header or markup.

use super::letter::Sender;
use domain::{Language, OutboxId, Timestamp};
use store::outbox::{Content, MailKind, work::Due};

const ID: &str = "0193d1f4-0000-7000-8000-000000000001";
const BEFORE: &str = "0193d1f4-0000-7000-8000-000000000000";

fn sender() -> Sender {
    Sender { from: "Spilno <portal@example.com>".parse().unwrap(), base_url: "https://portal.example:8443".to_owned() }
}

fn due(kind: MailKind, content: Content) -> Due {
    Due {
        id: ID.parse::<OutboxId>().unwrap(),
        kind,
        address: "olena@example.com".to_owned(),
        name: Some("Olena".to_owned()),
        language: Language::En,
        content,
        answers: None,
        created_at: Timestamp(1_732_450_000_000),
        attempts: 1,
        built: None,
    }
}

fn built(due: &Due) -> String {
    String::from_utf8(sender().letter(due, "Дім і дерево").unwrap().bytes).unwrap()
}

/// Header lines with folded ones joined.
fn headers(message: &str) -> Vec<String> {
    let head = message.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
    head.split("\r\n").map(str::to_owned).collect()
}

fn header(message: &str, name: &str) -> Option<String> {
    let prefix = format!("{name}: ");
    headers(message).into_iter().find_map(|line| line.strip_prefix(&prefix).map(str::to_owned))
}

#[test]
fn a_message_carries_its_own_number_and_that_of_the_one_before() {
    let mut due = due(MailKind::TicketAnswer, answer("Yes."));
    due.answers = Some(BEFORE.parse().unwrap());
    let message = built(&due);
    assert_eq!(header(&message, "Message-ID"), Some(format!("<{ID}@portal.example>")));
    assert_eq!(header(&message, "In-Reply-To"), Some(format!("<{BEFORE}@portal.example>")));
    assert_eq!(header(&message, "References"), Some(format!("<{BEFORE}@portal.example>")));
    assert_eq!(header(&message, "Date").as_deref(), Some("Sun, 24 Nov 2024 12:06:40 +0000"));
    assert_eq!(header(&message, "Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(header(&message, "Subject").as_deref(), Some("[no. 1007] The drawer sticks"));
    assert_eq!(header(&message, "List-Unsubscribe").as_deref(), Some("<https://portal.example:8443/profile/notices>"));
}

#[test]
fn what_was_built_is_sent_again_as_it_is() {
    let mut due = due(MailKind::TicketAnswer, answer("Yes."));
    due.built = Some(b"the first attempt's bytes".to_vec());
    assert_eq!(built(&due), "the first attempt's bytes");
}

#[test]
fn what_people_must_know_has_no_way_to_stop_it() {
    for kind in MailKind::ALL {
        let message = built(&due(*kind, Content::new("/somewhere")));
        assert_eq!(header(&message, "List-Unsubscribe").is_some(), kind.notice().is_some(), "{}", kind.name());
    }
}

#[test]
fn names_and_subjects_cannot_begin_another_header() {
    let hostile = "x\r\nBcc: everyone@example.com\r\n\r\n<script>";
    let content = Content::new("/tickets/1").with("ticket", hostile).with("subject", hostile).with("who", hostile);
    let mut due = due(MailKind::TicketAnswer, content);
    due.name = Some(hostile.to_owned());
    let message = built(&due);
    for line in headers(&message) {
        let name = line.split(':').next().unwrap_or_default();
        let known = [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "Content-Language",
            "List-Unsubscribe",
            "MIME-Version",
            "Content-Type",
        ];
        assert!(known.contains(&name), "{line}");
    }
    let envelope = sender().letter(&due, "").unwrap().envelope;
    assert_eq!(envelope.to().len(), 1);
}

#[test]
fn addresses_that_are_none_are_told_apart() {
    for address in ["", "olena", "olena@example.com\r\nRCPT TO:<x@example.com>", "a@b@c"] {
        let mut due = due(MailKind::TicketAnswer, answer("Yes."));
        due.address = address.to_owned();
        assert!(sender().letter(&due, "").is_err(), "{address:?}");
    }
}

#[test]
fn words_of_people_are_words_in_both_parts() {
    let words = super::words::words(
        &due(MailKind::TicketAnswer, answer("1 < 2 & <b>bold</b>\n\n.\nlast")),
        "A & B",
        "https://portal.example",
    );
    let html = super::letter::fill("letter.html", &words).unwrap();
    let text = super::letter::fill("letter.txt", &words).unwrap();
    assert!(html.contains("1 &lt; 2 &amp; &lt;b&gt;bold&lt;&#x2f;b&gt;<br>"), "{html}");
    assert!(html.contains("A &amp; B"), "{html}");
    assert!(!html.contains("<b>"), "{html}");
    assert!(text.contains("> 1 < 2 & <b>bold</b>\n> \n> .\n> last\n"), "{text}");
    assert!(text.contains("A & B"), "{text}");
    assert!(text.contains("\nhttps://portal.example/tickets/1\n"), "{text}");
}

#[test]
fn a_stranger_is_not_greeted_by_name() {
    let mut due = due(MailKind::ConfirmAddress, Content::new("/confirm/1").with("name", "BUY http://spam.example"));
    due.name = None;
    assert!(!built(&due).contains("spam"));
}

fn answer(text: &str) -> Content {
    Content::new("/tickets/1")
        .with("ticket", 1007)
        .with("subject", "The drawer sticks")
        .with("who", "Taras")
        .quoting(text)
}
