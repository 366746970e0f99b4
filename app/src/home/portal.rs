//! The home page of the portal: an introduction for visitors, current work for customers.

use crate::{
    Page, Visit,
    design::{self, parts::drawing},
    order::{self, portal_list::OrderWithContent},
    product::catalogue::Catalogue,
    states::{self, Viewer},
    ticket,
    ui::{ButtonLink, List, PageHead},
    web::form::{PageResult, redirect},
};
use axum::response::IntoResponse;
use domain::{
    DesignState, Language, OrderState, ProposalId, ProposalState,
    document::Value,
    model::{ChoiceValue, OptionKind},
};
use leptos::prelude::*;
use locales::{money, t};
use store::{
    PageRequest,
    design::view::{self as design_view, Design, DesignFilter},
    order::view::{self as order_view, OrderFilter},
    product::{self, Product},
    proposal,
    ticket::view::{self as ticket_view, TicketFilter, TicketSummary},
};

/// Maximum number of records listed of each kind; of open orders, four times as many.
const SHOWN: usize = 5;

pub async fn show(visit: Visit) -> PageResult {
    if visit.actor.staff().is_ok() {
        return Ok(redirect("/desk"));
    }
    let mut connection = visit.read().await?;
    if visit.actor.buyer().is_err() {
        let products = product::offered(&mut connection).await?;
        return Ok(visitor(&visit, products).into_response());
    }
    let shown = PageRequest::first(SHOWN);
    let [proposed, designing] = [DesignState::Proposed, DesignState::Designing].map(DesignFilter::in_state);
    let proposed = design_view::list(&mut connection, &visit.actor, proposed, &shown).await?.rows;
    let (lapsed, mut proposed): (Vec<_>, Vec<_>) =
        proposed.into_iter().partition(|design| design.offer_has_lapsed(visit.today()));
    let first = match proposed.is_empty() {
        true => None,
        false => {
            let design = proposed.remove(0);
            let proposals = proposal::list(&mut connection, &design).await?;
            let open = proposals.into_iter().find(|proposal| proposal.state == ProposalState::Open);
            open.map(|proposal| (design, proposal.id))
        }
    };
    let mut designs = lapsed;
    designs.extend(design_view::list(&mut connection, &visit.actor, designing, &shown).await?.rows);
    let request = PageRequest::first(4 * SHOWN);
    let orders = order_view::list(&mut connection, &visit.actor, OrderFilter::Open, &request).await?;
    let orders = order_view::with_content(&mut connection, orders.rows).await?;
    let tickets = ticket_view::list(&mut connection, visit.buyer()?, TicketFilter::Waiting, &shown).await?.rows;
    if first.is_none() && designs.is_empty() && orders.is_empty() && tickets.is_empty() {
        let products = product::offered(&mut connection).await?;
        return Ok(beginning(&visit, products).into_response());
    }
    Ok(customer(&visit, Theirs { first, proposed, designs, orders, tickets }).into_response())
}

fn visitor(visit: &Visit, products: Vec<Product>) -> Page {
    let language = visit.language;
    Page::portal("", move || {
        let showpiece = products.first().map(|product| showpiece(product, language));
        view! {
            <section class="hero">
                <div>
                    <h1>{t!(language, "home-visitor-title")}</h1>
                    <p class="lead">{t!(language, "home-visitor-lead")}</p>
                    <ButtonLink href="/products">{t!(language, "home-see-products")}</ButtonLink>
                </div>
                {showpiece}
            </section>
            <Catalogue language products/>
        }
    })
}

/// The first product, with the last allowed value of each choice, so that it differs from the defaults shown in the
/// catalogue below.
fn showpiece(product: &Product, language: Language) -> impl IntoView + use<> {
    let model = &product.model;
    let mut values = model.defaults();
    for option in &model.options {
        let OptionKind::Choice { values: choices, .. } = &option.kind else { continue };
        let with = |choice: &ChoiceValue| {
            let mut changed = values.clone();
            changed.insert(option.key.clone(), Value::Text(choice.key.clone()));
            changed
        };
        let changed = choices.iter().rev().map(with).find(|changed| model.violations(changed).is_empty());
        values = changed.unwrap_or(values);
    }
    let name = model.name.get(language).to_owned();
    let price = money(language, model.price(&values, 1).total);
    view! {
        <figure>
            {drawing(model, &values, language)}
            <figcaption><a href=format!("/products/{}", product.slug)>{name}</a> " · " <span class="numeric">{price}</span></figcaption>
        </figure>
    }
}

/// Returns a greeting with the person's first name.
fn hello(visit: &Visit) -> String {
    let name = visit.person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
    let name = name.split_whitespace().next().unwrap_or_default().to_owned();
    t!(visit.language, "home-hello", name = name)
}

/// The page of a customer without current work: the catalogue.
fn beginning(visit: &Visit, products: Vec<Product>) -> Page {
    let (language, title) = (visit.language, hello(visit));
    Page::portal("", move || {
        view! { <PageHead title lead=t!(language, "home-begin-text")/> <Catalogue language products/> }
    })
}

/// The current work of a customer.
struct Theirs {
    /// The first design with an open proposal, and that proposal.
    first: Option<(Design, ProposalId)>,
    proposed: Vec<Design>,
    designs: Vec<Design>,
    orders: Vec<OrderWithContent>,
    /// Tickets that wait for an answer.
    tickets: Vec<TicketSummary>,
}

fn customer(visit: &Visit, theirs: Theirs) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    Page::portal("", move || {
        let Theirs { first, proposed, designs, orders, tickets } = theirs;
        let several = visit.actor.buyer().is_ok_and(|buyer| buyer.memberships().len() > 1);
        let (arrived, under_way): (Vec<_>, Vec<_>) =
            orders.into_iter().partition(|(order, ..)| order.state == OrderState::Delivered);
        let design = |design| design::portal_list::item(&visit, design).into_any();
        let order = |order| order::portal_list::item(&visit, order).into_any();
        let waiting = proposed.into_iter().map(design).chain(arrived.into_iter().map(order)).collect();
        let tickets =
            tickets.into_iter().map(|ticket| ticket::portal_list::item(&visit, ticket, several).into_any()).collect();
        let first = first.map(|(design, proposal)| view! { <First visit=visit.clone() design proposal/> });
        view! {
            <PageHead title=hello(&visit)/>
            {first}
            {rows(t!(language, "home-your-turn"), waiting, None)}
            {rows(t!(language, "home-asked"), tickets, Some(("/tickets", t!(language, "home-all-tickets"))))}
            {rows(t!(language, "home-under-way"), under_way.into_iter().map(order).collect(), Some(("/orders", t!(language, "home-all-orders"))))}
            {rows(t!(language, "home-designing"), designs.into_iter().map(design).collect(), Some(("/designs", t!(language, "home-all-designs"))))}
        }
    })
}

/// The first open proposal, with its drawing.
#[component]
fn First(visit: Visit, design: Design, proposal: ProposalId) -> impl IntoView {
    let language = visit.language;
    let href = format!("/designs/{}/proposals/{proposal}", design.id);
    view! {
        <section class="product first">
            {drawing(&design.model, &design.options, language)}
            <div class="stack">
                {states::design(language, &design, visit.today(), Viewer::Customer)}
                <h2 dir="auto">{design.title}</h2>
                <p class="soft">{t!(language, "home-proposal-text")}</p>
                <ButtonLink href>{t!(language, "home-see-proposal")}</ButtonLink>
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
