//! What belongs to a customer as a whole: its data and offices, its members, who is invited.

pub mod address;
pub mod data;
pub mod member;
pub mod members;

use crate::{
    Page, Problem, Visit,
    ui::{Empty, PageHead, Tab, Tabs},
    web::form::saved,
};
use domain::{
    CustomerId, CustomerKind,
    policy::{Action, Owner, Refusal},
};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::customer::{self, Customer};

/// Which customer a page is about, for people who belong to several; the first where the address does not say.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    customer: String,
}

/// The customer of a page, among those that the person belongs to.
#[derive(Clone)]
pub struct Chosen {
    pub customer: Customer,
    pub others: Vec<Customer>,
}

impl Chosen {
    /// None for someone who belongs to no customer.
    pub async fn find(visit: &Visit, which: &Which) -> Result<Option<Self>, Problem> {
        let buyer = visit.buyer()?;
        let mut others = customer::own(&mut *visit.read().await?, buyer).await?;
        if others.is_empty() {
            return Ok(None);
        }
        let at = match which.customer.as_str() {
            "" => Some(0),
            id => others.iter().position(|customer| customer.id.to_string() == id),
        };
        let customer = others.remove(at.ok_or(Problem::Missing)?);
        Ok(Some(Self { customer, others }))
    }

    /// For pages that are reached from one of a customer.
    pub async fn required(visit: &Visit, which: &Which) -> Result<Self, Problem> {
        Ok(Self::find(visit, which).await?.ok_or(Refusal::Missing)?)
    }

    pub fn id(&self) -> CustomerId {
        self.customer.id
    }

    /// The address of a page about the same customer.
    pub fn link(&self, path: &str) -> String {
        if self.others.is_empty() { path.to_owned() } else { format!("{path}?customer={}", self.customer.id) }
    }

    /// The same, saying what was done.
    pub fn done(&self, path: &str, done: &str) -> String {
        let link = self.link(path);
        format!("{link}{}{done}", if link.contains('?') { '&' } else { '?' })
    }

    pub fn is_organisation(&self) -> bool {
        self.customer.kind == CustomerKind::Organisation
    }

    pub fn may(&self, visit: &Visit, action: Action) -> bool {
        visit.actor.may(action, Owner::Customer(self.customer.id)).is_ok()
    }

    /// The other customers of the person, each with a link to the same page of theirs.
    pub fn switch(&self, path: &str, label: String) -> impl IntoView + use<> {
        let mut all: Vec<_> = [&self.customer].into_iter().chain(&self.others).cloned().collect();
        all.sort_by_key(|customer| (customer.created_at, customer.id));
        let tabs = all
            .into_iter()
            .map(|customer| Tab {
                href: format!("{path}?customer={}", customer.id),
                here: customer.id == self.customer.id,
                name: customer.name().to_owned(),
                count: None,
            })
            .collect();
        (!self.others.is_empty()).then(|| view! { <Tabs label tabs/> })
    }
}

/// One of the customer's pages.
fn customer_page<V: IntoView + 'static>(
    visit: &Visit,
    chosen: Chosen,
    path: &'static str,
    content: impl FnOnce() -> V + Send + 'static,
) -> Page {
    let visit = visit.clone();
    let language = visit.language;
    let title =
        if chosen.is_organisation() { chosen.customer.name().to_owned() } else { t!(language, "addresses-title") };
    Page::portal(title.clone(), move || {
        let tabs = chosen.is_organisation().then(|| {
            let tab = |href: &str, name| Tab { href: chosen.link(href), name, here: href == path, count: None };
            vec![
                tab("/organisation", t!(language, "organisation-data")),
                tab("/organisation/members", t!(language, "organisation-members")),
            ]
        });
        view! {
            {chosen.switch(path, t!(language, "customer-switch"))}
            <PageHead title/>
            {tabs.map(|tabs| view! { <Tabs label=t!(language, "organisation-parts") tabs/> })}
            {saved(&visit)}
            {content()}
        }
    })
}

/// For someone who belongs to no customer (any more).
pub fn nobodys(visit: &Visit, title: String) -> Page {
    let language = visit.language;
    Page::portal(title.clone(), move || {
        view! {
            <PageHead title/>
            <Empty title=t!(language, "no-customer") text=t!(language, "no-customer-text")/>
        }
    })
}
