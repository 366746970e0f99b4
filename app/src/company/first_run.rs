//! The first run: creates the company and its first administrator. The page is 404 once there is a company.

use crate::{
    Page, Problem, Visit,
    ui::{Button, Field, Form, PageHead, Select},
    web::{
        form::{FormState, PageResult, Posted, show_again},
        session,
    },
};
use axum::response::IntoResponse;
use domain::Currency;
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::company;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    company: String,
    currency: String,
    name: String,
    email: String,
    password: String,
}

pub async fn show(visit: Visit) -> PageResult {
    if visit.company.is_some() {
        return Err(Problem::Missing);
    }
    Ok(page(&visit, FormState::default()).into_response())
}

pub async fn submit(visit: Visit, Posted(fields): Posted<Fields>) -> PageResult {
    if visit.company.is_some() {
        return Err(Problem::Missing);
    }
    match begin(&visit, &fields).await {
        Ok(response) => Ok(response),
        Err(error) => show_again(error, fields, |form| page(&visit, form)),
    }
}

async fn begin(visit: &Visit, fields: &Fields) -> store::Result<axum::response::Response> {
    let Fields { company, currency, name, email, password } = fields.clone();
    let form = company::FirstRun { company, currency, name, email, password };
    let secret = company::complete_first_run(visit.site.store(), &form, visit.language, &visit.user_agent).await?;
    Ok(session::sign_in_and_redirect(visit, &secret, "/desk"))
}

fn page(visit: &Visit, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let title = t!(language, "first-run-title");
    Page::bare(title.clone(), move || {
        let (values, summary) = (form.values.clone(), form.summary(language));
        let error = move |field| form.error(language, field);
        let currencies = Currency::ALL
            .into_iter()
            .map(|currency| (currency.code().to_owned(), t!(language, &format!("currency-{}", currency.code()))))
            .collect();
        view! {
            <PageHead title lead=t!(language, "first-run-lead")/>
            <Form problem=summary>
                <Field label=t!(language, "first-run-company") name="company" value=values.company.clone() error=error("company") autocomplete="organization"/>
                <Select label=t!(language, "first-run-currency") name="currency" options=currencies value=values.currency.clone() error=error("currency")/>
                <Field label=t!(language, "account-name") name="name" value=values.name.clone() error=error("name") autocomplete="name"/>
                <Field label=t!(language, "account-email") name="email" kind="email" value=values.email.clone() error=error("email") autocomplete="email"/>
                <Field label=t!(language, "account-password") name="password" kind="password" error=error("password")
                    hint=t!(language, "account-password-hint") autocomplete="new-password"/>
                <Button>{t!(language, "first-run-button")}</Button>
            </Form>
        }
    })
}
