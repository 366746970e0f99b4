//! The log of a design's document: its edits in the order in which they were accepted.

use crate::{BackdatedChange, Change, Conflict, Damage, Error, Result, Store, base::row::Columns};
use domain::{
    DesignId, DesignState, PersonId,
    document::{ApplyError, Replica, Snapshot},
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

/// Returns all edits of a design, oldest first, and whether the design is approved and accepts no more.
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

/// Appends edits that [`domain::document::Guard`] has admitted. `options` are all options after the edits, if they
/// change any; they are also stored with the design, so that a list can draw it without reading its document.
pub(super) async fn insert_edits(
    change: &mut Change,
    design: DesignId,
    edits: &[Edit],
    options: Option<&Values>,
) -> Result<()> {
    let at = change.at().0;
    let options = options.map(|options| to_json(design, options)).transpose()?;
    lock_and_set_options(change, design, options).await?;
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

/// Inserts edits into the backdated history of a design; see `insert_edits`. Only the demo company, imports and tests
/// can call this, because nothing here checks the edits.
pub async fn insert_backdated_edits(
    change: &mut BackdatedChange,
    design: DesignId,
    edits: &[Edit],
    options: Option<&Values>,
) -> Result<()> {
    insert_edits(change, design, edits, options).await
}

fn to_json(design: DesignId, options: &Values) -> Result<String> {
    serde_json::to_string(options).map_err(|error| Error::damaged(design, error))
}

/// Stores the chosen options of designs from before migration 0007, which have options only in their documents.
pub(crate) async fn store_missing_options(store: &Store) -> Result<()> {
    let mut change = store.change(Actor::System).await?;
    let rows = sqlx::query("SELECT id FROM design WHERE options = ''").fetch_all(change.connection()).await?;
    for row in rows {
        let design = row.parse("id")?;
        // An unreadable document must not keep the program from starting; opening the design reports it.
        let options = snapshot(change.connection(), design).await.unwrap_or_default().options;
        sqlx::query("UPDATE design SET options = $1 WHERE id = $2 AND options = ''")
            .bind(to_json(design, &options)?)
            .bind(design.to_string())
            .execute(change.connection())
            .await?;
    }
    change.commit().await
}

/// Locks the design's row until the change ends, so that edits, versions and the approval are serialized. Fails with
/// [`Conflict::DesignClosed`] if the design is approved.
pub(super) async fn lock_for_edit(change: &mut Change, design: DesignId) -> Result<()> {
    lock_and_set_options(change, design, None).await
}

/// Locks the design's row and stores the options, if given.
async fn lock_and_set_options(change: &mut Change, design: DesignId, options: Option<String>) -> Result<()> {
    const SQL: &str = "UPDATE design SET updated_at = $1, options = COALESCE($2, options)
         WHERE id = $3 AND state <> 'approved'";
    let at = change.at().0;
    let open = sqlx::query(SQL).bind(at).bind(options).bind(design.to_string()).execute(change.connection()).await?;
    if open.rows_affected() == 0 { Err(Conflict::DesignClosed.into()) } else { Ok(()) }
}

/// Builds the document from its log.
pub(super) async fn replica(connection: &mut AnyConnection, design: DesignId) -> Result<Replica> {
    let (edits, _) = load(connection, design).await?;
    let read = move || {
        let replica = Replica::default();
        edits.iter().try_for_each(|edit| replica.apply(&edit.update))?;
        Ok(replica)
    };
    // Applying a long log takes long, so it does not run on an async worker thread.
    let read = tokio::task::spawn_blocking(read).await.map_err(|_| Error::damaged(design, Damage::Panic))?;
    read.map_err(|error: ApplyError| Error::damaged(design, error))
}

pub(super) async fn snapshot(connection: &mut AnyConnection, design: DesignId) -> Result<Snapshot> {
    replica(connection, design).await?.snapshot().map_err(|error| Error::damaged(design, error))
}
