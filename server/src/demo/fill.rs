//! Fills an empty database with the demo company in one change, from a fixed seed. It calls the same operations as the
//! portal's pages, with its own clock and random generator.

use super::generator::Generator;
use anyhow::Context;
use domain::{Language, Span, policy::Actor};
use rand::{SeedableRng, rngs::StdRng};
use rust_embed::RustEmbed;
use std::collections::HashMap;
use store::{BackdatedChange, HistoryWriter, Store, account::password, company, company::FirstRun, product};

/// Printed when a demo company is served.
pub const SIGN_INS: &str = "\
Demo sign-ins, all with the password \"demo\":
  olena@example.com    a customer (administrator of an organisation)
  taras@example.com    staff
  iryna@example.com    staff, administrator of the company";

const ADMINISTRATOR_EMAIL: &str = "iryna@example.com";
const ADMINISTRATOR_NAME: &str = "Ірина Коваль";
const SEED: u64 = 19_910_824;
/// The length of the generated history.
const HISTORY: Span = Span::days(730);

/// The product models of the demo company.
#[derive(RustEmbed)]
#[folder = "../models"]
#[include = "*.toml"]
struct Models;

/// Returns false and changes nothing if the database already has a company.
pub async fn fill(store: &Store, history: &HistoryWriter) -> anyhow::Result<bool> {
    if company::find(&mut *store.read().await?).await?.is_some() {
        return Ok(false);
    }
    // Everyone has the same password, so it is hashed only once.
    let password_hash = password::hash("demo".to_owned()).await?;
    let now = store.clock().now();
    let mut change = history.change(Actor::System).await?;
    change.seed(SEED);
    let random = StdRng::seed_from_u64(SEED);
    let mut generator = Generator { random, now, password_hash, names: HashMap::new() };
    add_everything(&mut generator, &mut change).await?;
    change.commit().await?;
    Ok(true)
}

/// Returns whether the company in this database is the demo company.
pub async fn is_demo(store: &Store) -> anyhow::Result<bool> {
    let staff = company::list_staff(&mut *store.read().await?, &Actor::System).await?;
    Ok(staff.iter().any(|member| member.person.email == ADMINISTRATOR_EMAIL))
}

async fn add_everything(generator: &mut Generator, change: &mut BackdatedChange) -> anyhow::Result<()> {
    let beginning = generator.now.minus(HISTORY);
    change.impersonate(Actor::System, beginning);
    let form = FirstRun {
        company: "Теплий дуб".to_owned(),
        currency: "UAH".to_owned(),
        name: ADMINISTRATOR_NAME.to_owned(),
        email: ADMINISTRATOR_EMAIL.to_owned(),
        password: "три зелені стільці".to_owned(),
    };
    let administrator = company::create(change, &form, generator.password_hash.clone(), Language::Uk).await?;
    generator.names.insert(administrator, ADMINISTRATOR_NAME.to_owned());
    let staff = generator.add_staff(change, administrator).await?;
    add_products(change).await?;
    let mut customers = generator.add_customers(change, beginning).await?;
    generator.add_profiles(change, &staff, &mut customers).await?;
    generator.add_designs(change, &staff, &customers).await?;
    generator.add_tickets(change, &staff, &customers).await?;
    // Last, so that it is the newest.
    generator.add_current_work(change, &staff, &customers).await
}

async fn add_products(change: &mut BackdatedChange) -> anyhow::Result<()> {
    let mut names: Vec<_> = Models::iter().collect();
    // The first product of the catalogue is shown on the home page.
    names.sort_by_key(|name| (name != "dining-table.toml", name.to_string()));
    for name in names {
        let file = Models::get(&name).context("a product model of the demo is missing")?;
        let text = std::str::from_utf8(&file.data).context("a product model of the demo is not UTF-8")?;
        product::offer(change, text).await.with_context(|| format!("the demo's product model {name} is invalid"))?;
    }
    Ok(())
}
