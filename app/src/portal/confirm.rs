//! Proving an address by the mailed link, and choosing the password of the account that it makes. Opening the link
//! changes nothing; the button does.

use crate::{
    Page, Visit,
    form::{Answer, FormState, Link, Posted, again},
    session,
    ui::{Button, Field, Form, PageHead},
};
use axum::response::IntoResponse;
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::account::sign_up;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    password: String,
}

pub async fn show(visit: Visit, Link(secret): Link) -> Answer {
    let email = sign_up::look(&mut *visit.read().await?, &secret, visit.now).await?;
    Ok(page(&visit, &email, FormState::default()).into_response())
}

pub async fn submit(visit: Visit, Link(secret): Link, Posted(fields): Posted<Fields>) -> Answer {
    let email = sign_up::look(&mut *visit.read().await?, &secret, visit.now).await?;
    match sign_up::confirm(visit.site.store(), &secret, &fields.password, &visit.agent).await {
        Ok(session) => Ok(session::begin(&visit, &session, "/")),
        Err(error) => again(error, Fields::default(), |form| page(&visit, &email, form)),
    }
}

fn page(visit: &Visit, email: &str, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let title = t!(language, "confirm-title");
    let lead = t!(language, "confirm-lead", email = email);
    let email = email.to_owned();
    Page::bare(title.clone(), move || {
        let error = form.error(language, "password");
        view! {
            <PageHead title lead/>
            <Form>
                <input type="email" name="email" value=email autocomplete="username" hidden=true/>
                <Field label=t!(language, "account-password") name="password" kind="password" error
                    hint=t!(language, "account-password-hint") autocomplete="new-password"/>
                <Button>{t!(language, "confirm-button")}</Button>
            </Form>
        }
    })
}
