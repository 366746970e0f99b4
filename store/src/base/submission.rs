//! Makes forms idempotent. Each form has a submission number that can be claimed once, so that a form which is sent
//! twice creates one record.

use super::{
    change::Change,
    error::{Conflict, Error, Result},
    row::Columns,
    row_batch::Row,
};
use domain::SubmissionId;

impl Change {
    /// Claims the submission number of a form; [`Change::commit_with_redirect`] stores where its sender is redirected.
    /// Fails with [`Conflict::DuplicateSubmission`] if it was claimed before, with the location stored then.
    pub async fn claim_submission(&mut self, submission: SubmissionId) -> Result<()> {
        let person = self.actor().person().map(|person| person.to_string());
        let at = self.at().0;
        let claimed = sqlx::query(
            "INSERT INTO submission (id, person_id, location, created_at) VALUES ($1, $2, '', $3)
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(submission.to_string())
        .bind(person.clone())
        .bind(at)
        .execute(self.connection())
        .await?;
        if claimed.rows_affected() == 1 {
            self.submission = Some(submission);
            return Ok(());
        }
        let row = sqlx::query("SELECT person_id, location FROM submission WHERE id = $1")
            .bind(submission.to_string())
            .fetch_one(self.connection())
            .await?;
        // Somebody else's submission number must not reveal where they were redirected.
        let location = if row.maybe_text("person_id")? == person { row.text("location")? } else { String::new() };
        Err(Error::Conflict(Conflict::DuplicateSubmission { location }))
    }

    /// Commits, and stores `location` with the claimed submission number, if there is one.
    pub async fn commit_with_redirect(mut self, location: &str) -> Result<()> {
        if let Some(submission) = self.submission {
            let row = Row::new("UPDATE submission SET location = $1 WHERE id = $2");
            self.write_later(row.bind(location).bind(submission.to_string())).await?;
        }
        self.commit().await
    }
}
