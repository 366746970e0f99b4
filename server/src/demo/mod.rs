//! The demo company: a furniture workshop with its people and two years of work, told from a fixed seed in one change.
//! It goes through the same operations as everyone; only the clock and the randomness are the demo's.

mod calendar;
mod help;
mod making;
mod names;
mod people;
mod pictures;
mod profiles;
mod questions;
mod rooms;
mod story;
mod today;
mod words;

use anyhow::Context;
use domain::{Language, PersonId, Span, Timestamp, policy::Actor};
use rand::{SeedableRng, rngs::StdRng};
use rust_embed::RustEmbed;
use std::collections::HashMap;
use store::{BackdatedChange, HistoryWriter, Store, account::password, company, company::FirstRun, product};

/// What is printed where the demo company is served.
pub const SIGN_INS: &str = "\
Demo sign-ins, all with the password \"demo\":
  olena@example.com    a customer (administrator of an organisation)
  taras@example.com    staff
  iryna@example.com    staff, administrator of the company";

const ADMINISTRATOR: &str = "iryna@example.com";
const IRYNA: &str = "Ірина Коваль";
const SEED: u64 = 19_910_824;
const HISTORY: Span = Span::days(730);

/// The product models of the demo company.
#[derive(RustEmbed)]
#[folder = "../models"]
#[include = "*.toml"]
struct Models;

/// Fills an empty database; false where there is a company already.
pub async fn fill(store: &Store, history: &HistoryWriter) -> anyhow::Result<bool> {
    if company::find(&mut *store.read().await?).await?.is_some() {
        return Ok(false);
    }
    // Everyone's password is the same, so it is hashed once.
    let hash = password::hash("demo".to_owned()).await?;
    let now = store.clock().now();
    let mut change = history.change(Actor::System).await?;
    change.seed(SEED);
    let mut demo = Telling { random: StdRng::seed_from_u64(SEED), now, hash, names: HashMap::new() };
    demo.tell(&mut change).await?;
    change.commit().await?;
    Ok(true)
}

/// Whether the company served is the demo's.
pub async fn is_demo(store: &Store) -> anyhow::Result<bool> {
    let staff = company::list_staff(&mut *store.read().await?).await?;
    Ok(staff.iter().any(|member| member.person.email == ADMINISTRATOR))
}

/// The telling of the demo's history.
struct Telling {
    random: StdRng,
    /// The moment up to which there is history.
    now: Timestamp,
    hash: String,
    /// What everyone is called, as they sign in rooms.
    names: HashMap<PersonId, String>,
}

impl Telling {
    async fn tell(&mut self, change: &mut BackdatedChange) -> anyhow::Result<()> {
        let began = self.now.minus(HISTORY);
        change.impersonate(Actor::System, began);
        let form = FirstRun {
            company: "Теплий дуб".to_owned(),
            currency: "UAH".to_owned(),
            name: IRYNA.to_owned(),
            email: ADMINISTRATOR.to_owned(),
            password: "три зелені стільці".to_owned(),
        };
        let iryna = company::create(change, &form, self.hash.clone(), Language::Uk).await?;
        self.names.insert(iryna, IRYNA.to_owned());
        let staff = self.hire(change, iryna).await?;
        self.offer(change).await?;
        let mut customers = self.enrol(change, began).await?;
        self.introduce(change, &staff, &mut customers).await?;
        self.work(change, &staff, &customers).await?;
        self.help(change, &staff, &customers).await?;
        self.today(change, &staff, &customers).await
    }

    async fn offer(&mut self, change: &mut BackdatedChange) -> anyhow::Result<()> {
        let mut names: Vec<_> = Models::iter().collect();
        // What stands first in the catalogue greets visitors.
        names.sort_by_key(|name| (name != "dining-table.toml", name.to_string()));
        for name in names {
            let file = Models::get(&name).context("a model of the demo is missing")?;
            let text = std::str::from_utf8(&file.data).context("a model of the demo is not text")?;
            product::offer(change, text).await.with_context(|| format!("the demo's model {name}"))?;
        }
        Ok(())
    }
}
