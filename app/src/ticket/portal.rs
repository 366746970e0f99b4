//! One ticket in the portal: messages and the form to write one, which reopens the ticket.

use crate::{
    Page, Problem, Visit,
    states::{self, Viewer},
    ticket::parts::{self, Attachments},
    ui::{Actions, Button, Conversation, Form, PageHead, TextArea},
    web::{
        form::{
            FormState, PageResult, PathId, commit_and_redirect, new_submission_id, parse_submission_id, show_again,
        },
        upload::Upload,
    },
};
use axum::response::IntoResponse;
use domain::{SubmissionId, TicketId, TicketState};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    Change,
    file::UploadedFile,
    product::Product,
    ticket::{
        MAX_TEXT,
        view::{self, Message, Ticket},
        write,
    },
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    text: String,
    submission: String,
}

struct PageData {
    ticket: Ticket,
    messages: Vec<Message>,
    product: Option<Product>,
}

pub async fn show(visit: Visit, PathId(id): PathId<TicketId>) -> PageResult {
    let data = read(&visit, id).await?;
    let fields = Fields { submission: new_submission_id().to_string(), ..Fields::default() };
    Ok(page(&visit, data, FormState::new(fields), false).into_response())
}

async fn read(visit: &Visit, id: TicketId) -> Result<PageData, Problem> {
    visit.buyer()?;
    let mut connection = visit.read().await?;
    let ticket = view::find(&mut connection, &visit.actor, id).await?;
    let messages = view::messages(&mut connection, &ticket).await?;
    let product = parts::product(&mut connection, &ticket).await?;
    Ok(PageData { ticket, messages, product })
}

pub async fn submit(visit: Visit, PathId(id): PathId<TicketId>, form: Upload<Fields>) -> PageResult {
    let Upload { fields, files } = form;
    visit.buyer()?;
    let submission = parse_submission_id(&fields.submission)?;
    let chosen = !files.is_empty();
    let ticket = view::find(&mut *visit.read().await?, &visit.actor, id).await?;
    let mut change = visit.change().await?;
    match apply(&mut change, &ticket, submission, &fields.text, files).await {
        Ok(location) => commit_and_redirect(change, &location).await,
        Err(error) => {
            drop(change);
            let data = read(&visit, id).await?;
            show_again(error, fields, |form| page(&visit, data, form, chosen))
        }
    }
}

async fn apply(
    change: &mut Change,
    ticket: &Ticket,
    submission: SubmissionId,
    text: &str,
    files: Vec<UploadedFile>,
) -> store::Result<String> {
    change.claim_submission(submission).await?;
    let message = write::write_message_in(change, ticket, text, files).await?;
    Ok(format!("/tickets/{}#{message}", ticket.id))
}

fn page(visit: &Visit, data: PageData, form: FormState<Fields>, chosen: bool) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    Page::portal(data.ticket.subject.clone(), move || {
        let PageData { ticket, messages, product } = data;
        let back = ("/tickets".to_owned(), t!(language, "tickets-title"));
        let number = t!(language, "ticket-number", number = ticket.number);
        let about = match (&ticket.order, product) {
            (Some(order), _) => {
                let name = t!(language, "ticket-order", number = order.number, title = order.title.clone());
                Some((format!("/orders/{}", order.id), name))
            }
            (None, Some(product)) => {
                Some((format!("/products/{}", product.slug), product.model.name.get(language).to_owned()))
            }
            (None, None) => None,
        };
        let about = about.map(|(href, name)| view! { " · " <a href=href dir="auto">{name}</a> });
        let messages =
            messages.into_iter().map(|message| parts::message(&visit, message.clone(), !message.from_staff)).collect();
        let turn = match ticket.state {
            TicketState::Open => t!(language, "ticket-turn-open"),
            TicketState::Waiting => t!(language, "ticket-turn-waiting"),
            TicketState::Solved => t!(language, "ticket-turn-solved"),
        };
        let values = form.values.clone();
        view! {
            <PageHead title=ticket.subject.clone() back>{states::ticket(language, ticket.state, Viewer::Customer)}</PageHead>
            <p class="soft">{number} {about}</p>
            <Conversation messages/>
            <Form problem=form.summary(language) submission=values.submission files=true>
                <p class="soft">{turn}</p>
                <TextArea label=t!(language, "ticket-message") name="text" value=values.text error=form.error(language, "text")
                    maxlength=MAX_TEXT as u32/>
                <Attachments language form=&form chosen/>
                <Actions><Button>{t!(language, "ticket-send")}</Button></Actions>
            </Form>
        }
    })
}
