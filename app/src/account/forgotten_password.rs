//! Requests a link to reset the password.

use crate::{
    Page, Visit,
    ui::{Button, Field, Form, PageHead},
    web::form::{FormState, PageResult, Posted, show_again},
};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::account::reset;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    email: String,
}

pub async fn show(visit: Visit) -> Response {
    page(&visit, FormState::default()).into_response()
}

pub async fn submit(visit: Visit, Posted(fields): Posted<Fields>) -> PageResult {
    match reset::request(visit.site.store(), &fields.email, visit.language).await {
        Ok(()) => Ok(sent(&visit, fields.email.trim()).into_response()),
        Err(error) => show_again(error, fields, |form| page(&visit, form)),
    }
}

fn page(visit: &Visit, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let title = t!(language, "forgotten-title");
    Page::bare(title.clone(), move || {
        let error = form.error(language, "email");
        view! {
            <PageHead title lead=t!(language, "forgotten-lead")/>
            <Form>
                <Field label=t!(language, "account-email") name="email" kind="email" value=form.values.email error autocomplete="username"/>
                <Button>{t!(language, "forgotten-button")}</Button>
            </Form>
        }
    })
}

fn sent(visit: &Visit, email: &str) -> Page {
    let language = visit.language;
    let title = t!(language, "forgotten-sent-title");
    let lead = t!(language, "forgotten-sent-text", email = email);
    Page::bare(title.clone(), move || view! { <PageHead title lead/> })
}
