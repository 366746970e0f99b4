//! Signing out, here or everywhere.

use crate::{
    Visit,
    web::{
        form::{Answer, Posted},
        session,
    },
};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    everywhere: String,
}

pub async fn submit(visit: Visit, Posted(fields): Posted<Fields>) -> Answer {
    if let (Some(secret), Some(person)) = (&visit.secret, &visit.person) {
        let mut change = visit.change().await?;
        if fields.everywhere.is_empty() {
            store::account::session::end(&mut change, secret).await?;
        } else {
            store::account::session::end_all(&mut change, person.id).await?;
        }
        change.commit().await?;
    }
    Ok(session::end(&visit, "/"))
}
