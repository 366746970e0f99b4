//! The list of all designs at the desk, last changed first.

use crate::{
    Page, Visit,
    states::{self, Viewer},
    ui::{Column, Empty, PageHead, Tab, Table, Tabs, When},
    web::{form::PageResult, paging::After},
};
use axum::{extract::Query, response::IntoResponse};
use domain::{DesignState, policy::ReadDesigns};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::design::view::{self, Design, DesignFilter};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DesignsQuery {
    state: String,
}

pub async fn show(visit: Visit, Query(query): Query<DesignsQuery>, Query(after): Query<After>) -> PageResult {
    visit.permit::<ReadDesigns>()?;
    let state = query.state.parse::<DesignState>().ok();
    let filter = DesignFilter { state, ..DesignFilter::default() };
    let designs = view::list(&mut *visit.read().await?, &visit.actor, filter, &after.request()).await?;
    let language = visit.language;
    let title = t!(language, "nav-designs");
    let page = Page::desk(title.clone(), move || {
        let address = state.map_or("/desk/designs".to_owned(), |state| format!("/desk/designs?state={}", state.name()));
        let pager = after.pager(designs.next, &address, language);
        let content = if designs.rows.is_empty() {
            view! { <Empty title=t!(language, "desk-designs-none") text=t!(language, "desk-designs-none-text")/> }
                .into_any()
        } else {
            table(&visit, designs.rows)
        };
        view! {
            <PageHead title/>
            <Tabs label=t!(language, "desk-by-state") tabs=tabs(&visit, state)/>
            {content}
            {pager}
        }
    });
    Ok(page.into_response())
}

fn tabs(visit: &Visit, here: Option<DesignState>) -> Vec<Tab> {
    let language = visit.language;
    let all =
        Tab { href: "/desk/designs".to_owned(), name: t!(language, "desk-all"), here: here.is_none(), count: None };
    let states = DesignState::ALL.iter().map(|state| Tab {
        href: format!("/desk/designs?state={}", state.name()),
        name: match state {
            DesignState::Proposed => t!(language, "state-proposal-open"),
            state => t!(language, &format!("state-design-{}", state.name())),
        },
        here: here == Some(*state),
        count: None,
    });
    std::iter::once(all).chain(states).collect()
}

fn table(visit: &Visit, designs: Vec<Design>) -> AnyView {
    let language = visit.language;
    let columns = ["desk-design", "desk-customer", "desk-product", "desk-state", "desk-changed"]
        .map(|key| Column::text(t!(language, key)))
        .into();
    let rows = designs
        .into_iter()
        .map(|design| {
            let product = design.model.name.get(language).to_owned();
            let state = states::design(language, &design, visit.today(), Viewer::Staff);
            vec![
                view! { <a href=format!("/desk/designs/{}", design.id)>{design.title}</a> }.into_any(),
                view! { <a href=format!("/desk/customers/{}", design.customer)>{design.customer_name}</a> }.into_any(),
                product.into_any(),
                state,
                view! { <When at=visit.moment(design.updated_at)/> }.into_any(),
            ]
        })
        .collect();
    view! { <Table caption=t!(language, "nav-designs") columns rows/> }.into_any()
}
