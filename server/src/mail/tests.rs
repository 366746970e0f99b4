//! The bytes of built messages. Nothing that people typed may become a header or markup.

use super::{
    message::{MessageBuilder, render},
    template_values::TemplateValues,
};
use domain::{Language, OutboxId, Timestamp};
use store::{
    Secret,
    outbox::{Content, MailKind, delivery::DueMail},
};

const ID: &str = "0193d1f4-0000-7000-8000-000000000001";
const SECRET: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const BEFORE: &str = "0193d1f4-0000-7000-8000-000000000000";

fn builder() -> MessageBuilder {
    MessageBuilder {
        from: "Spilno <portal@example.com>".parse().unwrap(),
        base_url: "https://portal.example:8443".to_owned(),
    }
}

fn due(kind: MailKind, content: Content) -> DueMail {
    DueMail {
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
        unsubscribe: kind.notification_kind().and(Secret::parse(SECRET)),
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
    let mut due = due(MailKind::TicketAnswer, answer("Yes."));
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
    let due = due(MailKind::TicketAnswer, answer("Yes."));
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
    let mut due = due(MailKind::TicketAnswer, answer("Yes."));
    due.built = Some(b"the first attempt's bytes".to_vec());
    assert_eq!(built(&due), "the first attempt's bytes");
}

#[test]
fn mandatory_messages_have_no_unsubscribe_header() {
    for kind in MailKind::ALL {
        let message = built(&due(*kind, Content::new("/somewhere")));
        assert_eq!(
            header(&message, "List-Unsubscribe").is_some(),
            kind.notification_kind().is_some(),
            "{}",
            kind.name()
        );
    }
}

#[test]
fn names_and_subjects_cannot_inject_headers() {
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
        let mut due = due(MailKind::TicketAnswer, answer("Yes."));
        due.address = address.to_owned();
        assert!(builder().build(&due, "").is_err(), "{address:?}");
    }
}

#[test]
fn quotes_are_escaped_in_both_parts() {
    let values = TemplateValues::new(
        &due(MailKind::TicketAnswer, answer("1 < 2 & <b>bold</b>\n\n.\nlast")),
        "A & B",
        "https://portal.example",
    );
    let html = render("message.html", &values).unwrap();
    let text = render("message.txt", &values).unwrap();
    assert!(html.contains("1 &lt; 2 &amp; &lt;b&gt;bold&lt;&#x2f;b&gt;<br>"), "{html}");
    assert!(html.contains("A &amp; B"), "{html}");
    assert!(!html.contains("<b>"), "{html}");
    assert!(text.contains("> 1 < 2 & <b>bold</b>\n> \n> .\n> last\n"), "{text}");
    assert!(text.contains("A & B"), "{text}");
    assert!(text.contains("\nhttps://portal.example/tickets/1\n"), "{text}");
}

#[test]
fn preview_shows_the_quote() {
    let long = "Замінимо ніжку. ".repeat(20);
    for (text, shown) in [("Yes.\n\nTomorrow.", "Yes. Tomorrow."), ("", "Taras answered:"), (&long, "Замінимо ніжку.")]
    {
        let values = TemplateValues::new(&due(MailKind::TicketAnswer, answer(text)), "", "");
        assert!(values.preview.starts_with(shown) && values.preview.chars().count() <= 141, "{}", values.preview);
    }
}

#[test]
fn a_person_without_an_account_is_not_greeted_by_name() {
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

/// Writes every kind of message in both languages to a folder and prints its path: `cargo nextest run -p server
/// write_sample_messages --run-ignored all --no-capture`.
#[test]
#[ignore = "writes files to look at"]
fn write_sample_messages() {
    let folder = std::env::temp_dir().join("spilno-mails");
    std::fs::create_dir_all(&folder).unwrap();
    for language in Language::ALL {
        for kind in MailKind::ALL {
            let due = DueMail {
                language,
                name: Some(by_language(language, "Олена", "Olena")),
                ..due(*kind, sample(*kind, language))
            };
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

fn by_language(language: Language, uk: &str, en: &str) -> String {
    if language == Language::Uk { uk } else { en }.to_owned()
}

fn sample(kind: MailKind, language: Language) -> Content {
    let secret = if kind.is_about_account() { SECRET } else { "0193d1f4-0000-7000-8000-000000000000" };
    let content = Content::new(format!("/somewhere/{secret}"))
        .with("who", by_language(language, "Тарас Бондаренко", "Taras Bondarenko"))
        .with("customer", "ТОВ «Кав’ярня на Подолі»")
        .with("organisation", "ТОВ «Кав’ярня на Подолі»")
        .with("company", "Дім і дерево")
        .with("design", by_language(language, "Обідній стіл для тераси", "Dining table for the terrace"))
        .with("order", 1042)
        .with("step", by_language(language, "Шліфування й олія", "Sanding and oil"))
        .with("carrier", "Нова пошта")
        .with("tracking", "20450123456789");
    let is_about_ticket = kind.name().starts_with("ticket");
    let content = match is_about_ticket {
        true => content
            .with("ticket", 1007)
            .with("subject", by_language(language, "Подряпина на ніжці", "A scratch on a leg")),
        false => content,
    };
    let has_quote = is_about_ticket || ["design-comment", "proposal", "declined-staff"].contains(&kind.name());
    if !has_quote {
        return content;
    }
    content.quoting(by_language(
        language,
        "Дякуємо за фото. Ніжку замінимо: нову зробимо до п’ятниці, а кур’єр забере стару.\n\nЯкщо вам зручніше, можемо \
         прислати майстра з олією: він затре подряпину на місці за пів години.",
        "Thank you for the picture. We will replace the leg: the new one is ready by Friday, and the courier takes the \
         old one along.\n\nIf you like that better, someone comes with oil and mends it on the spot in half an hour.",
    ))
}
