//! Lists for the portal, tables for the desk, paging links and tabs.

use crate::ui::{Icon, Shape};
use leptos::prelude::*;

/// A list of [`Item`]s.
#[component]
pub fn List(children: Children) -> impl IntoView {
    view! { <ul class="list">{children()}</ul> }
}

/// One record; the whole row is a link.
#[component]
pub fn Item(
    #[prop(into)] href: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] about: Option<String>,
    /// Thumbnail of its drawing.
    #[prop(optional)]
    picture: Option<AnyView>,
    /// The end of the row: a state, a price, a time.
    #[prop(optional)]
    end: Option<AnyView>,
) -> impl IntoView {
    let class = if picture.is_some() { "item pictured" } else { "item" };
    view! {
        <li>
            <a class=class href=href>
                {picture.map(|picture| view! { <span class="drawing">{picture}</span> })}
                <span class="name" dir="auto">{name}</span>
                {about.filter(|about| !about.is_empty()).map(|about| view! { <span class="about">{about}</span> })}
                {end.map(|end| view! { <span class="end">{end}</span> })}
            </a>
        </li>
    }
}

#[derive(Debug, Clone)]
pub struct Column {
    pub name: String,
    /// Whether it has numbers, which are aligned at the end.
    pub number: bool,
}

impl Column {
    pub fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), number: false }
    }

    pub fn number(name: impl Into<String>) -> Self {
        Self { name: name.into(), number: true }
    }
}

/// A table; the first cell of a row is its header. On a phone each row becomes a list with the names of the columns.
#[component]
pub fn Table(
    /// Caption for screen readers.
    #[prop(into)]
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Vec<AnyView>>,
) -> impl IntoView {
    let heads = columns
        .iter()
        .map(|column| view! { <th scope="col" class=end(column)>{column.name.clone()}</th> })
        .collect_view();
    let rows = rows
        .into_iter()
        .map(|cells| {
            let cells = cells.into_iter().zip(columns.iter()).enumerate().map(|(at, (cell, column))| match at {
                0 => view! { <th scope="row" class=end(column)>{cell}</th> }.into_any(),
                _ => view! { <td class=end(column) data-name=column.name.clone()>{cell}</td> }.into_any(),
            });
            view! { <tr>{cells.collect_view()}</tr> }
        })
        .collect_view();
    view! {
        <table class="table">
            <caption class="visually-hidden">{caption}</caption>
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn end(column: &Column) -> Option<&'static str> {
    column.number.then_some("end")
}

/// Links to the first and the next page of a list.
#[component]
pub fn Pager(
    /// Accessible name.
    #[prop(into)]
    label: String,
    /// Address and name.
    first: Option<(String, String)>,
    next: Option<(String, String)>,
) -> impl IntoView {
    (first.is_some() || next.is_some()).then(|| {
        let first = first.map(|(href, name)| {
            view! { <a class="button second" href=href><Icon shape=Shape::ArrowLeft/>{name}</a> }
        });
        let next = next.map(|(href, name)| {
            view! { <a class="button second" rel="next" href=href>{name}<Icon shape=Shape::ArrowRight/></a> }
        });
        view! { <nav class="pager" aria-label=label><span>{first}</span><span>{next}</span></nav> }
    })
}

/// A tab: one of several views, each with its own URL.
#[derive(Debug, Clone)]
pub struct Tab {
    pub href: String,
    pub name: String,
    pub here: bool,
    pub count: Option<u64>,
}

#[component]
pub fn Tabs(
    /// Accessible name.
    #[prop(into)]
    label: String,
    tabs: Vec<Tab>,
) -> impl IntoView {
    let tabs = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <li>
                    <a class="navlink" href=tab.href aria-current=tab.here.then_some("page")>
                        {tab.name} {tab.count.map(|count| view! { <span class="count">{count}</span> })}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=label><ul>{tabs}</ul></nav> }
}
