//! A change: one transaction, who makes it, and when. History and outbox are written through it, so that nothing is
//! changed without being remembered and nothing is announced that did not happen.

use crate::{
    Result, Secret,
    batch::{Batch, Row},
    database::{Kind, Transaction},
    outbox::Mail,
    row::Columns,
};
use domain::{
    CustomerId, DesignId, PersonId, Span, SubmissionId, Timestamp,
    policy::{Action, Actor, Owner},
};
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use sqlx::AnyConnection;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use tokio::sync::{Notify, broadcast};
use uuid::{Builder, Uuid};

/// Where the time comes from.
#[derive(Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// A clock that tests set by hand, in milliseconds since 1970.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    pub fn now(&self) -> Timestamp {
        match self {
            Clock::System => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Clock::Manual(millis) => Timestamp(millis.load(Ordering::SeqCst)),
        }
    }
}

/// What those who are connected now must learn at once. Told after the commit; who was not connected reads it from the
/// records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// The design is approved and takes no more edits.
    DesignLocked(DesignId),
    /// Beside the document there is something new about the design: a version, a proposal, an answer.
    DesignNews(DesignId),
    /// What this person may do has changed, or their name.
    PersonChanged(PersonId),
    /// A session of this person has ended, or all have.
    SessionEnded(PersonId),
}

/// Those in this process who wait for what a commit brings.
#[derive(Clone)]
pub(crate) struct Listeners {
    pub mail_waiting: Arc<Notify>,
    pub live: broadcast::Sender<Live>,
}

impl Default for Listeners {
    fn default() -> Self {
        Self { mail_waiting: Arc::default(), live: broadcast::Sender::new(1_024) }
    }
}

pub struct Change {
    transaction: Transaction,
    batch: Batch,
    actor: Actor,
    at: Timestamp,
    random: StdRng,
    keys_made: u16,
    listeners: Listeners,
    mails: bool,
    live: Vec<Live>,
    told: bool,
    /// The number of the form that asks for this change.
    pub(crate) submission: Option<SubmissionId>,
}

impl Change {
    pub(crate) fn new(kind: Kind, transaction: Transaction, actor: Actor, at: Timestamp, listeners: Listeners) -> Self {
        let random = StdRng::from_rng(&mut rand::rng());
        Self {
            transaction,
            batch: Batch::new(kind),
            actor,
            at,
            random,
            keys_made: 0,
            listeners,
            mails: false,
            live: Vec::new(),
            told: false,
            submission: None,
        }
    }

    /// Lets the rest of the change be made by another actor at another time: for telling a history, as the demo company
    /// does. Mails of a told history are long since sent.
    pub fn tell(&mut self, actor: Actor, at: Timestamp) {
        self.actor = actor;
        self.at = at;
        self.told = true;
    }

    pub(crate) fn is_told(&self) -> bool {
        self.told
    }

    pub fn seed(&mut self, seed: u64) {
        self.random = StdRng::seed_from_u64(seed);
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// The policy's answer for this actor.
    pub fn may(&self, action: Action, owner: Owner) -> Result<()> {
        Ok(self.actor.may(action, owner)?)
    }

    pub fn connection(&mut self) -> &mut AnyConnection {
        self.transaction.connection()
    }

    /// Writes a row that nothing else in this change reads or writes: together with others, at the latest before the
    /// commit. [`Change::connection`] does not see it.
    pub(crate) async fn later(&mut self, row: Row) -> Result<()> {
        if self.batch.is_full_for(&row)
            && let Some(statement) = self.batch.take()?
        {
            statement.execute(self.transaction.connection()).await?;
        }
        self.batch.add(row);
        Ok(())
    }

    /// A new key: UUID version 7 of this change's moment; keys of one change sort in the order they were made.
    pub(crate) fn key(&mut self) -> Uuid {
        let mut bytes = [0; 10];
        self.random.fill_bytes(&mut bytes);
        [bytes[0], bytes[1]] = self.keys_made.to_be_bytes();
        self.keys_made = self.keys_made.wrapping_add(1);
        Builder::from_unix_timestamp_millis(self.at.0.max(0).unsigned_abs(), &bytes).into_uuid()
    }

    /// A number under which a document's copy edits; never zero, and never that of another copy in practice.
    pub(crate) fn document_number(&mut self) -> u32 {
        self.random.next_u32().max(1)
    }

    pub(crate) fn secret(&mut self) -> Secret {
        Secret::new(self.random.random())
    }

    /// The next number in a row that people read aloud.
    pub(crate) async fn number(&mut self, name: &str) -> Result<i64> {
        let row = sqlx::query(
            "INSERT INTO counter (name, value) VALUES ($1, 1001)
             ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value",
        )
        .bind(name)
        .fetch_one(self.connection())
        .await?;
        row.int("value")
    }

    /// Writes down that this happened, for the customer's timeline.
    pub(crate) async fn history(&mut self, event: Event<'_>) -> Result<()> {
        let sql = if event.internal {
            "INSERT INTO internal_interaction (id, customer_id, person_id, kind, record, data, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        } else {
            "INSERT INTO interaction (id, customer_id, person_id, kind, record, data, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        };
        let id = self.key().to_string();
        let person = event.person.or_else(|| self.actor.person());
        let row = Row::new(sql)
            .bind(id)
            .bind(event.customer.map(|customer| customer.to_string()))
            .bind(person.map(|person| person.to_string()))
            .bind(event.kind)
            .bind(event.record)
            .bind(event.data.to_string())
            .bind(self.at.0);
        self.later(row).await
    }

    /// Puts a mail into the outbox; it leaves after the commit.
    pub(crate) async fn mail(&mut self, mail: Mail) -> Result<()> {
        self.wake_mail();
        crate::outbox::put(self, mail, Span::seconds(0)).await
    }

    /// After the commit there is something for the mail worker to do.
    pub(crate) fn wake_mail(&mut self) {
        self.mails = true;
    }

    /// Tells this to those who are connected, after the commit.
    pub(crate) fn live(&mut self, live: Live) {
        self.live.push(live);
    }

    /// Answers when the change is on disk. Goes on to its end also where nobody waits for the answer any more: a browser
    /// that is gone must not keep others from being told.
    pub async fn commit(self) -> Result<()> {
        tokio::spawn(self.finish()).await.map_err(|stopped| sqlx::Error::Protocol(stopped.to_string()))?
    }

    async fn finish(mut self) -> Result<()> {
        let last = self.batch.take()?;
        self.transaction.commit(last).await?;
        if self.mails {
            self.listeners.mail_waiting.notify_one();
        }
        for live in self.live {
            // Nobody may be listening.
            let _ = self.listeners.live.send(live);
        }
        Ok(())
    }
}

/// Something that happened: what kind, to which record, and the few facts that the timeline says of it.
pub(crate) struct Event<'a> {
    pub kind: &'a str,
    pub customer: Option<CustomerId>,
    /// Who did it; the change's actor where left out.
    pub person: Option<PersonId>,
    pub record: String,
    pub data: serde_json::Value,
    pub internal: bool,
}

impl<'a> Event<'a> {
    pub fn new(kind: &'a str, customer: CustomerId, record: impl ToString) -> Self {
        Self {
            kind,
            customer: Some(customer),
            person: None,
            record: record.to_string(),
            data: serde_json::Value::Null,
            internal: false,
        }
    }

    pub fn with(mut self, data: serde_json::Value) -> Self {
        self.data = data;
        self
    }

    pub fn internal(mut self) -> Self {
        self.internal = true;
        self
    }
}
