//! Saving the edits that a room accepted, with the mail about them.

use super::{
    comment,
    log::{self, Edit},
};
use crate::{Result, Store};
use domain::{DesignId, PersonId, document::Comment, model::Values, policy::Actor};

/// Edits that a room accepted together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AcceptedEdits {
    pub edits: Vec<Edit>,
    /// All options after the edits, if the edits change any.
    pub options: Option<Values>,
    /// The comments that the edits add.
    pub comments: Vec<Comment>,
    /// The people in the room. They get no mail about the comments.
    pub present: Vec<PersonId>,
}

/// Saves edits and enqueues mail about their comments, in one transaction. Does not ask the policy: the room did when
/// each person joined, and it disconnects people whose access ends. Pages must not call it. Fails with
/// [`Conflict::DesignClosed`](crate::Conflict::DesignClosed) if the design is approved.
pub async fn append(store: &Store, design: DesignId, accepted: &AcceptedEdits) -> Result<()> {
    let AcceptedEdits { edits, options, comments, present } = accepted;
    let mut change = store.change(Actor::System).await?;
    log::insert_edits(&mut change, design, edits, options.as_ref()).await?;
    comment::notify_absent(&mut change, design, comments, present).await?;
    change.commit().await
}
