//! Confirms an email address by the mailed link and sets the password of the new account. Opening the link changes
//! nothing; the form does.

use crate::{
    Page, Visit,
    account::password_form::{self, Fields, Words},
    web::{
        form::{FormState, LinkSecret, PageResult, Posted, show_again},
        session,
    },
};
use axum::response::IntoResponse;
use locales::t;
use store::customer::sign_up;

pub async fn show(visit: Visit, LinkSecret(secret): LinkSecret) -> PageResult {
    let email = sign_up::find_email(&mut *visit.read().await?, &secret, visit.now).await?;
    Ok(page(&visit, email, FormState::default()).into_response())
}

pub async fn submit(visit: Visit, LinkSecret(secret): LinkSecret, Posted(fields): Posted<Fields>) -> PageResult {
    let email = sign_up::find_email(&mut *visit.read().await?, &secret, visit.now).await?;
    match sign_up::confirm(visit.site.store(), &secret, &fields.password, &visit.user_agent).await {
        Ok(session) => Ok(session::sign_in_and_redirect(&visit, &session, "/")),
        Err(error) => show_again(error, fields, |form| page(&visit, email, form)),
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
    password_form::page(language, words, form)
}
