//! The first page: for visitors what this is, for customers what is theirs.

use crate::{Page, Visit, form::Answer, ui::PageHead};
use axum::response::IntoResponse;
use leptos::prelude::*;
use locales::t;

pub async fn show(visit: Visit) -> Answer {
    let language = visit.language;
    let title = t!(language, "home-visitor-title");
    let page = Page::portal("", move || {
        view! {
            <PageHead title lead=t!(language, "home-visitor-lead")/>
            <p><a class="button" href="/products">{t!(language, "home-see-products")}</a></p>
        }
    });
    Ok(page.into_response())
}
