//! Signs out of this session or of all sessions.

use crate::{
    Visit,
    web::{
        form::{PageResult, Posted},
        session,
    },
};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    everywhere: String,
}

pub async fn submit(visit: Visit, Posted(fields): Posted<Fields>) -> PageResult {
    if let Some(secret) = &visit.session_secret {
        let mut change = visit.change().await?;
        if fields.everywhere.is_empty() {
            store::account::session::end(&mut change, secret).await?;
        } else {
            store::account::session::end_own(&mut change).await?;
        }
        change.commit().await?;
    }
    Ok(session::sign_out_and_redirect(&visit, "/"))
}
