//! Versions: named, hashed and immutable copies of a design's content.

use super::view::{self, Design};
use crate::{
    Change, CommitEvent, Conflict, Damage, Error, Result,
    base::{
        row::Columns,
        scope::{find_in_scope, in_scope},
    },
    outbox::notify,
    product,
};
use domain::{
    ContentHash, DesignId, Money, PersonId, Timestamp, VersionId,
    event::Event,
    input::FormValidator,
    mail::{Link, MailContent},
    policy::{Action, Actor, Owner, Permission, Refusal},
    version::VersionContent,
};
use sqlx::{AnyConnection, any::AnyRow};

#[derive(Debug, Clone)]
pub struct Version {
    pub id: VersionId,
    pub design: DesignId,
    pub number: i64,
    pub name: String,
    pub content: VersionContent,
    /// SHA-256 of the content's canonical form.
    pub hash: ContentHash,
    pub total: Money,
    pub created_by: PersonId,
    /// The name of `created_by`.
    pub by: String,
    pub at: Timestamp,
}

const COLUMNS: &str = "SELECT v.id, v.design_id, v.number, v.name, v.canonical, v.hash, v.total_minor, v.currency,
     v.created_by, p.name AS person_name, v.created_at FROM version v JOIN person p ON p.id = v.created_by
     JOIN design d ON d.id = v.design_id";

/// Lists the versions of a design, the newest first.
pub async fn list(connection: &mut AnyConnection, design: &Design) -> Result<Vec<Version>> {
    let sql = format!("{COLUMNS} WHERE v.design_id = $1 ORDER BY v.number DESC");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(design.id.to_string()).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

pub async fn find(connection: &mut AnyConnection, actor: &Actor, id: VersionId) -> Result<Version> {
    let sql = format!("{COLUMNS} WHERE v.id = $1 AND {}", in_scope("d.customer_id", 2));
    read(&find_in_scope(connection, actor.scope(Permission::ReadDesigns)?, sql, id).await?)
}

fn read(row: &AnyRow) -> Result<Version> {
    let id: VersionId = row.parse("id")?;
    let canonical = row.text("canonical")?;
    let hash = row.parse("hash")?;
    if ContentHash::of(&canonical) != hash {
        return Err(Error::damaged(id, Damage::Hash));
    }
    Ok(Version {
        id,
        design: row.parse("design_id")?,
        number: row.int("number")?,
        name: row.text("name")?,
        content: VersionContent::parse(&canonical).map_err(|error| Error::damaged(id, error))?,
        hash,
        total: row.money("total_minor")?,
        created_by: row.parse("created_by")?,
        by: row.text("person_name")?,
        at: row.time("created_at")?,
    })
}

/// Saves the current content of the design as a version. Versions are numbered from 1 in each design. Fails with
/// [`Conflict::InvalidDesign`] if the options break a rule of the product.
pub async fn create(change: &mut Change, design: DesignId, name: &str) -> Result<VersionId> {
    let design = view::find_in(change, design).await?;
    change.may(Action::NameVersion, Owner::Customer(design.customer))?;
    let person = change.actor().person().ok_or(Refusal::SignIn)?;
    let mut check = FormValidator::default();
    let name = check.optional_line("name", name, 80);
    check.done()?;
    super::log::lock_for_edit(change, design.id).await?;
    let document = view::snapshot(change.connection(), &design).await?;
    if !design.model.violations(&design.model.complete(&document.options)).is_empty() {
        return Err(Conflict::InvalidDesign.into());
    }
    let content = VersionContent::from_document(design.id, design.model_hash, &design.model, &document);
    let (canonical, total) = (content.canonical(), content.total());
    let (id, at) = (VersionId::from_uuid(change.key()), change.at().0);
    let row = sqlx::query(
        "INSERT INTO version (id, design_id, number, name, canonical, hash, total_minor, currency, created_by, created_at)
         VALUES ($1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM version WHERE design_id = $2), $3, $4, $5, $6, $7, $8, $9)
         RETURNING number",
    )
    .bind(id.to_string())
    .bind(design.id.to_string())
    .bind(&name)
    .bind(&canonical)
    .bind(ContentHash::of(&canonical).to_string())
    .bind(total.minor)
    .bind(total.currency.code())
    .bind(person.to_string())
    .bind(at)
    .fetch_one(change.connection())
    .await?;
    let cost = product::desk::read(change.connection(), design.model_hash).await?;
    let cost = cost.cost(&content.options, content.quantity);
    sqlx::query("INSERT INTO internal_version_cost (version_id, cost_minor) VALUES ($1, $2)")
        .bind(id.to_string())
        .bind(cost.minor)
        .execute(change.connection())
        .await?;
    let number = row.int("number")?;
    let event = Event::VersionNamed { title: design.title.clone(), number, name };
    change.record_event(design.customer, design.id, &event).await?;
    change.broadcast(CommitEvent::DesignUpdated(design.id));
    if change.actor().buyer().is_ok() {
        let (recipients, thread) = (super::desk::participants(design.id), super::thread(design.id));
        notify(change, recipients, design.customer, &thread, |_, _| MailContent::VersionStaff {
            link: Link::DeskDesign(design.id),
            customer: design.customer_name.clone(),
            design: design.title.clone(),
            version: number,
        })
        .await?;
    }
    Ok(id)
}
