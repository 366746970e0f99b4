//! One order: where it is, what was ordered, and accepting it.

use crate::{
    Page, Problem, Visit,
    design::{Choices, drawing},
    form::{Answer, Key, keep},
    orders::{DeliveryFacts, OrderSteps, Pictures},
    states::{self, Reader},
    ui::{Button, ButtonKind, ButtonLink, Facts, Form, Notice, PageHead, Tone},
};
use axum::{http::StatusCode, response::IntoResponse};
use domain::{Language, OrderId, OrderState, StepId, model::ProductModel, version::VersionContent};
use leptos::prelude::*;
use locales::{money, named_day, t};
use std::sync::Arc;
use store::{
    Conflict, Error,
    file::File,
    order::{
        accept, picture,
        view::{self, Delivery, Order, Step},
    },
};

struct Shown {
    order: Order,
    steps: Vec<Step>,
    delivery: Option<Delivery>,
    content: VersionContent,
    model: Arc<ProductModel>,
    pictures: Vec<(StepId, File)>,
}

pub async fn show(visit: Visit, Key(id): Key<OrderId>) -> Answer {
    visit.buyer()?;
    let shown = read(&visit, id).await?;
    Ok(page(&visit, shown, None).into_response())
}

async fn read(visit: &Visit, id: OrderId) -> Result<Shown, Problem> {
    let mut connection = visit.read().await?;
    let order = view::find(&mut connection, &visit.actor, id).await?;
    let steps = view::steps(&mut connection, &order).await?;
    let delivery = view::delivery(&mut connection, &order).await?;
    let (content, model) = view::ordered(&mut connection, &order).await?;
    let pictures = picture::list(&mut connection, &order).await?;
    Ok(Shown { order, steps, delivery, content, model, pictures })
}

/// The customer accepts what was delivered.
pub async fn submit(visit: Visit, Key(id): Key<OrderId>) -> Answer {
    visit.buyer()?;
    let mut change = visit.change().await?;
    match accept::accept(&mut change, id).await {
        Ok(()) => keep(change, &format!("/orders/{id}")).await,
        Err(Error::Conflict(Conflict::StepOrder)) => {
            drop(change);
            let shown = read(&visit, id).await?;
            let problem = t!(visit.language, "order-not-to-accept");
            Ok(page(&visit, shown, Some(problem)).status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Visit, shown: Shown, problem: Option<String>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = t!(language, "order-title", number = shown.order.number);
    Page::portal(title.clone(), move || {
        let Shown { order, steps, delivery, content, model, pictures } = shown;
        let back = ("/orders".to_owned(), t!(language, "orders-title"));
        let comes =
            !matches!(order.state, OrderState::Delivered | OrderState::Accepted) && order.due_on >= visit.today();
        let due = comes.then(|| t!(language, "order-due", day = named_day(language, &order.due_on)));
        view! {
            <PageHead title lead=order.title.clone() back>{states::order(language, order.state, Reader::Customer)}</PageHead>
            {problem.map(|problem| view! { <Notice tone=Tone::Attention><p>{problem}</p></Notice> })}
            {(order.state == OrderState::Delivered).then(|| view! { <Accept language id=order.id/> })}
            <div class="product follow">
                {drawing(&model, &content.options, language)}
                <section class="stack">
                    <h2>{t!(language, "order-steps")}</h2>
                    {due.map(|due| view! { <p>{due}</p> })}
                    <OrderSteps visit=&visit order=&order steps=&steps delivery=delivery.as_ref()/>
                </section>
            </div>
            <Pictures visit=&visit steps=&steps pictures/>
            {delivery.map(|delivery| view! { <DeliveryFacts visit=visit.clone() delivery/> })}
            <section class="stack">
                <h2>{t!(language, "order-what")}</h2>
                <Choices model=&model values=&content.options quantity=content.quantity language/>
                <Facts facts=vec![(t!(language, "price-total"), view! { <strong>{money(language, order.total)}</strong> }.into_any())]/>
                <p><a href=format!("/designs/{}/versions/{}", order.design, order.version)>{t!(language, "order-see-version")}</a></p>
            </section>
            <p>
                <ButtonLink kind=ButtonKind::Second href=format!("/tickets/new?order={}", order.id)>
                    {t!(language, "order-ask")}
                </ButtonLink>
            </p>
        }
    })
}

#[component]
fn Accept(language: Language, id: OrderId) -> impl IntoView {
    view! {
        <Notice tone=Tone::Attention>
            <p>{t!(language, "order-accept-text")}</p>
            <Form>
                <div class="row">
                    <Button>{t!(language, "order-accept")}</Button>
                    <ButtonLink kind=ButtonKind::Second href=format!("/tickets/new?order={id}")>
                        {t!(language, "order-something-wrong")}
                    </ButtonLink>
                </div>
            </Form>
        </Notice>
    }
}
