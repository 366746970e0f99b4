//! The way out: a mail server, or none.

use super::letter::Letter;
use anyhow::{anyhow, bail};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{self, AsyncSmtpTransportBuilder, PoolConfig},
};
use std::time::Duration;

/// How many messages leave at the same time, each over a connection of its own.
pub(super) const AT_ONCE: u32 = 8;
/// The mail server must answer each command within this time.
const ANSWER_TIME: Duration = Duration::from_secs(20);

pub(super) type Smtp = AsyncSmtpTransport<Tokio1Executor>;

pub enum Transport {
    /// No mail server: messages stay in the database, where staff see them.
    Desk,
    Smtp(Smtp),
}

/// Why a message did not leave.
#[derive(Debug)]
pub(super) struct Failure {
    pub problem: String,
    /// The mail server will never take this message, however often it is sent.
    pub forever: bool,
}

impl Transport {
    /// `smtp_url` as the settings have it; empty for none. A connection is made with the first message.
    pub fn open(smtp_url: &str) -> anyhow::Result<Self> {
        if smtp_url.is_empty() {
            return Ok(Transport::Desk);
        }
        let pool = PoolConfig::new().max_size(AT_ONCE).idle_timeout(Duration::from_secs(30));
        Ok(Transport::Smtp(builder(smtp_url)?.timeout(Some(ANSWER_TIME)).pool_config(pool).build()))
    }
}

pub(super) async fn send(smtp: &Smtp, letter: &Letter) -> Result<(), Failure> {
    smtp.send_raw(&letter.envelope, &letter.bytes).await.map(|_| ()).map_err(Failure::from)
}

/// Whether this `smtp_url` can be used, as far as its words tell.
pub fn check_url(smtp_url: &str) -> anyhow::Result<()> {
    if smtp_url.is_empty() { Ok(()) } else { builder(smtp_url).map(|_| ()) }
}

fn builder(smtp_url: &str) -> anyhow::Result<AsyncSmtpTransportBuilder> {
    Smtp::from_url(&lettre_url(smtp_url)?).map_err(|_| anyhow!(EXPECTED))
}

const EXPECTED: &str = "smtp_url: expected smtp://USER:PASSWORD@HOST:PORT (encrypted by STARTTLS) or \
    smtps://USER:PASSWORD@HOST:PORT (encrypted from the start); smtp://HOST:PORT?tls=none without either";

/// What lettre calls it: to lettre, smtp:// alone means no encryption, and ours must never mean that.
fn lettre_url(url: &str) -> anyhow::Result<String> {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    match (address.split_once("://"), query) {
        (Some(("smtps", _)), "") => Ok(address.to_owned()),
        (Some(("smtp", _)), "") => Ok(format!("{address}?tls=required")),
        (Some(("smtp", rest)), "tls=none") => {
            if rest.contains('@') {
                bail!("smtp_url: tls=none would send the password unencrypted; leave one of them out");
            }
            Ok(address.to_owned())
        }
        _ => bail!(EXPECTED),
    }
}

impl From<smtp::Error> for Failure {
    fn from(error: smtp::Error) -> Self {
        let code = error.status().map(u16::from);
        // A password that the server does not take is our setting's fault, not the message's: it can be mended.
        let sign_in = matches!(code, Some(530 | 534 | 535 | 538));
        let forever = error.is_permanent() && !sign_in;
        let mut problem = error.to_string();
        if let Some(cause) = std::error::Error::source(&error) {
            problem = format!("{problem}: {cause}");
        }
        let problem = problem.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect();
        Failure { problem, forever }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_not_said_to_be_open_is_encrypted() {
        for (ours, lettres) in [
            ("smtp://mail.example", "smtp://mail.example?tls=required"),
            ("smtp://me:secret@mail.example:587", "smtp://me:secret@mail.example:587?tls=required"),
            ("smtps://me:secret@mail.example", "smtps://me:secret@mail.example"),
            ("smtp://127.0.0.1:2525?tls=none", "smtp://127.0.0.1:2525"),
        ] {
            assert_eq!(lettre_url(ours).unwrap(), lettres);
            assert!(matches!(Transport::open(ours), Ok(Transport::Smtp(_))), "{ours}");
        }
        assert!(matches!(Transport::open(""), Ok(Transport::Desk)));
    }

    #[test]
    fn what_cannot_be_used_is_refused_by_name() {
        for url in [
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://mail.example?tls=opportunistic",
            "smtps://mail.example?tls=none",
            "smtp://me:secret@127.0.0.1?tls=none",
            "smtp://mail.example:port",
        ] {
            let error = Transport::open(url).err().map(|error| format!("{error:#}")).unwrap_or_default();
            assert!(error.starts_with("smtp_url: "), "{url}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
