//! One order: where it is, what was ordered, where to bring it, and accepting it.

use crate::{
    Page, Problem, Visit,
    design::parts::{Choices, drawing},
    order::parts::{DeliveryFacts, OrderSteps, Pictures},
    states::{self, Reader},
    ui::{Button, ButtonKind, ButtonLink, Choice, ChoiceGroup, Facts, Field, Form, Notice, PageHead, Tone},
    web::form::{Answer, FormState, Key, Posted, again, keep},
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

/// One of the page's forms: `what` says which.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    what: String,
    /// One of the addresses that the page offered.
    place: String,
    /// Another one; where it is typed, it counts.
    destination: String,
}

struct Shown {
    /// The customer's, while the order has not left.
    addresses: Vec<Place>,
    order: Order,
    steps: Vec<Step>,
    delivery: Option<Delivery>,
    content: VersionContent,
    model: Arc<ProductModel>,
    pictures: Vec<(StepId, File)>,
}

pub async fn show(visit: Visit, Key(id): Key<OrderId>) -> Answer {
    let shown = read(&visit, id).await?;
    Ok(page(&visit, shown, FormState::default(), None).into_response())
}

async fn read(visit: &Visit, id: OrderId) -> Result<Shown, Problem> {
    let buyer = visit.buyer()?;
    let mut connection = visit.read().await?;
    let order = view::find(&mut connection, &visit.actor, id).await?;
    let addresses = match order.has_left() {
        false => address::list(&mut connection, buyer, order.customer).await?,
        true => Vec::new(),
    };
    let steps = view::steps(&mut connection, &order).await?;
    let delivery = view::delivery(&mut connection, &order).await?;
    let (content, model) = view::ordered(&mut connection, &order).await?;
    let pictures = picture::list(&mut connection, &order).await?;
    Ok(Shown { addresses, order, steps, delivery, content, model, pictures })
}

pub async fn submit(visit: Visit, Key(id): Key<OrderId>, Posted(fields): Posted<Fields>) -> Answer {
    visit.buyer()?;
    let mut change = visit.change().await?;
    let (done, too_late) = match fields.what.as_str() {
        "accept" => (accept::accept(&mut change, id).await, "order-not-to-accept"),
        "destination" => {
            let chosen = if fields.destination.trim().is_empty() { &fields.place } else { &fields.destination };
            (destination::choose(&mut change, id, chosen).await, "order-destination-late")
        }
        _ => return Err(Problem::Unreadable),
    };
    let Err(error) = done else { return keep(change, &format!("/orders/{id}")).await };
    drop(change);
    let shown = read(&visit, id).await?;
    if let Error::Conflict(Conflict::StepOrder) = error {
        let problem = t!(visit.language, too_late);
        let page = page(&visit, shown, FormState::default(), Some(problem));
        return Ok(page.status(StatusCode::CONFLICT).into_response());
    }
    again(error, fields, |form| page(&visit, shown, form, None))
}

fn page(visit: &Visit, shown: Shown, form: FormState<Fields>, problem: Option<String>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = t!(language, "order-title", number = shown.order.number);
    Page::portal(title.clone(), move || {
        let Shown { addresses, order, steps, delivery, content, model, pictures } = shown;
        let back = ("/orders".to_owned(), t!(language, "orders-title"));
        let comes =
            !matches!(order.state, OrderState::Delivered | OrderState::Accepted) && order.due_on >= visit.today();
        let due = comes.then(|| t!(language, "order-due", day = named_day(language, order.due_on)));
        view! {
            <PageHead title lead=order.title.clone() back>{states::order(language, order.state, Reader::Customer)}</PageHead>
            {problem.map(|problem| view! { <Notice tone=Tone::Attention><p>{problem}</p></Notice> })}
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
        <Notice tone=Tone::Attention form=true>
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
        </Notice>
    }
}

/// Where to bring it: asked until it is said, changed until the order leaves.
#[component]
fn Destination<'a>(
    language: Language,
    order: &'a Order,
    addresses: Vec<Place>,
    form: FormState<Fields>,
) -> impl IntoView + use<> {
    let asked = form.values.what == "destination";
    let chosen = order.destination.clone();
    let fields = view! { <DestinationForm language chosen=chosen.clone() addresses form/> };
    if chosen.is_empty() {
        return view! {
            <Notice tone=Tone::Attention form=true>
                <h2>{t!(language, "order-destination-ask")}</h2>
                {fields}
            </Notice>
        }
        .into_any();
    }
    view! {
        <section class="stack">
            <Facts facts=vec![(t!(language, "order-destination"), chosen.into_any())]/>
            <details class="stack" open=asked>
                <summary>{t!(language, "order-destination-change")}</summary>
                {fields}
            </details>
        </section>
    }
    .into_any()
}

/// The customer's addresses to choose from, or another to type.
#[component]
fn DestinationForm(
    language: Language,
    chosen: String,
    addresses: Vec<Place>,
    form: FormState<Fields>,
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
        _ if form.values.what == "destination" => form.values.place.clone(),
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
