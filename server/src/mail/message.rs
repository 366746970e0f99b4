//! Builds messages: headers, a text part and an HTML part. A message depends only on its outbox row, the company's name
//! and the settings.

use super::template_values::{TemplateValues, single_line};
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

/// Builds messages from this sender, with links to this portal.
pub(super) struct MessageBuilder {
    pub from: Mailbox,
    pub base_url: String,
}

/// A message that can be sent.
pub(super) struct OutgoingMessage {
    /// The sender and the recipient for the SMTP dialogue.
    pub envelope: Envelope,
    /// The whole message. Building it again would give other bytes (the MIME boundary is random), so the bytes are
    /// stored and every attempt sends the same.
    pub bytes: Vec<u8>,
}

static TEMPLATES: LazyLock<Result<Environment<'static>, minijinja::Error>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    // minijinja escapes values in templates whose name ends in .html.
    templates.add_template("message.txt", include_str!("message.txt"))?;
    templates.add_template("message.html", include_str!("message.html"))?;
    templates.add_global("font", "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif");
    // Mail programs fill the rest of the preview line with the message's first words. Invisible characters prevent
    // that.
    templates.add_global("preview_end", Value::from_safe_string("&#8199;&#65279;&#847;".repeat(60)));
    Ok(templates)
});

impl MessageBuilder {
    /// Returns the message that an earlier attempt built, or builds it.
    pub fn build(&self, due: &DueMail, company: &str) -> Result<OutgoingMessage> {
        let to: Address = due.address.parse().context("the recipient's address is invalid")?;
        let envelope = Envelope::new(Some(self.from.email.clone()), vec![to.clone()])?;
        let bytes = match &due.built {
            Some(built) => built.clone(),
            None => self.format(due, to, company)?,
        };
        Ok(OutgoingMessage { envelope, bytes })
    }

    fn format(&self, due: &DueMail, to: Address, company: &str) -> Result<Vec<u8>> {
        let values = TemplateValues::new(due, company, &self.base_url);
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(due.name.as_deref().map(single_line), to))
            .subject(values.subject.clone())
            .date(UNIX_EPOCH + Duration::from_millis(due.created_at.0.max(0).unsigned_abs()))
            .message_id(Some(self.message_id(due.id)))
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", values.language));
        if let Some(before) = due.answers {
            let before = self.message_id(before);
            message = message.in_reply_to(before.clone()).references(before);
        }
        if let Some(unsubscribe) = &values.unsubscribe {
            message = message.raw_header(header("List-Unsubscribe", &format!("<{}>", unsubscribe.link)));
            // RFC 8058 allows one-click unsubscription over HTTPS only.
            if unsubscribe.link.starts_with("https://") {
                message = message.raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
            }
        }
        let parts =
            MultiPart::alternative_plain_html(render("message.txt", &values)?, render("message.html", &values)?);
        Ok(message.multipart(parts)?.formatted())
    }

    /// The same outbox row always has the same Message-ID.
    fn message_id(&self, id: OutboxId) -> String {
        let host = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, host)| host);
        // Removes the port, but not the last group of an IPv6 address in brackets.
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

pub(super) fn render(template: &str, values: &TemplateValues) -> Result<String> {
    let templates = TEMPLATES.as_ref().map_err(|error| anyhow::anyhow!("mail templates: {error}"))?;
    Ok(templates.get_template(template)?.render(Serde(values))?)
}
