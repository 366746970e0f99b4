//! A message as it leaves: headers, a text part and an HTML part. All that it depends on is in the outbox row, the
//! company's name and the settings.

use super::words::{Words, one_line, words};
use anyhow::{Context, Result};
use domain::OutboxId;
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use minijinja::{
    Environment,
    syntax::SyntaxConfig,
    value::{Serde, Value},
};
use std::{
    sync::LazyLock,
    time::{Duration, UNIX_EPOCH},
};
use store::outbox::delivery::DueMail;

/// What all messages of this portal share.
pub(super) struct Sender {
    pub from: Mailbox,
    pub base_url: String,
}

pub(super) struct Letter {
    /// The sender's and the recipient's address as the mail server is told them.
    pub envelope: Envelope,
    /// A second building would give the parts another boundary: these are kept and sent as they are.
    pub bytes: Vec<u8>,
}

static TEMPLATES: LazyLock<Result<Environment<'static>, minijinja::Error>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    // The ending of a template's name decides whether what is filled in is escaped.
    templates.add_template("letter.txt", include_str!("letter.txt"))?;
    templates.add_template("letter.html", include_str!("letter.html"))?;
    templates.add_global("font", "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif");
    // Lists of mails would go on with the mail's first words: signs without width keep these out of sight.
    templates.add_global("preview_end", Value::from_safe_string("&#8199;&#65279;&#847;".repeat(60)));
    Ok(templates)
});

impl Sender {
    /// The letter as an earlier attempt built it, else a new one.
    pub fn letter(&self, due: &DueMail, company: &str) -> Result<Letter> {
        let to: Address = due.address.parse().context("the address cannot be written to")?;
        let envelope = Envelope::new(Some(self.from.email.clone()), vec![to.clone()])?;
        let bytes = match &due.built {
            Some(built) => built.clone(),
            None => self.build(due, to, company)?,
        };
        Ok(Letter { envelope, bytes })
    }

    fn build(&self, due: &DueMail, to: Address, company: &str) -> Result<Vec<u8>> {
        let words = words(due, company, &self.base_url);
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(due.name.as_deref().map(one_line), to))
            .subject(words.subject.clone())
            .date(UNIX_EPOCH + Duration::from_millis(due.created_at.0.max(0).unsigned_abs()))
            .message_id(Some(self.message_id(due.id)))
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", words.language));
        if let Some(before) = due.answers {
            let before = self.message_id(before);
            message = message.in_reply_to(before.clone()).references(before);
        }
        if let Some(unsubscribe) = &words.unsubscribe {
            message = message.raw_header(header("List-Unsubscribe", &format!("<{}>", unsubscribe.link)));
            // RFC 8058 lets mail programs post to encrypted addresses only.
            if unsubscribe.link.starts_with("https://") {
                message = message.raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
            }
        }
        let parts = MultiPart::alternative_plain_html(fill("letter.txt", &words)?, fill("letter.html", &words)?);
        Ok(message.multipart(parts)?.formatted())
    }

    /// Stable: the same message always has the same.
    fn message_id(&self, id: OutboxId) -> String {
        let host = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, host)| host);
        // A port is no part of the name; the colons of an IPv6 address in brackets are.
        let host = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host,
        };
        format!("<{id}@{host}>")
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

pub(super) fn fill(template: &str, words: &Words) -> Result<String> {
    let templates = TEMPLATES.as_ref().map_err(|error| anyhow::anyhow!("mail templates: {error}"))?;
    Ok(templates.get_template(template)?.render(Serde(words))?)
}
