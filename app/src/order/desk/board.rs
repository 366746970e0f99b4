//! The order board: orders in progress in columns by state, and the list of accepted orders.

use crate::{
    Page, Visit,
    ui::{Column, Empty, PageHead, Tab, Table, Tabs, When},
    web::{form::PageResult, paging::After},
};
use axum::{extract::Query, response::IntoResponse};
use domain::{Language, OrderState};
use leptos::prelude::*;
use locales::{money, named_day, t};
use serde::Deserialize;
use store::order::{
    desk::{self, Card},
    view::{self, Order, OrderFilter},
};

/// The orders to show (`?show=`): `accepted`, otherwise those in progress.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct BoardQuery {
    show: String,
}

pub(super) const ACCEPTED: &str = "/desk/orders?show=accepted";

enum Listing {
    Board(Vec<Card>),
    Accepted(store::Page<Order>),
}

pub async fn show(visit: Visit, Query(query): Query<BoardQuery>, Query(after): Query<After>) -> PageResult {
    let permit = visit.permit()?;
    let mut connection = visit.read().await?;
    let listing = match query.show.as_str() {
        "accepted" => {
            let filter = OrderFilter::Accepted;
            Listing::Accepted(view::list(&mut connection, &visit.actor, filter, &after.request()).await?)
        }
        _ => Listing::Board(desk::board(&mut connection, &permit).await?),
    };
    let language = visit.language;
    let title = t!(language, "nav-orders");
    let page = Page::desk(title.clone(), move || {
        let accepted = matches!(listing, Listing::Accepted(_));
        let tab = |href: &str, key, here| Tab { href: href.to_owned(), name: t!(language, key), here, count: None };
        let tabs = vec![tab("/desk/orders", "board-under-way", !accepted), tab(ACCEPTED, "board-accepted", accepted)];
        let content = match listing {
            Listing::Board(cards) if cards.is_empty() => none(language, "board-none", "board-none-text"),
            Listing::Board(cards) => board(&visit, &cards),
            Listing::Accepted(orders) if orders.rows.is_empty() && after.is_first() => {
                none(language, "board-none-accepted", "board-none-accepted-text")
            }
            Listing::Accepted(orders) => list(&visit, orders, &after),
        };
        view! {
            <PageHead title/>
            <Tabs label=t!(language, "desk-by-state") tabs/>
            {content}
        }
    });
    Ok(page.into_response())
}

fn none(language: Language, title: &str, text: &str) -> AnyView {
    view! { <Empty title=t!(language, title) text=t!(language, text)/> }.into_any()
}

fn list(visit: &Visit, orders: store::Page<Order>, after: &After) -> AnyView {
    let language = visit.language;
    let pager = after.pager(orders.next, ACCEPTED, language);
    let columns = vec![
        Column::text(t!(language, "board-order")),
        Column::text(t!(language, "desk-customer")),
        Column::number(t!(language, "price-total")),
        Column::number(t!(language, "state-order-accepted")),
    ];
    let rows = orders
        .rows
        .into_iter()
        .map(|order| {
            let name = format!("{} · {}", t!(language, "numbered", number = order.number.to_string()), order.title);
            vec![
                view! { <a href=format!("/desk/orders/{}", order.id)>{name}</a> }.into_any(),
                view! { <a href=format!("/desk/customers/{}", order.customer)>{order.customer_name}</a> }.into_any(),
                money(language, order.total).into_any(),
                order.accepted_at.map(|at| view! { <When at=visit.moment(at)/> }).into_any(),
            ]
        })
        .collect();
    view! { <Table caption=t!(language, "board-accepted") columns rows/> {pager} }.into_any()
}

const COLUMNS: [OrderState; 5] =
    [OrderState::Waiting, OrderState::Production, OrderState::Ready, OrderState::Delivery, OrderState::Delivered];

fn board(visit: &Visit, cards: &[Card]) -> AnyView {
    let language = visit.language;
    let columns = COLUMNS
        .into_iter()
        .map(|state| {
            let in_state: Vec<_> = cards.iter().filter(|card| card.state == state).collect();
            let count = in_state.len();
            let name = t!(language, &format!("state-order-{}", state.name()));
            view! {
                <section>
                    <h2>{name} <span class="count">{count}</span></h2>
                    {in_state.into_iter().map(|one| card(visit, one)).collect_view()}
                </section>
            }
        })
        .collect_view();
    view! { <div class="board" tabindex="0" role="region" aria-label=t!(language, "nav-orders")>{columns}</div> }
        .into_any()
}

fn card(visit: &Visit, card: &Card) -> impl IntoView + use<> {
    let language = visit.language;
    let (done, all) = card.steps;
    view! {
        <a class="card" href=format!("/desk/orders/{}", card.id)>
            <strong>{card.title.clone()}</strong>
            <span>{card.customer_name.clone()}</span>
            <span class="soft">{t!(language, "board-number-steps", number = card.number, done = done, all = all)}</span>
            {due_date_label(visit, card)}
        </a>
    }
}

/// The due date, marked if it has passed.
pub fn due_date_label(visit: &Visit, card: &Card) -> impl IntoView + use<> {
    let day = named_day(visit.language, card.due_on);
    let (class, key) = if card.is_late(visit.today()) { ("late", "board-late") } else { ("soft", "board-due") };
    view! { <span class=class>{t!(visit.language, key, day = day)}</span> }
}
