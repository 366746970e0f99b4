//! Changes the password, given the old one.

use crate::{
    Page, Visit,
    account::profile::profile_page,
    ui::{Actions, Button, Field, Form},
    web::{
        form::{FormState, PageResult, Posted, show_again},
        session,
    },
};
use axum::response::IntoResponse;
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::account::reset;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    old_password: String,
    password: String,
}

pub async fn show(visit: Visit) -> PageResult {
    visit.person()?;
    Ok(page(&visit, FormState::default()).into_response())
}

pub async fn submit(visit: Visit, Posted(fields): Posted<Fields>) -> PageResult {
    visit.person()?;
    let (store, old) = (visit.site.store(), fields.old_password.clone());
    match reset::change_password(store, &visit.actor, old, &fields.password, &visit.user_agent).await {
        Ok(secret) => Ok(session::sign_in_and_redirect(&visit, &secret, "/profile/password?saved")),
        Err(error) => show_again(error, Fields::default(), |form| page(&visit, form)),
    }
}

/// Renders the page. Passwords are never sent back.
fn page(visit: &Visit, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let email = visit.person.as_ref().map(|person| person.email.clone()).unwrap_or_default();
    profile_page(visit, "/profile/password", move || {
        let summary = form.summary(language);
        let error = move |field| form.error(language, field);
        view! {
            <Form problem=summary>
                <input type="email" name="email" value=email autocomplete="username" hidden=true/>
                <Field label=t!(language, "password-old") name="old_password" kind="password" error=error("old_password")
                    autocomplete="current-password"/>
                <Field label=t!(language, "account-new-password") name="password" kind="password" error=error("password")
                    hint=t!(language, "account-password-hint") autocomplete="new-password"/>
                <p class="soft">{t!(language, "password-about")} " " <a href="/forgotten">{t!(language, "sign-in-forgotten")}</a></p>
                <Actions><Button>{t!(language, "password-button")}</Button></Actions>
            </Form>
        }
    })
}
