//! Files that people send with their words: pictures and documents, each a part of one record.
//!
//! What a file is, its content says ([`kind`]); its name is kept as people see it, without what could harm ([`name`]).

mod kind;
mod name;

pub use kind::MediaType;

use crate::{
    Change, Result,
    base::{row::Columns, scope::one},
};
use domain::{
    CustomerId, FileId,
    input::{FieldProblem, FormValidator},
    policy::{Actor, Refusal},
    version,
};
use sqlx::{AnyConnection, any::AnyRow};

/// Bytes of one file.
pub const MAX_SIZE: usize = 10 * 1000 * 1000;
/// Files of one message.
pub const MAX_COUNT: usize = 5;

/// A file as it was sent; nothing of it is believed. Of one that is too large, what stands here may be cut off one
/// byte past the limit.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub name: String,
    pub content: Vec<u8>,
}

/// A file that may be kept.
#[derive(Debug)]
pub(crate) struct Accepted {
    pub name: String,
    media_type: MediaType,
    content: Vec<u8>,
}

/// The files that may be kept; what is wrong with the first of the others is a problem of the field.
pub(crate) fn accept(check: &mut FormValidator, field: &'static str, sent: Vec<Sent>) -> Vec<Accepted> {
    if sent.len() > MAX_COUNT {
        check.problem(field, FieldProblem::TooManyFiles { max: MAX_COUNT });
        return Vec::new();
    }
    let accepted: std::result::Result<Vec<_>, _> = sent.into_iter().map(accept_one).collect();
    accepted.unwrap_or_else(|problem| {
        check.problem(field, problem);
        Vec::new()
    })
}

fn accept_one(sent: Sent) -> std::result::Result<Accepted, FieldProblem> {
    if sent.content.len() > MAX_SIZE {
        return Err(FieldProblem::FileTooLarge { max: MAX_SIZE });
    }
    let media_type = MediaType::of(&sent.content).ok_or(FieldProblem::FileType)?;
    Ok(Accepted { name: name::shown(&sent.name, media_type), media_type, content: sent.content })
}

/// Keeps files as parts of a record, named as in `message:KEY`.
pub(crate) async fn keep(change: &mut Change, customer: CustomerId, record: &str, files: Vec<Accepted>) -> Result<()> {
    let person = change.actor().person().ok_or(Refusal::SignIn)?;
    for file in files {
        let (id, at) = (change.key().to_string(), change.at().0);
        let hash = version::sha256_hex(&file.content);
        sqlx::query(
            "INSERT INTO file (id, customer_id, record, name, media_type, size, sha256, content, person_id, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(id)
        .bind(customer.to_string())
        .bind(record)
        .bind(file.name)
        .bind(file.media_type.name())
        .bind(i64::try_from(file.content.len()).unwrap_or(i64::MAX))
        .bind(hash)
        .bind(file.content)
        .bind(person.to_string())
        .bind(at)
        .execute(change.connection())
        .await?;
    }
    Ok(())
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub id: FileId,
    pub name: String,
    pub media_type: MediaType,
    pub size: u64,
    pub sha256: String,
}

pub(crate) fn read(row: &AnyRow) -> Result<File> {
    Ok(File {
        id: row.parse("id")?,
        name: row.text("name")?,
        media_type: row.parse("media_type")?,
        size: row.int("size")?.unsigned_abs(),
        sha256: row.text("sha256")?,
    })
}

pub async fn find(connection: &mut AnyConnection, actor: &Actor, id: FileId) -> Result<File> {
    let sql = "SELECT f.id, f.name, f.media_type, f.size, f.sha256 FROM file f WHERE f.id = $1
         AND ($2 = '' OR EXISTS (SELECT 1 FROM member m WHERE m.customer_id = f.customer_id AND m.person_id = $2))";
    read(&one(connection, actor, sql.to_owned(), id).await?)
}

/// The bytes of a file that [`find`] gave.
pub async fn content(connection: &mut AnyConnection, file: &File) -> Result<Vec<u8>> {
    let row =
        sqlx::query("SELECT content FROM file WHERE id = $1").bind(file.id.to_string()).fetch_one(connection).await?;
    row.bytes("content")
}
