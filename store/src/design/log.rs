//! The room's document as the database keeps it: updates in the order in which they were accepted.

use super::comment;
use crate::{Change, Conflict, Error, Result, Store, base::row::Columns};
use domain::{
    DesignId, DesignState, PersonId,
    document::{ApplyError, Comment, Replica, Snapshot},
    model::Values,
    policy::{Actor, Refusal},
};
use sqlx::AnyConnection;

/// One accepted edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub person: PersonId,
    pub update: Vec<u8>,
}

/// What the room accepts at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accepted {
    pub edits: Vec<Edit>,
    /// What the options are with the edits, where these change any.
    pub options: Option<Values>,
    /// What the edits say to others.
    pub comments: Vec<Comment>,
    /// Who is in the room and needs no mail to know it.
    pub present: Vec<PersonId>,
}

/// All edits of a design, oldest first, and whether it is closed to more.
pub async fn load(connection: &mut AnyConnection, design: DesignId) -> Result<(Vec<Edit>, bool)> {
    let state = sqlx::query("SELECT state FROM design WHERE id = $1")
        .bind(design.to_string())
        .fetch_optional(&mut *connection)
        .await?
        .ok_or(Refusal::Missing)?
        .parse::<DesignState>("state")?;
    let rows = sqlx::query("SELECT person_id, data FROM design_update WHERE design_id = $1 ORDER BY seq")
        .bind(design.to_string())
        .fetch_all(connection)
        .await?;
    let edits = rows.iter().map(|row| Ok(Edit { person: row.parse("person_id")?, update: row.bytes("data")? }));
    Ok((edits.collect::<Result<_>>()?, state == DesignState::Approved))
}

/// Adds what the room has accepted: all of it or none, and none once the design is approved.
pub async fn append(store: &Store, design: DesignId, accepted: &Accepted) -> Result<()> {
    let Accepted { edits, options, comments, present } = accepted;
    let mut change = store.change(Actor::System).await?;
    put(&mut change, design, edits, options.as_ref()).await?;
    comment::tell(&mut change, design, comments, present).await?;
    change.commit().await
}

/// Adds edits that [`domain::document::Guard`] has admitted. `options` is what the options are with them, where they
/// change any: kept beside the log, so that a list can draw a design without reading its document.
pub async fn put(change: &mut Change, design: DesignId, edits: &[Edit], options: Option<&Values>) -> Result<()> {
    let at = change.at().0;
    let options = options.map(|options| written(design, options)).transpose()?;
    hold_with(change, design, options).await?;
    let last = sqlx::query("SELECT COALESCE(MAX(seq), 0) AS last FROM design_update WHERE design_id = $1")
        .bind(design.to_string())
        .fetch_one(change.connection())
        .await?
        .int("last")?;
    for (seq, edit) in (last + 1..).zip(edits) {
        sqlx::query("INSERT INTO design_update (design_id, seq, person_id, data, at) VALUES ($1, $2, $3, $4, $5)")
            .bind(design.to_string())
            .bind(seq)
            .bind(edit.person.to_string())
            .bind(edit.update.clone())
            .bind(at)
            .execute(change.connection())
            .await?;
    }
    Ok(())
}

fn written(design: DesignId, options: &Values) -> Result<String> {
    serde_json::to_string(options).map_err(|error| Error::damaged(design, error))
}

/// Stores the chosen options of designs from before migration 0007, which have them only in their documents.
pub(crate) async fn store_missing_options(store: &Store) -> Result<()> {
    let mut change = store.change(Actor::System).await?;
    let rows = sqlx::query("SELECT id FROM design WHERE options = ''").fetch_all(change.connection()).await?;
    for row in rows {
        let design = row.parse("id")?;
        // A document that cannot be read is no reason not to start: who opens it is told.
        let options = snapshot(change.connection(), design).await.unwrap_or_default().options;
        sqlx::query("UPDATE design SET options = $1 WHERE id = $2 AND options = ''")
            .bind(written(design, &options)?)
            .bind(design.to_string())
            .execute(change.connection())
            .await?;
    }
    change.commit().await
}

/// Takes the design's row until the change ends, so that edits, versions and the approval wait for each other.
pub(super) async fn hold(change: &mut Change, design: DesignId) -> Result<()> {
    hold_with(change, design, None).await
}

/// The same, and notes the options where they are new.
async fn hold_with(change: &mut Change, design: DesignId, options: Option<String>) -> Result<()> {
    const SQL: &str = "UPDATE design SET updated_at = $1, options = COALESCE($2, options)
         WHERE id = $3 AND state <> 'approved'";
    let at = change.at().0;
    let open = sqlx::query(SQL).bind(at).bind(options).bind(design.to_string()).execute(change.connection()).await?;
    if open.rows_affected() == 0 { Err(Conflict::DesignClosed.into()) } else { Ok(()) }
}

/// The whole document, for one who opens it.
pub(super) async fn replica(connection: &mut AnyConnection, design: DesignId) -> Result<Replica> {
    let (edits, _) = load(connection, design).await?;
    let read = move || {
        let replica = Replica::default();
        edits.iter().try_for_each(|edit| replica.apply(&edit.update))?;
        Ok(replica)
    };
    // A long log takes its time: not on a thread that others wait for.
    let read = tokio::task::spawn_blocking(read).await.map_err(|error| Error::damaged(design, error))?;
    read.map_err(|error: ApplyError| Error::damaged(design, error))
}

pub(super) async fn snapshot(connection: &mut AnyConnection, design: DesignId) -> Result<Snapshot> {
    replica(connection, design).await?.snapshot().map_err(|error| Error::damaged(design, error))
}
