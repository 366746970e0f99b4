//! Sets the language in a cookie and, when signed in, in the profile.

use crate::web::{
    form::{PageResult, Posted, redirect},
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

pub async fn submit(visit: Visit, Posted(fields): Posted<Fields>) -> PageResult {
    let mut response = redirect(safe_path(&fields.back));
    let Ok(language) = fields.language.parse::<Language>() else { return Ok(response) };
    if visit.person.is_some() {
        let mut change = visit.change().await?;
        store::person::set_language(&mut change, language).await?;
        change.commit().await?;
    }
    visit.site.set_cookie(&mut response, LANGUAGE_COOKIE, language.tag(), Span::days(365));
    Ok(response)
}
