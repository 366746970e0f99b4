//! Sets a new password by the mailed link.

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
use store::account::reset;

pub async fn show(visit: Visit, LinkSecret(secret): LinkSecret) -> PageResult {
    reset::check_link(&mut *visit.read().await?, &secret, visit.now).await?;
    Ok(page(&visit, FormState::default()).into_response())
}

pub async fn submit(visit: Visit, LinkSecret(secret): LinkSecret, Posted(fields): Posted<Fields>) -> PageResult {
    match reset::set_password(visit.site.store(), &secret, &fields.password, &visit.user_agent).await {
        Ok(session) => Ok(session::sign_in_and_redirect(&visit, &session, "/")),
        Err(error) => show_again(error, fields, |form| page(&visit, form)),
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
    password_form::page(language, words, form)
}
