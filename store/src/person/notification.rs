//! Which kinds of notifications a person gets by mail.

use super::record_own_event;
use crate::{
    Change, Result, Secret, Store,
    base::{difference::Difference, row::Columns},
    outbox::unsubscribe,
};
use domain::{
    NotificationKind, PersonId,
    event::Event,
    policy::{Action, Actor, Owner, Refusal},
};
use sqlx::AnyConnection;

/// Returns for each kind whether the person gets it by mail. The default is yes.
pub async fn list(connection: &mut AnyConnection, person: PersonId) -> Result<Vec<(NotificationKind, bool)>> {
    let rows = sqlx::query("SELECT kind, by_mail FROM notice_choice WHERE person_id = $1")
        .bind(person.to_string())
        .fetch_all(connection)
        .await?;
    let mut choices: Vec<_> = NotificationKind::ALL.iter().map(|kind| (*kind, true)).collect();
    for row in rows {
        let (kind, by_mail) = (row.text("kind")?, row.flag("by_mail")?);
        if let Some(choice) = choices.iter_mut().find(|(known, _)| known.name() == kind) {
            choice.1 = by_mail;
        }
    }
    Ok(choices)
}

/// Stores the actor's choices: `wanted` kinds are mailed, all others are not.
pub async fn set_choices(change: &mut Change, wanted: &[NotificationKind]) -> Result<()> {
    let person = change.actor().person().ok_or(Refusal::SignIn)?;
    change.may(Action::EditPerson, Owner::Person(person))?;
    let mut difference = Difference::default();
    for (kind, before) in list(change.connection(), person).await? {
        let after = wanted.contains(&kind);
        if before != after {
            set(change, person, kind, after).await?;
        }
        difference = difference.field(kind.name(), yes_or_no(before), yes_or_no(after));
    }
    if difference.is_empty() {
        return Ok(());
    }
    record_own_event(change, person, &Event::NoticesChanged { changes: difference.into_changes() }).await
}

/// Turns off mail of one kind for one person, by the secret of the unsubscribe link in such a mail. Open to everyone
/// who has the secret, without signing in. Idempotent.
pub async fn unsubscribe(store: &Store, secret: &Secret) -> Result<NotificationKind> {
    let mut change = store.change(Actor::System).await?;
    let (person, kind) = unsubscribe::find(change.connection(), secret).await?;
    if set(&mut change, person, kind, false).await? {
        let difference = Difference::default().field(kind.name(), yes_or_no(true), yes_or_no(false));
        record_own_event(&mut change, person, &Event::NoticesChanged { changes: difference.into_changes() }).await?;
    }
    change.commit().await?;
    Ok(kind)
}

/// Stores a choice. Returns false if it was the same before.
async fn set(change: &mut Change, person: PersonId, kind: NotificationKind, by_mail: bool) -> Result<bool> {
    let set = sqlx::query(
        "INSERT INTO notice_choice (person_id, kind, by_mail) VALUES ($1, $2, $3)
         ON CONFLICT (person_id, kind) DO UPDATE SET by_mail = excluded.by_mail
         WHERE notice_choice.by_mail <> excluded.by_mail",
    )
    .bind(person.to_string())
    .bind(kind.name())
    .bind(i64::from(by_mail))
    .execute(change.connection())
    .await?;
    Ok(set.rows_affected() > 0)
}

fn yes_or_no(by_mail: bool) -> &'static str {
    if by_mail { "yes" } else { "no" }
}
