//! Uploaded pictures and documents. Each file belongs to one record.
//!
//! The media type is detected from the content ([`media_type`]); the name is sanitized ([`name`]).

mod limits;
mod media_type;
mod name;

pub use limits::{MAX_COUNT, MAX_SIZE};
pub use media_type::MediaType;

use crate::{
    Change, Result,
    base::{
        row::Columns,
        scope::{find_in_scope, in_scope},
    },
};
use domain::{
    ContentHash, CustomerId, FileId,
    input::{FieldProblem, FormValidator},
    policy::{Actor, Permission, Refusal},
};
use sqlx::{AnyConnection, any::AnyRow};

/// An uploaded file that is not checked yet. The content of a file that is too large may be truncated to one byte more
/// than [`MAX_SIZE`].
#[derive(Debug, Clone, Default)]
pub struct UploadedFile {
    pub name: String,
    pub content: Vec<u8>,
}

/// A file that passed the checks.
#[derive(Debug)]
pub(crate) struct CheckedFile {
    pub name: String,
    media_type: MediaType,
    content: Vec<u8>,
}

/// Checks uploaded files. If one is invalid, adds a problem to the field and returns no files.
pub(crate) fn check(check: &mut FormValidator, field: &'static str, sent: Vec<UploadedFile>) -> Vec<CheckedFile> {
    if sent.len() > MAX_COUNT {
        check.problem(field, FieldProblem::TooManyFiles { max: MAX_COUNT });
        return Vec::new();
    }
    let accepted: std::result::Result<Vec<_>, _> = sent.into_iter().map(check_one).collect();
    accepted.unwrap_or_else(|problem| {
        check.problem(field, problem);
        Vec::new()
    })
}

fn check_one(sent: UploadedFile) -> std::result::Result<CheckedFile, FieldProblem> {
    if sent.content.len() > MAX_SIZE {
        return Err(FieldProblem::FileTooLarge { max: MAX_SIZE });
    }
    let media_type = MediaType::detect(&sent.content).ok_or(FieldProblem::FileType)?;
    Ok(CheckedFile { name: name::sanitize(&sent.name, media_type), media_type, content: sent.content })
}

/// Inserts files of a record, which is named as in `message:KEY`.
pub(crate) async fn insert(
    change: &mut Change,
    customer: CustomerId,
    record: &str,
    files: Vec<CheckedFile>,
) -> Result<()> {
    let person = change.actor().person().ok_or(Refusal::SignIn)?;
    for file in files {
        let (id, at) = (change.key().to_string(), change.at().0);
        let hash = ContentHash::of(&file.content).to_string();
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
    pub sha256: ContentHash,
}

pub(crate) fn read(row: &AnyRow) -> Result<File> {
    Ok(File {
        id: row.parse("id")?,
        name: row.text("name")?,
        media_type: row.parse("media_type")?,
        size: row.int("size")?.unsigned_abs(),
        sha256: row.parse("sha256")?,
    })
}

pub async fn find(connection: &mut AnyConnection, actor: &Actor, id: FileId) -> Result<File> {
    let condition = in_scope("f.customer_id", 2);
    let sql =
        format!("SELECT f.id, f.name, f.media_type, f.size, f.sha256 FROM file f WHERE f.id = $1 AND {condition}");
    read(&find_in_scope(connection, actor.scope(Permission::ReadFiles)?, sql, id).await?)
}

/// Returns the bytes of a file that [`find`] returned.
pub async fn content(connection: &mut AnyConnection, file: &File) -> Result<Vec<u8>> {
    let row =
        sqlx::query("SELECT content FROM file WHERE id = $1").bind(file.id.to_string()).fetch_one(connection).await?;
    row.bytes("content")
}
