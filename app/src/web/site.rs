//! What all requests share: the store, settings and the company.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use cookie::{Cookie, SameSite, time::Duration};
use domain::{Language, Span};
use std::sync::{Arc, RwLock};
use store::{Store, company::Company};

#[derive(Clone)]
pub struct Site(Arc<Inner>);

struct Inner {
    store: Store,
    base_url: String,
    /// The folder of scripts and styles. Its name is a hash of their content, so that browsers can cache them forever.
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

    /// Whether cookies can be `Secure` and have the `__Host-` prefix: over plain HTTP browsers reject such cookies.
    pub fn is_https(&self) -> bool {
        self.0.base_url.starts_with("https://")
    }

    /// Sets a cookie for all paths that scripts cannot read.
    pub fn set_cookie(&self, response: &mut Response, name: &str, value: &str, max_age: Span) {
        let cookie = Cookie::build((name, value))
            .path("/")
            .max_age(Duration::milliseconds(max_age.0))
            .http_only(true)
            .secure(self.is_https())
            .same_site(SameSite::Lax);
        if let Ok(cookie) = HeaderValue::from_str(&cookie.to_string()) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }

    /// Returns the company, read once and then cached; `None` before the first run.
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
