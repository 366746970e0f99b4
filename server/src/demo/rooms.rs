//! What is written and chosen in design rooms: through the room's document and past its guard, as from a browser.

use super::{Telling, words::TALKS};
use anyhow::Context;
use domain::{
    CommentId, DesignId, Language, PersonId, Span,
    document::{Comment, Editor, Guard, Replica, SchemaError},
    policy::{Action, Owner},
};
use rand::{Rng, RngExt, seq::IndexedRandom};
use store::{
    Change,
    design::{
        log::{self, Edit},
        view,
    },
};
use uuid::Builder;

impl Telling {
    /// Lets the change's actor edit the document, now.
    pub(super) async fn edit(
        &mut self,
        change: &mut Change,
        design: DesignId,
        edit: impl FnOnce(&Replica) -> Result<Option<Vec<u8>>, SchemaError>,
    ) -> anyhow::Result<()> {
        let (held, locked) = log::load(change.connection(), design).await?;
        let mut guard = Guard::open(held.into_iter().map(|edit| (edit.person, edit.update)), locked)?;
        let replica = Replica::with_client_id(self.random.random_range(1..u32::MAX));
        replica.apply(&guard.stored().full_update())?;
        let Some(update) = edit(&replica)? else { return Ok(()) };
        let editor = self.editor(change, design).await?;
        if let Some(admitted) = guard.admit(&editor, &update)? {
            let edits = [Edit { person: editor.person, update: admitted.update }];
            log::put(change, design, &edits, guard.changed_options().as_ref()).await?;
        }
        Ok(())
    }

    async fn editor(&self, change: &mut Change, design: DesignId) -> anyhow::Result<Editor> {
        let actor = change.actor().clone();
        let owner = Owner::Customer(view::find(change.connection(), &actor, design).await?.customer);
        let person = actor.person().context("an editor is a person")?;
        Ok(Editor {
            person,
            name: self.name(person)?,
            may_edit: actor.may(Action::EditDesign, owner).is_ok(),
            may_comment: actor.may(Action::WriteMessage, owner).is_ok(),
        })
    }

    pub(super) fn name(&self, person: PersonId) -> anyhow::Result<String> {
        self.names.get(&person).cloned().context("a person of the demo has a name")
    }

    /// Lets the change's actor say something in the room.
    pub(super) async fn comment(&mut self, change: &mut Change, design: DesignId, text: &str) -> anyhow::Result<()> {
        let author = change.actor().person().context("an author is a person")?;
        let mut bytes = [0; 10];
        self.random.fill_bytes(&mut bytes);
        let at = change.at();
        let id = Builder::from_unix_timestamp_millis(at.0.unsigned_abs(), &bytes).into_uuid();
        let name = self.name(author)?;
        let comment = Comment { id: CommentId::from_uuid(id), author, name, text: text.to_owned(), at };
        self.edit(change, design, |replica| replica.add_comment(&comment)).await
    }

    /// The customer asks and staff answer, none to three times, beginning at the change's moment; by whom it was begun
    /// is the change's actor, and is again afterwards.
    pub(super) async fn talk(
        &mut self,
        change: &mut Change,
        design: DesignId,
        staff: &domain::policy::Actor,
        language: Language,
    ) -> anyhow::Result<()> {
        let customer = change.actor().clone();
        let said = [0, 0, 1, 1, 2, 3].choose(&mut self.random).copied().unwrap_or_default();
        let talks: Vec<_> = TALKS.of(language).sample(&mut self.random, said).copied().collect();
        let mut at = change.at();
        for (question, answer) in talks {
            at = at.plus(Span::minutes(self.random.random_range(20..90)));
            let answered = self.at_work_after(at, 0..4);
            if answered > self.now {
                break;
            }
            change.impersonate(customer.clone(), at);
            self.comment(change, design, question).await?;
            change.impersonate(staff.clone(), answered);
            self.comment(change, design, answer).await?;
            at = answered;
        }
        change.impersonate(customer, at);
        Ok(())
    }
}
