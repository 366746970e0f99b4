//! The page of one address, new or existing.

use crate::{
    Page, Problem, Visit,
    customer::organisation::{CustomerQuery, SelectedCustomer},
    ui::{Actions, Button, ButtonKind, ButtonLink, Form, PageHead},
    web::{
        form::{
            FormState, PageResult, PathId, Posted, commit_and_redirect, new_submission_id, parse_submission_id,
            show_again,
        },
        record,
    },
};
use axum::{extract::Query, response::IntoResponse};
use domain::{
    AddressId,
    policy::{Action, Owner},
    record::{Address, Typed},
};
use leptos::prelude::*;
use locales::t;
use store::customer::address::{self, Place};

pub async fn show_new(visit: Visit, Query(which): Query<CustomerQuery>) -> PageResult {
    let chosen = SelectedCustomer::required(&visit, &which).await?;
    visit.actor.may(Action::EditCustomer, Owner::Customer(chosen.id()))?;
    Ok(page(&visit, &chosen, None, FormState::default()).into_response())
}

pub async fn submit_new(visit: Visit, Query(which): Query<CustomerQuery>, Posted(typed): Posted<Typed>) -> PageResult {
    let chosen = SelectedCustomer::required(&visit, &which).await?;
    let submission = parse_submission_id(typed.get("submission"))?;
    let mut change = visit.change().await?;
    let added = match change.claim_submission(submission).await {
        Ok(()) => address::add(&mut change, chosen.id(), &typed).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(_) => commit_and_redirect(change, &chosen.link_after("/organisation", "saved#addresses")).await,
        Err(error) => show_again(error, typed, |form| page(&visit, &chosen, None, form)),
    }
}

pub async fn show(visit: Visit, PathId(id): PathId<AddressId>, Query(which): Query<CustomerQuery>) -> PageResult {
    let chosen = SelectedCustomer::required(&visit, &which).await?;
    let place = find(&visit, &chosen, id).await?;
    visit.actor.may(Action::EditCustomer, Owner::Customer(chosen.id()))?;
    let form = FormState::new(Typed::from(&place.address));
    Ok(page(&visit, &chosen, Some(place.revision), form).into_response())
}

async fn find(visit: &Visit, chosen: &SelectedCustomer, id: AddressId) -> Result<Place, Problem> {
    Ok(address::find(&mut *visit.read().await?, visit.buyer()?, chosen.id(), id).await?)
}

/// Saves the address, or removes it if the form's `what` is `remove`.
pub async fn submit(
    visit: Visit,
    PathId(id): PathId<AddressId>,
    Query(which): Query<CustomerQuery>,
    Posted(typed): Posted<Typed>,
) -> PageResult {
    let chosen = SelectedCustomer::required(&visit, &which).await?;
    find(&visit, &chosen, id).await?;
    let mut change = visit.change().await?;
    let (done, saved) = if typed.get("what") == "remove" {
        (address::remove(&mut change, chosen.id(), id).await, "saved=removed#addresses")
    } else {
        (address::update(&mut change, chosen.id(), id, &typed).await, "saved#addresses")
    };
    match done {
        Ok(()) => commit_and_redirect(change, &chosen.link_after("/organisation", saved)).await,
        Err(error) => {
            drop(change);
            let revision = find(&visit, &chosen, id).await?.revision;
            show_again(error, typed, |form| page(&visit, &chosen, Some(revision), form))
        }
    }
}

/// `revision` is `None` for a new address.
fn page(visit: &Visit, chosen: &SelectedCustomer, revision: Option<i64>, form: FormState<Typed>) -> Page {
    let visit = visit.clone();
    let language = visit.language;
    let home = chosen.link("/organisation");
    let above =
        if chosen.is_organisation() { chosen.customer.name().to_owned() } else { t!(language, "addresses-title") };
    let title = if revision.is_some() { t!(language, "address-title") } else { t!(language, "address-new-title") };
    Page::portal(title.clone(), move || {
        let remove = revision.is_some().then(|| {
            view! {
                <Form>
                    <input type="hidden" name="what" value="remove"/>
                    <Button kind=ButtonKind::Danger>{t!(language, "address-remove")}</Button>
                </Form>
            }
        });
        view! {
            <PageHead title back=(home.clone(), above)/>
            <AddressForm visit=visit.clone() home revision form/>
            {remove}
        }
    })
}

#[component]
fn AddressForm(visit: Visit, home: String, revision: Option<i64>, form: FormState<Typed>) -> impl IntoView {
    let language = visit.language;
    view! {
        <Form problem=form.summary(language) submission=new_submission_id().to_string()>
            {revision.map(record::revision)}
            {record::fields::<Address>(&visit, &form, &Vec::new())}
            <Actions>
                <Button>{t!(language, "save")}</Button>
                <ButtonLink href=home kind=ButtonKind::Quiet>{t!(language, "cancel")}</ButtonLink>
            </Actions>
        </Form>
    }
}
