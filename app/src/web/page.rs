//! A page: title, frame and content. [`crate::render`] renders it as the last step of a request.

use axum::{
    body::Body,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use std::sync::{Arc, Mutex};

/// The navigation around a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    Portal,
    Desk,
    /// Only the name of the company: for account pages and the first run.
    Bare,
}

/// Builds the content when the page is rendered.
type Content = Box<dyn FnOnce() -> AnyView + Send>;

#[derive(Clone)]
pub struct Page {
    pub(crate) title: String,
    pub(crate) frame: Frame,
    pub(crate) status: StatusCode,
    /// Whether the page has islands and so loads the WASM.
    pub(crate) has_islands: bool,
    pub(crate) content: Arc<Mutex<Option<Content>>>,
}

impl Page {
    /// Creates a page. `title` is for the browser's tab; `content` is called once, when the page is rendered.
    pub fn new<V: IntoView + 'static>(
        frame: Frame,
        title: impl Into<String>,
        content: impl FnOnce() -> V + Send + 'static,
    ) -> Self {
        let content: Content = Box::new(move || content().into_any());
        Self {
            title: title.into(),
            frame,
            status: StatusCode::OK,
            has_islands: false,
            content: Arc::new(Mutex::new(Some(content))),
        }
    }

    pub fn portal<V: IntoView + 'static>(
        title: impl Into<String>,
        content: impl FnOnce() -> V + Send + 'static,
    ) -> Self {
        Self::new(Frame::Portal, title, content)
    }

    pub fn desk<V: IntoView + 'static>(title: impl Into<String>, content: impl FnOnce() -> V + Send + 'static) -> Self {
        Self::new(Frame::Desk, title, content)
    }

    pub fn bare<V: IntoView + 'static>(title: impl Into<String>, content: impl FnOnce() -> V + Send + 'static) -> Self {
        Self::new(Frame::Bare, title, content)
    }

    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Makes the page load the WASM that hydrates its islands.
    pub fn with_islands(mut self) -> Self {
        self.has_islands = true;
        self
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status;
        response.extensions_mut().insert(self);
        response
    }
}
