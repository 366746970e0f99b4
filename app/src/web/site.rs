//! What all requests share.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use domain::{Language, Span};
use std::sync::{Arc, RwLock};
use store::{Store, company::Company};

#[derive(Clone)]
pub struct Site(Arc<Inner>);

struct Inner {
    store: Store,
    base_url: String,
    /// The folder of scripts and styles, named by what is in it, so that browsers can keep them for ever.
    package: String,
    company: RwLock<Option<Arc<Company>>>,
}

impl Site {
    /// `base_url` is the only source of absolute addresses, without a slash at its end; `package` is a path such as
    /// `pkg/3f2a…`.
    pub fn new(store: Store, base_url: String, package: String) -> Self {
        Self(Arc::new(Inner { store, base_url, package, company: RwLock::new(None) }))
    }

    pub fn store(&self) -> &Store {
        &self.0.store
    }

    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    pub fn package(&self) -> &str {
        &self.0.package
    }

    /// Whether cookies can be `Secure` and carry the `__Host-` prefix: over plain HTTP browsers drop such ones, at the
    /// latest on another machine.
    pub fn is_https(&self) -> bool {
        self.0.base_url.starts_with("https://")
    }

    /// Sets a cookie for all of the portal, which scripts do not see.
    pub fn set_cookie(&self, response: &mut Response, name: &str, value: &str, lasts: Span) {
        let (seconds, secure) = (lasts.0 / 1_000, if self.is_https() { "; Secure" } else { "" });
        let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly{secure}; SameSite=Lax");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }

    /// The company, read once: it is there from the first run on. None before.
    pub async fn company(&self) -> store::Result<Option<Arc<Company>>> {
        if let Some(company) = self.0.company.read().unwrap_or_else(|poisoned| poisoned.into_inner()).clone() {
            return Ok(Some(company));
        }
        let found = store::company::find(&mut *self.0.store.read().await?).await?.map(Arc::new);
        *self.0.company.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = found.clone();
        Ok(found)
    }
}

/// The language of visitors to a portal that has no company yet.
pub(crate) const FIRST_LANGUAGE: Language = Language::Uk;
