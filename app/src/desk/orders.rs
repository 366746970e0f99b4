//! The order board: every order that is not accepted yet, in the column of its state.

use crate::{
    Page, Visit,
    form::Answer,
    ui::{Empty, PageHead},
};
use axum::response::IntoResponse;
use domain::{Language, OrderState};
use leptos::prelude::*;
use locales::{named_day, t};
use store::order::desk::{self, Card};

pub async fn show(visit: Visit) -> Answer {
    let staff = visit.staff()?;
    let cards = desk::board(&mut *visit.read().await?, &staff).await?;
    let language = visit.language;
    let today = visit.today();
    let title = t!(language, "nav-orders");
    let page = Page::desk(title.clone(), move || {
        let content = if cards.is_empty() {
            view! { <Empty title=t!(language, "board-none") text=t!(language, "board-none-text")/> }.into_any()
        } else {
            board(language, &today, &cards)
        };
        view! { <PageHead title/> {content} }
    });
    Ok(page.into_response())
}

const COLUMNS: [OrderState; 5] =
    [OrderState::Waiting, OrderState::Production, OrderState::Ready, OrderState::Delivery, OrderState::Delivered];

fn board(language: Language, today: &str, cards: &[Card]) -> AnyView {
    let columns = COLUMNS
        .into_iter()
        .map(|state| {
            let here: Vec<_> = cards.iter().filter(|card| card.state == state).collect();
            let count = here.len();
            let name = t!(language, &format!("state-order-{}", state.name()));
            view! {
                <section>
                    <h2>{name} <span class="count">{count}</span></h2>
                    {here.into_iter().map(|one| card(language, today, one)).collect_view()}
                </section>
            }
        })
        .collect_view();
    view! { <div class="board" tabindex="0" role="region" aria-label=t!(language, "nav-orders")>{columns}</div> }
        .into_any()
}

fn card(language: Language, today: &str, card: &Card) -> impl IntoView + use<> {
    let day = named_day(language, &card.due_on);
    let late = card.is_late(today);
    let due = if late { t!(language, "board-late", day = day) } else { t!(language, "board-due", day = day) };
    let (done, all) = card.steps;
    view! {
        <a class="card" href=format!("/desk/orders/{}", card.id)>
            <strong>{card.title.clone()}</strong>
            <span>{card.customer_name.clone()}</span>
            <span class="soft">{t!(language, "board-number-steps", number = card.number, done = done, all = all)}</span>
            <span class=if late { "late" } else { "soft" }>{due}</span>
        </a>
    }
}
