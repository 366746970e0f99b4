//! An organisation's data, and a customer's addresses.

use crate::{
    Page, Visit,
    customer::organisation::{CustomerQuery, SelectedCustomer, customer_page, no_customer_page},
    ui::{Actions, Button, ButtonKind, ButtonLink, Empty, Facts, Form},
    web::{
        form::{FormState, PageResult, Posted, commit_and_redirect, show_again},
        record,
    },
};
use axum::{extract::Query, response::IntoResponse};
use domain::{
    Language,
    policy::Action,
    record::{Organisation, Typed},
};
use leptos::prelude::*;
use locales::t;
use store::customer::{
    Customer,
    address::{self, Place},
    organisation,
};

pub async fn show(visit: Visit, Query(which): Query<CustomerQuery>) -> PageResult {
    let Some(chosen) = SelectedCustomer::find(&visit, &which).await? else {
        return Ok(no_customer_page(&visit, t!(visit.language, "nav-organisation")).into_response());
    };
    let addresses = address::list(&mut *visit.read().await?, visit.buyer()?, chosen.id()).await?;
    let form = FormState::new(Typed::from(&chosen.customer.details));
    Ok(page(&visit, chosen, addresses, form).into_response())
}

pub async fn submit(visit: Visit, Query(which): Query<CustomerQuery>, Posted(typed): Posted<Typed>) -> PageResult {
    let chosen = SelectedCustomer::required(&visit, &which).await?;
    let mut change = visit.change().await?;
    match organisation::update(&mut change, chosen.id(), &typed).await {
        Ok(()) => commit_and_redirect(change, &chosen.link_after("/organisation", "saved")).await,
        Err(error) => {
            drop(change);
            let chosen = SelectedCustomer::required(&visit, &which).await?;
            let addresses = address::list(&mut *visit.read().await?, visit.buyer()?, chosen.id()).await?;
            show_again(error, typed, |form| page(&visit, chosen, addresses, form))
        }
    }
}

fn page(visit: &Visit, chosen: SelectedCustomer, addresses: Vec<Place>, form: FormState<Typed>) -> Page {
    let language = visit.language;
    let may_edit = chosen.may(visit, Action::EditCustomer);
    let (shown, visit) = (chosen.clone(), visit.clone());
    customer_page(&visit.clone(), chosen, "/organisation", move || {
        let data = shown.is_organisation().then(|| {
            if may_edit {
                data_form(&visit, shown.customer.revision, form).into_any()
            } else {
                data_facts(language, &shown.customer).into_any()
            }
        });
        view! {
            {data}
            <Addresses language chosen=shown addresses may_edit/>
        }
    })
}

fn data_form(visit: &Visit, revision: i64, form: FormState<Typed>) -> impl IntoView + use<> {
    let language = visit.language;
    let fields = record::fields::<Organisation>(visit, &form, &Vec::new());
    view! {
        <Form problem=form.summary(language)>
            {record::revision(revision)}
            {fields}
            <Actions><Button>{t!(language, "save")}</Button></Actions>
        </Form>
    }
}

/// The data as text, for members who may not edit it.
fn data_facts(language: Language, customer: &Customer) -> impl IntoView + use<> {
    view! {
        <Facts facts=record::facts(language, &customer.details)/>
        <p class="soft">{t!(language, "organisation-ask-administrator")}</p>
    }
}

#[component]
fn Addresses(language: Language, chosen: SelectedCustomer, addresses: Vec<Place>, may_edit: bool) -> impl IntoView {
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
        .map(|Place { id, address, .. }| {
            let href = chosen.link(&format!("/organisation/addresses/{id}"));
            let change = may_edit.then(|| {
                let label = t!(language, "address-change-named", name = &address.label);
                view! { <a class="button quiet" href=href aria-label=label>{t!(language, "change")}</a> }
            });
            view! {
                <li class="row apart">
                    <span dir="auto"><strong>{address.label.clone()}</strong> <br/> {address.line()}</span>
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
