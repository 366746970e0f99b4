//! The bytes of built messages. Nothing that people typed may become a header or markup.

use super::{
    message::{MessageBuilder, render},
    template_values::TemplateValues,
};
use domain::{
    Language, OutboxId, Timestamp,
    mail::{Link, LinkSecret, MailContent, MailKind, TicketText, sample},
};
use store::{Secret, outbox::delivery::DueMail};

const ID: &str = "0193d1f4-0000-7000-8000-000000000001";
const SECRET: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const BEFORE: &str = "0193d1f4-0000-7000-8000-000000000000";

fn builder() -> MessageBuilder {
    MessageBuilder {
        from: "Spilno <portal@example.com>".parse().unwrap(),
        base_url: "https://portal.example:8443".to_owned(),
    }
}

fn due(content: MailContent) -> DueMail {
    DueMail {
        id: ID.parse::<OutboxId>().unwrap(),
        address: "olena@example.com".to_owned(),
        name: Some("Olena".to_owned()),
        language: Language::En,
        unsubscribe: content.kind().notification_kind().and(Secret::parse(SECRET)),
        content,
        answers: None,
        created_at: Timestamp(1_732_450_000_000),
        attempts: 1,
        built: None,
    }
}

fn built(due: &DueMail) -> String {
    String::from_utf8(builder().build(due, "Дім і дерево").unwrap().bytes).unwrap()
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
fn a_message_has_its_own_id_and_that_of_the_message_it_answers() {
    let mut due = due(answer("Yes."));
    due.answers = Some(BEFORE.parse().unwrap());
    let message = built(&due);
    assert_eq!(header(&message, "Message-ID"), Some(format!("<{ID}@portal.example>")));
    assert_eq!(header(&message, "In-Reply-To"), Some(format!("<{BEFORE}@portal.example>")));
    assert_eq!(header(&message, "References"), Some(format!("<{BEFORE}@portal.example>")));
    assert_eq!(header(&message, "Date").as_deref(), Some("Sun, 24 Nov 2024 12:06:40 +0000"));
    assert_eq!(header(&message, "Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(header(&message, "Subject").as_deref(), Some("[no. 1007] The drawer sticks"));
}

#[test]
fn one_click_unsubscription_is_offered_over_https_only() {
    let link = format!("https://portal.example:8443/unsubscribe/{SECRET}");
    let due = due(answer("Yes."));
    let message = built(&due);
    assert_eq!(header(&message, "List-Unsubscribe"), Some(format!("<{link}>")));
    assert_eq!(header(&message, "List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    let values = TemplateValues::new(&due, "A & B", "https://portal.example:8443");
    for part in ["message.txt", "message.html"] {
        let part = render(part, &values).unwrap();
        assert!(part.replace("&#x2f;", "/").contains(&link), "{part}");
        assert!(part.contains("Unsubscribe from emails about tickets"), "{part}");
    }
    let plain = MessageBuilder { base_url: "http://127.0.0.1:3000".to_owned(), ..builder() };
    let message = String::from_utf8(plain.build(&due, "").unwrap().bytes).unwrap();
    assert!(header(&message, "List-Unsubscribe").is_some());
    assert_eq!(header(&message, "List-Unsubscribe-Post"), None);
}

#[test]
fn a_message_built_before_is_reused() {
    let mut due = due(answer("Yes."));
    due.built = Some(b"the first attempt's bytes".to_vec());
    assert_eq!(built(&due), "the first attempt's bytes");
}

#[test]
fn mandatory_messages_have_no_unsubscribe_header() {
    for kind in MailKind::ALL {
        let message = built(&due(sample(*kind, Language::En)));
        let is_optional = kind.notification_kind().is_some();
        assert_eq!(header(&message, "List-Unsubscribe").is_some(), is_optional, "{}", kind.name());
    }
}

#[test]
fn names_and_subjects_cannot_inject_headers() {
    let hostile = "x\r\nBcc: everyone@example.com\r\n\r\n<script>";
    let ticket = TicketText { number: 1007, subject: hostile.to_owned(), files: None };
    let (link, who, quote) = (ticket_link(), hostile.to_owned(), String::new());
    let mut due = due(MailContent::TicketAnswer { link, who, ticket, quote });
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
            "List-Unsubscribe-Post",
            "MIME-Version",
            "Content-Type",
        ];
        assert!(known.contains(&name), "{line}");
    }
    let envelope = builder().build(&due, "").unwrap().envelope;
    assert_eq!(envelope.to().len(), 1);
}

#[test]
fn invalid_addresses_are_rejected() {
    for address in ["", "olena", "olena@example.com\r\nRCPT TO:<x@example.com>", "a@b@c"] {
        let mut due = due(answer("Yes."));
        due.address = address.to_owned();
        assert!(builder().build(&due, "").is_err(), "{address:?}");
    }
}

#[test]
fn quotes_are_escaped_in_both_parts() {
    let values = TemplateValues::new(&due(answer("1 < 2 & <b>bold</b>\n\n.\nlast")), "A & B", "https://portal.example");
    let html = render("message.html", &values).unwrap();
    let text = render("message.txt", &values).unwrap();
    assert!(html.contains("1 &lt; 2 &amp; &lt;b&gt;bold&lt;&#x2f;b&gt;<br>"), "{html}");
    assert!(html.contains("A &amp; B"), "{html}");
    assert!(!html.contains("<b>"), "{html}");
    assert!(text.contains("> 1 < 2 & <b>bold</b>\n> \n> .\n> last\n"), "{text}");
    assert!(text.contains("A & B"), "{text}");
    assert!(text.contains(&format!("\nhttps://portal.example/tickets/{BEFORE}\n")), "{text}");
}

#[test]
fn preview_shows_the_quote() {
    let long = "Замінимо ніжку. ".repeat(20);
    for (text, shown) in [("Yes.\n\nTomorrow.", "Yes. Tomorrow."), ("", "Taras answered:"), (&long, "Замінимо ніжку.")]
    {
        let values = TemplateValues::new(&due(answer(text)), "", "");
        assert!(values.preview.starts_with(shown) && values.preview.chars().count() <= 141, "{}", values.preview);
    }
}

#[test]
fn a_person_without_an_account_is_not_greeted_by_name() {
    let name = "BUY http://spam.example".to_owned();
    let mut due = due(MailContent::ResetPassword { link: Link::ResetPassword(LinkSecret::new("1")), name });
    due.name = None;
    assert!(!built(&due).contains("spam"));
}

fn answer(text: &str) -> MailContent {
    MailContent::TicketAnswer {
        link: ticket_link(),
        who: "Taras".to_owned(),
        ticket: TicketText { number: 1007, subject: "The drawer sticks".to_owned(), files: None },
        quote: text.to_owned(),
    }
}

fn ticket_link() -> Link {
    Link::Ticket(BEFORE.parse().unwrap())
}

/// Each mail in each language, as text and as HTML: its texts, its link, and nothing left to fill in.
#[test]
fn every_mail_has_its_texts_and_its_link() {
    for language in Language::ALL {
        for kind in MailKind::ALL {
            let due = DueMail { language, ..due(sample(*kind, language)) };
            let values = TemplateValues::new(&due, "A & B", "https://portal.example");
            assert_eq!(values.link, format!("https://portal.example{}", due.content.link().path()));
            for part in ["message.txt", "message.html"] {
                let message = render(part, &values).unwrap();
                assert!(message.replace("&#x2f;", "/").contains(&values.link), "{}: {message}", kind.name());
                assert!(!message.contains("mail-") && !message.contains("{$"), "{}: {message}", kind.name());
            }
        }
    }
}

/// Writes every kind of message in both languages to a folder and prints its path: `cargo nextest run -p server
/// write_sample_messages --run-ignored all --no-capture`.
#[test]
#[ignore = "writes files to look at"]
fn write_sample_messages() {
    let folder = std::env::temp_dir().join("spilno-mails");
    std::fs::create_dir_all(&folder).unwrap();
    for language in Language::ALL {
        for kind in MailKind::ALL {
            let name = if language == Language::Uk { "Олена" } else { "Olena" };
            let due = DueMail { language, name: Some(name.to_owned()), ..due(sample(*kind, language)) };
            let values = TemplateValues::new(&due, "Дім і дерево", "https://portal.example.com");
            for part in ["message.txt", "message.html"] {
                let file = part.replace("message", &format!("{}-{}", kind.name(), language.tag()));
                let subject = if part == "message.txt" { format!("{}\n\n", values.subject) } else { String::new() };
                std::fs::write(folder.join(file), subject + &render(part, &values).unwrap()).unwrap();
            }
        }
    }
    println!("{}", folder.display());
}
