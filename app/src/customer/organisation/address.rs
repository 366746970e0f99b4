//! One address: a new one, or one to change or to remove.

use crate::{
    Page, Problem, Visit,
    customer::organisation::{Chosen, Which},
    ui::{Actions, Button, ButtonKind, ButtonLink, Form, PageHead},
    web::{
        form::{Answer, FormState, Key, Posted, again, keep, new_submission, submission_of},
        record,
    },
};
use axum::{extract::Query, response::IntoResponse};
use domain::{
    AddressId, Language,
    policy::{Action, Owner},
    record::{Address, Typed},
};
use leptos::prelude::*;
use locales::t;
use store::customer::address::{self, Place};

pub async fn show_new(visit: Visit, Query(which): Query<Which>) -> Answer {
    let chosen = Chosen::required(&visit, &which).await?;
    visit.actor.may(Action::EditCustomer, Owner::Customer(chosen.id()))?;
    Ok(page(&visit, &chosen, None, FormState::default()).into_response())
}

pub async fn submit_new(visit: Visit, Query(which): Query<Which>, Posted(typed): Posted<Typed>) -> Answer {
    let chosen = Chosen::required(&visit, &which).await?;
    let submission = submission_of(typed.get("submission"))?;
    let mut change = visit.change().await?;
    let added = match change.once(submission).await {
        Ok(()) => address::add(&mut change, chosen.id(), &typed).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(_) => keep(change, &chosen.done("/organisation", "saved#addresses")).await,
        Err(error) => again(error, typed, |form| page(&visit, &chosen, None, form)),
    }
}

pub async fn show(visit: Visit, Key(id): Key<AddressId>, Query(which): Query<Which>) -> Answer {
    let chosen = Chosen::required(&visit, &which).await?;
    let place = find(&visit, &chosen, id).await?;
    visit.actor.may(Action::EditCustomer, Owner::Customer(chosen.id()))?;
    let form = FormState::new(Typed::from(&place.address));
    Ok(page(&visit, &chosen, Some(place.revision), form).into_response())
}

async fn find(visit: &Visit, chosen: &Chosen, id: AddressId) -> Result<Place, Problem> {
    Ok(address::find(&mut *visit.read().await?, visit.buyer()?, chosen.id(), id).await?)
}

/// Saves the address, or removes it where the form's `what` is `remove`.
pub async fn submit(
    visit: Visit,
    Key(id): Key<AddressId>,
    Query(which): Query<Which>,
    Posted(typed): Posted<Typed>,
) -> Answer {
    let chosen = Chosen::required(&visit, &which).await?;
    find(&visit, &chosen, id).await?;
    let mut change = visit.change().await?;
    let (done, saved) = if typed.get("what") == "remove" {
        (address::remove(&mut change, chosen.id(), id).await, "saved=removed#addresses")
    } else {
        (address::update(&mut change, chosen.id(), id, &typed).await, "saved#addresses")
    };
    match done {
        Ok(()) => keep(change, &chosen.done("/organisation", saved)).await,
        Err(error) => {
            drop(change);
            let revision = find(&visit, &chosen, id).await?.revision;
            again(error, typed, |form| page(&visit, &chosen, Some(revision), form))
        }
    }
}

/// `revision` is that of the address; None for a new one.
fn page(visit: &Visit, chosen: &Chosen, revision: Option<i64>, form: FormState<Typed>) -> Page {
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
            <AddressForm language home revision form/>
            {remove}
        }
    })
}

#[component]
fn AddressForm(language: Language, home: String, revision: Option<i64>, form: FormState<Typed>) -> impl IntoView {
    view! {
        <Form problem=form.summary(language) submission=new_submission().to_string()>
            {revision.map(record::revision)}
            {record::fields::<Address>(language, &form, &Vec::new())}
            <Actions>
                <Button>{t!(language, "save")}</Button>
                <ButtonLink href=home kind=ButtonKind::Quiet>{t!(language, "cancel")}</ButtonLink>
            </Actions>
        </Form>
    }
}
