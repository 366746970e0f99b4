//! Asking the program's router as one of the roles, and reading its answer.

use super::{BASE_URL, Role, World};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use tower::ServiceExt;

/// A request in the making.
pub struct Ask<'a> {
    world: &'a World,
    request: axum::http::request::Builder,
    body: Body,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header(header::LOCATION)
    }
}

impl World {
    pub fn get(&self, role: Role, address: &str) -> Ask<'_> {
        self.request(Method::GET, role, address)
    }

    /// A form as browsers send it from our own page; `body` is already encoded.
    pub fn post(&self, role: Role, address: &str, body: impl Into<Body>) -> Ask<'_> {
        let ask = self.request(Method::POST, role, address);
        let mut ask = ask.header("origin", BASE_URL).header("content-type", "application/x-www-form-urlencoded");
        ask.body = body.into();
        ask
    }

    pub fn request(&self, method: Method, role: Role, address: &str) -> Ask<'_> {
        let mut request = Request::builder().method(method).uri(address).header("accept-language", "uk");
        if let Some(secret) = self.facts.sessions.get(&role) {
            request = request.header("cookie", format!("session={secret}"));
        }
        Ask { world: self, request, body: Body::empty() }
    }
}

impl Ask<'_> {
    /// Sets a header, in place of the one that was.
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.request.headers_mut().unwrap().insert(name, value.parse().unwrap());
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.request.headers_mut().unwrap().remove(name);
        self
    }

    pub fn body(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }

    pub async fn answer(self) -> Answer {
        let request = self.request.body(self.body).unwrap();
        let response = self.world.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

/// A form's fields as browsers encode them.
pub fn form(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn encoded(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
