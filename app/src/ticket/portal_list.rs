//! The list of tickets in the portal.

use crate::{
    Page, Visit,
    states::{self, Viewer},
    ui::{ButtonLink, Empty, Item, List, PageHead, Tab, Tabs, When},
    web::{form::PageResult, paging::After},
};
use axum::{extract::Query, response::IntoResponse};
use domain::Language;
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::ticket::view::{self, TicketFilter, TicketSummary};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    show: String,
}

const VIEWS: [(&str, TicketFilter, &str); 3] = [
    ("/tickets", TicketFilter::Current, "tickets-current"),
    ("/tickets?show=solved", TicketFilter::Solved, "tickets-solved"),
    ("/tickets?show=all", TicketFilter::All, "tickets-all"),
];

pub async fn show(visit: Visit, Query(query): Query<ListQuery>, Query(after): Query<After>) -> PageResult {
    let buyer = visit.buyer()?;
    let filter = match query.show.as_str() {
        "solved" => TicketFilter::Solved,
        "all" => TicketFilter::All,
        _ => TicketFilter::Current,
    };
    let tickets = view::list(&mut *visit.read().await?, buyer, filter, &after.request()).await?;
    let several = buyer.memberships().len() > 1;
    let language = visit.language;
    let title = t!(language, "tickets-title");
    let page = Page::portal(title.clone(), move || {
        let content = if tickets.rows.is_empty() && after.is_first() {
            empty(language, filter)
        } else {
            let address = VIEWS.iter().find(|view| view.1 == filter).map_or("/tickets", |view| view.0);
            let pager = after.pager(tickets.next, address, language);
            let items = tickets.rows.into_iter().map(|ticket| item(&visit, ticket, several)).collect_view();
            view! { <List>{items}</List> {pager} }.into_any()
        };
        let views = VIEWS.into_iter().map(|(href, one, name)| Tab {
            href: href.to_owned(),
            name: t!(language, name),
            here: one == filter,
            count: None,
        });
        view! {
            <PageHead title lead=t!(language, "tickets-lead")>
                <ButtonLink href="/tickets/new">{t!(language, "tickets-new")}</ButtonLink>
            </PageHead>
            <Tabs label=t!(language, "tickets-which") tabs=views.collect()/>
            {content}
        }
    });
    Ok(page.into_response())
}

fn empty(language: Language, filter: TicketFilter) -> AnyView {
    let (title, text) = match filter {
        TicketFilter::Current | TicketFilter::Waiting => {
            (t!(language, "tickets-none-current"), t!(language, "tickets-none-text"))
        }
        TicketFilter::Solved => (t!(language, "tickets-none-solved"), t!(language, "tickets-none-solved-text")),
        TicketFilter::All => (t!(language, "tickets-none"), t!(language, "tickets-none-text")),
    };
    view! { <Empty title text/> }.into_any()
}

/// One ticket as a row; with the name of the customer for people who belong to several.
pub fn item(visit: &Visit, ticket: TicketSummary, several: bool) -> impl IntoView + use<> {
    let language = visit.language;
    let about = match ticket.order_number {
        Some(order) => t!(language, "ticket-number-order", number = ticket.number, order = order),
        None => t!(language, "ticket-number", number = ticket.number),
    };
    let about = if several { format!("{about} · {}", ticket.customer_name) } else { about };
    let end = view! {
        {states::ticket(language, ticket.state, Viewer::Customer)}
        <span class="small soft"><When at=visit.moment(ticket.updated_at)/></span>
    }
    .into_any();
    view! { <Item href=format!("/tickets/{}", ticket.id) name=ticket.subject about end/> }
}
