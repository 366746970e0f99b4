//! The home page of the desk: tickets, orders and designs that need attention.

use crate::{
    Page, Visit,
    order::desk::board::due_date_label,
    states::{self, Viewer},
    ui::{Empty, Item, List, PageHead, When},
    web::form::PageResult,
};
use axum::response::IntoResponse;
use domain::{DesignState, OrderState, Priority, TicketState};
use leptos::prelude::*;
use locales::{named_day, t};
use store::{
    PageRequest,
    contact_note::desk::{NextStep, due_steps},
    design::view::{self, Design, DesignFilter},
    order::desk::{self, Card},
    outbox,
    ticket::{
        self,
        desk::{QueueFilter, QueuedTicket},
    },
};

const SHOWN: usize = 8;

pub async fn show(visit: Visit) -> PageResult {
    let (customers, orders) = (visit.permit()?, visit.permit()?);
    let (handled, mail) = (visit.permit()?, visit.permit()?);
    let mut connection = visit.read().await?;
    let shown = PageRequest::first(SHOWN);
    let filter = DesignFilter::in_state(DesignState::Designing);
    let designs = view::list(&mut connection, &visit.actor, filter, &shown).await?.rows;
    let board = desk::board(&mut connection, &orders).await?;
    let mut tickets = ticket::desk::queue(&mut connection, &handled, QueueFilter::Mine, &shown).await?.rows;
    tickets.extend(ticket::desk::queue(&mut connection, &handled, QueueFilter::Unassigned, &shown).await?.rows);
    tickets.retain(|ticket| ticket.state == TicketState::Open);
    let steps = due_steps(&mut connection, &customers, visit.today(), &shown).await?.rows;
    let (_, failed) = outbox::desk::counts(&mut connection, &mail).await?;
    let language = visit.language;
    let title = t!(language, "desk-home-title");
    let page = Page::desk(title.clone(), move || {
        let today = visit.today();
        let late: Vec<_> = board.iter().filter(|card| card.is_late(today)).take(SHOWN).cloned().collect();
        let next: Vec<_> = board
            .into_iter()
            .filter(|card| matches!(card.state, OrderState::Waiting | OrderState::Ready) && card.due_on >= today)
            .take(SHOWN)
            .collect();
        let nothing = steps.is_empty()
            && tickets.is_empty()
            && designs.is_empty()
            && late.is_empty()
            && next.is_empty()
            && failed == 0;
        let tickets = tickets.into_iter().map(|ticket| ticket_row(&visit, ticket)).collect();
        let designs = designs.into_iter().map(|design| design_row(&visit, design)).collect();
        view! {
            <PageHead title/>
            {nothing.then(|| view! { <Empty title=t!(language, "desk-nothing") text=t!(language, "desk-nothing-text")/> })}
            {(failed > 0).then(|| view! {
                <p><a href="/desk/outbox?state=failed">{t!(language, "desk-mails-failed", count = failed)}</a></p>
            })}
            <div class="lists">
                {rows(t!(language, "contact-next-steps"), steps.into_iter().map(|step| step_row(&visit, step)).collect())}
                {rows(t!(language, "desk-to-answer"), tickets)}
                {rows(t!(language, "desk-late"), late.into_iter().map(|card| order_row(&visit, card)).collect())}
                {rows(t!(language, "desk-to-start"), next.into_iter().map(|card| order_row(&visit, card)).collect())}
                {rows(t!(language, "desk-being-designed"), designs)}
            </div>
        }
    });
    Ok(page.into_response())
}

fn rows(title: String, rows: Vec<AnyView>) -> impl IntoView {
    (!rows.is_empty()).then(|| view! { <section class="stack"><h2>{title}</h2><List>{rows}</List></section> })
}

fn ticket_row(visit: &Visit, ticket: QueuedTicket) -> AnyView {
    let language = visit.language;
    let urgent = matches!(ticket.priority, Priority::High | Priority::Urgent);
    let priority = t!(language, &format!("priority-{}", ticket.priority.name()));
    let end = view! {
        {urgent.then(|| view! { <strong>{priority}</strong> })}
        <span class="soft"><When at=visit.moment(ticket.updated_at)/></span>
    }
    .into_any();
    let assignee = ticket.assignee.unwrap_or_else(|| t!(language, "ticket-assignee-none"));
    let about = format!("{} · {}: {assignee}", ticket.customer_name, t!(language, "ticket-assignee"));
    view! { <Item href=format!("/desk/tickets/{}", ticket.id) name=ticket.subject about end/> }.into_any()
}

fn design_row(visit: &Visit, design: Design) -> AnyView {
    let end = view! { <span class="soft"><When at=visit.moment(design.updated_at)/></span> }.into_any();
    view! { <Item href=format!("/desk/designs/{}", design.id) name=design.title about=design.customer_name end/> }
        .into_any()
}

fn order_row(visit: &Visit, card: Card) -> AnyView {
    let language = visit.language;
    let end = view! { {states::order(language, card.state, Viewer::Staff)} {due_date_label(visit, &card)} }.into_any();
    let number = t!(language, "numbered", number = card.number.to_string());
    let name = format!("{number} · {}", card.title);
    view! { <Item href=format!("/desk/orders/{}", card.id) name about=card.customer_name end/> }.into_any()
}

fn step_row(visit: &Visit, step: NextStep) -> AnyView {
    let class = if step.day < visit.today() { "late" } else { "soft" };
    let end = view! { <span class=class>{named_day(visit.language, step.day)}</span> }.into_any();
    let href = format!("/desk/customers/{}#next-steps", step.customer);
    view! { <Item href name=step.text about=step.customer_name end/> }.into_any()
}
