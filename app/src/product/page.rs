//! One product: description, options, and the form that starts a design.

use crate::{
    Page, Problem, Visit,
    design::parts::drawing,
    product::catalogue::price,
    ui::{Button, Form, PageHead, Select},
    web::{
        form::{PageResult, Posted, commit_and_redirect, new_submission_id, show_again},
        url::sign_in_url,
    },
};
use axum::{extract::Path, response::IntoResponse};
use domain::{
    CustomerId, Language,
    input::FormValidator,
    model::{ModelOption, OptionKind, ProductKind, Unit},
};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    customer::{self, Customer},
    design::start::{self, InitialContent},
    product::{self, Product},
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    customer: String,
    submission: String,
}

pub async fn show(visit: Visit, Path(slug): Path<String>) -> PageResult {
    let mut connection = visit.read().await?;
    let product = product::by_slug(&mut connection, &slug).await?;
    let customers = match visit.actor.buyer() {
        Ok(buyer) => customer::list_own(&mut connection, buyer).await?,
        Err(_) => Vec::new(),
    };
    Ok(page(&visit, product, customers).into_response())
}

/// Starts a design.
pub async fn submit(visit: Visit, Path(slug): Path<String>, Posted(fields): Posted<Fields>) -> PageResult {
    let buyer = visit.buyer()?;
    let product = product::by_slug(&mut *visit.read().await?, &slug).await?;
    let mut check = FormValidator::default();
    let customer = match fields.customer.as_str() {
        "" => buyer.main_customer(),
        chosen => check.choice::<CustomerId>("customer", chosen),
    };
    let submission = check.choice("submission", &fields.submission);
    check.done().map_err(Problem::Invalid)?;
    let (Some(customer), Some(submission)) = (customer, submission) else { return Err(Problem::Missing) };
    let mut change = visit.change().await?;
    if let Err(error) = change.claim_submission(submission).await {
        return show_again(error, fields, |_| page(&visit, product, Vec::new()));
    }
    let design =
        start::start_design(&mut change, customer, &product, &InitialContent::default(), visit.language).await?;
    commit_and_redirect(change, &format!("/designs/{design}")).await
}

fn page(visit: &Visit, product: Product, customers: Vec<Customer>) -> Page {
    let language = visit.language;
    let address = visit.path_and_query.clone();
    let (is_buyer, is_staff) = (visit.actor.buyer().is_ok(), visit.actor.staff().is_ok());
    let model = product.model;
    let title = model.name.get(language).to_owned();
    Page::portal(title.clone(), move || {
        let defaults = model.defaults();
        let back = ("/products".to_owned(), t!(language, "products-title"));
        let key = if model.kind == ProductKind::Made { "product-design-yours" } else { "product-order-this" };
        let begin = t!(language, key);
        let start = if is_buyer {
            view! { <Start language customers begin/> }.into_any()
        } else if is_staff {
            view! { <p class="soft">{t!(language, "product-staff")}</p> }.into_any()
        } else {
            view! { <p><a class="button" href=sign_in_url(&address)>{begin}</a></p> }.into_any()
        };
        view! {
            <PageHead title lead=model.summary.get(language).to_owned() back/>
            <div class="product">
                {drawing(&model, &defaults, language)}
                <section class="stack">
                    <p class="price">{price(language, &model)}</p>
                    {start}
                    <div class="prose">{model.about.get(language).to_owned()}</div>
                </section>
            </div>
            <Options language options=model.options.clone()/>
            {(!is_staff).then(|| view! {
                <p><a href=format!("/tickets/new?product={}", product.id)>{t!(language, "product-ask")}</a></p>
            })}
        }
    })
}

#[component]
fn Start(language: Language, customers: Vec<Customer>, begin: String) -> impl IntoView {
    let several = (customers.len() > 1).then(|| {
        let options = customers.into_iter().map(|customer| (customer.id.to_string(), customer.details.name)).collect();
        view! { <Select label=t!(language, "product-for") name="customer" options/> }
    });
    view! {
        <Form submission=new_submission_id().to_string()>
            {several}
            <Button>{begin}</Button>
        </Form>
    }
}

/// The options and their possible values.
#[component]
fn Options(language: Language, options: Vec<ModelOption>) -> impl IntoView {
    (!options.is_empty()).then(|| {
        let rows = options
            .iter()
            .map(|option| {
                let name = option.name.get(language).to_owned();
                view! { <tr><th scope="row">{name}</th><td>{range(option, language)}</td></tr> }
            })
            .collect_view();
        view! {
            <section class="stack">
                <h2>{t!(language, "product-options")}</h2>
                <table class="lines options"><tbody>{rows}</tbody></table>
            </section>
        }
    })
}

fn range(option: &ModelOption, language: Language) -> String {
    match &option.kind {
        OptionKind::Choice { values, .. } => {
            values.iter().map(|value| value.name.get(language)).collect::<Vec<_>>().join(" · ")
        }
        OptionKind::Number { min, max, unit, .. } => {
            let (from, to) = (Unit::None.format(*min, language), unit.format(*max, language));
            t!(language, "option-range", from = from, to = to)
        }
        OptionKind::Flag { .. } => t!(language, "product-if-wanted"),
        OptionKind::Text { .. } => t!(language, "product-own-words"),
    }
}
