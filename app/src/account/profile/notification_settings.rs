//! Notification settings: which events a person gets mail about.

use crate::{
    Visit,
    account::profile::profile_page,
    ui::{Actions, Button, Checkbox, Form},
    web::form::{PageResult, Posted, commit_and_redirect},
};
use axum::response::IntoResponse;
use domain::NotificationKind;
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::person::notification;

/// The checkboxes. Browsers do not send those that are not checked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    designs: Option<String>,
    orders: Option<String>,
    tickets: Option<String>,
}

pub async fn show(visit: Visit) -> PageResult {
    let choices = notification::list(&mut *visit.read().await?, visit.person()?.id).await?;
    let language = visit.language;
    let page = profile_page(&visit, "/profile/notices", move || {
        let boxes = choices
            .into_iter()
            .map(|(kind, checked)| {
                let (name, label, hint) = match kind {
                    NotificationKind::Designs => {
                        ("designs", t!(language, "notice-designs"), t!(language, "notice-designs-about"))
                    }
                    NotificationKind::Orders => {
                        ("orders", t!(language, "notice-orders"), t!(language, "notice-orders-about"))
                    }
                    NotificationKind::Tickets => {
                        ("tickets", t!(language, "notice-tickets"), t!(language, "notice-tickets-about"))
                    }
                };
                view! { <Checkbox label name checked hint/> }
            })
            .collect_view();
        view! {
            <Form>
                <fieldset class="field">
                    <legend>{t!(language, "notices-title")}</legend>
                    {boxes}
                    <span class="hint">{t!(language, "notices-about")}</span>
                </fieldset>
                <Actions><Button>{t!(language, "save")}</Button></Actions>
            </Form>
        }
    });
    Ok(page.into_response())
}

pub async fn submit(visit: Visit, Posted(fields): Posted<Fields>) -> PageResult {
    visit.person()?;
    let wanted: Vec<NotificationKind> = [
        (NotificationKind::Designs, fields.designs),
        (NotificationKind::Orders, fields.orders),
        (NotificationKind::Tickets, fields.tickets),
    ]
    .into_iter()
    .filter_map(|(kind, ticked)| ticked.map(|_| kind))
    .collect();
    let mut change = visit.change().await?;
    notification::set_choices(&mut change, &wanted).await?;
    commit_and_redirect(change, "/profile/notices?saved").await
}
