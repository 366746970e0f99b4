//! The list of designs in the portal.

use crate::{
    Page, Visit,
    design::parts::picture,
    states::{self, Viewer},
    ui::{ButtonLink, Empty, Item, List, PageHead, When},
    web::{form::PageResult, paging::After},
};
use axum::{extract::Query, response::IntoResponse};
use leptos::prelude::*;
use locales::t;
use store::design::view::{self, Design, DesignFilter};

pub async fn show(visit: Visit, Query(after): Query<After>) -> PageResult {
    visit.buyer()?;
    let designs =
        view::list(&mut *visit.read().await?, &visit.actor, DesignFilter::default(), &after.request()).await?;
    let language = visit.language;
    let title = t!(language, "designs-title");
    let page = Page::portal(title.clone(), move || {
        let none = designs.rows.is_empty() && after.is_first();
        let content = if none {
            let action = ("/products".to_owned(), t!(language, "home-see-products"));
            view! { <Empty title=t!(language, "designs-none") text=t!(language, "designs-none-text") action/> }
                .into_any()
        } else {
            let pager = after.pager(designs.next, "/designs", language);
            view! { <List>{designs.rows.into_iter().map(|design| item(&visit, design)).collect_view()}</List> {pager} }
                .into_any()
        };
        view! {
            <PageHead title>
                {(!none).then(|| view! { <ButtonLink href="/products">{t!(language, "designs-another")}</ButtonLink> })}
            </PageHead>
            {content}
        }
    });
    Ok(page.into_response())
}

/// One design as a row.
pub fn item(visit: &Visit, design: Design) -> impl IntoView + use<> {
    let language = visit.language;
    let model = design.model.clone();
    let picture = picture(&model, &design.options, language);
    let name = model.name.get(language);
    let about = if name == design.title { None } else { Some(name.to_owned()) };
    let end = view! {
        {states::design(language, &design, visit.today(), Viewer::Customer)}
        <span class="soft"><When at=visit.moment(design.updated_at)/></span>
    }
    .into_any();
    view! { <Item href=format!("/designs/{}", design.id) name=design.title about=about.unwrap_or_default() picture end/> }
}
