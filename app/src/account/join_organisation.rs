//! Accepts an invitation to an organisation by the mailed link, as the signed-in person or with a new account. Opening
//! the link changes nothing; the form does.

use crate::{
    Page, Visit,
    ui::{Alert, Button, ButtonKind, ButtonLink, Field, Form, PageHead, Tone},
    web::{
        form::{FormState, LinkSecret, PageResult, Posted, commit_and_redirect, redirect, show_again},
        session,
    },
};
use axum::response::IntoResponse;
use domain::{Language, policy::Refusal};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    Error,
    customer::invitation::{self, Offer},
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    name: String,
    password: String,
}

pub async fn show(visit: Visit, LinkSecret(secret): LinkSecret) -> PageResult {
    let offer = invitation::find_offer(&mut *visit.read().await?, &secret, visit.now).await?;
    Ok(page(&visit, offer, FormState::default()).into_response())
}

pub async fn submit(visit: Visit, LinkSecret(secret): LinkSecret, Posted(fields): Posted<Fields>) -> PageResult {
    let offer = invitation::find_offer(&mut *visit.read().await?, &secret, visit.now).await?;
    if visit.person.is_some() {
        let mut change = visit.change().await?;
        let customer = invitation::accept(&mut change, &secret).await?;
        return commit_and_redirect(change, &format!("/organisation?customer={customer}&saved=joined")).await;
    }
    let (store, language) = (visit.site.store(), visit.language);
    match invitation::accept_as_new(store, &secret, &fields.name, &fields.password, language, &visit.user_agent).await {
        Ok(session) => Ok(session::sign_in_and_redirect(&visit, &session, "/organisation?saved=joined")),
        Err(error @ Error::Invalid(_)) => {
            let values = Fields { password: String::new(), ..fields };
            show_again(error, values, |form| page(&visit, offer, form))
        }
        // The account was created meanwhile; the page then asks to sign in.
        Err(Error::Refused(Refusal::SignIn)) => Ok(redirect(&visit.path_and_query)),
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Visit, offer: Offer, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let title = t!(language, "join-title", organisation = &offer.organisation);
    let lead = t!(language, "join-lead", who = &offer.who, email = &offer.email);
    let next = visit.path_and_query.clone();
    let signed_in = visit.person.as_ref().map(|person| person.email.clone());
    Page::bare(title.clone(), move || {
        let form = match signed_in {
            Some(email) if email == offer.email => accept(language).into_any(),
            Some(email) => somebody_else(language, &email, &offer.email).into_any(),
            None if offer.known => sign_in(language, &next).into_any(),
            None => view! { <NewPerson language email=offer.email form/> }.into_any(),
        };
        view! { <PageHead title lead/> {form} }
    })
}

fn accept(language: Language) -> impl IntoView {
    view! { <Form><Button>{t!(language, "join-button")}</Button></Form> }
}

fn somebody_else(language: Language, here: &str, invited: &str) -> impl IntoView + use<> {
    let text = t!(language, "join-somebody-else", here = here, invited = invited);
    view! {
        <Alert tone=Tone::Attention><p>{text}</p></Alert>
        <Form action="/sign-out"><Button kind=ButtonKind::Second>{t!(language, "nav-sign-out")}</Button></Form>
    }
}

fn sign_in(language: Language, next: &str) -> impl IntoView + use<> {
    view! {
        <p>{t!(language, "join-known")}</p>
        <p><ButtonLink href=format!("/sign-in?next={next}")>{t!(language, "nav-sign-in")}</ButtonLink></p>
    }
}

#[component]
fn NewPerson(language: Language, email: String, form: FormState<Fields>) -> impl IntoView {
    let (summary, values) = (form.summary(language), form.values.clone());
    let error = move |field| form.error(language, field);
    view! {
        <Form problem=summary>
            <input type="email" name="email" value=email autocomplete="username" hidden=true/>
            <Field label=t!(language, "account-name") name="name" value=values.name error=error("name") autocomplete="name"/>
            <Field label=t!(language, "account-password") name="password" kind="password" error=error("password")
                hint=t!(language, "account-password-hint") autocomplete="new-password"/>
            <Button>{t!(language, "join-button")}</Button>
        </Form>
    }
}
