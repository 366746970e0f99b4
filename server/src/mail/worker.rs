//! Takes due messages, several at a time, until it is told to stop.

use super::{
    letter::Sender,
    transport::{AT_ONCE, Smtp, Transport},
};
use crate::settings::Settings;
use anyhow::Context;
use domain::SendFailure;
use futures_util::future::join_all;
use std::{pin::pin, time::Duration};
use store::{
    Store, company,
    outbox::work::{self, Due, Failure},
};
use tokio::{sync::watch, time};

/// How often the outbox is looked at without a call: other programs on the same database put messages into it too.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How long the messages that are on their way may take after the stop.
const STOP_TIME: Duration = Duration::from_secs(8);

/// How long mails that are only kept may gather.
const MOMENT: Duration = Duration::from_millis(100);

pub struct Worker {
    store: Store,
    transport: Transport,
    sender: Sender,
}

impl Worker {
    pub fn new(store: Store, transport: Transport, settings: &Settings) -> anyhow::Result<Self> {
        let from =
            settings.mail_from.parse().context("mail_from: expected an address such as Spilno <a@example.com>")?;
        Ok(Self { store, transport, sender: Sender { from, base_url: settings.base_url() } })
    }

    /// Runs until `stopped` turns true. What is on its way then is finished; what could not be, is sent by the next
    /// run when its lease has ended.
    pub async fn run(self, stopped: watch::Receiver<bool>) {
        let mut too_late = pin!(too_late(stopped.clone()));
        while !*stopped.borrow() {
            let sent = tokio::select! {
                sent = self.round() => sent,
                () = &mut too_late => {
                    tracing::warn!("some messages did not leave in time; they will be sent after the next start");
                    return;
                }
            };
            match sent {
                Ok(0) => self.wait(stopped.clone()).await,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!("outbox: {error}");
                    self.wait(stopped.clone()).await;
                }
            }
        }
    }

    /// Sends what is due now, as many as leave at once, or keeps it all; tells how many it took.
    pub async fn round(&self) -> store::Result<u64> {
        let Transport::Smtp(smtp) = &self.transport else { return self.keep().await };
        let due = work::take(&self.store, AT_ONCE.into()).await?;
        if due.is_empty() {
            return Ok(0);
        }
        let company = company::find(&mut *self.store.read().await?).await?;
        let company = company.map_or_else(|| "Spilno".to_owned(), |company| company.name);
        for done in join_all(due.iter().map(|due| self.deliver(smtp, due, &company))).await {
            done?;
        }
        Ok(due.len() as u64)
    }

    /// Without a mail server. Nobody waits for it, so those of a moment are kept together.
    async fn keep(&self) -> store::Result<u64> {
        let kept = work::keep(&self.store).await?;
        if kept > 0 {
            time::sleep(MOMENT).await;
        }
        Ok(kept)
    }

    async fn deliver(&self, smtp: &Smtp, due: &Due, company: &str) -> store::Result<()> {
        let letter = match self.sender.letter(due, company) {
            Ok(letter) => letter,
            Err(error) => {
                let failure = Failure { obstacle: SendFailure::Content, problem: format!("{error:#}"), forever: true };
                return self.failed(due, failure).await;
            }
        };
        // Kept before they leave, so that whatever happens next, only these bytes can leave again.
        if due.built.is_none() && !work::keep_built(&self.store, due, &letter.bytes).await? {
            // Another worker took it meanwhile.
            return Ok(());
        }
        match smtp.send(&letter).await {
            Ok(()) => {
                tracing::debug!(message = %due.id, kind = due.kind.name(), "sent");
                work::mark_sent(&self.store, due).await
            }
            Err(failure) => self.failed(due, failure).await,
        }
    }

    /// The log does not name the problem: mail servers repeat the address in it. Staff see it at the desk.
    async fn failed(&self, due: &Due, failure: Failure) -> store::Result<()> {
        let Failure { obstacle, forever, .. } = failure;
        let (kind, obstacle) = (due.kind.name(), obstacle.name());
        tracing::warn!(message = %due.id, kind, attempts = due.attempts, obstacle, forever, "a mail did not leave");
        work::mark_failed(&self.store, due, &failure).await
    }

    /// Until something may be due, or the stop.
    async fn wait(&self, mut stopped: watch::Receiver<bool>) {
        let next = work::next_due(&self.store).await.ok().flatten();
        let left = next.map(|next| next.0.saturating_sub(self.store.clock().now().0));
        let left = left.map(|left| Duration::from_millis(left.max(0).unsigned_abs()));
        tokio::select! {
            _ = stopped.wait_for(|stopped| *stopped) => {}
            () = self.store.wait_for_mail() => {}
            () = time::sleep(left.map_or(LOOK_EVERY, |left| left.min(LOOK_EVERY))) => {}
        }
    }
}

/// Resolves when all that is on its way should have arrived after the stop.
async fn too_late(mut stopped: watch::Receiver<bool>) {
    // An error says that the sender is gone, which is a stop too.
    let _ = stopped.wait_for(|stopped| *stopped).await;
    time::sleep(STOP_TIME).await;
}
