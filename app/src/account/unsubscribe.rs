//! The unsubscribe link of a mail. Its secret authorises it, without signing in. Opening it changes nothing, because
//! mail scanners open links; the form does, and so does one-click unsubscribe of mail programs (RFC 8058), which posts
//! cross-site and expects no redirect.

use crate::{
    Page, Problem, Visit,
    ui::{Button, Form, PageHead},
    web::form::PageResult,
};
use axum::{extract::Path, response::IntoResponse};
use domain::NotificationKind;
use leptos::prelude::*;
use locales::t;
use store::{Secret, outbox, person::notification};

/// Whether the path is authorised by an unsubscribe secret, so that cross-site forms are accepted.
pub fn is_authorised_by(path: &str) -> bool {
    path.strip_prefix("/unsubscribe/").and_then(Secret::parse).is_some()
}

pub async fn show(visit: Visit, Path(secret): Path<String>) -> PageResult {
    let secret = Secret::parse(&secret).ok_or(Problem::Missing)?;
    let (_, kind) = outbox::unsubscribe::find(&mut *visit.read().await?, &secret).await?;
    let language = visit.language;
    let (title, button) = match kind {
        NotificationKind::Designs => (t!(language, "unsubscribe-designs"), t!(language, "unsubscribe-designs-button")),
        NotificationKind::Orders => (t!(language, "unsubscribe-orders"), t!(language, "unsubscribe-orders-button")),
        NotificationKind::Tickets => (t!(language, "unsubscribe-tickets"), t!(language, "unsubscribe-tickets-button")),
    };
    let page = Page::bare(title.clone(), move || {
        view! {
            <PageHead title lead=t!(language, "unsubscribe-about")/>
            <Form><Button>{button}</Button></Form>
        }
    });
    Ok(page.into_response())
}

/// Unsubscribes whoever the mail was sent to, who may not be the signed-in person.
pub async fn submit(visit: Visit, Path(secret): Path<String>) -> PageResult {
    let secret = Secret::parse(&secret).ok_or(Problem::Missing)?;
    let kind = notification::unsubscribe(visit.site.store(), &secret).await?;
    let language = visit.language;
    let title = match kind {
        NotificationKind::Designs => t!(language, "unsubscribed-designs"),
        NotificationKind::Orders => t!(language, "unsubscribed-orders"),
        NotificationKind::Tickets => t!(language, "unsubscribed-tickets"),
    };
    let page = Page::bare(title.clone(), move || {
        view! {
            <PageHead title lead=t!(language, "unsubscribed-about")/>
            <p><a href="/profile/notices">{t!(language, "unsubscribed-change")}</a></p>
        }
    });
    Ok(page.into_response())
}
