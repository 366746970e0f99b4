//! One customer at the desk: data, current tickets, orders and designs, and the timeline.

mod contacts;
pub mod list;

use crate::{
    Page, Problem, Visit, states,
    timeline::{
        link::LinkTarget,
        parts::{ENTRIES, TimelinePage},
    },
    ui::{Button, ButtonKind, Facts, Form, Icon, Item, List, Options, PageHead, Shape, TextArea, When},
    web::{
        form::{FormState, PageResult, PathId, Posted, commit_and_redirect, saved_alert, show_again},
        paging::After,
        record,
    },
};
use axum::{extract::Query, response::IntoResponse};
use contacts::{NewContact, NextSteps, new_note};
use domain::{
    ContactNoteId, CustomerId, CustomerKind, Language, OrderId, OrderState, TicketId, TicketState, Timestamp,
    policy::Refusal,
    record::{Organisation, Typed},
};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use std::fmt::Display;
use store::{
    Change, PageRequest,
    contact_note::{self, desk::NextStep},
    customer::{
        desk::{self, Record, Work},
        member::Member,
    },
    design::view::{self, Design, DesignFilter},
    timeline,
};

/// The forms of the page.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum CustomerForm {
    Note {
        #[serde(default)]
        note: String,
    },
    /// Adds a contact note.
    Contact(Typed),
    StepDone {
        step: ContactNoteId,
    },
}

/// The customer's tickets, orders and designs, latest first.
struct Works {
    tickets: Vec<Work<TicketId, TicketState>>,
    orders: Vec<Work<OrderId, OrderState>>,
    designs: Vec<Design>,
}

/// Maximum number of designs, orders and tickets listed; the timeline has the rest.
const LISTED: usize = 5;

struct PageData {
    record: Record,
    works: Works,
    steps: Vec<NextStep>,
    staff: Options,
    timeline: store::Page<timeline::Entry>,
    after: After,
}

pub async fn show(visit: Visit, PathId(id): PathId<CustomerId>, Query(after): Query<After>) -> PageResult {
    let data = read(&visit, id, after).await?;
    Ok(page(&visit, data, FormState::default()).into_response())
}

async fn read(visit: &Visit, id: CustomerId, after: After) -> Result<PageData, Problem> {
    let customers = visit.permit()?;
    let mut connection = visit.read().await?;
    let latest = PageRequest::first(LISTED);
    let of_customer = DesignFilter { customer: Some(id), state: None };
    Ok(PageData {
        record: desk::find(&mut connection, &customers, id).await?,
        works: Works {
            tickets: desk::tickets(&mut connection, &visit.permit()?, id, &latest).await?.rows,
            orders: desk::orders(&mut connection, &visit.permit()?, id, &latest).await?.rows,
            designs: view::list(&mut connection, &visit.actor, of_customer, &latest).await?.rows,
        },
        steps: contact_note::desk::open_steps(&mut connection, &customers, id).await?,
        staff: contact_note::desk::assignees(&mut connection, &customers)
            .await?
            .into_iter()
            .map(|(person, name)| (person.to_string(), name))
            .collect(),
        timeline: timeline::desk::page(&mut connection, &visit.permit()?, id, &after.request_rows(ENTRIES)).await?,
        after,
    })
}

pub async fn submit(visit: Visit, PathId(id): PathId<CustomerId>, Posted(form): Posted<CustomerForm>) -> PageResult {
    visit.staff()?;
    let mut change = visit.change().await?;
    match apply(&mut change, id, &form).await {
        Ok(()) => commit_and_redirect(change, &format!("/desk/customers/{id}?saved")).await,
        Err(error) => {
            drop(change);
            let data = read(&visit, id, After::default()).await?;
            show_again(error, Some(form), |form| page(&visit, data, form))
        }
    }
}

async fn apply(change: &mut Change, id: CustomerId, form: &CustomerForm) -> store::Result<()> {
    match form {
        CustomerForm::Note { note } => desk::set_note(change, id, note).await,
        CustomerForm::Contact(typed) => {
            let submission = typed.get("submission").parse().map_err(|_| Refusal::Missing)?;
            change.claim_submission(submission).await?;
            contact_note::desk::create(change, id, typed).await.map(|_| ())
        }
        CustomerForm::StepDone { step } => contact_note::desk::finish_step(change, id, *step).await,
    }
}

fn page(visit: &Visit, data: PageData, form: FormState<Option<CustomerForm>>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = data.record.customer.name().to_owned();
    Page::desk(title.clone(), move || {
        let PageData { record, works, steps, staff, timeline, after } = data;
        let contact = form.select(|form| match form {
            Some(CustomerForm::Contact(typed)) => Some(typed),
            _ => None,
        });
        let contact = if contact.errors.is_empty() { FormState::new(new_note()) } else { contact };
        let note = match &form.values {
            Some(CustomerForm::Note { note }) => FormState { errors: form.errors, ..FormState::new(note.clone()) },
            _ => FormState::new(record.note.clone()),
        };
        let back = ("/desk/customers".to_owned(), t!(language, "nav-customers"));
        let address = format!("/desk/customers/{}", record.customer.id);
        let kind = t!(language, &format!("kind-{}", record.customer.kind.name()));
        view! {
            <PageHead title lead=kind back/>
            {saved_alert(&visit)}
            <div class="columns">
                <div class="stack loose">
                    <div class="lists"><InHand visit=visit.clone() works/></div>
                    <section class="section">
                        <h2>{t!(language, "nav-history")}</h2>
                        <TimelinePage visit=visit.clone() page=timeline address after links=LinkTarget::Staff/>
                    </section>
                </div>
                <div class="stack loose">
                    <NextSteps visit=visit.clone() steps/>
                    <NewContact visit=visit.clone() staff form=contact/>
                    <Who visit record/>
                    <Note language form=note/>
                </div>
            </div>
        }
    })
}

/// Tickets, orders and designs; empty lists are left out.
#[component]
fn InHand(visit: Visit, works: Works) -> impl IntoView {
    let language = visit.language;
    let Works { tickets, orders, designs } = works;
    let tickets = tickets.into_iter().map(|ticket| {
        let state = states::ticket(language, ticket.state, states::Viewer::Staff);
        numbered(&visit, "tickets", ticket, state)
    });
    let orders = orders.into_iter().map(|order| {
        let state = states::order(language, order.state, states::Viewer::Staff);
        numbered(&visit, "orders", order, state)
    });
    let designs = designs.into_iter().map(|design| {
        let end =
            end(&visit, states::design(language, &design, visit.today(), states::Viewer::Staff), design.updated_at);
        view! { <Item href=format!("/desk/designs/{}", design.id) name=design.title about="" end/> }.into_any()
    });
    let parts: [(_, Vec<AnyView>); 3] = [
        (t!(language, "nav-tickets"), tickets.collect()),
        (t!(language, "nav-orders"), orders.collect()),
        (t!(language, "nav-designs"), designs.collect()),
    ];
    parts
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(heading, rows)| {
            view! {
                <section class="section">
                    <h2>{heading}</h2>
                    <List>{rows}</List>
                </section>
            }
        })
        .collect_view()
}

fn numbered<Id: Display, State>(visit: &Visit, part: &str, work: Work<Id, State>, state: AnyView) -> AnyView {
    let about = t!(visit.language, "numbered", number = work.number.to_string());
    let end = end(visit, state, work.at);
    view! { <Item href=format!("/desk/{part}/{}", work.id) name=work.title about end/> }.into_any()
}

fn end(visit: &Visit, state: AnyView, at: Timestamp) -> AnyView {
    view! {
        {state}
        <span class="soft"><When at=visit.moment(at)/></span>
    }
    .into_any()
}

#[component]
fn Who(visit: Visit, record: Record) -> impl IntoView {
    let language = visit.language;
    let Record { customer, members, addresses, .. } = record;
    let since = view! { <When at=visit.moment(customer.created_at)/> }.into_any();
    let mut facts = vec![(t!(language, "customer-since"), since)];
    // The name is the page's title.
    let details = Organisation { name: String::new(), ..customer.details };
    facts.extend(record::facts(language, &details));
    facts.extend(addresses.into_iter().map(|place| (place.address.label.clone(), place.address.line().into_any())));
    let is_person = customer.kind == CustomerKind::Person;
    let heading = (!is_person).then(|| view! { <h2>{t!(language, "organisation-members")}</h2> });
    let members = members.into_iter().map(|member| person(language, member, is_person)).collect_view();
    view! {
        <section class="section">
            {heading}
            <ul class="list rows">{members}</ul>
        </section>
        <Facts facts/>
    }
}

fn person(language: Language, member: Member, alone: bool) -> impl IntoView {
    let mut about = Vec::new();
    if !alone {
        about.push(t!(language, &format!("role-{}", member.role.name())));
    }
    about.extend(Some(member.department).filter(|department| !department.is_empty()));
    let about = (!about.is_empty()).then(|| view! { <span class="soft">" · " {about.join(" · ")}</span> });
    let phone = (!member.phone.is_empty()).then(|| record::phone(&member.phone));
    let mail = format!("mailto:{}", member.email);
    view! {
        <li>
            <strong dir="auto">{member.name}</strong> {about} <br/>
            <a href=mail>{member.email}</a> {phone.map(|phone| view! { " · " {phone} })}
        </li>
    }
}

#[component]
fn Note(language: Language, form: FormState<String>) -> impl IntoView {
    let error = form.error(language, "note");
    view! {
        <section class="internal-panel">
            <h2><Icon shape=Shape::Lock/>{t!(language, "customer-note")}</h2>
            <Form>
                <input type="hidden" name="what" value="note"/>
                <TextArea label=t!(language, "customer-note-label") name="note" value=form.values error
                    hint=t!(language, "customer-note-hint") optional=t!(language, "optional") maxlength=4000/>
                <Button kind=ButtonKind::Second>{t!(language, "save")}</Button>
            </Form>
        </section>
    }
}
