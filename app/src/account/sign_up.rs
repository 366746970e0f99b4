//! Signing up.

use crate::{
    Page, Visit,
    ui::{Button, Field, Form, PageHead},
    web::form::{FormState, PageResult, Posted, show_again},
};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::customer::sign_up::{self, SignUp};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    name: String,
    email: String,
    organisation: String,
}

pub async fn show(visit: Visit) -> Response {
    page(&visit, FormState::default()).into_response()
}

pub async fn submit(visit: Visit, Posted(fields): Posted<Fields>) -> PageResult {
    let Fields { name, email, organisation } = fields.clone();
    let form = SignUp { name, email, organisation };
    match sign_up::sign_up(visit.site.store(), form, visit.language).await {
        Ok(()) => Ok(sent(&visit, fields.email.trim()).into_response()),
        Err(error) => show_again(error, fields, |form| page(&visit, form)),
    }
}

fn page(visit: &Visit, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let title = t!(language, "sign-up-title");
    Page::bare(title.clone(), move || {
        let (values, summary) = (form.values.clone(), form.summary(language));
        let error = move |field| form.error(language, field);
        view! {
            <PageHead title lead=t!(language, "sign-up-lead")/>
            <Form problem=summary>
                <Field label=t!(language, "account-name") name="name" value=values.name.clone() error=error("name") autocomplete="name"/>
                <Field label=t!(language, "account-email") name="email" kind="email" value=values.email.clone() error=error("email") autocomplete="email"/>
                <Field label=t!(language, "sign-up-organisation") name="organisation" value=values.organisation.clone() error=error("organisation")
                    hint=t!(language, "sign-up-organisation-hint") optional=t!(language, "optional") autocomplete="organization"/>
                <Button>{t!(language, "sign-up-button")}</Button>
            </Form>
            <p>{t!(language, "sign-up-known")} " " <a href="/sign-in">{t!(language, "nav-sign-in")}</a></p>
        }
    })
}

/// The page after sign-up. It is the same for known addresses, so that it does not reveal them.
fn sent(visit: &Visit, email: &str) -> Page {
    let language = visit.language;
    let title = t!(language, "sign-up-sent-title");
    let lead = t!(language, "sign-up-sent-text", email = email);
    Page::bare(title.clone(), move || {
        view! {
            <PageHead title lead/>
            <p class="soft">{t!(language, "sign-up-sent-hint")}</p>
        }
    })
}
