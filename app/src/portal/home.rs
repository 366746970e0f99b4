//! The first page: for visitors what this is, for customers what waits for them and what is theirs.

use super::{
    designs,
    orders::{self, Ordered},
    products::Catalogue,
};
use crate::{
    Page, Visit,
    design::drawing,
    form::{Answer, go},
    states::{self, Reader},
    ui::{ButtonLink, Empty, List, PageHead},
};
use axum::response::IntoResponse;
use domain::{DesignState, OrderState, model::Values};
use leptos::prelude::*;
use locales::t;
use store::{
    design::view::{self as design_view, Design},
    order::view as order_view,
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
    let mut proposed = design_view::list(&mut connection, &visit.actor, Some(DesignState::Proposed), SHOWN, 0).await?;
    let first = if proposed.is_empty() { None } else { Some(proposed.remove(0)) };
    let first = match first {
        Some(design) => {
            let values = design_view::document(&mut connection, &design).await?.snapshot().unwrap_or_default().options;
            Some((design, values))
        }
        None => None,
    };
    let designs = design_view::list(&mut connection, &visit.actor, Some(DesignState::Designing), SHOWN, 0).await?;
    let mut orders = order_view::list(&mut connection, &visit.actor, 4 * SHOWN, 0).await?;
    orders.retain(|order| order.state != OrderState::Accepted);
    let orders = order_view::with_content(&mut connection, orders).await?;
    Ok(customer(&visit, Theirs { first, proposed, designs, orders }).into_response())
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

/// What a customer has in hand.
struct Theirs {
    /// The design whose proposal waits for an answer first, as it stands.
    first: Option<(Design, Values)>,
    proposed: Vec<Design>,
    designs: Vec<Design>,
    orders: Vec<Ordered>,
}

fn customer(visit: &Visit, theirs: Theirs) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    Page::portal("", move || {
        let Theirs { first, proposed, designs, orders } = theirs;
        let name = visit.person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
        let name = name.split_whitespace().next().unwrap_or_default().to_owned();
        let (arrived, under_way): (Vec<_>, Vec<_>) =
            orders.into_iter().partition(|(order, ..)| order.state == OrderState::Delivered);
        let nothing =
            first.is_none() && proposed.is_empty() && designs.is_empty() && arrived.is_empty() && under_way.is_empty();
        let design = |design| designs::item(&visit, design).into_any();
        let order = |order| orders::item(&visit, order).into_any();
        let waiting = proposed.into_iter().map(design).chain(arrived.into_iter().map(order)).collect();
        let first = first.map(|(design, values)| view! { <First visit=visit.clone() design values/> });
        view! {
            <PageHead title=t!(language, "home-hello", name = name)/>
            {nothing.then(|| {
                let action = ("/products".to_owned(), t!(language, "home-see-products"));
                view! { <Empty title=t!(language, "home-begin") text=t!(language, "home-begin-text") action/> }
            })}
            {first}
            {rows(t!(language, "home-your-turn"), waiting, None)}
            {rows(t!(language, "home-under-way"), under_way.into_iter().map(order).collect(), Some(("/orders", t!(language, "home-all-orders"))))}
            {rows(t!(language, "home-designing"), designs.into_iter().map(design).collect(), Some(("/designs", t!(language, "home-all-designs"))))}
        }
    })
}

/// The one thing to do first, with its drawing.
#[component]
fn First(visit: Visit, design: Design, values: Values) -> impl IntoView {
    let language = visit.language;
    view! {
        <section class="product first">
            {drawing(&design.model, &values, language)}
            <div class="stack">
                {states::design(language, design.state, Reader::Customer)}
                <h2 dir="auto">{design.title}</h2>
                <p class="soft">{t!(language, "home-proposal-text")}</p>
                <ButtonLink href=format!("/designs/{}", design.id)>{t!(language, "home-see-proposal")}</ButtonLink>
            </div>
        </section>
    }
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
