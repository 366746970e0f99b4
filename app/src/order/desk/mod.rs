//! One order at the desk: steps to start and finish, the carrier, the delivery, a note.

pub mod board;

use crate::{
    Page, Problem, Visit,
    design::parts::{Choices, drawing},
    order::{
        desk::board::ACCEPTED,
        parts::{DeliveryFacts, OrderSteps, Pictures},
    },
    states::{self, Reader},
    ticket::parts::Attachments,
    ui::{Button, ButtonKind, Field, Form, Icon, Notice, PageHead, Select, Shape, TextArea, Tone},
    web::{
        form::{Answer, FormState, Key, again, keep, new_submission, say, submission_of},
        upload::Upload,
    },
};
use axum::{http::StatusCode, response::IntoResponse};
use domain::{
    Language, OrderId, OrderState, StepId, SubmissionId, model::ProductModel, policy::Refusal, version::VersionContent,
};
use leptos::prelude::*;
use locales::{money, t};
use serde::Deserialize;
use std::sync::Arc;
use store::{
    Change, Conflict, Error,
    customer::desk::addresses,
    file::{File, Sent},
    order::{
        desk,
        destination::MAX_LENGTH,
        picture,
        produce::{self, Shipment},
        view::{self, Delivery, Order, Step},
    },
};

/// One of the page's small forms: `what` says which.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    what: String,
    submission: String,
    step: String,
    planned_on: String,
    carrier: String,
    tracking: String,
    address: String,
    /// Where the customer wanted it when the page was shown.
    destination: String,
    note: String,
}

struct Shown {
    /// The customer's, as one line each, where it is to be sent next.
    addresses: Vec<String>,
    order: Order,
    steps: Vec<Step>,
    delivery: Option<Delivery>,
    content: VersionContent,
    model: Arc<ProductModel>,
    note: String,
    pictures: Vec<(StepId, File)>,
}

pub async fn show(visit: Visit, Key(id): Key<OrderId>) -> Answer {
    let shown = read(&visit, id).await?;
    Ok(page(&visit, shown, FormState::default(), None).into_response())
}

async fn read(visit: &Visit, id: OrderId) -> Result<Shown, Problem> {
    let staff = visit.staff()?;
    let mut connection = visit.read().await?;
    let order = view::find(&mut connection, &visit.actor, id).await?;
    let (content, model) = view::ordered(&mut connection, &order).await?;
    let places = match order.state {
        OrderState::Ready => addresses(&mut connection, &staff, order.customer).await?,
        _ => Vec::new(),
    };
    Ok(Shown {
        addresses: places.iter().map(|place| place.address.line()).collect(),
        steps: view::steps(&mut connection, &order).await?,
        delivery: view::delivery(&mut connection, &order).await?,
        note: desk::note(&mut connection, &staff, &order).await?,
        pictures: picture::list(&mut connection, &order).await?,
        order,
        content,
        model,
    })
}

pub async fn submit(visit: Visit, Key(id): Key<OrderId>, form: Upload<Fields>) -> Answer {
    let Upload { fields, files } = form;
    visit.staff()?;
    let submission = submission_of(&fields.submission)?;
    let mut change = visit.change().await?;
    let error = match apply(&mut change, id, submission, &fields, files).await {
        Ok(()) => {
            return keep(change, &format!("/desk/orders/{id}")).await;
        }
        Err(error) => error,
    };
    drop(change);
    let shown = read(&visit, id).await?;
    let (problem, fields) = match error {
        Error::Conflict(Conflict::StepOrder) => ("order-step-conflict", fields),
        Error::Conflict(Conflict::DestinationChanged) => {
            ("order-destination-changed", Fields { address: shown.order.destination.clone(), ..fields })
        }
        error => return again(error, fields, |form| page(&visit, shown, form, None)),
    };
    let page = page(&visit, shown, FormState::new(fields), Some(t!(visit.language, problem)));
    Ok(page.status(StatusCode::CONFLICT).into_response())
}

async fn apply(
    change: &mut Change,
    id: OrderId,
    submission: SubmissionId,
    fields: &Fields,
    files: Vec<Sent>,
) -> store::Result<()> {
    change.once(submission).await?;
    let step = || fields.step.parse::<StepId>().map_err(|_| Refusal::Missing);
    match fields.what.as_str() {
        "start" => produce::start_step(change, id, step()?).await,
        "finish" => produce::finish_step(change, id, step()?).await,
        "plan" => produce::plan_step(change, id, step()?, &fields.planned_on).await,
        "ship" => {
            let Fields { carrier, tracking, address, destination, .. } = fields.clone();
            produce::ship(change, id, &Shipment { carrier, tracking, address, destination }).await
        }
        "picture" => picture::add(change, id, step()?, files).await,
        "deliver" => produce::deliver(change, id).await,
        "note" => desk::set_note(change, id, &fields.note).await,
        _ => Err(Refusal::Missing.into()),
    }
}

fn page(visit: &Visit, shown: Shown, form: FormState<Fields>, problem: Option<String>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = t!(language, "order-title", number = shown.order.number);
    Page::desk(title.clone(), move || {
        let Shown { order, addresses, steps, delivery, content, model, note, pictures } = shown;
        let list = if order.state == OrderState::Accepted { ACCEPTED } else { "/desk/orders" };
        let back = (list.to_owned(), t!(language, "nav-orders"));
        let customer = (format!("/desk/customers/{}", order.customer), order.customer_name.clone());
        view! {
            <PageHead title lead=order.title.clone() back>{states::order(language, order.state, Reader::Staff)}</PageHead>
            {problem.map(|problem| view! { <Notice tone=Tone::Attention><p>{problem}</p></Notice> })}
            <div class="columns">
                <div class="stack">
                    <p><a href=customer.0>{customer.1}</a> " · " <span class="numeric">{money(language, order.total)}</span></p>
                    {(!order.has_left()).then(|| view! { <p>{destination(language, &order)}</p> })}
                    <NextStep language order=&order steps=&steps addresses form=form.clone()/>
                    <h2>{t!(language, "order-steps")}</h2>
                    <OrderSteps visit=&visit order=&order steps=&steps delivery=delivery.as_ref()/>
                    <Pictures visit=&visit steps=&steps pictures/>
                    <AddPictures language steps=&steps form=form.clone()/>
                    <Plan language steps=&steps form=form.clone()/>
                    {delivery.clone().map(|delivery| view! { <DeliveryFacts visit=visit.clone() delivery/> })}
                </div>
                <div class="lists">
                    <div class="stack">
                        {drawing(&model, &content.options, language)}
                        <Choices model=&model values=&content.options quantity=content.quantity language/>
                        <p><a href=format!("/desk/designs/{}", order.design)>{t!(language, "desk-open-design")}</a></p>
                    </div>
                    <Note language note form/>
                </div>
            </div>
        }
    })
}

fn destination(language: Language, order: &Order) -> String {
    match order.destination.as_str() {
        "" => t!(language, "order-destination-unknown"),
        destination => t!(language, "order-destination-known", address = destination),
    }
}

/// The one thing to do now.
#[component]
fn NextStep<'a>(
    language: Language,
    order: &'a Order,
    steps: &'a [Step],
    addresses: Vec<String>,
    form: FormState<Fields>,
) -> impl IntoView + use<> {
    match order.state {
        OrderState::Waiting | OrderState::Production => {
            let next = steps.iter().find(|step| step.done_at.is_none());
            next.map(|step| step_button(language, step)).into_any()
        }
        OrderState::Ready => {
            let destination = order.destination.clone();
            view! { <Ship language form destination addresses/> }.into_any()
        }
        OrderState::Delivery => view! {
            <Form submission=new_submission().to_string()>
                <input type="hidden" name="what" value="deliver"/>
                <Button>{t!(language, "order-deliver")}</Button>
            </Form>
        }
        .into_any(),
        OrderState::Delivered => view! { <p class="soft">{t!(language, "order-waits-acceptance")}</p> }.into_any(),
        OrderState::Accepted => ().into_any(),
    }
}

fn step_button(language: Language, step: &Step) -> impl IntoView + use<> {
    let name = step.name.get(language);
    let (what, text) = if step.started_at.is_some() {
        ("finish", t!(language, "order-finish-step", step = name))
    } else {
        ("start", t!(language, "order-start-step", step = name))
    };
    let step = step.id.to_string();
    view! {
        <Form submission=new_submission().to_string()>
            <input type="hidden" name="what" value=what/>
            <input type="hidden" name="step" value=step/>
            <Button>{text}</Button>
        </Form>
    }
}

#[component]
fn Ship(language: Language, form: FormState<Fields>, destination: String, addresses: Vec<String>) -> impl IntoView {
    let mut values = form.values.clone();
    if values.what != "ship" {
        values.address = match addresses.as_slice() {
            _ if !destination.is_empty() => destination.clone(),
            [only] => only.clone(),
            _ => String::new(),
        };
    }
    let error = move |field| form.error(language, field);
    view! {
        <Form submission=new_submission().to_string()>
            <input type="hidden" name="what" value="ship"/>
            <input type="hidden" name="destination" value=destination/>
            <Field label=t!(language, "delivery-carrier") name="carrier" value=values.carrier error=error("carrier") maxlength=120/>
            <Field label=t!(language, "delivery-tracking") name="tracking" value=values.tracking error=error("tracking")
                optional=t!(language, "optional") maxlength=80/>
            <Field label=t!(language, "delivery-address") name="address" value=values.address error=error("address")
                optional=t!(language, "optional") maxlength=MAX_LENGTH as u32 suggestions=addresses/>
            <Button>{t!(language, "order-ship")}</Button>
        </Form>
    }
}

/// Pictures of a step that is under way or done.
#[component]
fn AddPictures<'a>(language: Language, steps: &'a [Step], form: FormState<Fields>) -> impl IntoView + use<> {
    let options: Vec<_> = steps
        .iter()
        .rev()
        .filter(|step| step.started_at.is_some())
        .map(|step| (step.id.to_string(), step.name.get(language).to_owned()))
        .collect();
    let open = form.errors.iter().any(|error| error.field == "files");
    (!options.is_empty()).then(|| {
        view! {
            <details open=open>
                <summary>{t!(language, "order-add-pictures")}</summary>
                <Form files=true submission=new_submission().to_string()>
                    <input type="hidden" name="what" value="picture"/>
                    <Select label=t!(language, "order-picture-step") name="step" options value=form.values.step.clone()/>
                    <Attachments language form=&form chosen=false/>
                    <Button kind=ButtonKind::Second>{t!(language, "order-add-pictures")}</Button>
                </Form>
            </details>
        }
    })
}

/// Moving the day of a step that is not done.
#[component]
fn Plan<'a>(language: Language, steps: &'a [Step], form: FormState<Fields>) -> impl IntoView + use<> {
    let problem =
        form.errors.iter().find(|error| error.field == "planned_on").map(|error| say(language, error.problem));
    let rows: Vec<_> = steps
        .iter()
        .filter(|step| step.done_at.is_none())
        .map(|step| {
            let here = form.values.step == step.id.to_string();
            let value = if here { form.values.planned_on.clone() } else { step.planned_on.to_string() };
            let name = step.name.get(language).to_owned();
            let error = problem.clone().filter(|_| here);
            let step = step.id.to_string();
            view! {
                <Form submission=new_submission().to_string()>
                    <input type="hidden" name="what" value="plan"/>
                    <input type="hidden" name="step" value=step.clone()/>
                    <Field id=format!("planned-{step}") label=name name="planned_on" kind="date" value error/>
                    <Button kind=ButtonKind::Quiet>{t!(language, "order-plan")}</Button>
                </Form>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! { <details open=problem.is_some()><summary>{t!(language, "order-plan-steps")}</summary>{rows}</details> }
    })
}

#[component]
fn Note(language: Language, note: String, form: FormState<Fields>) -> impl IntoView {
    let error = form.error(language, "note");
    let value = if form.values.what == "note" { form.values.note } else { note };
    view! {
        <section class="internal-panel">
            <h2><Icon shape=Shape::Lock/>{t!(language, "desk-notes")}</h2>
            <Form submission=new_submission().to_string()>
                <input type="hidden" name="what" value="note"/>
                <TextArea label=t!(language, "desk-note") name="note" value error hint=t!(language, "desk-only-staff")
                    optional=t!(language, "optional") maxlength=4000/>
                <Button kind=ButtonKind::Second>{t!(language, "save")}</Button>
            </Form>
        </section>
    }
}
