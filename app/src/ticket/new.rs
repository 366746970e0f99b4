//! Asking something: about an order (`?order=`), about a product (`?product=`), or about anything.

use crate::{
    Page, Problem, Visit,
    ticket::parts::Attachments,
    ui::{Actions, Button, Field, Form, PageHead, Select, TextArea},
    web::{
        form::{Answer, FormState, again, keep, new_submission, submission_of},
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
pub struct Asked {
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

/// What the page knows before anything is typed.
struct Shown {
    about: About,
    /// What it is about, in words.
    lead: String,
    /// For whom it may be asked, where that is not given.
    customers: Vec<Customer>,
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let shown = read(&visit, &asked).await?;
    let fields = Fields { submission: new_submission().to_string(), ..Fields::default() };
    Ok(page(&visit, shown, FormState::new(fields), false).into_response())
}

pub async fn submit(visit: Visit, Query(asked): Query<Asked>, form: Upload<Fields>) -> Answer {
    let Upload { fields, files } = form;
    let shown = read(&visit, &asked).await?;
    let submission = submission_of(&fields.submission)?;
    let about = choose(shown.about, &fields.customer)?;
    let chosen = !files.is_empty();
    let new = NewTicket { about, subject: fields.subject.clone(), text: fields.text.clone(), files };
    let mut change = visit.change().await?;
    match apply(&mut change, submission, new).await {
        Ok(location) => keep(change, &location).await,
        Err(error) => again(error, fields, |form| page(&visit, shown, form, chosen)),
    }
}

async fn apply(change: &mut Change, submission: SubmissionId, new: NewTicket) -> store::Result<String> {
    change.once(submission).await?;
    Ok(format!("/tickets/{}", open::open(change, new).await?))
}

async fn read(visit: &Visit, asked: &Asked) -> Result<Shown, Problem> {
    let (language, buyer) = (visit.language, visit.buyer()?);
    let mut connection = visit.read().await?;
    if !asked.order.is_empty() {
        let id: OrderId = asked.order.parse().map_err(|_| Problem::Missing)?;
        let order = order::view::find(&mut connection, &visit.actor, id).await?;
        let lead = t!(language, "ticket-new-order", number = order.number, title = order.title);
        return Ok(Shown { about: About::Order(id), lead, customers: Vec::new() });
    }
    let customer = buyer.main_customer().ok_or(Problem::Missing)?;
    let (about, lead) = if asked.product.is_empty() {
        (About::Nothing(customer), t!(language, "ticket-new-lead"))
    } else {
        let id: ProductId = asked.product.parse().map_err(|_| Problem::Missing)?;
        let name = product::by_id(&mut connection, id).await?.model.name.get(language).to_owned();
        (About::Product(customer, id), t!(language, "ticket-new-product", product = name))
    };
    Ok(Shown { about, lead, customers: customer::own(&mut connection, buyer).await? })
}

/// For the customer that was chosen, where one was. Whether it is one of theirs, the policy says.
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

fn page(visit: &Visit, shown: Shown, form: FormState<Fields>, chosen: bool) -> Page {
    let language = visit.language;
    let title = t!(language, "ticket-new-title");
    Page::portal(title.clone(), move || {
        let values = form.values.clone();
        let (subject, text, summary) =
            (form.error(language, "subject"), form.error(language, "text"), form.summary(language));
        let back = ("/tickets".to_owned(), t!(language, "tickets-title"));
        let customers: Vec<_> = shown.customers.into_iter().map(|one| (one.id.to_string(), one.details.name)).collect();
        let customers = (customers.len() > 1).then(|| {
            view! { <Select label=t!(language, "ticket-new-customer") name="customer" options=customers value=values.customer/> }
        });
        view! {
            <PageHead title lead=shown.lead back/>
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
