//! Signing in.

use crate::{
    Page, Visit,
    ui::{Button, Field, Form, PageHead},
    web::{
        form::{FormState, PageResult, Posted, redirect},
        session::{self, safe_path},
    },
};
use axum::{extract::Query, http::StatusCode, response::IntoResponse};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::account::sign_in::sign_in;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    email: String,
    password: String,
    /// The path to redirect to.
    next: String,
}

pub async fn show(visit: Visit, Query(fields): Query<Fields>) -> PageResult {
    if visit.person.is_some() {
        return Ok(redirect(safe_path(&fields.next)));
    }
    Ok(page(&visit, FormState::new(fields), None).into_response())
}

pub async fn submit(visit: Visit, Posted(fields): Posted<Fields>) -> PageResult {
    let Fields { email, password, next } = fields.clone();
    let signed_in =
        sign_in(visit.site.store(), &email, password, visit.session_secret.as_ref(), &visit.user_agent).await?;
    if let Some(secret) = signed_in {
        return Ok(session::sign_in_and_redirect(&visit, &secret, safe_path(&next)));
    }
    tracing::info!(request = visit.request_id, "sign-in refused");
    let page = page(&visit, FormState::new(fields), Some(t!(visit.language, "sign-in-wrong")));
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn page(visit: &Visit, form: FormState<Fields>, problem: Option<String>) -> Page {
    let language = visit.language;
    let title = t!(language, "sign-in-title");
    Page::bare(title.clone(), move || {
        let values = form.values;
        view! {
            <PageHead title/>
            <Form action="/sign-in" problem>
                <input type="hidden" name="next" value=values.next/>
                <Field label=t!(language, "account-email") name="email" kind="email" value=values.email autocomplete="username"/>
                <Field label=t!(language, "account-password") name="password" kind="password" autocomplete="current-password"/>
                <Button>{t!(language, "sign-in-button")}</Button>
            </Form>
            <p><a href="/forgotten">{t!(language, "sign-in-forgotten")}</a></p>
            <p>{t!(language, "sign-in-new-here")} " " <a href="/sign-up">{t!(language, "sign-up-button")}</a></p>
        }
    })
}
