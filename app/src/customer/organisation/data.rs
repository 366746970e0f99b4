//! An organisation's name and numbers, and the places that things are delivered to.

use crate::{
    Page, Visit,
    customer::organisation::{CustomerQuery, SelectedCustomer, customer_page, no_customer_page},
    ui::{Actions, Button, ButtonKind, ButtonLink, Empty, Facts, Field, Form},
    web::form::{FormState, PageResult, Posted, commit_and_redirect, show_again},
};
use axum::{extract::Query, response::IntoResponse};
use domain::{Language, policy::Action};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::customer::{
    Customer,
    address::{self, Address},
    organisation::{self, Organisation},
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    name: String,
    tax_code: String,
    phone: String,
    website: String,
}

pub async fn show(visit: Visit, Query(which): Query<CustomerQuery>) -> PageResult {
    let Some(chosen) = SelectedCustomer::find(&visit, &which).await? else {
        return Ok(no_customer_page(&visit, t!(visit.language, "nav-organisation")).into_response());
    };
    let Customer { name, tax_code, phone, website, .. } = chosen.customer.clone();
    let addresses = address::list(&mut *visit.read().await?, visit.buyer()?, chosen.id()).await?;
    Ok(page(&visit, chosen, addresses, FormState::new(Fields { name, tax_code, phone, website })).into_response())
}

pub async fn submit(visit: Visit, Query(which): Query<CustomerQuery>, Posted(fields): Posted<Fields>) -> PageResult {
    let chosen = SelectedCustomer::required(&visit, &which).await?;
    let Fields { name, tax_code, phone, website } = fields.clone();
    let mut change = visit.change().await?;
    match organisation::change(&mut change, chosen.id(), &Organisation { name, tax_code, phone, website }).await {
        Ok(()) => commit_and_redirect(change, &chosen.link_after("/organisation", "saved")).await,
        Err(error) => {
            drop(change);
            let addresses = address::list(&mut *visit.read().await?, visit.buyer()?, chosen.id()).await?;
            show_again(error, fields, |form| page(&visit, chosen, addresses, form))
        }
    }
}

fn page(visit: &Visit, chosen: SelectedCustomer, addresses: Vec<Address>, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let may_edit = chosen.may(visit, Action::EditCustomer);
    let shown = chosen.clone();
    customer_page(visit, chosen, "/organisation", move || {
        let data = shown.is_organisation().then(|| {
            if may_edit { data_form(language, form).into_any() } else { facts(language, &shown.customer).into_any() }
        });
        view! {
            {data}
            <Addresses language chosen=shown addresses may_edit/>
        }
    })
}

fn data_form(language: Language, form: FormState<Fields>) -> impl IntoView {
    let (summary, values) = (form.summary(language), form.values.clone());
    let error = move |field| form.error(language, field);
    view! {
        <Form problem=summary>
            <Field label=t!(language, "organisation-name") name="name" value=values.name error=error("name") autocomplete="organization"/>
            <Field label=t!(language, "organisation-tax-code") name="tax_code" value=values.tax_code error=error("tax_code")
                hint=t!(language, "organisation-tax-code-hint") optional=t!(language, "optional") inputmode="numeric"/>
            <Field label=t!(language, "profile-phone") name="phone" kind="tel" value=values.phone error=error("phone")
                optional=t!(language, "optional") autocomplete="tel"/>
            <Field label=t!(language, "organisation-website") name="website" value=values.website error=error("website")
                optional=t!(language, "optional") autocomplete="url" inputmode="url"/>
            <Actions><Button>{t!(language, "save")}</Button></Actions>
        </Form>
    }
}

/// The data as members read it who may not change it.
fn facts(language: Language, customer: &Customer) -> impl IntoView + use<> {
    let facts = [
        ("organisation-name", &customer.name),
        ("organisation-tax-code", &customer.tax_code),
        ("profile-phone", &customer.phone),
        ("organisation-website", &customer.website),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| (t!(language, key), value.clone().into_any()))
    .collect();
    view! {
        <Facts facts/>
        <p class="soft">{t!(language, "organisation-ask-administrator")}</p>
    }
}

#[component]
fn Addresses(language: Language, chosen: SelectedCustomer, addresses: Vec<Address>, may_edit: bool) -> impl IntoView {
    let new = chosen.link("/organisation/addresses/new");
    let add = t!(language, "address-add");
    let about = if chosen.is_organisation() { t!(language, "offices-about") } else { t!(language, "addresses-about") };
    let heading = chosen.is_organisation().then(|| view! { <h2>{t!(language, "offices-title")}</h2> });
    if addresses.is_empty() {
        let title = t!(language, "addresses-none");
        let empty = if may_edit {
            view! { <Empty title text=about action=(new, add)/> }
        } else {
            view! { <Empty title text=about/> }
        };
        return view! { <section class="section" id="addresses">{heading} {empty}</section> }.into_any();
    }
    let rows = addresses
        .into_iter()
        .map(|address| {
            let href = chosen.link(&format!("/organisation/addresses/{}", address.id));
            let change = may_edit.then(|| {
                let label = t!(language, "address-change-named", name = &address.place.label);
                view! { <a class="button quiet" href=href aria-label=label>{t!(language, "change")}</a> }
            });
            view! {
                <li class="row apart">
                    <span dir="auto"><strong>{address.place.label.clone()}</strong> <br/> {address.place.line()}</span>
                    {change}
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="section" id="addresses">
            {heading}
            <p class="soft">{about}</p>
            <ul class="list rows">{rows}</ul>
            {may_edit.then(|| view! { <p><ButtonLink href=new kind=ButtonKind::Second>{add}</ButtonLink></p> })}
        </section>
    }
    .into_any()
}
