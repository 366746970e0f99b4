//! The link at the foot of a mail: no more mails like that one. It works without signing in, for the secret in it is
//! all that is asked. Opening it changes nothing, since programs that check mail open links too; the button does, and
//! so does the mail program's own (RFC 8058), which posts from elsewhere and wants no redirect.

use crate::{
    Page, Problem, Visit,
    ui::{Button, Form, PageHead},
    web::form::Answer,
};
use axum::{extract::Path, response::IntoResponse};
use domain::{NotificationKind, policy::Actor};
use leptos::prelude::*;
use locales::t;
use store::{Secret, outbox, person::notice};

/// Whether a form posted to this address is one that such a secret authorises, wherever it comes from.
pub fn is_authorised_by(path: &str) -> bool {
    path.strip_prefix("/unsubscribe/").and_then(Secret::read).is_some()
}

pub async fn show(visit: Visit, Path(secret): Path<String>) -> Answer {
    let secret = Secret::read(&secret).ok_or(Problem::Missing)?;
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

/// Whoever is signed in has no part in it: the mail may be another person's.
pub async fn submit(visit: Visit, Path(secret): Path<String>) -> Answer {
    let secret = Secret::read(&secret).ok_or(Problem::Missing)?;
    let mut change = visit.site.store().change(Actor::System).await?;
    let kind = notice::stop(&mut change, &secret).await?;
    change.commit().await?;
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
