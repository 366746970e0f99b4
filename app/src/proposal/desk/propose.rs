//! Proposes a version to the customer, with price, dates and a message.

use crate::{
    Page, Problem, Visit,
    design::{
        parts::{Choices, drawing},
        versions::version_name,
    },
    room::PriceLines,
    ui::{Actions, Button, Field, Form, PageHead, TextArea},
    web::form::{
        FormState, PageResult, PathId, Posted, commit_and_redirect, new_submission_id, parse_submission_id, show_again,
    },
};
use axum::{extract::Query, response::IntoResponse};
use domain::{DesignId, VersionId};
use leptos::prelude::*;
use locales::{money, t};
use serde::Deserialize;
use store::{
    design::{
        version::{self, Version},
        view::{self, Design},
    },
    proposal::{self, Terms},
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProposeQuery {
    version: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    version: String,
    price: String,
    valid_until: String,
    delivery_on: String,
    message: String,
    submission: String,
}

pub async fn show(visit: Visit, PathId(id): PathId<DesignId>, Query(query): Query<ProposeQuery>) -> PageResult {
    visit.staff()?;
    let (design, version) = read(&visit, id, &query.version).await?;
    let days: u32 = design.model.steps.iter().map(|step| step.days).sum();
    let fields = Fields {
        version: query.version,
        price: plain(version.total.minor),
        valid_until: visit.today().plus_days(14).to_string(),
        // Four days for shipping.
        delivery_on: visit.today().plus_working_days(days).plus_days(4).to_string(),
        ..Fields::default()
    };
    Ok(page(&visit, design, version, FormState::new(fields)).into_response())
}

async fn read(visit: &Visit, id: DesignId, version: &str) -> Result<(Design, Version), Problem> {
    let version: VersionId = version.parse().map_err(|_| Problem::Missing)?;
    let mut connection = visit.read().await?;
    let design = view::find(&mut connection, &visit.actor, id).await?;
    let version = version::find(&mut connection, &visit.actor, version).await?;
    if version.design == design.id { Ok((design, version)) } else { Err(Problem::Missing) }
}

/// Formats minor units as the value of a price field.
fn plain(minor: i64) -> String {
    if minor % 100 == 0 { (minor / 100).to_string() } else { format!("{}.{:02}", minor / 100, minor % 100) }
}

pub async fn submit(visit: Visit, PathId(id): PathId<DesignId>, Posted(fields): Posted<Fields>) -> PageResult {
    visit.staff()?;
    let (design, version) = read(&visit, id, &fields.version).await?;
    let submission = parse_submission_id(&fields.submission)?;
    let Fields { price, valid_until, delivery_on, message, .. } = fields.clone();
    let terms = Terms { price, valid_until, delivery_on, message };
    let mut change = visit.change().await?;
    let proposed = match change.claim_submission(submission).await {
        Ok(()) => proposal::propose(&mut change, version.id, &terms, visit.remote_address).await,
        Err(error) => Err(error),
    };
    match proposed {
        Ok(_) => commit_and_redirect(change, &format!("/desk/designs/{id}")).await,
        Err(error) => show_again(error, fields, |form| page(&visit, design, version, form)),
    }
}

fn page(visit: &Visit, design: Design, version: Version, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let title = t!(language, "propose-title", version = version_name(language, version.number, &version.name));
    Page::desk(title.clone(), move || {
        let (values, summary) = (form.values.clone(), form.summary(language));
        let error = move |field| form.error(language, field);
        let (model, content) = (design.model.clone(), version.content);
        let price = model.price(&content.options, content.quantity);
        let back = (format!("/desk/designs/{}", design.id), design.title.clone());
        let hint = t!(language, "propose-price-hint", price = money(language, version.total));
        view! {
            <PageHead title lead=design.customer_name.clone() back/>
            <div class="columns">
                <Form problem=summary submission=new_submission_id().to_string()>
                    <input type="hidden" name="version" value=values.version.clone()/>
                    <Field label=t!(language, "propose-price", currency = version.total.currency.code()) name="price"
                        value=values.price.clone() error=error("price") hint inputmode="decimal"/>
                    <Field label=t!(language, "proposal-valid") name="valid_until" kind="date" value=values.valid_until.clone()
                        error=error("valid_until")/>
                    <Field label=t!(language, "proposal-delivery") name="delivery_on" kind="date"
                        value=values.delivery_on.clone() error=error("delivery_on")/>
                    <TextArea label=t!(language, "propose-message") name="message" value=values.message.clone()
                        error=error("message") optional=t!(language, "optional") maxlength=4000/>
                    <Actions><Button>{t!(language, "propose-button")}</Button></Actions>
                </Form>
                <section class="stack">
                    {drawing(&model, &content.options, language)}
                    <PriceLines price language/>
                    <Choices model=&model values=&content.options quantity=content.quantity language/>
                </section>
            </div>
        }
    })
}
