//! One address: a new one, or one to change or to remove.

use crate::{
    Page, Visit,
    customer::organisation::{Chosen, Which},
    ui::{Actions, Button, ButtonKind, ButtonLink, Field, Form, PageHead},
    web::form::{Answer, FormState, Key, Posted, again, keep, new_submission, submission_of},
};
use axum::{extract::Query, response::IntoResponse};
use domain::{
    AddressId, Language,
    policy::{Action, Owner},
};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::customer::address::{self, Place};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// `remove`, or else to keep.
    what: String,
    label: String,
    street: String,
    city: String,
    postcode: String,
    country: String,
    submission: String,
}

impl From<Place> for Fields {
    fn from(place: Place) -> Self {
        let Place { label, street, city, postcode, country } = place;
        Self { label, street, city, postcode, country, ..Self::default() }
    }
}

impl From<Fields> for Place {
    fn from(fields: Fields) -> Self {
        let Fields { label, street, city, postcode, country, .. } = fields;
        Self { label, street, city, postcode, country }
    }
}

pub async fn show_new(visit: Visit, Query(which): Query<Which>) -> Answer {
    let chosen = Chosen::required(&visit, &which).await?;
    visit.actor.may(Action::EditCustomer, Owner::Customer(chosen.id()))?;
    Ok(page(&visit, &chosen, false, FormState::default()).into_response())
}

pub async fn submit_new(visit: Visit, Query(which): Query<Which>, Posted(fields): Posted<Fields>) -> Answer {
    let chosen = Chosen::required(&visit, &which).await?;
    let submission = submission_of(&fields.submission)?;
    let mut change = visit.change().await?;
    let added = match change.claim_submission(submission).await {
        Ok(()) => address::add(&mut change, chosen.id(), &fields.clone().into()).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(_) => keep(change, &chosen.done("/organisation", "saved#addresses")).await,
        Err(error) => again(error, fields, |form| page(&visit, &chosen, false, form)),
    }
}

pub async fn show(visit: Visit, Key(id): Key<AddressId>, Query(which): Query<Which>) -> Answer {
    let chosen = Chosen::required(&visit, &which).await?;
    let address = address::find(&mut *visit.read().await?, visit.buyer()?, chosen.id(), id).await?;
    visit.actor.may(Action::EditCustomer, Owner::Customer(chosen.id()))?;
    Ok(page(&visit, &chosen, true, FormState::new(address.place.into())).into_response())
}

pub async fn submit(
    visit: Visit,
    Key(id): Key<AddressId>,
    Query(which): Query<Which>,
    Posted(fields): Posted<Fields>,
) -> Answer {
    let chosen = Chosen::required(&visit, &which).await?;
    address::find(&mut *visit.read().await?, visit.buyer()?, chosen.id(), id).await?;
    let mut change = visit.change().await?;
    let (done, said) = if fields.what == "remove" {
        (address::remove(&mut change, chosen.id(), id).await, "saved=removed#addresses")
    } else {
        (address::change(&mut change, chosen.id(), id, &fields.clone().into()).await, "saved#addresses")
    };
    match done {
        Ok(()) => keep(change, &chosen.done("/organisation", said)).await,
        Err(error) => again(error, fields, |form| page(&visit, &chosen, true, form)),
    }
}

fn page(visit: &Visit, chosen: &Chosen, known: bool, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let home = chosen.link("/organisation");
    let above = if chosen.is_organisation() { chosen.customer.name.clone() } else { t!(language, "addresses-title") };
    let title = if known { t!(language, "address-title") } else { t!(language, "address-new-title") };
    Page::portal(title.clone(), move || {
        let remove = known.then(|| {
            view! {
                <Form>
                    <input type="hidden" name="what" value="remove"/>
                    <Button kind=ButtonKind::Danger>{t!(language, "address-remove")}</Button>
                </Form>
            }
        });
        view! {
            <PageHead title back=(home.clone(), above)/>
            <AddressForm language home form/>
            {remove}
        }
    })
}

#[component]
fn AddressForm(language: Language, home: String, form: FormState<Fields>) -> impl IntoView {
    let (summary, values) = (form.summary(language), form.values.clone());
    let error = move |field| form.error(language, field);
    view! {
        <Form problem=summary submission=new_submission().to_string()>
            <Field label=t!(language, "address-label") name="label" value=values.label error=error("label")
                hint=t!(language, "address-label-hint") maxlength=60/>
            <Field label=t!(language, "address-street") name="street" value=values.street error=error("street")
                hint=t!(language, "address-street-hint") autocomplete="street-address"/>
            <Field label=t!(language, "address-city") name="city" value=values.city error=error("city") autocomplete="address-level2"/>
            <Field label=t!(language, "address-postcode") name="postcode" value=values.postcode error=error("postcode")
                optional=t!(language, "optional") autocomplete="postal-code"/>
            <Field label=t!(language, "address-country") name="country" value=values.country error=error("country")
                optional=t!(language, "optional") autocomplete="country-name"/>
            <Actions>
                <Button>{t!(language, "save")}</Button>
                <ButtonLink href=home kind=ButtonKind::Quiet>{t!(language, "cancel")}</ButtonLink>
            </Actions>
        </Form>
    }
}
