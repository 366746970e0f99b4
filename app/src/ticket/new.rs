//! Opens a ticket: about an order (`?order=`), about a product (`?product=`), or about anything.

use crate::{
    Page, Problem, Visit,
    ticket::parts::Attachments,
    ui::{Actions, Button, Field, Form, PageHead, Select, TextArea},
    web::{
        form::{FormState, PageResult, commit_and_redirect, new_submission_id, parse_submission_id, show_again},
        upload::Upload,
    },
};
use axum::{extract::Query, response::IntoResponse};
use domain::{OrderId, ProductId, SubmissionId};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    Change,
    customer::{self, Customer},
    order, product,
    ticket::{
        MAX_TEXT,
        open::{self, About, NewTicket},
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewTicketQuery {
    order: String,
    product: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    customer: String,
    subject: String,
    text: String,
    submission: String,
}

/// The data of the page.
struct PageData {
    about: About,
    /// The subject of the ticket as text.
    lead: String,
    /// The customers to choose from, unless the order determines the customer.
    customers: Vec<Customer>,
}

pub async fn show(visit: Visit, Query(query): Query<NewTicketQuery>) -> PageResult {
    let data = read(&visit, &query).await?;
    let fields = Fields { submission: new_submission_id().to_string(), ..Fields::default() };
    Ok(page(&visit, data, FormState::new(fields), false).into_response())
}

pub async fn submit(visit: Visit, Query(query): Query<NewTicketQuery>, form: Upload<Fields>) -> PageResult {
    let Upload { fields, files } = form;
    let data = read(&visit, &query).await?;
    let submission = parse_submission_id(&fields.submission)?;
    let about = choose(data.about, &fields.customer)?;
    let chosen = !files.is_empty();
    let new = NewTicket { about, subject: fields.subject.clone(), text: fields.text.clone(), files };
    let mut change = visit.change().await?;
    match apply(&mut change, submission, new).await {
        Ok(location) => commit_and_redirect(change, &location).await,
        Err(error) => show_again(error, fields, |form| page(&visit, data, form, chosen)),
    }
}

async fn apply(change: &mut Change, submission: SubmissionId, new: NewTicket) -> store::Result<String> {
    change.claim_submission(submission).await?;
    Ok(format!("/tickets/{}", open::open(change, new).await?))
}

async fn read(visit: &Visit, query: &NewTicketQuery) -> Result<PageData, Problem> {
    let (language, buyer) = (visit.language, visit.buyer()?);
    let mut connection = visit.read().await?;
    if !query.order.is_empty() {
        let id: OrderId = query.order.parse().map_err(|_| Problem::Missing)?;
        let order = order::view::find(&mut connection, &visit.actor, id).await?;
        let lead = t!(language, "ticket-new-order", number = order.number, title = order.title);
        return Ok(PageData { about: About::Order(id), lead, customers: Vec::new() });
    }
    let customer = buyer.main_customer().ok_or(Problem::Missing)?;
    let (about, lead) = if query.product.is_empty() {
        (About::Nothing(customer), t!(language, "ticket-new-lead"))
    } else {
        let id: ProductId = query.product.parse().map_err(|_| Problem::Missing)?;
        let name = product::by_id(&mut connection, id).await?.model.name.get(language).to_owned();
        (About::Product(customer, id), t!(language, "ticket-new-product", product = name))
    };
    Ok(PageData { about, lead, customers: customer::list_own(&mut connection, buyer).await? })
}

/// Sets the customer chosen in the form, if any. The policy checks that the person belongs to it.
fn choose(about: About, customer: &str) -> Result<About, Problem> {
    if customer.is_empty() {
        return Ok(about);
    }
    let customer = customer.parse().map_err(|_| Problem::Missing)?;
    Ok(match about {
        About::Nothing(_) => About::Nothing(customer),
        About::Product(_, product) => About::Product(customer, product),
        About::Order(order) => About::Order(order),
    })
}

fn page(visit: &Visit, data: PageData, form: FormState<Fields>, chosen: bool) -> Page {
    let language = visit.language;
    let title = t!(language, "ticket-new-title");
    Page::portal(title.clone(), move || {
        let values = form.values.clone();
        let (subject, text, summary) =
            (form.error(language, "subject"), form.error(language, "text"), form.summary(language));
        let back = ("/tickets".to_owned(), t!(language, "tickets-title"));
        let customers: Vec<_> = data.customers.into_iter().map(|one| (one.id.to_string(), one.details.name)).collect();
        let customers = (customers.len() > 1).then(|| {
            view! { <Select label=t!(language, "ticket-new-customer") name="customer" options=customers value=values.customer/> }
        });
        view! {
            <PageHead title lead=data.lead back/>
            <Form problem=summary submission=values.submission files=true>
                {customers}
                <Field label=t!(language, "ticket-subject") name="subject" value=values.subject error=subject
                    hint=t!(language, "ticket-subject-hint") maxlength=150/>
                <TextArea label=t!(language, "ticket-text") name="text" value=values.text error=text maxlength=MAX_TEXT as u32/>
                <Attachments language form=&form chosen/>
                <Actions><Button>{t!(language, "ticket-send")}</Button></Actions>
            </Form>
        }
    })
}
