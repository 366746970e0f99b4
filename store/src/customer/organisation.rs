//! What an organisation says of itself.

use super::by_id;
use crate::{
    Change, Result,
    base::{difference::Difference, search},
};
use domain::{
    CustomerId, CustomerKind,
    event::Event,
    input::{Check, FieldProblem},
    policy::{Action, Owner, Refusal},
};

#[derive(Debug, Clone, Default)]
pub struct Organisation {
    pub name: String,
    pub tax_code: String,
    pub phone: String,
    pub website: String,
}

pub async fn change(change: &mut Change, id: CustomerId, form: &Organisation) -> Result<()> {
    change.may(Action::EditCustomer, Owner::Customer(id))?;
    let before = by_id(change.connection(), id).await?;
    if before.kind != CustomerKind::Organisation {
        return Err(Refusal::Missing.into());
    }
    let after = check(form)?;
    sqlx::query("UPDATE customer SET name = $1, tax_code = $2, phone = $3, website = $4, search = $5 WHERE id = $6")
        .bind(&after.name)
        .bind(&after.tax_code)
        .bind(&after.phone)
        .bind(&after.website)
        .bind(search::line(&[&after.name, &after.tax_code, &after.phone, &after.website]))
        .bind(id.to_string())
        .execute(change.connection())
        .await?;
    let difference = Difference::default()
        .field("name", &before.name, &after.name)
        .field("tax-code", &before.tax_code, &after.tax_code)
        .field("phone", &before.phone, &after.phone)
        .field("website", &before.website, &after.website);
    if difference.is_empty() {
        return Ok(());
    }
    let event = Event::OrganisationChanged { name: after.name, changes: difference.into_changes() };
    change.record_event(id, id, &event).await
}

fn check(form: &Organisation) -> Result<Organisation> {
    let mut check = Check::default();
    let after = Organisation {
        name: check.line("name", &form.name, 160),
        tax_code: check.optional_line("tax_code", &form.tax_code, 20),
        phone: check.optional_line("phone", &form.phone, 40),
        website: website(&mut check, &form.website),
    };
    check.done()?;
    Ok(after)
}

/// A web address, which a page may make a link of: `https://` where the scheme was left out, nothing but a site.
fn website(check: &mut Check, typed: &str) -> String {
    let typed = check.optional_line("website", typed, 200);
    if typed.is_empty() {
        return typed;
    }
    let rest = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://")).unwrap_or(&typed);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let fits =
        host.contains('.') && !host.starts_with('.') && host.chars().all(|c| c.is_alphanumeric() || ".-:".contains(c));
    if !fits || typed.contains(char::is_whitespace) {
        check.problem("website", FieldProblem::Website);
    }
    if rest.len() == typed.len() { format!("https://{typed}") } else { typed }
}
