//! Creating and renaming a design.

use super::log::{self, Edit};
use crate::{Change, Conflict, Error, Result, product::Product};
use domain::{
    CustomerId, DesignId, Language,
    document::{Replica, SchemaError, Snapshot},
    event::Event,
    input::FormValidator,
    model::Values,
    policy::{Action, Owner, Refusal},
};

/// The content of a design before anyone opens its room.
#[derive(Debug, Clone, Default)]
pub struct InitialContent {
    pub options: Values,
    /// `None` means one piece.
    pub quantity: Option<u32>,
    pub brief: String,
}

/// Creates a design of a product for a customer. Options that the model does not allow get their default value.
pub async fn start_design(
    change: &mut Change,
    customer: CustomerId,
    product: &Product,
    content: &InitialContent,
    language: Language,
) -> Result<DesignId> {
    change.may(Action::StartDesign, Owner::Customer(customer))?;
    let person = change.actor().person().ok_or(Refusal::SignIn)?;
    let (id, at) = (DesignId::from_uuid(change.key()), change.at().0);
    let title = product.model.name.get(language);
    sqlx::query(
        "INSERT INTO design (id, customer_id, product_id, model_hash, title, state, options, created_by, created_at,
                             updated_at)
         VALUES ($1, $2, $3, $4, $5, 'designing', '{}', $6, $7, $7)",
    )
    .bind(id.to_string())
    .bind(customer.to_string())
    .bind(product.id.to_string())
    .bind(product.model_hash.to_string())
    .bind(title)
    .bind(person.to_string())
    .bind(at)
    .execute(change.connection())
    .await?;
    insert_first_edit(change, id, product, content).await?;
    change.record_event(customer, id, &Event::DesignStarted { title: title.to_owned() }).await?;
    Ok(id)
}

/// Stores the initial content as the actor's first edit of the document.
async fn insert_first_edit(
    change: &mut Change,
    design: DesignId,
    product: &Product,
    content: &InitialContent,
) -> Result<()> {
    let Some(person) = change.actor().person() else { return Ok(()) };
    let defaults = product.model.defaults();
    let replica = Replica::with_client_id(change.document_client());
    let refused = |error: SchemaError| Error::damaged(design, error);
    for (key, value) in product.model.complete(&content.options) {
        if defaults.get(&key) != Some(&value) {
            replica.set_option(&key, Some(&value)).map_err(refused)?;
        }
    }
    if let Some(quantity) = content.quantity {
        replica.set_quantity(quantity).map_err(refused)?;
    }
    replica.set_brief(&content.brief).map_err(refused)?;
    if replica.snapshot().is_ok_and(|snapshot| snapshot != Snapshot::default()) {
        let options = replica.options().map_err(refused)?;
        log::insert_edits(change, design, &[Edit { person, update: replica.full_update() }], Some(&options)).await?;
    }
    Ok(())
}

pub async fn rename(change: &mut Change, design: DesignId, title: &str) -> Result<()> {
    let found = super::view::find_in(change, design).await?;
    change.may(Action::EditDesign, Owner::Customer(found.customer))?;
    let mut check = FormValidator::default();
    let title = check.line("title", title, 120);
    check.done()?;
    let renamed = sqlx::query("UPDATE design SET title = $1 WHERE id = $2 AND state <> 'approved'")
        .bind(&title)
        .bind(design.to_string())
        .execute(change.connection())
        .await?;
    if renamed.rows_affected() == 0 {
        return Err(Conflict::DesignClosed.into());
    }
    change.record_event(found.customer, design, &Event::DesignRenamed { title, before: found.title }).await
}
