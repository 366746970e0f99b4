//! One ticket at the desk: the conversation with what only staff say in it, the answer, and who sees to it.

pub mod queue;

use crate::{
    Page, Problem, Visit,
    states::{self, Reader},
    ticket::parts::{self, Attachments},
    ui::{
        Actions, Button, ButtonKind, Conversation, Facts, Form, Icon, Message, PageHead, Select, Shape, Side, TextArea,
        When,
    },
    web::{
        form::{Answer, FormState, Key, again, keep, new_submission, submission_of},
        upload::Upload,
    },
};
use axum::response::IntoResponse;
use domain::{
    Language, PersonId, Priority, SubmissionId, TicketId, TicketState,
    input::{FieldError, FormValidator},
    policy::Refusal,
};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    Change,
    company::{self, StaffMember},
    file::Sent,
    product::Product,
    ticket::{
        MAX_TEXT,
        desk::{self, Handling, Note},
        view::{self, Ticket},
        write,
    },
};

/// One of the page's forms: `what` says which.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    what: String,
    submission: String,
    text: String,
    /// Whose turn it is after an answer.
    then: String,
    note: String,
    assignee: String,
    /// Who it was when the page was shown: what nobody chose anew stays as it is.
    assigned: String,
    priority: String,
}

struct Shown {
    ticket: Ticket,
    product: Option<Product>,
    messages: Vec<view::Message>,
    notes: Vec<Note>,
    handling: Handling,
    staff: Vec<StaffMember>,
}

pub async fn show(visit: Visit, Key(id): Key<TicketId>) -> Answer {
    let shown = read(&visit, id).await?;
    Ok(page(&visit, shown, FormState::default(), false).into_response())
}

async fn read(visit: &Visit, id: TicketId) -> Result<Shown, Problem> {
    let staff = visit.staff()?;
    let mut connection = visit.read().await?;
    let ticket = view::find(&mut connection, &visit.actor, id).await?;
    Ok(Shown {
        product: parts::product(&mut connection, &ticket).await?,
        messages: view::messages(&mut connection, &ticket).await?,
        notes: desk::notes(&mut connection, &staff, id).await?,
        handling: desk::handling(&mut connection, &staff, id).await?,
        staff: company::staff(&mut connection).await?,
        ticket,
    })
}

pub async fn submit(visit: Visit, Key(id): Key<TicketId>, form: Upload<Fields>) -> Answer {
    let Upload { fields, files } = form;
    visit.staff()?;
    let submission = submission_of(&fields.submission)?;
    let chosen = !files.is_empty();
    let mut change = visit.change().await?;
    match apply(&mut change, id, submission, &fields, files).await {
        Ok(location) => keep(change, &location).await,
        Err(error) => {
            drop(change);
            let shown = read(&visit, id).await?;
            again(error, fields, |form| page(&visit, shown, form, chosen))
        }
    }
}

/// Does what the form says; where to look at it.
async fn apply(
    change: &mut Change,
    id: TicketId,
    submission: SubmissionId,
    fields: &Fields,
    files: Vec<Sent>,
) -> store::Result<String> {
    change.once(submission).await?;
    let here = format!("/desk/tickets/{id}");
    match fields.what.as_str() {
        "answer" => {
            let then = one_of::<TicketState>("then", &fields.then)?;
            let message = write::answer(change, id, &fields.text, files, then).await?;
            return Ok(format!("{here}#{message}"));
        }
        "note" => {
            let note = desk::note(change, id, &fields.note).await?;
            return Ok(format!("{here}#{note}"));
        }
        "solve" => desk::solve(change, id).await?,
        "reopen" => desk::reopen(change, id).await?,
        "handle" => {
            let mut check = FormValidator::default();
            let assignee = check.optional_id::<PersonId>("assignee", &fields.assignee);
            check.done()?;
            if fields.assignee != fields.assigned {
                desk::assign(change, id, assignee).await?;
            }
            desk::prioritise(change, id, one_of("priority", &fields.priority)?).await?;
        }
        _ => return Err(Refusal::Missing.into()),
    }
    Ok(here)
}

fn one_of<T: std::str::FromStr>(field: &'static str, typed: &str) -> Result<T, Vec<FieldError>> {
    let mut check = FormValidator::default();
    let value = check.choice(field, typed);
    check.done_with(value)
}

fn page(visit: &Visit, shown: Shown, form: FormState<Fields>, chosen: bool) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    Page::desk(shown.ticket.subject.clone(), move || {
        let Shown { ticket, product, messages, notes, handling, staff } = shown;
        let back = ("/desk/tickets".to_owned(), t!(language, "tickets-title"));
        view! {
            <PageHead title=ticket.subject.clone() back>
                {states::ticket(language, ticket.state, Reader::Staff)}
                <Turn language state=ticket.state/>
            </PageHead>
            <div class="columns">
                <div class="stack loose">
                    <Conversation messages=conversation(&visit, messages, notes)/>
                    <AnswerForm language form=form.clone() chosen/>
                </div>
                <div class="lists">
                    <div class="stack loose">
                        <About visit=visit.clone() ticket product/>
                        <HandlingForm language handling staff form=form.clone()/>
                    </div>
                    <NoteForm language form/>
                </div>
            </div>
        }
    })
}

/// Messages and notes in the order in which they were written.
fn conversation(visit: &Visit, messages: Vec<view::Message>, notes: Vec<Note>) -> Vec<Message> {
    let messages = messages.into_iter().map(|message| {
        let ours = message.from_staff;
        (message.at, parts::message(visit, message, ours))
    });
    let notes = notes.into_iter().map(|note| {
        let words = t!(visit.language, "ticket-note-only");
        let at = visit.moment(note.at);
        let shown = Message {
            id: note.id.to_string(),
            who: note.who,
            side: Side::Internal(words),
            at,
            text: note.text,
            files: Vec::new(),
        };
        (note.at, shown)
    });
    let mut all: Vec<_> = messages.chain(notes).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, message)| message).collect()
}

#[component]
fn About(visit: Visit, ticket: Ticket, product: Option<Product>) -> impl IntoView {
    let language = visit.language;
    let customer = view! { <a href=format!("/desk/customers/{}", ticket.customer)>{ticket.customer_name}</a> };
    let mut facts = vec![
        (t!(language, "ticket-fact-number"), t!(language, "ticket-number", number = ticket.number).into_any()),
        (t!(language, "queue-customer"), customer.into_any()),
    ];
    if let Some(order) = ticket.order {
        let name = t!(language, "ticket-order", number = order.number, title = order.title);
        let link = view! { <a href=format!("/desk/orders/{}", order.id)>{name}</a> };
        facts.push((t!(language, "ticket-fact-order"), link.into_any()));
    }
    if let Some(product) = product {
        let name = product.model.name.get(language).to_owned();
        let link = view! { <a href=format!("/products/{}", product.slug)>{name}</a> };
        facts.push((t!(language, "ticket-fact-product"), link.into_any()));
    }
    let opened = view! { <When at=visit.moment(ticket.created_at)/> };
    facts.push((t!(language, "ticket-fact-opened"), opened.into_any()));
    view! { <Facts facts/> }
}

/// The one change of state that needs no answer.
#[component]
fn Turn(language: Language, state: TicketState) -> impl IntoView {
    let (what, name) = match state {
        TicketState::Open | TicketState::Waiting => ("solve", t!(language, "ticket-solve")),
        TicketState::Solved => ("reopen", t!(language, "ticket-reopen")),
    };
    view! {
        <form method="post">
            <input type="hidden" name="submission" value=new_submission().to_string()/>
            <Button kind=ButtonKind::Second name="what" value=what>{name}</Button>
        </form>
    }
}

/// The state of one of the page's forms: as it was sent where it is the one, else a new one.
fn of(form: FormState<Fields>, what: &str) -> FormState<Fields> {
    if form.values.what == what {
        return form;
    }
    FormState::new(Fields { submission: new_submission().to_string(), ..Fields::default() })
}

#[component]
fn AnswerForm(language: Language, form: FormState<Fields>, chosen: bool) -> impl IntoView {
    let form = of(form, "answer");
    let values = form.values.clone();
    view! {
        <Form wide=true problem=form.summary(language) submission=values.submission files=true>
            <input type="hidden" name="what" value="answer"/>
            <TextArea label=t!(language, "ticket-answer") name="text" value=values.text error=form.error(language, "text")
                hint=t!(language, "ticket-answer-hint") maxlength=MAX_TEXT as u32/>
            <Attachments language form=&form chosen/>
            <Actions>
                <Button name="then" value=TicketState::Waiting.name()>{t!(language, "ticket-answer-wait")}</Button>
                <Button kind=ButtonKind::Second name="then" value=TicketState::Solved.name()>{t!(language, "ticket-answer-solve")}</Button>
            </Actions>
        </Form>
    }
}

#[component]
fn NoteForm(language: Language, form: FormState<Fields>) -> impl IntoView {
    let form = of(form, "note");
    let values = form.values.clone();
    view! {
        <section class="internal-panel">
            <h2><Icon shape=Shape::Lock/>{t!(language, "ticket-note-title")}</h2>
            <Form wide=true submission=values.submission>
                <input type="hidden" name="what" value="note"/>
                <TextArea label=t!(language, "ticket-note") name="note" value=values.note error=form.error(language, "note")
                    hint=t!(language, "ticket-note-hint") maxlength=MAX_TEXT as u32/>
                <Actions><Button kind=ButtonKind::Second>{t!(language, "ticket-note-save")}</Button></Actions>
            </Form>
        </section>
    }
}

#[component]
fn HandlingForm(
    language: Language,
    handling: Handling,
    staff: Vec<StaffMember>,
    form: FormState<Fields>,
) -> impl IntoView {
    let form = of(form, "handle");
    let mut people = vec![(String::new(), t!(language, "ticket-assignee-none"))];
    people.extend(staff.into_iter().map(|member| (member.person.id.to_string(), member.person.name)));
    let priorities = Priority::ALL
        .iter()
        .rev()
        .map(|one| (one.name().to_owned(), t!(language, &format!("priority-{}", one.name()))))
        .collect();
    let assignee = handling.assignee.map(|person| person.to_string()).unwrap_or_default();
    view! {
        <Form submission=form.values.submission.clone()>
            <input type="hidden" name="what" value="handle"/>
            <input type="hidden" name="assigned" value=assignee.clone()/>
            <Select label=t!(language, "ticket-assignee") name="assignee" options=people value=assignee
                error=form.error(language, "assignee")/>
            <Select label=t!(language, "ticket-priority") name="priority" options=priorities value=handling.priority.name()
                error=form.error(language, "priority")/>
            <Actions><Button kind=ButtonKind::Second>{t!(language, "save")}</Button></Actions>
        </Form>
    }
}
