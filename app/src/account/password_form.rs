//! The page that sets a password by a mailed link, for new accounts and forgotten passwords.

use crate::{
    Page,
    ui::{Button, Field, Form, PageHead},
    web::form::FormState,
};
use domain::Language;
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    pub password: String,
}

pub struct Words {
    pub title: String,
    pub lead: String,
    pub label: String,
    pub button: String,
    /// The account's email address, for password managers.
    pub email: Option<String>,
}

pub fn page(language: Language, words: Words, form: FormState<Fields>) -> Page {
    let Words { title, lead, label, button, email } = words;
    Page::bare(title.clone(), move || {
        let error = form.error(language, "password");
        view! {
            <PageHead title lead/>
            <Form>
                {email.map(|email| view! { <input type="email" name="email" value=email autocomplete="username" hidden=true/> })}
                <Field label name="password" kind="password" error
                    hint=t!(language, "account-password-hint") autocomplete="new-password"/>
                <Button>{button}</Button>
            </Form>
        }
    })
}
