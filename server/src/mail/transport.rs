//! The way out: a mail server, or none.

use super::letter::Letter;
use anyhow::{anyhow, bail};
use axum::http::Uri;
use domain::SendFailure;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{
        self, AsyncSmtpTransportBuilder, PoolConfig,
        client::{Certificate, CertificateStore, Tls, TlsParameters},
    },
};
use std::{
    error::Error,
    path::Path,
    sync::{Mutex, MutexGuard},
    time::Duration,
};
use store::outbox::work::Failure;
use tokio::time::timeout;

/// How many messages leave at the same time, each over a connection of its own.
pub(super) const AT_ONCE: u32 = 8;
/// A connection must come about within this time.
const CONNECT_TIME: Duration = Duration::from_secs(20);
/// A message that takes longer is tried again later. Shorter than the lease, so that nobody else has it meanwhile.
const MESSAGE_TIME: Duration = Duration::from_secs(90);

pub enum Transport {
    /// No mail server: messages stay in the database, where staff see them.
    Desk,
    Smtp(Box<Smtp>),
}

/// A mail server and the connections to it.
pub struct Smtp {
    builder: AsyncSmtpTransportBuilder,
    connections: Mutex<Connections>,
}

type Connections = AsyncSmtpTransport<Tokio1Executor>;

impl Transport {
    /// `smtp_url` and `smtp_ca` as the settings have them; empty for none. A connection is made with the first message.
    pub fn open(smtp_url: &str, smtp_ca: &Path) -> anyhow::Result<Self> {
        if smtp_url.is_empty() {
            return Ok(Transport::Desk);
        }
        let pool = PoolConfig::new().max_size(AT_ONCE).idle_timeout(Duration::from_secs(30));
        let builder = builder(smtp_url, smtp_ca)?.timeout(Some(CONNECT_TIME)).pool_config(pool);
        let connections = Mutex::new(builder.clone().build());
        Ok(Transport::Smtp(Box::new(Smtp { builder, connections })))
    }
}

impl Smtp {
    pub(super) async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        let connections = self.connections().clone();
        match timeout(MESSAGE_TIME, connections.send_raw(&letter.envelope, &letter.bytes)).await {
            Ok(sent) => sent.map(|_| ()).map_err(|error| failure(&error)),
            Err(_) => {
                // A connection that was left in the middle of a talk is never used again: the answer that comes late
                // would be taken for that to the next message.
                *self.connections() = self.builder.clone().build();
                let problem = format!("no answer within {} s", MESSAGE_TIME.as_secs());
                Err(Failure { obstacle: SendFailure::Timeout, problem, forever: false })
            }
        }
    }

    fn connections(&self) -> MutexGuard<'_, Connections> {
        self.connections.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Whether these settings can be used, as far as can be told without asking the mail server.
pub fn check(smtp_url: &str, smtp_ca: &Path) -> anyhow::Result<()> {
    if !smtp_url.is_empty() {
        builder(smtp_url, smtp_ca)?;
    } else if !smtp_ca.as_os_str().is_empty() {
        trusting(smtp_ca, "")?;
    }
    Ok(())
}

fn builder(smtp_url: &str, smtp_ca: &Path) -> anyhow::Result<AsyncSmtpTransportBuilder> {
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&lettre_url(smtp_url)?);
    let builder = builder.map_err(|_| anyhow!(EXPECTED))?;
    if smtp_ca.as_os_str().is_empty() { Ok(builder) } else { Ok(builder.tls(encryption(smtp_url, smtp_ca)?)) }
}

/// Encryption as the address asks for it, with a server for which this authority vouches.
fn encryption(smtp_url: &str, smtp_ca: &Path) -> anyhow::Result<Tls> {
    let host = smtp_url.parse::<Uri>().ok().and_then(|url| url.host().map(str::to_owned)).unwrap_or_default();
    // Addresses of IPv6 stand in brackets.
    let parameters = trusting(smtp_ca, host.trim_matches(['[', ']']))?;
    match smtp_url.split_once("://") {
        Some(("smtps", _)) => Ok(Tls::Wrapper(parameters)),
        Some((_, rest)) if !rest.contains('?') => Ok(Tls::Required(parameters)),
        _ => bail!("smtp_ca: expected with an smtp_url that encrypts, but that says tls=none; leave one of them out"),
    }
}

/// Who has an authority of their own trusts no other.
fn trusting(smtp_ca: &Path, host: &str) -> anyhow::Result<TlsParameters> {
    const BEGINS: &str = "-----BEGIN CERTIFICATE-----";
    let file = smtp_ca.display();
    let wrong = |what: String| anyhow!("smtp_ca: expected a PEM file with the certificate of an authority, but {what}");
    let pem = std::fs::read(smtp_ca).map_err(|error| wrong(format!("{file} cannot be read: {error}")))?;
    if !String::from_utf8_lossy(&pem).contains(BEGINS) {
        return Err(wrong(format!("{file} has no line {BEGINS}")));
    }
    let unreadable = |error: smtp::Error| wrong(format!("the certificate in {file} is damaged: {}", chain(&error)));
    TlsParameters::builder(host.to_owned())
        .certificate_store(CertificateStore::None)
        .add_root_certificate(Certificate::from_pem(&pem).map_err(unreadable)?)
        .build()
        .map_err(unreadable)
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

fn failure(error: &smtp::Error) -> Failure {
    let code = error.status().map(u16::from);
    let problem = chain(error);
    let obstacle = match code {
        // What the settings have brought about, not the message: it can be mended.
        Some(530 | 534 | 535 | 538) => SendFailure::Credentials,
        Some(454) => SendFailure::Unencrypted,
        Some(550..=556) => SendFailure::Refused,
        Some(_) => SendFailure::Deferred,
        None if error.is_timeout() => SendFailure::Timeout,
        None if problem.contains("certificate") => SendFailure::Certificate,
        None if problem.contains("STARTTLS") => SendFailure::Unencrypted,
        None if problem.contains("authentication") => SendFailure::Credentials,
        // The address needs abilities that the mail server does not have.
        None if error.is_client() => SendFailure::Content,
        None => SendFailure::Unreachable,
    };
    let problem = problem.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect();
    Failure { obstacle, problem, forever: matches!(obstacle, SendFailure::Refused | SendFailure::Content) }
}

/// The error with all that caused it.
fn chain(error: &dyn Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        // Some errors say their cause themselves.
        let words = error.to_string();
        if !said.contains(&words) {
            said = format!("{said}: {words}");
        }
        cause = error.source();
    }
    said
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
            assert!(matches!(Transport::open(ours, Path::new("")), Ok(Transport::Smtp(_))), "{ours}");
        }
        assert!(matches!(Transport::open("", Path::new("")), Ok(Transport::Desk)));
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
            let error = Transport::open(url, Path::new("")).err().map(|error| format!("{error:#}")).unwrap_or_default();
            assert!(error.starts_with("smtp_url: "), "{url}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
