//! Emails comments to the people of both sides who are not in the room.

use super::thread;
use crate::{
    Change, Result,
    base::row::Columns,
    outbox::{self, Audience, Content, MailKind, Notification},
};
use domain::{DesignId, PersonId, document::Comment, policy::Refusal};

/// Enqueues mail about comments to members of the customer and to participating staff, except the authors and the
/// people who are `present`.
pub(super) async fn notify_absent(
    change: &mut Change,
    design: DesignId,
    comments: &[Comment],
    present: &[PersonId],
) -> Result<()> {
    if comments.is_empty() {
        return Ok(());
    }
    let row = sqlx::query("SELECT customer_id, title FROM design WHERE id = $1")
        .bind(design.to_string())
        .fetch_optional(change.connection())
        .await?
        .ok_or(Refusal::Missing)?;
    let (customer, title) = (row.parse("customer_id")?, row.text("title")?);
    let texts: Vec<_> = comments.iter().map(|comment| format!("{}: {}", comment.name, comment.text)).collect();
    let excluded: Vec<_> = comments.iter().map(|comment| comment.author).chain(present.iter().copied()).collect();
    let thread = thread(design);
    for (audience, path) in [
        (Audience::customer(customer), format!("/designs/{design}")),
        (super::desk::participants(design), format!("/desk/designs/{design}")),
    ] {
        let content = Content::new(path).with("design", &title).quoting(texts.join("\n\n"));
        let notification = Notification { kind: MailKind::DesignComment, customer, thread: thread.clone(), content };
        outbox::notify_absent(change, audience, &excluded, &notification).await?;
    }
    Ok(())
}
