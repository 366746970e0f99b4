//! The list of all customers, with search.

use crate::{
    Page, Visit,
    ui::{Button, ButtonKind, Column, Empty, Icon, PageHead, Shape, Table, When},
    web::{form::PageResult, paging::After, url::percent_encoded},
};
use axum::{extract::Query, response::IntoResponse};
use domain::CustomerKind;
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::customer::desk::{self, CustomerFilter, Row};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Search {
    q: String,
}

pub async fn show(visit: Visit, Query(search): Query<Search>, Query(after): Query<After>) -> PageResult {
    let permit = visit.permit()?;
    let typed = search.q.trim().to_owned();
    let filter = CustomerFilter { search: typed.clone() };
    let list = desk::list(&mut *visit.read().await?, &permit, &filter, &after.request()).await?;
    let language = visit.language;
    let title = t!(language, "nav-customers");
    let page = Page::desk(title.clone(), move || {
        let content = if !list.rows.is_empty() || !after.is_first() {
            let pager = after.pager(list.next, &address(&typed), language);
            view! { <Rows visit rows=list.rows/> {pager} }.into_any()
        } else if typed.is_empty() {
            view! { <Empty title=t!(language, "customers-none") text=t!(language, "customers-none-text")/> }.into_any()
        } else {
            let action = ("/desk/customers".to_owned(), t!(language, "customers-all"));
            let title = t!(language, "customers-not-found", query = &typed);
            view! { <Empty title text=t!(language, "customers-not-found-text") action/> }.into_any()
        };
        view! {
            <PageHead title>
                <form class="search" role="search">
                    <input type="search" name="q" value=typed aria-label=t!(language, "customers-search") placeholder=t!(language, "customers-search")/>
                    <Button kind=ButtonKind::Second><Icon shape=Shape::Search/>{t!(language, "search")}</Button>
                </form>
            </PageHead>
            {content}
        }
    });
    Ok(page.into_response())
}

fn address(typed: &str) -> String {
    if typed.is_empty() {
        return "/desk/customers".to_owned();
    }
    format!("/desk/customers?q={}", percent_encoded(typed))
}

#[component]
fn Rows(visit: Visit, rows: Vec<Row>) -> impl IntoView {
    let language = visit.language;
    let columns = vec![
        Column::text(t!(language, "customer")),
        Column::text(t!(language, "customer-kind")),
        Column::text(t!(language, "customer-contact")),
        Column::text(t!(language, "account-email")),
        Column::number(t!(language, "customer-orders")),
        Column::number(t!(language, "customer-last")),
    ];
    let rows = rows
        .into_iter()
        .map(|row| {
            let kind = match row.kind {
                CustomerKind::Organisation => t!(language, "customer-members", count = row.members),
                CustomerKind::Person => t!(language, "kind-person"),
            };
            // The row of a private person already has their name.
            let contact = if row.kind == CustomerKind::Person { String::new() } else { row.contact };
            vec![
                view! { <a href=format!("/desk/customers/{}", row.id) dir="auto">{row.name}</a> }.into_any(),
                view! { <span class="whole">{kind}</span> }.into_any(),
                cell(contact),
                cell(row.email),
                cell(if row.orders == 0 { String::new() } else { row.orders.to_string() }),
                view! { <When at=visit.moment(row.last_at)/> }.into_any(),
            ]
        })
        .collect();
    view! { <Table caption=t!(language, "nav-customers") columns rows/> }
}

fn cell(text: String) -> AnyView {
    if text.is_empty() { ().into_any() } else { text.into_any() }
}
