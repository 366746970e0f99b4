//! One mail of the outbox: recipient, text, delivery state, and sending it again.

pub mod list;

use crate::{
    Page, Visit,
    ui::{Alert, Button, Facts, Form, PageHead, StateLabel, StateTone, Tone, When},
    web::form::{PageResult, PathId, commit_and_redirect, saved_alert},
};
use axum::response::IntoResponse;
use domain::{Language, MailState, OutboxId, SendFailure, mail::MailContent};
use leptos::prelude::*;
use locales::t;
use store::outbox::desk::{self, OutboxMail};

pub async fn show(visit: Visit, PathId(id): PathId<OutboxId>) -> PageResult {
    let (permit, links) = (visit.permit()?, visit.permit().ok());
    let entry = desk::find(&mut *visit.read().await?, &permit, links.as_ref(), id).await?;
    let shown = visit.clone();
    let language = visit.language;
    let title = subject(&entry);
    let page = Page::desk(title.clone(), move || {
        let back = ("/desk/outbox".to_owned(), t!(language, "nav-outbox"));
        view! {
            <PageHead title back>{state_label(language, entry.state)}</PageHead>
            {saved_alert(&shown)}
            {problem(language, &entry)}
            <div class="columns">
                <Said visit=shown.clone() entry=entry.clone()/>
                <Fate visit=shown entry/>
            </div>
        }
    });
    Ok(page.into_response())
}

pub async fn submit(visit: Visit, PathId(id): PathId<OutboxId>) -> PageResult {
    visit.staff()?;
    let mut change = visit.change().await?;
    desk::resend(&mut change, id).await?;
    commit_and_redirect(change, &format!("/desk/outbox/{id}?saved=queued")).await
}

/// The reason why the mail was not sent, and the button to send it again.
fn problem(language: Language, entry: &OutboxMail) -> impl IntoView + use<> {
    let tone = if entry.state == MailState::Failed { Tone::Danger } else { Tone::Attention };
    let again = (entry.state == MailState::Failed)
        .then(|| view! { <Form><Button>{t!(language, "message-send-again")}</Button></Form> });
    let advice = entry.obstacle.map(|obstacle| view! { <p>{advice(language, obstacle)}</p> });
    let problem = entry.problem.clone();
    (!problem.is_empty()).then(|| {
        view! {
            <Alert tone>{advice}<p class="soft" dir="auto">{t!(language, "message-said", words = problem)}</p></Alert>
            {again}
        }
    })
}

/// Returns the short name of an obstacle.
pub fn obstacle_name(language: Language, obstacle: SendFailure) -> String {
    t!(language, &format!("obstacle-{}", obstacle.name()))
}

/// Returns an explanation of an obstacle and how to fix it.
fn advice(language: Language, obstacle: SendFailure) -> String {
    t!(language, &format!("obstacle-{}-advice", obstacle.name()))
}

/// The text of the mail.
#[component]
fn Said(visit: Visit, entry: OutboxMail) -> impl IntoView {
    let (language, reader) = (entry.language, visit.language);
    let greeting = match &entry.content {
        MailContent::AlreadyRegistered { name, .. } | MailContent::ResetPassword { name, .. } => {
            t!(language, "mail-greeting-name", name = name)
        }
        _ => t!(language, "mail-greeting"),
    };
    let words = locales::mail::text(language, &entry.content);
    let button = locales::mail::button(language, &entry.content);
    let link = if !entry.content.link().is_deleted() {
        let path = entry.content.link().path();
        let address = format!("{}{path}", visit.site.base_url());
        view! { <p>{button} ": " <a href=path>{address}</a></p> }.into_any()
    } else {
        view! { <p>{button} ": " <span class="soft">{t!(reader, "message-secret")}</span></p> }.into_any()
    };
    let quote = entry.content.quote().map(str::to_owned);
    let quote = quote.map(|quote| view! { <blockquote class="prose" dir="auto">{quote}</blockquote> });
    view! {
        <section class="letter" lang=language.tag()>
            <p>{greeting}</p>
            <div class="prose">{words}</div>
            {quote}
            {link}
        </section>
    }
}

#[component]
fn Fate(visit: Visit, entry: OutboxMail) -> impl IntoView {
    let language = visit.language;
    let moment = |at| view! { <When at=visit.moment(at)/> }.into_any();
    let mut facts = vec![
        (t!(language, "message-to"), entry.address.into_any()),
        (t!(language, "message-written"), moment(entry.created_at)),
    ];
    if entry.attempts > 0 {
        facts.push((t!(language, "message-attempts"), entry.attempts.into_any()));
    }
    match entry.state {
        MailState::Waiting => facts.push((t!(language, "message-next"), moment(entry.next_at))),
        MailState::Sent => {
            facts.extend(entry.sent_at.map(|at| (t!(language, "message-sent"), moment(at))));
        }
        MailState::Failed => {}
    }
    view! { <Facts facts/> }
}

/// Returns the subject in the language of the mail.
pub fn subject(entry: &OutboxMail) -> String {
    locales::mail::subject(entry.language, &entry.content)
}

pub fn state_label(language: Language, state: MailState) -> AnyView {
    let tone = match state {
        MailState::Waiting => StateTone::Busy,
        MailState::Sent => StateTone::Good,
        MailState::Failed => StateTone::Bad,
    };
    view! { <StateLabel tone text=t!(language, &format!("state-message-{}", state.name()))/> }.into_any()
}
