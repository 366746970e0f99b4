//! Requests to the program's router in one of the roles, and their responses.

use super::{BASE_URL, Role, World};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use tower::ServiceExt;

/// A request that is being built.
pub struct TestRequest<'a> {
    world: &'a World,
    request: axum::http::request::Builder,
    body: Body,
}

pub struct TestResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl TestResponse {
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
    pub fn get(&self, role: Role, address: &str) -> TestRequest<'_> {
        self.request(Method::GET, role, address)
    }

    /// A form as browsers send it from a page of the portal. `body` is already encoded.
    pub fn post(&self, role: Role, address: &str, body: impl Into<Body>) -> TestRequest<'_> {
        let request = self.request(Method::POST, role, address);
        let mut request =
            request.header("origin", BASE_URL).header("content-type", "application/x-www-form-urlencoded");
        request.body = body.into();
        request
    }

    pub fn request(&self, method: Method, role: Role, address: &str) -> TestRequest<'_> {
        let mut request = Request::builder().method(method).uri(address).header("accept-language", "uk");
        if let Some(secret) = self.facts.sessions.get(&role) {
            request = request.header("cookie", format!("session={secret}"));
        }
        TestRequest { world: self, request, body: Body::empty() }
    }
}

impl TestRequest<'_> {
    /// Sets a header and replaces an existing value.
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

    pub async fn send(self) -> TestResponse {
        let request = self.request.body(self.body).unwrap();
        let response = self.world.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        TestResponse { status: parts.status, headers: parts.headers, body }
    }
}

/// Encodes a form's fields as browsers do.
pub fn form(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn encode(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
