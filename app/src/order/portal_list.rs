//! The list of orders in the portal.

use crate::{
    Page, Visit,
    design::parts::picture,
    states::{self, Viewer},
    ui::{Empty, Item, List, PageHead},
    web::{form::PageResult, paging::After},
};
use axum::{extract::Query, response::IntoResponse};
use domain::{model::ProductModel, version::VersionContent};
use leptos::prelude::*;
use locales::{money, named_day, t};
use std::sync::Arc;
use store::order::view::{self, Order, OrderFilter};

pub async fn show(visit: Visit, Query(after): Query<After>) -> PageResult {
    visit.buyer()?;
    let mut connection = visit.read().await?;
    let store::Page { rows, next } =
        view::list(&mut connection, &visit.actor, OrderFilter::All, &after.request()).await?;
    let orders = view::with_content(&mut connection, rows).await?;
    let language = visit.language;
    let title = t!(language, "orders-title");
    let page = Page::portal(title.clone(), move || {
        let content = if orders.is_empty() && after.is_first() {
            let action = ("/designs".to_owned(), t!(language, "orders-none-action"));
            view! { <Empty title=t!(language, "orders-none") text=t!(language, "orders-none-text") action/> }.into_any()
        } else {
            let pager = after.pager(next, "/orders", language);
            view! { <List>{orders.into_iter().map(|order| item(&visit, order)).collect_view()}</List> {pager} }
                .into_any()
        };
        view! { <PageHead title/> {content} }
    });
    Ok(page.into_response())
}

/// An order with the content and model of its version.
pub type OrderWithContent = (Order, VersionContent, Arc<ProductModel>);

/// One order as a row.
pub fn item(visit: &Visit, (order, content, model): OrderWithContent) -> impl IntoView + use<> {
    let language = visit.language;
    let picture = picture(&model, &content.options, language);
    let about = match order.accepted_at {
        Some(at) => t!(language, "order-number-completed", number = order.number, day = visit.moment(at).short),
        None => t!(language, "order-number-due", number = order.number, day = named_day(language, order.due_on)),
    };
    let end = view! {
        {states::order(language, order.state, Viewer::Customer)}
        <span>{money(language, order.total)}</span>
    }
    .into_any();
    view! { <Item href=format!("/orders/{}", order.id) name=order.title about picture end/> }
}
