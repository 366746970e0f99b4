//! Pages about a customer: data and addresses, members, invitations.

pub mod address;
pub mod data;
pub mod member;
pub mod members;

use crate::{
    Page, Problem, Visit,
    ui::{Empty, PageHead, Tab, Tabs},
    web::form::saved_alert,
};
use domain::{
    CustomerId, CustomerKind,
    policy::{Action, Owner, Refusal},
};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::customer::{self, Customer};

/// The customer of a page (`?customer=`), for people who belong to several; by default the first.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CustomerQuery {
    customer: String,
}

/// The customer of a page and the others that the person belongs to.
#[derive(Clone)]
pub struct SelectedCustomer {
    pub customer: Customer,
    pub others: Vec<Customer>,
}

impl SelectedCustomer {
    /// Finds the customer. `None` for someone who belongs to no customer.
    pub async fn find(visit: &Visit, query: &CustomerQuery) -> Result<Option<Self>, Problem> {
        let buyer = visit.buyer()?;
        let mut others = customer::list_own(&mut *visit.read().await?, buyer).await?;
        if others.is_empty() {
            return Ok(None);
        }
        let at = match query.customer.as_str() {
            "" => Some(0),
            id => others.iter().position(|customer| customer.id.to_string() == id),
        };
        let customer = others.remove(at.ok_or(Problem::Missing)?);
        Ok(Some(Self { customer, others }))
    }

    /// Like [`Self::find`], but fails with 404 for someone who belongs to no customer.
    pub async fn required(visit: &Visit, query: &CustomerQuery) -> Result<Self, Problem> {
        Ok(Self::find(visit, query).await?.ok_or(Refusal::Missing)?)
    }

    pub fn id(&self) -> CustomerId {
        self.customer.id
    }

    /// Returns the URL of a page about the same customer.
    pub fn link(&self, path: &str) -> String {
        if self.others.is_empty() { path.to_owned() } else { format!("{path}?customer={}", self.customer.id) }
    }

    /// Returns that URL with a query for [`saved_alert`], such as `saved=removed`.
    pub fn link_after(&self, path: &str, done: &str) -> String {
        let link = self.link(path);
        format!("{link}{}{done}", if link.contains('?') { '&' } else { '?' })
    }

    pub fn is_organisation(&self) -> bool {
        self.customer.kind == CustomerKind::Organisation
    }

    pub fn may(&self, visit: &Visit, action: Action) -> bool {
        visit.actor.may(action, Owner::Customer(self.customer.id)).is_ok()
    }

    /// Tabs with the same page of each customer of the person; nothing if there is only one.
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

/// Creates a page about a customer.
fn customer_page<V: IntoView + 'static>(
    visit: &Visit,
    selected: SelectedCustomer,
    path: &'static str,
    content: impl FnOnce() -> V + Send + 'static,
) -> Page {
    let visit = visit.clone();
    let language = visit.language;
    let title =
        if selected.is_organisation() { selected.customer.name().to_owned() } else { t!(language, "addresses-title") };
    Page::portal(title.clone(), move || {
        let tabs = selected.is_organisation().then(|| {
            let tab = |href: &str, name| Tab { href: selected.link(href), name, here: href == path, count: None };
            vec![
                tab("/organisation", t!(language, "organisation-data")),
                tab("/organisation/members", t!(language, "organisation-members")),
            ]
        });
        view! {
            {selected.switch(path, t!(language, "customer-switch"))}
            <PageHead title/>
            {tabs.map(|tabs| view! { <Tabs label=t!(language, "organisation-parts") tabs/> })}
            {saved_alert(&visit)}
            {content()}
        }
    })
}

/// The page for someone who belongs to no customer.
pub fn no_customer_page(visit: &Visit, title: String) -> Page {
    let language = visit.language;
    Page::portal(title.clone(), move || {
        view! {
            <PageHead title/>
            <Empty title=t!(language, "no-customer") text=t!(language, "no-customer-text")/>
        }
    })
}
