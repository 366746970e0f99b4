//! Edits and comments in design rooms. They pass through the document's guard like edits from a browser.

use super::{generator::Generator, texts::COMMENTS};
use anyhow::Context;
use domain::{
    CommentId, DesignId, Language, Span,
    document::{Comment, Editor, Guard, Replica, SchemaError},
    policy::{Action, Owner},
};
use rand::{Rng, RngExt, seq::IndexedRandom};
use store::{
    BackdatedChange,
    design::{
        log::{self, Edit},
        view,
    },
};
use uuid::Builder;

impl Generator {
    /// Applies an edit of the change's actor to the document at the change's time.
    pub(super) async fn edit(
        &mut self,
        change: &mut BackdatedChange,
        design: DesignId,
        edit: impl FnOnce(&Replica) -> Result<Option<Vec<u8>>, SchemaError>,
    ) -> anyhow::Result<()> {
        let (edits, is_locked) = log::load(change.connection(), design).await?;
        let mut guard = Guard::open(edits.into_iter().map(|edit| (edit.person, edit.update)), is_locked)?;
        let replica = Replica::with_client_id(self.random.random_range(1..u32::MAX));
        replica.apply(&guard.stored().full_update())?;
        let Some(update) = edit(&replica)? else { return Ok(()) };
        let editor = self.editor(change, design).await?;
        if let Some(admitted) = guard.admit(&editor, &update)? {
            let edits = [Edit { person: editor.person, update: admitted.update }];
            log::insert_backdated_edits(change, design, &edits, guard.changed_options().as_ref()).await?;
        }
        Ok(())
    }

    async fn editor(&self, change: &mut BackdatedChange, design: DesignId) -> anyhow::Result<Editor> {
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

    /// Adds a comment of the change's actor.
    pub(super) async fn add_comment(
        &mut self,
        change: &mut BackdatedChange,
        design: DesignId,
        text: &str,
    ) -> anyhow::Result<()> {
        let author = change.actor().person().context("an author is a person")?;
        let mut bytes = [0; 10];
        self.random.fill_bytes(&mut bytes);
        let at = change.at();
        let id = Builder::from_unix_timestamp_millis(at.0.unsigned_abs(), &bytes).into_uuid();
        let name = self.name(author)?;
        let comment = Comment { id: CommentId::from_uuid(id), author, name, text: text.to_owned(), at };
        self.edit(change, design, |replica| replica.add_comment(&comment)).await
    }

    /// Adds zero to three comments of the change's actor, each with an answer of staff, starting at the change's time.
    /// Afterwards the change has its first actor again, at the time of the last answer.
    pub(super) async fn add_comments(
        &mut self,
        change: &mut BackdatedChange,
        design: DesignId,
        staff: &domain::policy::Actor,
        language: Language,
    ) -> anyhow::Result<()> {
        let customer = change.actor().clone();
        let count = [0, 0, 1, 1, 2, 3].choose(&mut self.random).copied().unwrap_or_default();
        let comments: Vec<_> = COMMENTS.in_language(language).sample(&mut self.random, count).copied().collect();
        let mut at = change.at();
        for (question, answer) in comments {
            at = at.plus(Span::minutes(self.random.random_range(20..90)));
            let answered = self.working_hours_after(at, 0..4);
            if answered > self.now {
                break;
            }
            change.impersonate(customer.clone(), at);
            self.add_comment(change, design, question).await?;
            change.impersonate(staff.clone(), answered);
            self.add_comment(change, design, answer).await?;
            at = answered;
        }
        change.impersonate(customer, at);
        Ok(())
    }
}
