//! Proving an address by the mailed link. Opening the link changes nothing; the button does.

use crate::{
    Page, Problem, Visit,
    form::Answer,
    session,
    ui::{Form, PageHead},
};
use axum::{extract::Path, response::IntoResponse};
use leptos::prelude::*;
use locales::t;
use store::{Conflict, Secret, account::sign_up};

pub async fn show(visit: Visit, Path(secret): Path<String>) -> Answer {
    let secret = Secret::read(&secret).ok_or(Problem::Conflict(Conflict::DeadLink))?;
    sign_up::look(&mut *visit.read().await?, &secret, visit.now).await?;
    let language = visit.language;
    let title = t!(language, "confirm-title");
    let page = Page::bare(title.clone(), move || {
        view! {
            <PageHead title lead=t!(language, "confirm-text")/>
            <Form>
                <button class="button" type="submit">{t!(language, "confirm-button")}</button>
            </Form>
        }
    });
    Ok(page.into_response())
}

pub async fn submit(visit: Visit, Path(secret): Path<String>) -> Answer {
    let secret = Secret::read(&secret).ok_or(Problem::Conflict(Conflict::DeadLink))?;
    let mut change = visit.change().await?;
    let session = sign_up::confirm(&mut change, &secret, &visit.agent).await?;
    change.commit().await?;
    Ok(session::begin(&visit, &session, "/"))
}
