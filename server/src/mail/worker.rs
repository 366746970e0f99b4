//! The mail worker. It sends due messages of the outbox, several concurrently, until it is stopped.

use super::{
    message::MessageBuilder,
    transport::{CONCURRENCY, Smtp, Transport},
};
use anyhow::Context;
use domain::SendFailure;
use futures_util::future::join_all;
use std::{pin::pin, time::Duration};
use store::{
    Store, company,
    outbox::delivery::{self, DueMail, Failure},
};
use tokio::{sync::watch, time};
use tracing::{Instrument, error_span};

/// How often the outbox is polled without a notification: other programs may insert messages into the same database.
const POLL_INTERVAL: Duration = Duration::from_secs(5);
/// How long messages that are being sent may take after the shutdown has begun.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(8);
/// The pause between two batches of messages that are archived without being sent.
const ARCHIVE_PAUSE: Duration = Duration::from_millis(100);

pub struct Worker {
    store: Store,
    transport: Transport,
    builder: MessageBuilder,
}

impl Worker {
    /// Takes the setting `mail_from` and the portal's base URL.
    pub fn new(store: Store, transport: Transport, mail_from: &str, base_url: String) -> anyhow::Result<Self> {
        let from = mail_from.parse().context("mail_from: expected an address such as Spilno <a@example.com>")?;
        Ok(Self { store, transport, builder: MessageBuilder { from, base_url } })
    }

    /// Runs until `stopped` becomes true, then finishes the messages that are being sent. Those that cannot be finished
    /// in time are sent again by a later run, after their lease has expired.
    pub async fn run(self, stopped: watch::Receiver<bool>) {
        self.run_until(stopped).instrument(error_span!("mail_worker")).await;
    }

    async fn run_until(self, stopped: watch::Receiver<bool>) {
        let mut shutdown_timeout = pin!(shutdown_timeout(stopped.clone()));
        while !*stopped.borrow() {
            let processed = tokio::select! {
                processed = self.process_batch() => processed,
                () = &mut shutdown_timeout => {
                    tracing::warn!("some messages were not sent in time; they will be sent after the next start");
                    return;
                }
            };
            match processed {
                Ok(0) => self.wait(stopped.clone()).await,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "the outbox could not be processed");
                    self.wait(stopped.clone()).await;
                }
            }
        }
    }

    /// Sends one batch of due messages and returns their number. Without a mail server archives all due messages
    /// instead.
    pub async fn process_batch(&self) -> store::Result<u64> {
        let Transport::Smtp(smtp) = &self.transport else { return self.archive().await };
        let due = delivery::lease_due(&self.store, CONCURRENCY.into()).await?;
        if due.is_empty() {
            return Ok(0);
        }
        let company = company::find(&mut *self.store.read().await?).await?;
        let company = company.map_or_else(|| "Spilno".to_owned(), |company| company.name);
        let deliveries = due.iter().map(|due| {
            let span = error_span!("mail", id = %due.id, kind = due.content.kind().name());
            self.deliver(smtp, due, &company).instrument(span)
        });
        for delivered in join_all(deliveries).await {
            delivered?;
        }
        Ok(due.len() as u64)
    }

    /// Archives due messages in the database. Nothing waits for this, so the pause lets more messages collect for the
    /// next batch.
    async fn archive(&self) -> store::Result<u64> {
        let archived = delivery::mark_due_as_kept(&self.store).await?;
        if archived > 0 {
            time::sleep(ARCHIVE_PAUSE).await;
        }
        Ok(archived)
    }

    async fn deliver(&self, smtp: &Smtp, due: &DueMail, company: &str) -> store::Result<()> {
        let message = match self.builder.build(due, company) {
            Ok(message) => message,
            Err(error) => {
                let failure =
                    Failure { obstacle: SendFailure::Content, problem: format!("{error:#}"), is_permanent: true };
                return self.record_failure(due, failure).await;
            }
        };
        // The bytes are stored before they are sent, so that every later attempt sends the same bytes.
        if due.built.is_none() && !delivery::save_built(&self.store, due, &message.bytes).await? {
            // The lease has expired and another worker has leased the message.
            return Ok(());
        }
        match smtp.send(&message).await {
            Ok(()) => {
                tracing::debug!("sent");
                delivery::mark_sent(&self.store, due).await
            }
            Err(failure) => self.record_failure(due, failure).await,
        }
    }

    /// Logs the failure without the mail server's answer, which may contain the recipient's address. Staff can read the
    /// answer at the desk.
    async fn record_failure(&self, due: &DueMail, failure: Failure) -> store::Result<()> {
        let Failure { obstacle, is_permanent, .. } = failure;
        tracing::warn!(attempts = due.attempts, obstacle = obstacle.name(), permanent = is_permanent, "sending failed");
        delivery::mark_failed(&self.store, due, &failure).await
    }

    /// Waits until a message may be due or the shutdown begins.
    async fn wait(&self, mut stopped: watch::Receiver<bool>) {
        let next = delivery::next_due(&self.store).await.ok().flatten();
        let left = next.map(|next| next.0.saturating_sub(self.store.clock().now().0));
        let left = left.map(|left| Duration::from_millis(left.max(0).unsigned_abs()));
        tokio::select! {
            _ = stopped.wait_for(|stopped| *stopped) => {}
            () = self.store.wait_for_mail() => {}
            () = time::sleep(left.map_or(POLL_INTERVAL, |left| left.min(POLL_INTERVAL))) => {}
        }
    }
}

/// Resolves [`SHUTDOWN_TIMEOUT`] after the shutdown has begun.
async fn shutdown_timeout(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender was dropped, which is a shutdown too.
    let _ = stopped.wait_for(|stopped| *stopped).await;
    time::sleep(SHUTDOWN_TIMEOUT).await;
}
