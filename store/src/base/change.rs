//! A change: one transaction with its actor and its time. History and outbox are written through it, so that every
//! change is on the timeline and nothing is announced that was not committed.

use super::{
    broadcast::{CommitEvent, Listeners},
    database_kind::DatabaseKind,
    error::{Error, Result},
    row::Columns,
    row_batch::{Batch, Row},
    secret::Secret,
    transaction::Transaction,
};
use domain::{
    CustomerId, Day, PersonId, SubmissionId, Timestamp,
    event::{Audience, Event},
    policy::{Action, Actor, Owner},
};
use locales::TimeZone;
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use sqlx::AnyConnection;
use std::panic::Location;
use uuid::{Builder, Uuid};

pub struct Change {
    transaction: Transaction,
    batch: Batch,
    actor: Actor,
    at: Timestamp,
    random: StdRng,
    keys_made: u16,
    listeners: Listeners,
    has_mail: bool,
    events: Vec<CommitEvent>,
    is_backdated: bool,
    /// The submission number of the form that this change handles.
    pub(super) submission: Option<SubmissionId>,
}

impl Change {
    pub(crate) fn new(
        kind: DatabaseKind,
        transaction: Transaction,
        actor: Actor,
        at: Timestamp,
        listeners: Listeners,
    ) -> Self {
        let random = StdRng::from_rng(&mut rand::rng());
        Self {
            transaction,
            batch: Batch::new(kind),
            actor,
            at,
            random,
            keys_made: 0,
            listeners,
            has_mail: false,
            events: Vec::new(),
            is_backdated: false,
            submission: None,
        }
    }

    /// Makes the rest of the change act as `actor` at `at`, and marks it as backdated.
    pub(super) fn impersonate(&mut self, actor: Actor, at: Timestamp) {
        self.actor = actor;
        self.at = at;
        self.is_backdated = true;
    }

    /// Whether this change writes backdated history, whose mail must not be sent.
    pub(crate) fn is_backdated(&self) -> bool {
        self.is_backdated
    }

    /// Seeds the random numbers that keys and secrets are made of, which makes them repeatable.
    pub(super) fn seed(&mut self, seed: u64) {
        self.random = StdRng::seed_from_u64(seed);
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Asks the policy whether this change's actor may do `action` to a record of `owner`.
    pub fn may(&self, action: Action, owner: Owner) -> Result<()> {
        Ok(self.actor.may(action, owner)?)
    }

    pub fn connection(&mut self) -> &mut AnyConnection {
        self.transaction.connection()
    }

    /// Adds a row to the batch that is written before the commit. Queries through [`Change::connection`] do not see it
    /// until then.
    pub(crate) async fn write_later(&mut self, row: Row) -> Result<()> {
        if self.batch.is_full_for(&row)
            && let Some(statement) = self.batch.take()?
        {
            statement.execute(self.transaction.connection()).await?;
        }
        self.batch.add(row);
        Ok(())
    }

    /// Returns a new UUID version 7 with this change's time. The keys of one change sort in the order of creation.
    pub(crate) fn key(&mut self) -> Uuid {
        let mut bytes = [0; 10];
        self.random.fill_bytes(&mut bytes);
        [bytes[0], bytes[1]] = self.keys_made.to_be_bytes();
        self.keys_made = self.keys_made.wrapping_add(1);
        Builder::from_unix_timestamp_millis(self.at.0.max(0).unsigned_abs(), &bytes).into_uuid()
    }

    /// Returns a random client number for a replica of a design's document. It is never zero.
    pub(crate) fn document_client(&mut self) -> u32 {
        self.random.next_u32().max(1)
    }

    pub(crate) fn secret(&mut self) -> Secret {
        Secret::new(self.random.random())
    }

    /// Returns the company's day at the time of the change. Before the first run the default time zone counts.
    pub async fn today(&mut self) -> Result<Day> {
        let row = sqlx::query("SELECT time_zone FROM company").fetch_optional(self.connection()).await?;
        let zone = row.map(|row| row.text("time_zone")).transpose()?;
        Ok(zone.map_or_else(TimeZone::default, |name| TimeZone::named(&name)).day_of(self.at))
    }

    /// Returns the next value of the counter `name`, for numbers that people read such as order numbers.
    pub(crate) async fn next_number(&mut self, name: &str) -> Result<i64> {
        let row = sqlx::query(
            "INSERT INTO counter (name, value) VALUES ($1, 1001)
             ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value",
        )
        .bind(name)
        .fetch_one(self.connection())
        .await?;
        row.int("value")
    }

    /// Adds an event to the timeline, caused by the change's actor. `record` is the key of the record it happened to.
    pub(crate) async fn record_event(
        &mut self,
        customer: impl Into<Option<CustomerId>>,
        record: impl ToString,
        event: &Event,
    ) -> Result<()> {
        let person = self.actor.person();
        self.insert_event(person, customer.into(), record.to_string(), event).await
    }

    /// Adds an event to the timeline that `person` caused, where the change's actor is the program.
    pub(crate) async fn record_event_of(
        &mut self,
        person: PersonId,
        customer: impl Into<Option<CustomerId>>,
        record: impl ToString,
        event: &Event,
    ) -> Result<()> {
        self.insert_event(Some(person), customer.into(), record.to_string(), event).await
    }

    /// The event's audience decides the table: what only staff may see is in a table of its own.
    async fn insert_event(
        &mut self,
        person: Option<PersonId>,
        customer: Option<CustomerId>,
        record: String,
        event: &Event,
    ) -> Result<()> {
        let id = self.key().to_string();
        let audience = event.audience();
        let row = Row::new(match audience {
            Audience::Customer | Audience::Person => {
                "INSERT INTO interaction (id, customer_id, person_id, kind, record, data, at, audience)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
            }
            Audience::Staff => {
                "INSERT INTO internal_interaction (id, customer_id, person_id, kind, record, data, at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)"
            }
        });
        let data = event.data().map_err(|error| Error::damaged(&id, error))?;
        let row = row
            .bind(id)
            .bind(customer.map(|customer| customer.to_string()))
            .bind(person.map(|person| person.to_string()))
            .bind(event.kind().name())
            .bind(record)
            .bind(data)
            .bind(self.at.0);
        self.write_later(match audience {
            Audience::Customer | Audience::Person => row.bind(audience.name()),
            Audience::Staff => row,
        })
        .await
    }

    /// Wakes the mail worker after the commit.
    pub(crate) fn wake_mail_worker(&mut self) {
        self.has_mail = true;
    }

    /// Sends the event to open connections after the commit.
    pub(crate) fn broadcast(&mut self, event: CommitEvent) {
        self.events.push(event);
    }

    /// Returns when the change is on disk. Runs to its end even if the caller is dropped, so that a closed browser
    /// does not keep listeners from being notified.
    #[track_caller]
    pub fn commit(self) -> impl Future<Output = Result<()>> + Send {
        let at = Location::caller();
        async move {
            let finished = tokio::spawn(self.finish()).await;
            finished.map_err(|stopped| sqlx::Error::Protocol(stopped.to_string()))?.map_err(|error| error.at(at))
        }
    }

    async fn finish(mut self) -> Result<()> {
        let last = self.batch.take()?;
        self.transaction.commit(last).await?;
        if self.has_mail {
            self.listeners.mail_waiting.notify_one();
        }
        for event in self.events {
            // An error means that there is no receiver.
            let _ = self.listeners.events.send(event);
        }
        Ok(())
    }
}
