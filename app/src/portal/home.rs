//! The first page: for visitors what this is, for customers what waits for them and what is theirs.

use super::{designs, orders, products::Catalogue};
use crate::{
    Page, Visit,
    design::drawing,
    form::{Answer, go},
    ui::{ButtonLink, Empty, List, PageHead},
};
use axum::response::IntoResponse;
use domain::{DesignState, OrderState};
use leptos::prelude::*;
use locales::t;
use store::{
    design::view::{self as design_view, Design},
    order::view::{self as order_view, Order},
    product::{self, Product},
};

/// Of each kind, so many of the latest.
const SHOWN: i64 = 5;

pub async fn show(visit: Visit) -> Answer {
    if visit.actor.staff().is_ok() {
        return Ok(go("/desk"));
    }
    let mut connection = visit.read().await?;
    if visit.actor.buyer().is_err() {
        let products = product::offered(&mut connection).await?;
        return Ok(visitor(&visit, products).into_response());
    }
    let proposed = design_view::list(&mut connection, &visit.actor, Some(DesignState::Proposed), SHOWN, 0).await?;
    let designs = design_view::list(&mut connection, &visit.actor, Some(DesignState::Designing), SHOWN, 0).await?;
    let orders = order_view::list(&mut connection, &visit.actor, 4 * SHOWN, 0).await?;
    Ok(customer(&visit, proposed, designs, orders).into_response())
}

fn visitor(visit: &Visit, products: Vec<Product>) -> Page {
    let language = visit.language;
    Page::portal("", move || {
        let drawing = products.first().map(|product| drawing(&product.model, &product.model.defaults(), language));
        view! {
            <section class="hero">
                <div>
                    <h1>{t!(language, "home-visitor-title")}</h1>
                    <p class="lead">{t!(language, "home-visitor-lead")}</p>
                    <ButtonLink href="/products">{t!(language, "home-see-products")}</ButtonLink>
                </div>
                {drawing}
            </section>
            <Catalogue language products/>
        }
    })
}

fn customer(visit: &Visit, proposed: Vec<Design>, designs: Vec<Design>, orders: Vec<Order>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    Page::portal("", move || {
        let name = visit.person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
        let name = name.split_whitespace().next().unwrap_or_default().to_owned();
        let (arrived, others): (Vec<_>, Vec<_>) =
            orders.into_iter().partition(|order| order.state == OrderState::Delivered);
        let under_way: Vec<_> = others.into_iter().filter(|order| order.state != OrderState::Accepted).collect();
        let nothing = proposed.is_empty() && designs.is_empty() && arrived.is_empty() && under_way.is_empty();
        let design = |design| designs::item(&visit, design).into_any();
        let order = |order| orders::item(&visit, order).into_any();
        let waiting = proposed.into_iter().map(design).chain(arrived.into_iter().map(order)).collect();
        view! {
            <PageHead title=t!(language, "home-hello", name = name)/>
            {nothing.then(|| {
                let action = ("/products".to_owned(), t!(language, "home-see-products"));
                view! { <Empty title=t!(language, "home-begin") text=t!(language, "home-begin-text") action/> }
            })}
            {rows(t!(language, "home-your-turn"), waiting, None)}
            {rows(t!(language, "home-under-way"), under_way.into_iter().map(order).collect(), Some(("/orders", t!(language, "home-all-orders"))))}
            {rows(t!(language, "home-designing"), designs.into_iter().map(design).collect(), Some(("/designs", t!(language, "home-all-designs"))))}
        }
    })
}

fn rows(title: String, rows: Vec<AnyView>, all: Option<(&'static str, String)>) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2>{title}</h2>
                <List>{rows}</List>
                {all.map(|(href, name)| view! { <p><a href=href>{name}</a></p> })}
            </section>
        }
    })
}
