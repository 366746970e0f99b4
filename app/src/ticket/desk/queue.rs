//! The ticket queue, urgent tickets first.

use crate::{
    Page, Visit,
    states::{self, Viewer},
    ui::{Column, Empty, PageHead, Tab, Table, Tabs, When},
    web::{form::PageResult, paging::After},
};
use axum::{extract::Query, response::IntoResponse};
use domain::{Language, Priority};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::ticket::desk::{self, Counts, QueueFilter, QueuedTicket};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct QueueQuery {
    show: String,
}

pub async fn show(visit: Visit, Query(query): Query<QueueQuery>, Query(after): Query<After>) -> PageResult {
    let permit = visit.permit()?;
    let filter = QueueFilter::ALL.into_iter().find(|filter| filter.name() == query.show).unwrap_or_default();
    let mut connection = visit.read().await?;
    let tickets = desk::queue(&mut connection, &permit, filter, &after.request()).await?;
    let counts = desk::counts(&mut connection, &permit).await?;
    let language = visit.language;
    let title = t!(language, "tickets-title");
    let page = Page::desk(title.clone(), move || {
        let content = if tickets.rows.is_empty() && after.is_first() {
            empty(language, filter)
        } else {
            let pager = after.pager(tickets.next, &address(filter), language);
            view! { {table(&visit, tickets.rows)} {pager} }.into_any()
        };
        let tabs = QueueFilter::ALL.into_iter().map(|one| tab(language, one, one == filter, &counts)).collect();
        view! { <PageHead title/> <Tabs label=t!(language, "tickets-which") tabs/> {content} }
    });
    Ok(page.into_response())
}

fn address(filter: QueueFilter) -> String {
    match filter {
        QueueFilter::Mine => "/desk/tickets".to_owned(),
        _ => format!("/desk/tickets?show={}", filter.name()),
    }
}

fn tab(language: Language, filter: QueueFilter, here: bool, counts: &Counts) -> Tab {
    let (name, count) = match filter {
        QueueFilter::Mine => (t!(language, "queue-mine"), Some(counts.mine)),
        QueueFilter::Unassigned => (t!(language, "queue-unassigned"), Some(counts.unassigned)),
        QueueFilter::Unsolved => (t!(language, "queue-unsolved"), Some(counts.unsolved)),
        QueueFilter::Solved => (t!(language, "tickets-solved"), None),
    };
    Tab { href: address(filter), name, here, count }
}

fn empty(language: Language, filter: QueueFilter) -> AnyView {
    let (title, text, action) = match filter {
        QueueFilter::Mine => {
            let others = (address(QueueFilter::Unassigned), t!(language, "queue-see-unassigned"));
            (t!(language, "queue-none-mine"), t!(language, "queue-none-mine-text"), Some(others))
        }
        QueueFilter::Unassigned => {
            (t!(language, "queue-none-unassigned"), t!(language, "queue-none-unassigned-text"), None)
        }
        QueueFilter::Unsolved => (t!(language, "queue-none-unsolved"), t!(language, "queue-none-unsolved-text"), None),
        QueueFilter::Solved => (t!(language, "tickets-none-solved"), t!(language, "queue-none-solved-text"), None),
    };
    match action {
        Some(action) => view! { <Empty title text action/> }.into_any(),
        None => view! { <Empty title text/> }.into_any(),
    }
}

fn table(visit: &Visit, tickets: Vec<QueuedTicket>) -> impl IntoView + use<> {
    let language = visit.language;
    let columns = vec![
        Column::text(t!(language, "queue-ticket")),
        Column::text(t!(language, "queue-customer")),
        Column::text(t!(language, "queue-state")),
        Column::text(t!(language, "ticket-priority")),
        Column::text(t!(language, "ticket-assignee")),
        Column::number(t!(language, "queue-updated")),
    ];
    let rows = tickets.into_iter().map(|ticket| row(visit, ticket)).collect();
    view! { <Table caption=t!(language, "tickets-title") columns rows/> }
}

fn row(visit: &Visit, ticket: QueuedTicket) -> Vec<AnyView> {
    let language = visit.language;
    let number = match ticket.order {
        Some((_, order)) => t!(language, "ticket-number-order", number = ticket.number, order = order),
        None => t!(language, "ticket-number", number = ticket.number),
    };
    let priority = t!(language, &format!("priority-{}", ticket.priority.name()));
    let urgent = matches!(ticket.priority, Priority::High | Priority::Urgent);
    vec![
        view! {
            <a href=format!("/desk/tickets/{}", ticket.id) dir="auto">{ticket.subject}</a>
            <span class="small soft">{number}</span>
        }
        .into_any(),
        view! { <a href=format!("/desk/customers/{}", ticket.customer) dir="auto">{ticket.customer_name}</a> }
            .into_any(),
        states::ticket(language, ticket.state, Viewer::Staff),
        if urgent { view! { <strong>{priority}</strong> }.into_any() } else { priority.into_any() },
        ticket.assignee.into_any(),
        view! { <When at=visit.moment(ticket.updated_at)/> }.into_any(),
    ]
}
