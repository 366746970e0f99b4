//! A form that is sent twice makes one record: each form carries a number of its own, taken once.

use super::{
    batch::Row,
    change::Change,
    error::{Conflict, Error, Result},
    row::Columns,
};
use domain::SubmissionId;

impl Change {
    /// Takes a form's number; [`Change::commit_with_redirect`] remembers where its sender is led. If it was taken before,
    /// the answer is where its sender was led then.
    pub async fn once(&mut self, submission: SubmissionId) -> Result<()> {
        let person = self.actor().person().map(|person| person.to_string());
        let at = self.at().0;
        let taken = sqlx::query(
            "INSERT INTO submission (id, person_id, location, created_at) VALUES ($1, $2, '', $3)
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(submission.to_string())
        .bind(person.clone())
        .bind(at)
        .execute(self.connection())
        .await?;
        if taken.rows_affected() == 1 {
            self.submission = Some(submission);
            return Ok(());
        }
        let row = sqlx::query("SELECT person_id, location FROM submission WHERE id = $1")
            .bind(submission.to_string())
            .fetch_one(self.connection())
            .await?;
        // A number that someone else's form carried tells nothing of where they were led.
        let location = if row.maybe_text("person_id")? == person { row.text("location")? } else { String::new() };
        Err(Error::Conflict(Conflict::DuplicateSubmission { location }))
    }

    /// Commits; where a form's number was taken, its sender is led to the same place when they send it again.
    pub async fn commit_with_redirect(mut self, location: &str) -> Result<()> {
        if let Some(submission) = self.submission {
            let row = Row::new("UPDATE submission SET location = $1 WHERE id = $2");
            self.write_later(row.bind(location).bind(submission.to_string())).await?;
        }
        self.commit().await
    }
}
