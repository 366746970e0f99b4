//! The timeline of a customer in the portal.

use crate::{
    Visit,
    customer::organisation::{CustomerQuery, SelectedCustomer, no_customer_page},
    timeline::{
        link::LinkTarget,
        parts::{ENTRIES, TimelinePage},
    },
    ui::{Empty, PageHead},
    web::{form::PageResult, paging::After},
};
use axum::{extract::Query, response::IntoResponse};
use leptos::prelude::*;
use locales::t;
use store::timeline;

pub async fn show(visit: Visit, Query(query): Query<CustomerQuery>, Query(after): Query<After>) -> PageResult {
    let language = visit.language;
    let title = t!(language, "nav-history");
    let Some(selected) = SelectedCustomer::find(&visit, &query).await? else {
        return Ok(no_customer_page(&visit, title).into_response());
    };
    let request = after.request_rows(ENTRIES);
    let page = timeline::page(&mut *visit.read().await?, visit.buyer()?, selected.id(), &request).await?;
    let shown = visit.clone();
    let answer = crate::Page::portal(title.clone(), move || {
        let content = if page.rows.is_empty() && after.is_first() {
            let action = ("/products".to_owned(), t!(language, "home-see-products"));
            view! { <Empty title=t!(language, "history-none") text=t!(language, "history-none-text") action/> }
                .into_any()
        } else {
            let address = selected.link("/history");
            view! { <TimelinePage visit=shown page address after links=LinkTarget::Customer(selected.id())/> }
                .into_any()
        };
        view! {
            {selected.switch("/history", t!(language, "customer-switch"))}
            <PageHead title lead=t!(language, "history-lead")/>
            {content}
        }
    });
    Ok(answer.into_response())
}
