//! The values for the mail templates, in the recipient's language.

use domain::{Language, mail::MailKind};
use locales::{mail, t};
use store::outbox::delivery::DueMail;

/// The values of one message. All of them are plain text; the HTML template escapes them.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct TemplateValues {
    pub language: &'static str,
    pub company: String,
    pub subject: String,
    /// The ticket's subject in messages about tickets, else the message's subject.
    pub heading: String,
    /// What mail programs show beside the subject in the list of messages.
    pub preview: String,
    pub greeting: String,
    pub paragraphs: Vec<String>,
    pub quote: Vec<String>,
    /// The names of attached files. They are not in the message but on the page that the button opens.
    pub files: Option<String>,
    pub button: String,
    pub link: String,
    pub link_hint: String,
    pub footer: String,
    pub unsubscribe: Option<Unsubscribe>,
}

#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Unsubscribe {
    pub text: String,
    pub link: String,
}

impl TemplateValues {
    pub(super) fn new(due: &DueMail, company: &str, base_url: &str) -> Self {
        let language = due.language;
        let (kind, content, ticket) = (due.content.kind(), &due.content, due.content.ticket());
        let quote = content.quote().unwrap_or_default();
        let paragraphs: Vec<String> = mail::text(language, content).split("\n\n").map(str::to_owned).collect();
        let subject = single_line(&mail::subject(language, content));
        Self {
            language: language.tag(),
            company: company.to_owned(),
            heading: ticket.map_or_else(|| subject.clone(), |ticket| single_line(&ticket.subject)),
            preview: preview(&paragraphs, quote),
            subject,
            greeting: match &due.name {
                Some(name) => t!(language, "mail-greeting-name", name = name),
                None => t!(language, "mail-greeting"),
            },
            paragraphs,
            quote: quote.lines().map(str::to_owned).collect(),
            files: ticket
                .and_then(|ticket| ticket.files.as_ref())
                .map(|files| t!(language, "mail-files", files = files)),
            button: mail::button(language, content),
            link: format!("{base_url}{}", content.link().path()),
            link_hint: t!(language, "mail-link-hint"),
            footer: footer(language, kind, company),
            unsubscribe: kind.notification_kind().zip(due.unsubscribe.as_ref()).map(|(notice, secret)| Unsubscribe {
                text: t!(language, &format!("mail-unsubscribe-{}", notice.name())),
                link: format!("{base_url}/unsubscribe/{}", secret.reveal()),
            }),
        }
    }
}

/// Returns the beginning of the quoted text if there is one, else of the message's text.
fn preview(paragraphs: &[String], quote: &str) -> String {
    const LENGTH: usize = 140;
    let text = if quote.trim().is_empty() { paragraphs.join(" ") } else { quote.to_owned() };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// Returns the reason why the person receives this message.
fn footer(language: Language, kind: MailKind, company: &str) -> String {
    let reason = match kind.notification_kind() {
        Some(notice) => notice.name(),
        None if kind.is_about_account() => "account",
        None => "must",
    };
    t!(language, &format!("mail-footer-{reason}"), company = company)
}

/// Replaces control characters: a line break in a header's value would begin another header.
pub(super) fn single_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}
