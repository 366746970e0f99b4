//! Why the server rejects an update.

use super::{
    limits::{DOCUMENT_LIMIT, LOG_LIMIT, UPDATE_LIMIT},
    snapshot::SchemaError,
    wire::DecodeError,
};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("the design is approved and can no longer be changed")]
    Locked,
    #[error("the person may not edit this design")]
    MayNotEdit,
    #[error("the person may not comment on this design")]
    MayNotComment,
    #[error("comments cannot be removed or changed")]
    CommentRemoved,
    #[error("a comment names another author than its sender")]
    ForgedAuthor,
    #[error("a client id belongs to someone else")]
    ForeignClient,
    #[error("the update is larger than {UPDATE_LIMIT} bytes or has too many parts")]
    UpdateTooLarge,
    #[error("the document would exceed {DOCUMENT_LIMIT} bytes, or its log {LOG_LIMIT} bytes")]
    DocumentFull,
    #[error("the bytes are not an update")]
    Malformed,
    #[error("the update depends on updates that are missing")]
    Incomplete,
    #[error(transparent)]
    Schema(#[from] SchemaError),
}

impl Rejection {
    /// The reason code that the protocol sends (docs/room-document.md).
    pub fn code(&self) -> &'static str {
        match self {
            Rejection::Locked => "locked",
            Rejection::MayNotEdit => "may-not-edit",
            Rejection::MayNotComment => "may-not-comment",
            Rejection::CommentRemoved => "comment-removed",
            Rejection::ForgedAuthor => "forged-author",
            Rejection::ForeignClient => "foreign-client",
            Rejection::UpdateTooLarge => "update-too-large",
            Rejection::DocumentFull => "document-full",
            Rejection::Malformed => "malformed",
            Rejection::Incomplete => "incomplete",
            Rejection::Schema(_) => "schema",
        }
    }
}

impl From<DecodeError> for Rejection {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::Malformed => Rejection::Malformed,
            DecodeError::Gap => Rejection::Incomplete,
            DecodeError::Content => Rejection::Schema(SchemaError::WrongKind("content")),
        }
    }
}
