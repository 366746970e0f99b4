//! A router that records its routes, for `spilno` to list them and for a test that requests each in every role.

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

/// An axum router with the list of its routes.
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
