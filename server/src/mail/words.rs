//! What a mail says, in the person's language.

use domain::{Language, mail::MailKind};
use locales::{mail, t};
use store::outbox::work::Due;

/// The words of one mail; what they are filled with is plain text, whatever it looks like.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Words {
    pub language: &'static str,
    pub company: String,
    pub subject: String,
    /// A ticket's own subject; elsewhere the mail's.
    pub heading: String,
    /// What lists of mails show beside the subject.
    pub preview: String,
    pub greeting: String,
    pub paragraphs: Vec<String>,
    pub quote: Vec<String>,
    /// Which files came along; they are on the page that the button opens.
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

pub(super) fn words(due: &Due, company: &str, base_url: &str) -> Words {
    let language = due.language;
    let (kind, content) = (due.content.kind(), &due.content);
    let quote = content.quote().unwrap_or_default();
    let paragraphs: Vec<String> = mail::text(language, content).split("\n\n").map(str::to_owned).collect();
    let subject = one_line(&mail::subject(language, content));
    Words {
        language: language.tag(),
        company: company.to_owned(),
        heading: content.ticket().map_or_else(|| subject.clone(), |ticket| one_line(&ticket.subject)),
        preview: preview(&paragraphs, quote),
        subject,
        greeting: match &due.name {
            Some(name) => t!(language, "mail-greeting-name", name = name),
            None => t!(language, "mail-greeting"),
        },
        paragraphs,
        quote: quote.lines().map(str::to_owned).collect(),
        files: content
            .ticket()
            .and_then(|ticket| ticket.files.as_ref())
            .map(|files| t!(language, "mail-files", files = files)),
        button: mail::button(language, content),
        link: format!("{base_url}{}", content.link().path()),
        link_hint: t!(language, "mail-link-hint"),
        footer: footer(language, kind, company),
        unsubscribe: kind.notice().zip(due.unsubscribe.as_ref()).map(|(notice, secret)| Unsubscribe {
            text: t!(language, &format!("mail-unsubscribe-{}", notice.name())),
            link: format!("{base_url}/unsubscribe/{}", secret.reveal()),
        }),
    }
}

/// The words of a person, where the mail carries some: they are what its reader looks for.
fn preview(paragraphs: &[String], quote: &str) -> String {
    const LONG: usize = 140;
    let said = if quote.trim().is_empty() { paragraphs.join(" ") } else { quote.to_owned() };
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}

/// Why the person gets this mail.
fn footer(language: Language, kind: MailKind, company: &str) -> String {
    let why = match kind.notice() {
        Some(notice) => notice.name(),
        None if kind.is_about_account() => "account",
        None => "must",
    };
    t!(language, &format!("mail-footer-{why}"), company = company)
}

/// Headers are single lines: a line break in a subject would begin another header.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}
