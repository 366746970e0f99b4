//! One order in the portal: progress, content, destination, acceptance.

use crate::{
    Page, Problem, Visit,
    design::parts::{Choices, drawing},
    order::parts::{DeliveryFacts, OrderSteps, Pictures},
    states::{self, Viewer},
    ui::{Alert, Button, ButtonKind, ButtonLink, Choice, ChoiceGroup, Facts, Field, Form, PageHead, Tone},
    web::form::{FormState, PageResult, PathId, Posted, commit_and_redirect, show_again},
};
use axum::{http::StatusCode, response::IntoResponse};
use domain::{Language, OrderId, OrderState, StepId, model::ProductModel, version::VersionContent};
use leptos::prelude::*;
use locales::{money, named_day, t};
use serde::Deserialize;
use std::sync::Arc;
use store::{
    Conflict, Error,
    customer::address::{self, Place},
    file::File,
    order::{
        accept, destination, picture,
        view::{self, Delivery, Order, Step},
    },
};

/// The forms of the page.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum OrderForm {
    Accept,
    Destination(DestinationFields),
}

/// Fields of the form that sets the destination.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DestinationFields {
    /// One of the customer's addresses that the page offered.
    place: String,
    /// Another address; takes precedence if not empty.
    destination: String,
}

struct PageData {
    /// The customer's addresses, until the order is shipped.
    addresses: Vec<Place>,
    order: Order,
    steps: Vec<Step>,
    delivery: Option<Delivery>,
    content: VersionContent,
    model: Arc<ProductModel>,
    pictures: Vec<(StepId, File)>,
}

pub async fn show(visit: Visit, PathId(id): PathId<OrderId>) -> PageResult {
    let data = read(&visit, id).await?;
    Ok(page(&visit, data, FormState::default(), None).into_response())
}

async fn read(visit: &Visit, id: OrderId) -> Result<PageData, Problem> {
    let buyer = visit.buyer()?;
    let mut connection = visit.read().await?;
    let order = view::find(&mut connection, &visit.actor, id).await?;
    let addresses = match order.has_left() {
        false => address::list(&mut connection, buyer, order.customer).await?,
        true => Vec::new(),
    };
    let steps = view::steps(&mut connection, &order).await?;
    let delivery = view::delivery(&mut connection, &order).await?;
    let (content, model) = view::ordered_content(&mut connection, &order).await?;
    let pictures = picture::list(&mut connection, &order).await?;
    Ok(PageData { addresses, order, steps, delivery, content, model, pictures })
}

pub async fn submit(visit: Visit, PathId(id): PathId<OrderId>, Posted(form): Posted<OrderForm>) -> PageResult {
    visit.buyer()?;
    let mut change = visit.change().await?;
    let (done, too_late) = match &form {
        OrderForm::Accept => (accept::accept(&mut change, id).await, "order-not-to-accept"),
        OrderForm::Destination(fields) => {
            let chosen = if fields.destination.trim().is_empty() { &fields.place } else { &fields.destination };
            (destination::set(&mut change, id, chosen).await, "order-destination-late")
        }
    };
    let Err(error) = done else { return commit_and_redirect(change, &format!("/orders/{id}")).await };
    drop(change);
    let data = read(&visit, id).await?;
    if let Error::Conflict(Conflict::StepOrder) = error {
        let problem = t!(visit.language, too_late);
        let page = page(&visit, data, FormState::default(), Some(problem));
        return Ok(page.status(StatusCode::CONFLICT).into_response());
    }
    show_again(error, Some(form), |form| page(&visit, data, form, None))
}

fn page(visit: &Visit, data: PageData, form: FormState<Option<OrderForm>>, problem: Option<String>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = t!(language, "order-title", number = data.order.number);
    Page::portal(title.clone(), move || {
        let PageData { addresses, order, steps, delivery, content, model, pictures } = data;
        let back = ("/orders".to_owned(), t!(language, "orders-title"));
        let comes =
            !matches!(order.state, OrderState::Delivered | OrderState::Accepted) && order.due_on >= visit.today();
        let due = comes.then(|| t!(language, "order-due", day = named_day(language, order.due_on)));
        view! {
            <PageHead title lead=order.title.clone() back>{states::order(language, order.state, Viewer::Customer)}</PageHead>
            {problem.map(|problem| view! { <Alert tone=Tone::Attention><p>{problem}</p></Alert> })}
            {(order.state == OrderState::Delivered).then(|| view! { <Accept language id=order.id/> })}
            {(!order.has_left()).then(|| view! { <Destination language order=&order addresses form/> })}
            <div class="product follow">
                {drawing(&model, &content.options, language)}
                <section class="stack">
                    <h2>{t!(language, "order-steps")}</h2>
                    {due.map(|due| view! { <p>{due}</p> })}
                    <OrderSteps visit=&visit order=&order steps=&steps delivery=delivery.as_ref()/>
                </section>
            </div>
            <Pictures visit=&visit steps=&steps pictures/>
            {delivery.map(|delivery| view! { <DeliveryFacts visit=visit.clone() delivery/> })}
            <section class="stack">
                <h2>{t!(language, "order-what")}</h2>
                <Choices model=&model values=&content.options quantity=content.quantity language/>
                <Facts facts=vec![(t!(language, "price-total"), view! { <strong>{money(language, order.total)}</strong> }.into_any())]/>
                <p><a href=format!("/designs/{}/versions/{}", order.design, order.version)>{t!(language, "order-see-version")}</a></p>
            </section>
            <p>
                <ButtonLink kind=ButtonKind::Second href=format!("/tickets/new?order={}", order.id)>
                    {t!(language, "order-ask")}
                </ButtonLink>
            </p>
        }
    })
}

#[component]
fn Accept(language: Language, id: OrderId) -> impl IntoView {
    view! {
        <Alert tone=Tone::Attention form=true>
            <p>{t!(language, "order-accept-text")}</p>
            <Form>
                <input type="hidden" name="what" value="accept"/>
                <div class="row">
                    <Button>{t!(language, "order-accept")}</Button>
                    <ButtonLink kind=ButtonKind::Second href=format!("/tickets/new?order={id}")>
                        {t!(language, "order-something-wrong")}
                    </ButtonLink>
                </div>
            </Form>
        </Alert>
    }
}

/// The destination. It can be changed until the order is shipped.
#[component]
fn Destination<'a>(
    language: Language,
    order: &'a Order,
    addresses: Vec<Place>,
    form: FormState<Option<OrderForm>>,
) -> impl IntoView + use<> {
    let posted = matches!(form.values, Some(OrderForm::Destination(_)));
    let form = form.select(|form| match form {
        Some(OrderForm::Destination(fields)) => Some(fields),
        _ => None,
    });
    let chosen = order.destination.clone();
    let fields = view! { <DestinationForm language chosen=chosen.clone() addresses posted form/> };
    if chosen.is_empty() {
        return view! {
            <Alert tone=Tone::Attention form=true>
                <h2>{t!(language, "order-destination-ask")}</h2>
                {fields}
            </Alert>
        }
        .into_any();
    }
    view! {
        <section class="stack">
            <Facts facts=vec![(t!(language, "order-destination"), chosen.into_any())]/>
            <details class="stack" open=posted>
                <summary>{t!(language, "order-destination-change")}</summary>
                {fields}
            </details>
        </section>
    }
    .into_any()
}

/// The form for the destination: one of the customer's addresses or another one.
#[component]
fn DestinationForm(
    language: Language,
    chosen: String,
    addresses: Vec<Place>,
    posted: bool,
    form: FormState<DestinationFields>,
) -> impl IntoView {
    let mut choices: Vec<_> = addresses
        .into_iter()
        .map(|Place { address, .. }| Choice {
            value: address.line(),
            about: Some(address.line()),
            label: address.label,
        })
        .collect();
    if !chosen.is_empty() && choices.iter().all(|choice| choice.value != chosen) {
        choices.push(Choice { value: chosen.clone(), label: chosen.clone(), about: None });
    }
    let value = match choices.as_slice() {
        _ if posted => form.values.place.clone(),
        [only] => only.value.clone(),
        _ => chosen,
    };
    let error = form.error(language, "destination");
    let typed = form.values.destination;
    let other = match choices.is_empty() {
        true => view! {
            <Field label=t!(language, "delivery-address") name="destination" value=typed error
                hint=t!(language, "order-destination-hint") maxlength=destination::MAX_LENGTH as u32/>
        }
        .into_any(),
        false => view! {
            <ChoiceGroup label=t!(language, "delivery-address") name="place" choices value/>
            <Field label=t!(language, "order-destination-other") name="destination" value=typed error
                hint=t!(language, "order-destination-hint") optional=t!(language, "optional")
                maxlength=destination::MAX_LENGTH as u32/>
        }
        .into_any(),
    };
    view! {
        <Form>
            <input type="hidden" name="what" value="destination"/>
            {other}
            <Button>{t!(language, "order-destination-save")}</Button>
        </Form>
    }
}
