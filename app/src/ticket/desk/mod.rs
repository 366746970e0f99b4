//! One ticket at the desk: conversation with internal notes, answer, assignee and priority.

pub mod queue;

use crate::{
    Page, Problem, Visit,
    states::{self, Viewer},
    ticket::parts::{self, Attachments},
    ui::{
        Actions, Button, ButtonKind, Conversation, Facts, Form, Icon, Message, PageHead, Select, Shape, Side, TextArea,
        When,
    },
    web::{
        form::{
            FormState, PageResult, PathId, Submitted, commit_and_redirect, new_submission_id, parse_submission_id,
            show_again,
        },
        upload::Upload,
    },
};
use axum::response::IntoResponse;
use domain::{
    Language, PersonId, Priority, SubmissionId, TicketId, TicketState,
    input::{FieldError, FormValidator},
};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    Change,
    company::{self, StaffMember},
    file::UploadedFile,
    product::Product,
    ticket::{
        MAX_TEXT,
        desk::{self, Handling, Note},
        view::{self, Ticket},
        write,
    },
};

/// The forms of the page.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum DeskTicketForm {
    Answer(AnswerFields),
    Note(NoteFields),
    Solve,
    Reopen,
    Handle(HandlingFields),
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AnswerFields {
    text: String,
    /// The state of the ticket after the answer.
    then: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NoteFields {
    note: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct HandlingFields {
    assignee: String,
    /// The assignee that the page showed. If the form did not change it, the current assignee stays.
    assigned: String,
    priority: String,
}

/// The posted form with its submission id, which is used again when the form is shown with errors.
type PostedForm = Submitted<DeskTicketForm>;

struct PageData {
    ticket: Ticket,
    product: Option<Product>,
    messages: Vec<view::Message>,
    notes: Vec<Note>,
    handling: Handling,
    staff: Vec<StaffMember>,
}

pub async fn show(visit: Visit, PathId(id): PathId<TicketId>) -> PageResult {
    let data = read(&visit, id).await?;
    Ok(page(&visit, data, FormState::default(), false).into_response())
}

async fn read(visit: &Visit, id: TicketId) -> Result<PageData, Problem> {
    let permit = visit.permit()?;
    let mut connection = visit.read().await?;
    let ticket = view::find(&mut connection, &visit.actor, id).await?;
    Ok(PageData {
        product: parts::product(&mut connection, &ticket).await?,
        messages: view::messages(&mut connection, &ticket).await?,
        notes: desk::notes(&mut connection, &permit, id).await?,
        handling: desk::handling(&mut connection, &permit, id).await?,
        staff: company::list_staff(&mut connection, &visit.actor).await?,
        ticket,
    })
}

pub async fn submit(visit: Visit, PathId(id): PathId<TicketId>, upload: Upload<PostedForm>) -> PageResult {
    let Upload { fields: posted, files } = upload;
    visit.staff()?;
    let submission = parse_submission_id(&posted.submission)?;
    let chosen = !files.is_empty();
    let mut change = visit.change().await?;
    match apply(&mut change, id, submission, &posted.form, files).await {
        Ok(location) => commit_and_redirect(change, &location).await,
        Err(error) => {
            drop(change);
            let data = read(&visit, id).await?;
            show_again(error, Some(posted), |form| page(&visit, data, form, chosen))
        }
    }
}

/// Executes the form. Returns the path to redirect to.
async fn apply(
    change: &mut Change,
    id: TicketId,
    submission: SubmissionId,
    form: &DeskTicketForm,
    files: Vec<UploadedFile>,
) -> store::Result<String> {
    change.claim_submission(submission).await?;
    let path = format!("/desk/tickets/{id}");
    match form {
        DeskTicketForm::Answer(fields) => {
            let then = one_of::<TicketState>("then", &fields.then)?;
            let message = write::write_answer(change, id, &fields.text, files, then).await?;
            return Ok(format!("{path}#{message}"));
        }
        DeskTicketForm::Note(fields) => {
            let note = desk::add_note(change, id, &fields.note).await?;
            return Ok(format!("{path}#{note}"));
        }
        DeskTicketForm::Solve => desk::solve(change, id).await?,
        DeskTicketForm::Reopen => desk::reopen(change, id).await?,
        DeskTicketForm::Handle(fields) => {
            let mut check = FormValidator::default();
            let assignee = check.optional_id::<PersonId>("assignee", &fields.assignee);
            check.done()?;
            if fields.assignee != fields.assigned {
                desk::assign(change, id, assignee).await?;
            }
            desk::set_priority(change, id, one_of("priority", &fields.priority)?).await?;
        }
    }
    Ok(path)
}

fn one_of<T: std::str::FromStr>(field: &'static str, typed: &str) -> Result<T, Vec<FieldError>> {
    let mut check = FormValidator::default();
    let value = check.choice(field, typed);
    check.done_with(value)
}

fn page(visit: &Visit, data: PageData, form: FormState<Option<PostedForm>>, chosen: bool) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    Page::desk(data.ticket.subject.clone(), move || {
        let PageData { ticket, product, messages, notes, handling, staff } = data;
        let back = ("/desk/tickets".to_owned(), t!(language, "tickets-title"));
        view! {
            <PageHead title=ticket.subject.clone() back>
                {states::ticket(language, ticket.state, Viewer::Staff)}
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

/// Returns messages and notes in chronological order.
fn conversation(visit: &Visit, messages: Vec<view::Message>, notes: Vec<Note>) -> Vec<Message> {
    let messages = messages.into_iter().map(|message| {
        let ours = message.from_staff;
        (message.at, parts::message(visit, message, ours))
    });
    let notes = notes.into_iter().map(|note| {
        let words = t!(visit.language, "ticket-note-only");
        let at = visit.moment(note.at);
        let data = Message {
            id: note.id.to_string(),
            who: note.who,
            side: Side::Internal(words),
            at,
            text: note.text,
            files: Vec::new(),
        };
        (note.at, data)
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

/// The button that solves or reopens the ticket without an answer.
#[component]
fn Turn(language: Language, state: TicketState) -> impl IntoView {
    let (what, name) = match state {
        TicketState::Open | TicketState::Waiting => ("solve", t!(language, "ticket-solve")),
        TicketState::Solved => ("reopen", t!(language, "ticket-reopen")),
    };
    view! {
        <form method="post">
            <input type="hidden" name="submission" value=new_submission_id().to_string()/>
            <Button kind=ButtonKind::Second name="what" value=what>{name}</Button>
        </form>
    }
}

/// Returns the state of one of the page's forms with its submission id: the posted one if it is that form, otherwise an
/// empty form with a new id.
fn select<V: Clone + Default>(
    form: &FormState<Option<PostedForm>>,
    find: fn(&DeskTicketForm) -> Option<&V>,
) -> (FormState<V>, String) {
    match &form.values {
        Some(posted) if find(&posted.form).is_some() => {
            let selected = form.select(|values| values.as_ref().and_then(|posted| find(&posted.form)));
            (selected, posted.submission.clone())
        }
        _ => (FormState::default(), new_submission_id().to_string()),
    }
}

#[component]
fn AnswerForm(language: Language, form: FormState<Option<PostedForm>>, chosen: bool) -> impl IntoView {
    let (form, submission) = select(&form, |form| match form {
        DeskTicketForm::Answer(fields) => Some(fields),
        _ => None,
    });
    let values = form.values.clone();
    view! {
        <Form wide=true problem=form.summary(language) submission files=true>
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
fn NoteForm(language: Language, form: FormState<Option<PostedForm>>) -> impl IntoView {
    let (form, submission) = select(&form, |form| match form {
        DeskTicketForm::Note(fields) => Some(fields),
        _ => None,
    });
    let values = form.values.clone();
    view! {
        <section class="internal-panel">
            <h2><Icon shape=Shape::Lock/>{t!(language, "ticket-note-title")}</h2>
            <Form wide=true submission>
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
    form: FormState<Option<PostedForm>>,
) -> impl IntoView {
    let (form, submission) = select(&form, |form| match form {
        DeskTicketForm::Handle(fields) => Some(fields),
        _ => None,
    });
    let mut people = vec![(String::new(), t!(language, "ticket-assignee-none"))];
    people.extend(staff.into_iter().map(|member| (member.person.id.to_string(), member.person.name)));
    let priorities = Priority::ALL
        .iter()
        .rev()
        .map(|one| (one.name().to_owned(), t!(language, &format!("priority-{}", one.name()))))
        .collect();
    let assignee = handling.assignee.map(|person| person.to_string()).unwrap_or_default();
    view! {
        <Form submission>
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
