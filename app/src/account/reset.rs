//! Setting a new password by the mailed link.

use crate::{
    Page, Visit,
    account::new_password::{self, Fields, Words},
    web::{
        form::{Answer, FormState, Link, Posted, again},
        session,
    },
};
use axum::response::IntoResponse;
use locales::t;
use store::account::reset;

pub async fn show(visit: Visit, Link(secret): Link) -> Answer {
    reset::check_link(&mut *visit.read().await?, &secret, visit.now).await?;
    Ok(page(&visit, FormState::default()).into_response())
}

pub async fn submit(visit: Visit, Link(secret): Link, Posted(fields): Posted<Fields>) -> Answer {
    match reset::set_password(visit.site.store(), &secret, &fields.password, &visit.agent).await {
        Ok(session) => Ok(session::begin(&visit, &session, "/")),
        Err(error) => again(error, fields, |form| page(&visit, form)),
    }
}

fn page(visit: &Visit, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let words = Words {
        title: t!(language, "reset-title"),
        lead: t!(language, "reset-lead"),
        label: t!(language, "account-new-password"),
        button: t!(language, "reset-button"),
        email: None,
    };
    new_password::page(language, words, form)
}
