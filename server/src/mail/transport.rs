//! The mail transport: an SMTP server, or none.

use super::message::OutgoingMessage;
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
use store::outbox::delivery::Failure;
use tokio::time::timeout;

/// The number of messages that are sent concurrently, each over its own connection.
pub(super) const CONCURRENCY: u32 = 8;
/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);
/// How long sending a message may take before it is retried later. Shorter than the lease, so that no other worker
/// leases the message meanwhile.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(90);

pub enum Transport {
    /// No mail server is configured: messages stay in the database, where staff can read them.
    Database,
    Smtp(Box<Smtp>),
}

/// A mail server and a pool of connections to it.
pub struct Smtp {
    builder: AsyncSmtpTransportBuilder,
    connections: Mutex<Connections>,
}

type Connections = AsyncSmtpTransport<Tokio1Executor>;

impl Transport {
    /// Takes the settings `smtp_url` and `smtp_ca`, which may be empty. Connects when the first message is sent.
    pub fn open(smtp_url: &str, smtp_ca: &Path) -> anyhow::Result<Self> {
        if smtp_url.is_empty() {
            return Ok(Transport::Database);
        }
        let pool = PoolConfig::new().max_size(CONCURRENCY).idle_timeout(Duration::from_secs(30));
        let builder = builder(smtp_url, smtp_ca)?.timeout(Some(CONNECT_TIMEOUT)).pool_config(pool);
        let connections = Mutex::new(builder.clone().build());
        Ok(Transport::Smtp(Box::new(Smtp { builder, connections })))
    }
}

impl Smtp {
    pub(super) async fn send(&self, message: &OutgoingMessage) -> Result<(), Failure> {
        let connections = self.connections().clone();
        match timeout(MESSAGE_TIMEOUT, connections.send_raw(&message.envelope, &message.bytes)).await {
            Ok(sent) => sent.map(|_| ()).map_err(|error| failure(&error)),
            Err(_) => {
                // Replaces the pool, so that the aborted connection is not used again: its late answer would be taken
                // for the answer to the next message.
                *self.connections() = self.builder.clone().build();
                let problem = format!("the mail server did not answer within {} s", MESSAGE_TIMEOUT.as_secs());
                Err(Failure { obstacle: SendFailure::Timeout, problem, is_permanent: false })
            }
        }
    }

    fn connections(&self) -> MutexGuard<'_, Connections> {
        self.connections.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Checks these settings without connecting to the mail server.
pub fn check(smtp_url: &str, smtp_ca: &Path) -> anyhow::Result<()> {
    if !smtp_url.is_empty() {
        builder(smtp_url, smtp_ca)?;
    } else if !smtp_ca.as_os_str().is_empty() {
        tls_parameters(smtp_ca, "")?;
    }
    Ok(())
}

fn builder(smtp_url: &str, smtp_ca: &Path) -> anyhow::Result<AsyncSmtpTransportBuilder> {
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&lettre_url(smtp_url)?);
    let builder = builder.map_err(|_| anyhow!(EXPECTED))?;
    if smtp_ca.as_os_str().is_empty() { Ok(builder) } else { Ok(builder.tls(encryption(smtp_url, smtp_ca)?)) }
}

/// Returns the kind of encryption that the URL names, trusting only this certificate authority.
fn encryption(smtp_url: &str, smtp_ca: &Path) -> anyhow::Result<Tls> {
    let host = smtp_url.parse::<Uri>().ok().and_then(|url| url.host().map(str::to_owned)).unwrap_or_default();
    // URLs have IPv6 addresses in brackets; certificates do not.
    let parameters = tls_parameters(smtp_ca, host.trim_matches(['[', ']']))?;
    match smtp_url.split_once("://") {
        Some(("smtps", _)) => Ok(Tls::Wrapper(parameters)),
        Some((_, rest)) if !rest.contains('?') => Ok(Tls::Required(parameters)),
        _ => bail!("smtp_ca: expected with an smtp_url that encrypts, but smtp_url has tls=none; remove one of them"),
    }
}

/// Trusts this certificate authority only, not the public ones.
fn tls_parameters(smtp_ca: &Path, host: &str) -> anyhow::Result<TlsParameters> {
    const PEM_HEADER: &str = "-----BEGIN CERTIFICATE-----";
    let file = smtp_ca.display();
    let invalid =
        |problem: String| anyhow!("smtp_ca: expected a PEM file with the certificate of an authority, but {problem}");
    let pem = std::fs::read(smtp_ca).map_err(|error| invalid(format!("{file} cannot be read: {error}")))?;
    if !String::from_utf8_lossy(&pem).contains(PEM_HEADER) {
        return Err(invalid(format!("{file} has no line {PEM_HEADER}")));
    }
    let unreadable =
        |error: smtp::Error| invalid(format!("the certificate in {file} is damaged: {}", with_causes(&error)));
    TlsParameters::builder(host.to_owned())
        .certificate_store(CertificateStore::None)
        .add_root_certificate(Certificate::from_pem(&pem).map_err(unreadable)?)
        .build()
        .map_err(unreadable)
}

const EXPECTED: &str = "smtp_url: expected smtp://USER:PASSWORD@HOST:PORT (encrypted by STARTTLS) or \
    smtps://USER:PASSWORD@HOST:PORT (encrypted from the start); smtp://HOST:PORT?tls=none without either";

/// Converts our URL to lettre's. In lettre `smtp://` means no encryption, but in our settings it means STARTTLS.
fn lettre_url(url: &str) -> anyhow::Result<String> {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    match (address.split_once("://"), query) {
        (Some(("smtps", _)), "") => Ok(address.to_owned()),
        (Some(("smtp", _)), "") => Ok(format!("{address}?tls=required")),
        (Some(("smtp", rest)), "tls=none") => {
            if rest.contains('@') {
                bail!("smtp_url: tls=none would send the password unencrypted; remove one of them");
            }
            Ok(address.to_owned())
        }
        _ => bail!(EXPECTED),
    }
}

fn failure(error: &smtp::Error) -> Failure {
    let code = error.status().map(u16::from);
    let problem = with_causes(error);
    let obstacle = match code {
        // Caused by the settings and not by the message, so the message is retried.
        Some(530 | 534 | 535 | 538) => SendFailure::Credentials,
        Some(454) => SendFailure::Unencrypted,
        Some(550..=556) => SendFailure::Refused,
        Some(_) => SendFailure::Deferred,
        None if error.is_timeout() => SendFailure::Timeout,
        None if problem.contains("certificate") => SendFailure::Certificate,
        None if problem.contains("STARTTLS") => SendFailure::Unencrypted,
        None if problem.contains("authentication") => SendFailure::Credentials,
        // The address needs an extension that the mail server does not support.
        None if error.is_client() => SendFailure::Content,
        None => SendFailure::Unreachable,
    };
    let problem = problem.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect();
    Failure { obstacle, problem, is_permanent: matches!(obstacle, SendFailure::Refused | SendFailure::Content) }
}

/// Formats the error with its causes.
fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        // Some errors already include their cause.
        let cause_text = error.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn urls_without_tls_none_are_encrypted() {
        for (ours, lettres) in [
            ("smtp://mail.example", "smtp://mail.example?tls=required"),
            ("smtp://me:secret@mail.example:587", "smtp://me:secret@mail.example:587?tls=required"),
            ("smtps://me:secret@mail.example", "smtps://me:secret@mail.example"),
            ("smtp://127.0.0.1:2525?tls=none", "smtp://127.0.0.1:2525"),
        ] {
            assert_eq!(lettre_url(ours).unwrap(), lettres);
            assert!(matches!(Transport::open(ours, Path::new("")), Ok(Transport::Smtp(_))), "{ours}");
        }
        assert!(matches!(Transport::open("", Path::new("")), Ok(Transport::Database)));
    }

    #[test]
    fn invalid_urls_are_rejected_with_the_setting_name() {
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
