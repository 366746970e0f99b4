//! Choosing the language: kept in a cookie, and with the person where someone is signed in.

use crate::web::{
    form::{Answer, Posted, go},
    session::safe_path,
    visit::{LANGUAGE_COOKIE, Visit},
};
use domain::{Language, Span};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    language: String,
    back: String,
}

pub async fn submit(visit: Visit, Posted(fields): Posted<Fields>) -> Answer {
    let mut response = go(safe_path(&fields.back));
    let Ok(language) = fields.language.parse::<Language>() else { return Ok(response) };
    if visit.person.is_some() {
        let mut change = visit.change().await?;
        store::person::set_language(&mut change, language).await?;
        change.commit().await?;
    }
    visit.site.set_cookie(&mut response, LANGUAGE_COOKIE, language.tag(), Span::days(365));
    Ok(response)
}
