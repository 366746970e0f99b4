//! What is said in the room, told by mail to those of both sides who are not in it.

use super::thread;
use crate::{
    Change, Result,
    base::row::Columns,
    outbox::{Notice, Recipients, notify_absent},
};
use domain::{
    DesignId, PersonId,
    document::Comment,
    mail::{Link, MailContent},
    policy::Refusal,
};

/// Tells what was said to those who did not say it and were not `present`.
pub async fn tell(change: &mut Change, design: DesignId, comments: &[Comment], present: &[PersonId]) -> Result<()> {
    if comments.is_empty() {
        return Ok(());
    }
    let row = sqlx::query("SELECT customer_id, title FROM design WHERE id = $1")
        .bind(design.to_string())
        .fetch_optional(change.connection())
        .await?
        .ok_or(Refusal::Missing)?;
    let (customer, title) = (row.parse("customer_id")?, row.text("title")?);
    let said: Vec<_> = comments.iter().map(|comment| format!("{}: {}", comment.name, comment.text)).collect();
    let here: Vec<_> = comments.iter().map(|comment| comment.author).chain(present.iter().copied()).collect();
    let thread = thread(design);
    for (recipients, link) in [
        (Recipients::customer(customer), Link::Design(design)),
        (super::desk::participants(design), Link::DeskDesign(design)),
    ] {
        let content = MailContent::DesignComment { link, design: title.clone(), quote: said.join("\n\n") };
        let notice = Notice { customer, thread: thread.clone(), content };
        notify_absent(change, recipients, &here, &notice).await?;
    }
    Ok(())
}
