//! A page: its title, its frame and what stands in it. Rendered by [`crate::render`] on its way out.

use axum::{
    body::Body,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use std::sync::{Arc, Mutex};

/// What surrounds the page's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    Portal,
    Desk,
    /// The name and nothing else: for signing in, and where there is no company yet.
    Bare,
}

/// Builds the content when the page is rendered.
type Content = Box<dyn FnOnce() -> AnyView + Send>;

#[derive(Clone)]
pub struct Page {
    pub(crate) title: String,
    pub(crate) frame: Frame,
    pub(crate) status: StatusCode,
    /// Whether the page has islands and so needs the program in the browser.
    pub(crate) has_islands: bool,
    pub(crate) content: Arc<Mutex<Option<Content>>>,
}

impl Page {
    /// `title` stands in the browser's tab; `content` is called once, when the page is rendered.
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
