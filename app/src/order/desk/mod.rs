//! One order at the desk: production steps, shipment, delivery, internal note.

pub mod board;

use crate::{
    Page, Problem, Visit,
    design::parts::{Choices, drawing},
    order::{
        desk::board::ACCEPTED,
        parts::{DeliveryFacts, OrderSteps, Pictures},
    },
    states::{self, Viewer},
    ticket::parts::Attachments,
    ui::{Alert, Button, ButtonKind, Field, Form, Icon, PageHead, Select, Shape, TextArea, Tone},
    web::{
        form::{
            FormState, PageResult, PathId, Submitted, commit_and_redirect, field_message, new_submission_id,
            parse_submission_id, show_again,
        },
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
    file::{File, UploadedFile},
    order::{
        desk,
        destination::MAX_LENGTH,
        fulfilment::{self, Shipment},
        picture,
        view::{self, Delivery, Order, Step},
    },
};

/// The forms of the page.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum DeskOrderForm {
    Start(StepForm),
    Finish(StepForm),
    Plan(StepForm),
    Picture(StepForm),
    Ship(ShipForm),
    Deliver,
    Note(NoteForm),
}

/// Fields of the forms about one step.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StepForm {
    step: String,
    planned_on: String,
}

impl StepForm {
    fn id(&self) -> Result<StepId, Refusal> {
        self.step.parse().map_err(|_| Refusal::Missing)
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ShipForm {
    carrier: String,
    tracking: String,
    address: String,
    /// The destination that the page showed.
    destination: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    note: String,
}

struct PageData {
    /// The customer's addresses, one line each, if the order is ready to ship.
    addresses: Vec<String>,
    order: Order,
    steps: Vec<Step>,
    delivery: Option<Delivery>,
    content: VersionContent,
    model: Arc<ProductModel>,
    note: String,
    pictures: Vec<(StepId, File)>,
}

pub async fn show(visit: Visit, PathId(id): PathId<OrderId>) -> PageResult {
    let data = read(&visit, id).await?;
    Ok(page(&visit, data, FormState::default(), None).into_response())
}

async fn read(visit: &Visit, id: OrderId) -> Result<PageData, Problem> {
    let permit = visit.permit()?;
    let mut connection = visit.read().await?;
    let order = view::find(&mut connection, &visit.actor, id).await?;
    let (content, model) = view::ordered_content(&mut connection, &order).await?;
    let places = match order.state {
        OrderState::Ready => addresses(&mut connection, &visit.permit()?, order.customer).await?,
        _ => Vec::new(),
    };
    Ok(PageData {
        addresses: places.iter().map(|place| place.address.line()).collect(),
        steps: view::steps(&mut connection, &order).await?,
        delivery: view::delivery(&mut connection, &order).await?,
        note: desk::note(&mut connection, &permit, &order).await?,
        pictures: picture::list(&mut connection, &order).await?,
        order,
        content,
        model,
    })
}

pub async fn submit(visit: Visit, PathId(id): PathId<OrderId>, upload: Upload<Submitted<DeskOrderForm>>) -> PageResult {
    let Upload { fields: posted, files } = upload;
    visit.staff()?;
    let submission = parse_submission_id(&posted.submission)?;
    let mut change = visit.change().await?;
    let error = match apply(&mut change, id, submission, &posted.form, files).await {
        Ok(()) => {
            return commit_and_redirect(change, &format!("/desk/orders/{id}")).await;
        }
        Err(error) => error,
    };
    drop(change);
    let data = read(&visit, id).await?;
    let (problem, form) = match (error, posted.form) {
        (Error::Conflict(Conflict::StepOrder), form) => ("order-step-conflict", form),
        (Error::Conflict(Conflict::DestinationChanged), DeskOrderForm::Ship(fields)) => {
            let fields = ShipForm { address: data.order.destination.clone(), ..fields };
            ("order-destination-changed", DeskOrderForm::Ship(fields))
        }
        (error, form) => return show_again(error, Some(form), |form| page(&visit, data, form, None)),
    };
    let page = page(&visit, data, FormState::new(Some(form)), Some(t!(visit.language, problem)));
    Ok(page.status(StatusCode::CONFLICT).into_response())
}

async fn apply(
    change: &mut Change,
    id: OrderId,
    submission: SubmissionId,
    form: &DeskOrderForm,
    files: Vec<UploadedFile>,
) -> store::Result<()> {
    change.claim_submission(submission).await?;
    match form {
        DeskOrderForm::Start(step) => fulfilment::start_step(change, id, step.id()?).await,
        DeskOrderForm::Finish(step) => fulfilment::finish_step(change, id, step.id()?).await,
        DeskOrderForm::Plan(step) => fulfilment::plan_step(change, id, step.id()?, &step.planned_on).await,
        DeskOrderForm::Ship(fields) => {
            let ShipForm { carrier, tracking, address, destination } = fields.clone();
            fulfilment::ship(change, id, &Shipment { carrier, tracking, address, destination }).await
        }
        DeskOrderForm::Picture(step) => picture::add(change, id, step.id()?, files).await,
        DeskOrderForm::Deliver => fulfilment::deliver(change, id).await,
        DeskOrderForm::Note(fields) => desk::set_note(change, id, &fields.note).await,
    }
}

fn page(visit: &Visit, data: PageData, form: FormState<Option<DeskOrderForm>>, problem: Option<String>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = t!(language, "order-title", number = data.order.number);
    Page::desk(title.clone(), move || {
        let PageData { order, addresses, steps, delivery, content, model, note, pictures } = data;
        let list = if order.state == OrderState::Accepted { ACCEPTED } else { "/desk/orders" };
        let back = (list.to_owned(), t!(language, "nav-orders"));
        let customer = (format!("/desk/customers/{}", order.customer), order.customer_name.clone());
        view! {
            <PageHead title lead=order.title.clone() back>{states::order(language, order.state, Viewer::Staff)}</PageHead>
            {problem.map(|problem| view! { <Alert tone=Tone::Attention><p>{problem}</p></Alert> })}
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

/// The form for the next action.
#[component]
fn NextStep<'a>(
    language: Language,
    order: &'a Order,
    steps: &'a [Step],
    addresses: Vec<String>,
    form: FormState<Option<DeskOrderForm>>,
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
            <Form submission=new_submission_id().to_string()>
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
        <Form submission=new_submission_id().to_string()>
            <input type="hidden" name="what" value=what/>
            <input type="hidden" name="step" value=step/>
            <Button>{text}</Button>
        </Form>
    }
}

#[component]
fn Ship(
    language: Language,
    form: FormState<Option<DeskOrderForm>>,
    destination: String,
    addresses: Vec<String>,
) -> impl IntoView {
    let posted = matches!(form.values, Some(DeskOrderForm::Ship(_)));
    let form = form.select(|form| match form {
        Some(DeskOrderForm::Ship(fields)) => Some(fields),
        _ => None,
    });
    let mut values = form.values.clone();
    if !posted {
        values.address = match addresses.as_slice() {
            _ if !destination.is_empty() => destination.clone(),
            [only] => only.clone(),
            _ => String::new(),
        };
    }
    let error = move |field| form.error(language, field);
    view! {
        <Form submission=new_submission_id().to_string()>
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

/// The form that adds pictures to a started step.
#[component]
fn AddPictures<'a>(
    language: Language,
    steps: &'a [Step],
    form: FormState<Option<DeskOrderForm>>,
) -> impl IntoView + use<> {
    let options: Vec<_> = steps
        .iter()
        .rev()
        .filter(|step| step.started_at.is_some())
        .map(|step| (step.id.to_string(), step.name.get(language).to_owned()))
        .collect();
    let form = form.select(|form| match form {
        Some(DeskOrderForm::Picture(fields)) => Some(fields),
        _ => None,
    });
    let open = form.errors.iter().any(|error| error.field == "files");
    (!options.is_empty()).then(|| {
        view! {
            <details open=open>
                <summary>{t!(language, "order-add-pictures")}</summary>
                <Form files=true submission=new_submission_id().to_string()>
                    <input type="hidden" name="what" value="picture"/>
                    <Select label=t!(language, "order-picture-step") name="step" options value=form.values.step.clone()/>
                    <Attachments language form=&form chosen=false/>
                    <Button kind=ButtonKind::Second>{t!(language, "order-add-pictures")}</Button>
                </Form>
            </details>
        }
    })
}

/// Forms that change the planned day of unfinished steps.
#[component]
fn Plan<'a>(language: Language, steps: &'a [Step], form: FormState<Option<DeskOrderForm>>) -> impl IntoView + use<> {
    let form = form.select(|form| match form {
        Some(DeskOrderForm::Plan(fields)) => Some(fields),
        _ => None,
    });
    let problem = form
        .errors
        .iter()
        .find(|error| error.field == "planned_on")
        .map(|error| field_message(language, error.problem));
    let rows: Vec<_> = steps
        .iter()
        .filter(|step| step.done_at.is_none())
        .map(|step| {
            let posted = form.values.step == step.id.to_string();
            let value = if posted { form.values.planned_on.clone() } else { step.planned_on.to_string() };
            let name = step.name.get(language).to_owned();
            let error = problem.clone().filter(|_| posted);
            let step = step.id.to_string();
            view! {
                <Form submission=new_submission_id().to_string()>
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
fn Note(language: Language, note: String, form: FormState<Option<DeskOrderForm>>) -> impl IntoView {
    let error = form.error(language, "note");
    let value = match form.values {
        Some(DeskOrderForm::Note(fields)) => fields.note,
        _ => note,
    };
    view! {
        <section class="internal-panel">
            <h2><Icon shape=Shape::Lock/>{t!(language, "desk-notes")}</h2>
            <Form submission=new_submission_id().to_string()>
                <input type="hidden" name="what" value="note"/>
                <TextArea label=t!(language, "desk-note") name="note" value error hint=t!(language, "desk-only-staff")
                    optional=t!(language, "optional") maxlength=4000/>
                <Button kind=ButtonKind::Second>{t!(language, "save")}</Button>
            </Form>
        </section>
    }
}
