//! Setting a new password by the mailed link.

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
use store::account::reset;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    password: String,
}

pub async fn show(visit: Visit, Link(secret): Link) -> Answer {
    reset::look(&mut *visit.read().await?, &secret, visit.now).await?;
    Ok(page(&visit, FormState::default()).into_response())
}

pub async fn submit(visit: Visit, Link(secret): Link, Posted(fields): Posted<Fields>) -> Answer {
    match reset::finish(visit.site.store(), &secret, &fields.password, &visit.agent).await {
        Ok(session) => Ok(session::begin(&visit, &session, "/")),
        Err(error) => again(error, fields, |form| page(&visit, form)),
    }
}

fn page(visit: &Visit, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let title = t!(language, "reset-title");
    Page::bare(title.clone(), move || {
        let error = form.error(language, "password");
        view! {
            <PageHead title lead=t!(language, "reset-lead")/>
            <Form>
                <Field label=t!(language, "account-new-password") name="password" kind="password" error
                    hint=t!(language, "account-password-hint") autocomplete="new-password"/>
                <Button>{t!(language, "reset-button")}</Button>
            </Form>
        }
    })
}
