//! The customer's orders.

use crate::{
    Page, Visit,
    form::{Answer, PageNumber},
    states::{self, Reader},
    ui::{Empty, Item, List, PageHead},
};
use axum::{extract::Query, response::IntoResponse};
use leptos::prelude::*;
use locales::{money, named_day, t};
use store::order::view::{self, Order};

pub async fn show(visit: Visit, Query(at): Query<PageNumber>) -> Answer {
    visit.buyer()?;
    let orders = view::list(&mut *visit.read().await?, &visit.actor, at.fetch(), at.offset()).await?;
    let language = visit.language;
    let title = t!(language, "orders-title");
    let page = Page::portal(title.clone(), move || {
        let content = if orders.is_empty() && at.is_first() {
            let action = ("/designs".to_owned(), t!(language, "orders-none-action"));
            view! { <Empty title=t!(language, "orders-none") text=t!(language, "orders-none-text") action/> }.into_any()
        } else {
            let (orders, pager) = at.cut(orders, "/orders", language);
            view! { <List>{orders.into_iter().map(|order| item(&visit, order)).collect_view()}</List> {pager} }
                .into_any()
        };
        view! { <PageHead title/> {content} }
    });
    Ok(page.into_response())
}

/// One order as a row.
pub fn item(visit: &Visit, order: Order) -> impl IntoView + use<> {
    let language = visit.language;
    let day = named_day(language, &order.due_on);
    let about = t!(language, "order-number-due", number = order.number, day = day);
    let end = view! {
        {states::order(language, order.state, Reader::Customer)}
        <span>{money(language, order.total)}</span>
    }
    .into_any();
    view! { <Item href=format!("/orders/{}", order.id) name=order.title about end/> }
}
