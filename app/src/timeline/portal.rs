//! What happened between the customer and the company.

use crate::{
    Visit,
    customer::organisation::{Chosen, Which, nobodys},
    timeline::parts::{After, Reader, TimelinePage},
    ui::{Empty, PageHead},
    web::form::Answer,
};
use axum::{extract::Query, response::IntoResponse};
use leptos::prelude::*;
use locales::t;
use store::timeline;

pub async fn show(visit: Visit, Query(which): Query<Which>, Query(after): Query<After>) -> Answer {
    let language = visit.language;
    let title = t!(language, "nav-history");
    let Some(chosen) = Chosen::find(&visit, &which).await? else {
        return Ok(nobodys(&visit, title).into_response());
    };
    let page = timeline::page(&mut *visit.read().await?, visit.buyer()?, chosen.id(), after.cursor()).await?;
    let shown = visit.clone();
    let answer = crate::Page::portal(title.clone(), move || {
        let content = if page.entries.is_empty() {
            let action = ("/products".to_owned(), t!(language, "home-see-products"));
            view! { <Empty title=t!(language, "history-none") text=t!(language, "history-none-text") action/> }
                .into_any()
        } else {
            let address = chosen.link("/history");
            view! { <TimelinePage visit=shown page address after reader=Reader::Customer(chosen.id())/> }.into_any()
        };
        view! {
            {chosen.switch("/history", t!(language, "customer-switch"))}
            <PageHead title lead=t!(language, "history-lead")/>
            {content}
        }
    });
    Ok(answer.into_response())
}
