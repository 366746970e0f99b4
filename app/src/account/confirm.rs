//! Proving an address by the mailed link, and choosing the password of the account that it makes. Opening the link
//! changes nothing; the button does.

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
use store::customer::sign_up;

pub async fn show(visit: Visit, Link(secret): Link) -> Answer {
    let email = sign_up::find_email(&mut *visit.read().await?, &secret, visit.now).await?;
    Ok(page(&visit, email, FormState::default()).into_response())
}

pub async fn submit(visit: Visit, Link(secret): Link, Posted(fields): Posted<Fields>) -> Answer {
    let email = sign_up::find_email(&mut *visit.read().await?, &secret, visit.now).await?;
    match sign_up::confirm(visit.site.store(), &secret, &fields.password, &visit.agent).await {
        Ok(session) => Ok(session::begin(&visit, &session, "/")),
        Err(error) => again(error, fields, |form| page(&visit, email, form)),
    }
}

fn page(visit: &Visit, email: String, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let words = Words {
        title: t!(language, "confirm-title"),
        lead: t!(language, "confirm-lead", email = &email),
        label: t!(language, "account-password"),
        button: t!(language, "confirm-button"),
        email: Some(email),
    };
    new_password::page(language, words, form)
}
