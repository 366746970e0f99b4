//! The list of mails in the outbox; failed ones are shown first.

use crate::{
    Page, Visit,
    outbox::desk::{obstacle_name, state_label, subject},
    ui::{Button, ButtonKind, Column, Empty, Form, PageHead, Tab, Table, Tabs, When},
    web::{
        form::{PageResult, commit_and_redirect, saved_alert},
        paging::After,
    },
};
use axum::{extract::Query, response::IntoResponse};
use domain::{Language, MailState};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::outbox::desk::{self, OutboxFilter, OutboxMail};

/// The state of the mails to show (`?state=`): the name of a state, or `all`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OutboxQuery {
    state: String,
}

pub async fn show(visit: Visit, Query(query): Query<OutboxQuery>, Query(after): Query<After>) -> PageResult {
    let (permit, links) = (visit.permit()?, visit.permit().ok());
    let mut connection = visit.read().await?;
    let (waiting, failed) = desk::counts(&mut connection, &permit).await?;
    let state = match query.state.as_str() {
        "" => (failed > 0).then_some(MailState::Failed),
        name => name.parse().ok(),
    };
    let mails = desk::list(&mut connection, &permit, links.as_ref(), OutboxFilter { state }, &after.request()).await?;
    let language = visit.language;
    let title = t!(language, "nav-outbox");
    let page = Page::desk(title.clone(), move || {
        let address = format!("/desk/outbox?state={}", state.map_or("all", MailState::name));
        let content = if mails.rows.is_empty() && mails.next.is_none() && after.is_first() {
            let title = match state {
                Some(MailState::Failed) => t!(language, "outbox-none-failed"),
                Some(MailState::Waiting) => t!(language, "outbox-none-waiting"),
                Some(MailState::Sent) | None => t!(language, "outbox-none"),
            };
            view! { <Empty title text=t!(language, "outbox-none-text")/> }.into_any()
        } else {
            let pager = after.pager(mails.next, &address, language);
            let all_again = (state == Some(MailState::Failed) && failed > 1).then(|| send_all_again(language, failed));
            view! { {all_again} <Rows visit=visit.clone() entries=mails.rows/> {pager} }.into_any()
        };
        view! {
            <PageHead title/>
            <Tabs label=t!(language, "outbox-states") tabs=tabs(language, state, waiting, failed)/>
            {saved_alert(&visit)}
            {content}
        }
    });
    Ok(page.into_response())
}

/// Queues all failed mails again.
pub async fn submit(visit: Visit) -> PageResult {
    visit.staff()?;
    let mut change = visit.change().await?;
    desk::resend_all_failed(&mut change).await?;
    commit_and_redirect(change, "/desk/outbox?state=waiting&saved=queued").await
}

fn send_all_again(language: Language, failed: i64) -> impl IntoView {
    let button = t!(language, "outbox-send-all-again", count = failed);
    view! { <Form action="/desk/outbox"><p><Button kind=ButtonKind::Second>{button}</Button></p></Form> }
}

fn tabs(language: Language, here: Option<MailState>, waiting: i64, failed: i64) -> Vec<Tab> {
    let count = |count: i64| u64::try_from(count).ok().filter(|count| *count > 0);
    let tab = |state: Option<MailState>, name, count| Tab {
        href: format!("/desk/outbox?state={}", state.map_or("all", MailState::name)),
        name,
        here: here == state,
        count,
    };
    vec![
        tab(Some(MailState::Failed), t!(language, "state-message-failed"), count(failed)),
        tab(Some(MailState::Waiting), t!(language, "state-message-waiting"), count(waiting)),
        tab(Some(MailState::Sent), t!(language, "state-message-sent"), None),
        tab(None, t!(language, "outbox-all"), None),
    ]
}

#[component]
fn Rows(visit: Visit, entries: Vec<OutboxMail>) -> impl IntoView {
    let language = visit.language;
    let columns = vec![
        Column::text(t!(language, "message-subject")),
        Column::text(t!(language, "message-to")),
        Column::text(t!(language, "message-state")),
        Column::text(t!(language, "message-problem")),
        Column::number(t!(language, "message-written")),
    ];
    let rows = entries
        .into_iter()
        .map(|entry| {
            let problem = match entry.obstacle {
                Some(obstacle) => {
                    view! { <span title=entry.problem.clone()>{obstacle_name(language, obstacle)}</span> }.into_any()
                }
                None => entry.problem.clone().into_any(),
            };
            vec![
                view! { <a href=format!("/desk/outbox/{}", entry.id) dir="auto">{subject(&entry)}</a> }.into_any(),
                entry.address.clone().into_any(),
                state_label(language, entry.state),
                problem,
                view! { <When at=visit.moment(entry.created_at)/> }.into_any(),
            ]
        })
        .collect();
    view! { <Table caption=t!(language, "nav-outbox") columns rows/> }
}
