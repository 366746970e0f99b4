//! The demo company: a furniture workshop with its people, told from a fixed seed.

use domain::{
    Language,
    policy::{Actor, StaffRole},
};
use store::{Store, account::password, company, company::FirstRun, person::NewPerson};

/// What is printed where the demo company is served.
pub const SIGN_INS: &str = "\
Demo sign-ins, all with the password \"demo\":
  olena@example.com    a customer (administrator of an organisation)
  taras@example.com    staff
  iryna@example.com    staff, administrator of the company";

const ADMINISTRATOR: &str = "iryna@example.com";

/// Fills an empty database; false where there is a company already.
pub async fn fill(store: &Store) -> anyhow::Result<bool> {
    if company::find(&mut *store.read().await?).await?.is_some() {
        return Ok(false);
    }
    let hash = password::hash("demo".to_owned()).await?;
    let mut change = store.change(Actor::System).await?;
    let form = FirstRun {
        company: "Теплий дуб".to_owned(),
        currency: "UAH".to_owned(),
        name: "Ірина Коваль".to_owned(),
        email: ADMINISTRATOR.to_owned(),
        password: "три зелені стільці".to_owned(),
    };
    company::begin(&mut change, &form, hash.clone(), Language::Uk).await?;
    let taras = NewPerson {
        email: "taras@example.com".to_owned(),
        name: "Тарас Бондаренко".to_owned(),
        phone: "+380 44 200 10 02".to_owned(),
        language: Language::Uk,
        password_hash: Some(hash),
        confirmed: true,
    };
    company::hire(&mut change, taras, StaffRole::Staff).await?;
    change.commit().await?;
    Ok(true)
}

/// Whether the company served is the demo's.
pub async fn is_demo(store: &Store) -> anyhow::Result<bool> {
    let staff = company::staff(&mut *store.read().await?).await?;
    Ok(staff.iter().any(|member| member.person.email == ADMINISTRATOR))
}
