//! Every entry point of the portal and the desk: one line each. The program can list them, and a test walks all of
//! them as every kind of person.

use super::site::Site;
use axum::{
    Router,
    handler::Handler,
    routing::{MethodFilter, on},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryPoint {
    pub method: &'static str,
    pub path: &'static str,
}

/// A router that knows what it was given.
#[derive(Default)]
pub struct Routes {
    pub router: Router<Site>,
    pub entry_points: Vec<EntryPoint>,
}

impl Routes {
    pub fn get<H: Handler<T, Site>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.add("GET", MethodFilter::GET, path, handler)
    }

    pub fn post<H: Handler<T, Site>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.add("POST", MethodFilter::POST, path, handler)
    }

    fn add<H: Handler<T, Site>, T: 'static>(
        mut self,
        method: &'static str,
        filter: MethodFilter,
        path: &'static str,
        handler: H,
    ) -> Self {
        self.entry_points.push(EntryPoint { method, path });
        self.router = self.router.route(path, on(filter, handler));
        self
    }
}
