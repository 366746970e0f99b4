//! The context of a request: the person, language, time and access to the store.

use crate::web::{
    problem::Problem,
    site::{FIRST_LANGUAGE, Site},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use cookie::Cookie;
use domain::{
    Day, Language, Timestamp,
    policy::{Actor, Buyer, Permit, Permitted, Staff},
};
use locales::{Moment, TimeZone};
use std::{net::IpAddr, sync::Arc};
use store::{
    AnyConnection, Change, Secret,
    account::session,
    company::{self, Company},
    person::Person,
};

#[derive(Clone)]
pub struct Visit(Arc<Inner>);

pub struct Inner {
    pub site: Site,
    pub company: Option<Arc<Company>>,
    pub actor: Actor,
    pub person: Option<Person>,
    pub language: Language,
    /// The person's time zone, only for displaying moments. [`Visit::today`] uses the company's time zone.
    pub time_zone: TimeZone,
    pub now: Timestamp,
    /// Whether the request only reads (GET, HEAD), rather than posts a form.
    pub is_read: bool,
    /// Path and query of the URL, for redirects back to it.
    pub path_and_query: String,
    /// The secret of the session, if signed in.
    pub session_secret: Option<Secret>,
    pub user_agent: String,
    /// The IP address of the client, if the server knows it.
    pub remote_address: Option<IpAddr>,
    pub request_id: String,
}

impl std::ops::Deref for Visit {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// The id of a request, for its log lines and its error page. Set by a layer of the server.
#[derive(Clone)]
pub struct RequestNumber(pub String);

/// The IP address of the client. Set by the server.
#[derive(Clone, Copy)]
pub struct RemoteAddress(pub IpAddr);

impl Visit {
    /// Creates the context of a request. Reads the session from its cookies.
    pub async fn from_request(site: &Site, parts: &Parts) -> store::Result<Self> {
        let now = site.store().clock().now();
        let company = site.company().await?;
        let secret = cookie(&parts.headers, session_cookie(site)).and_then(|cookie| Secret::parse(cookie.value()));
        let signed_in = match &secret {
            Some(secret) => session::find(&mut *site.store().read().await?, secret, now).await?,
            None => None,
        };
        if let (Some(secret), Some(signed_in)) = (&secret, &signed_in)
            && signed_in.is_use_unrecorded
        {
            session::record_use(site.store(), secret).await?;
        }
        let language = match &signed_in {
            Some(signed_in) => signed_in.person.language,
            None => visitor_language(&parts.headers, company.as_deref()),
        };
        let time_zone = match &signed_in {
            Some(signed_in) => TimeZone::named(&signed_in.person.time_zone),
            None => company.as_ref().map(|company| company.time_zone.clone()).unwrap_or_default(),
        };
        let (actor, person) = match signed_in {
            Some(signed_in) => (signed_in.actor, Some(signed_in.person)),
            None => (Actor::Visitor, None),
        };
        Ok(Self(Arc::new(Inner {
            site: site.clone(),
            company,
            session_secret: secret.filter(|_| person.is_some()),
            actor,
            person,
            language,
            time_zone,
            now,
            is_read: parts.method.is_safe(),
            path_and_query: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            user_agent: header_text(&parts.headers, header::USER_AGENT),
            remote_address: parts.extensions.get::<RemoteAddress>().map(|remote| remote.0),
            request_id: parts.extensions.get::<RequestNumber>().map(|number| number.0.clone()).unwrap_or_default(),
        })))
    }

    /// Returns today's date in the company's time zone, which may differ from the person's.
    pub fn today(&self) -> Day {
        company::day_of(self.company.as_deref(), self.now)
    }

    /// Returns a connection for reading.
    pub async fn read(&self) -> Result<impl std::ops::DerefMut<Target = AnyConnection> + use<>, Problem> {
        Ok(self.site.store().read().await?)
    }

    /// Begins a change on behalf of the person.
    pub async fn change(&self) -> Result<Change, Problem> {
        Ok(self.site.store().change(self.actor.clone()).await?)
    }

    /// Returns the person as a buyer. Fails with [`Problem::SignIn`] for visitors.
    pub fn buyer(&self) -> Result<&Buyer, Problem> {
        Ok(self.actor.buyer()?)
    }

    /// Returns the person as staff. Fails for everyone else.
    pub fn staff(&self) -> Result<Staff, Problem> {
        Ok(self.actor.staff()?)
    }

    /// Returns the person's key for reading what `P` stands for. Fails for everyone but staff whose role includes it.
    pub fn permit<P: Permitted>(&self) -> Result<Permit<P>, Problem> {
        Ok(self.actor.permit()?)
    }

    pub fn person(&self) -> Result<&Person, Problem> {
        self.person.as_ref().ok_or(Problem::SignIn)
    }

    pub fn company_name(&self) -> &str {
        self.company.as_ref().map_or("Spilno", |company| &company.name)
    }

    /// Formats a time in the person's language and time zone.
    pub fn moment(&self, at: Timestamp) -> Moment {
        locales::moment(self.language, &self.time_zone, at, self.now)
    }
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        match parts.extensions.get::<Visit>() {
            Some(visit) => Ok(visit.clone()),
            // Routes outside the page middleware, such as the WebSocket.
            None => Ok(Visit::from_request(site, parts).await?),
        }
    }
}

/// Returns the name of the session cookie.
pub fn session_cookie(site: &Site) -> &'static str {
    if site.is_https() { "__Host-session" } else { "session" }
}

pub const LANGUAGE_COOKIE: &str = "language";

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<Cookie<'a>> {
    headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
}

fn header_text(headers: &HeaderMap, name: header::HeaderName) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// Returns the language of a visitor who is not signed in: the one in the cookie, else the best match of the
/// `Accept-Language` header, else the company's.
fn visitor_language(headers: &HeaderMap, company: Option<&Company>) -> Language {
    if let Some(chosen) = cookie(headers, LANGUAGE_COOKIE).and_then(|cookie| cookie.value().parse().ok()) {
        return chosen;
    }
    accepted_language(&header_text(headers, header::ACCEPT_LANGUAGE))
        .unwrap_or_else(|| company.map_or(FIRST_LANGUAGE, |company| company.language))
}

/// Returns the language that an `Accept-Language` header prefers, or English if it names only languages that Spilno
/// does not have. Returns `None` if the header names no language.
fn accepted_language(header: &str) -> Option<Language> {
    // The crate would read the weight NaN as a number, and sorting by it can panic.
    let weights_are_numbers =
        header.split('=').skip(1).all(|weight| weight.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    let tags = if weights_are_numbers { accept_language::parse_with_quality(header) } else { Vec::new() };
    let mut accepted = tags.into_iter().filter(|(tag, weight)| *weight > 0.0 && tag != "*").peekable();
    accepted.peek()?;
    let supported = |tag: &str| tag.split('-').next()?.to_ascii_lowercase().parse().ok();
    Some(accepted.find_map(|(tag, _)| supported(&tag)).unwrap_or(Language::En))
}

#[cfg(test)]
mod tests {
    use super::accepted_language;
    use domain::Language::{En, Uk};

    #[test]
    fn accept_language_is_matched_by_weight() {
        for (header, expected) in [
            ("", None),
            (" , ,", None),
            ("*", None),
            ("uk;q=0", None),
            ("uk", Some(Uk)),
            ("en-GB", Some(En)),
            ("UK-ua", Some(Uk)),
            ("uk-UA,uk;q=0.9,en-US;q=0.8,en;q=0.7", Some(Uk)),
            ("en-US,en;q=0.9,uk;q=0.8", Some(En)),
            ("en;q=0.3, uk;q=0.7", Some(Uk)),
            ("uk; q=0.1, en; q=0.2", Some(En)),
            ("en, uk", Some(En)),
            ("de-DE,de;q=0.9,uk;q=0.2", Some(Uk)),
            ("de-DE,de;q=0.9,en;q=0.8,uk;q=0.7", Some(En)),
            ("uk;q=0, de", Some(En)),
            ("de", Some(En)),
            ("pl-PL,pl;q=0.9,*;q=0.5", Some(En)),
            ("ukr", Some(En)),
            ("en;q=NaN, uk;q=0.5", None),
            ("en;q=high", None),
        ] {
            assert_eq!(accepted_language(header), expected, "{header}");
        }
        let many: String = (0..100).map(|n| format!("x{n};q=NaN,y{n};q=0.{n},")).collect();
        assert_eq!(accepted_language(&many), None);
    }
}
