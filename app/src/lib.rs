//! The pages of the portal and the desk. Pages are rendered by the server (feature `ssr`); the islands in [`room`] also
//! run in the browser (feature `hydrate`).

// Nested components make deeply nested types.
#![recursion_limit = "256"]

pub mod room;
pub mod ui;

#[cfg(feature = "ssr")]
mod account;
#[cfg(feature = "ssr")]
mod company;
#[cfg(feature = "ssr")]
mod customer;
#[cfg(feature = "ssr")]
mod design;
#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
mod home;
#[cfg(feature = "ssr")]
mod navigation;
#[cfg(feature = "ssr")]
mod order;
#[cfg(feature = "ssr")]
mod outbox;
#[cfg(feature = "ssr")]
mod portal;
#[cfg(feature = "ssr")]
mod product;
#[cfg(feature = "ssr")]
mod proposal;
#[cfg(feature = "ssr")]
mod render;
#[cfg(feature = "ssr")]
mod states;
#[cfg(feature = "ssr")]
mod ticket;
#[cfg(feature = "ssr")]
mod timeline;
#[cfg(feature = "ssr")]
pub mod web;

#[cfg(feature = "ssr")]
pub use {
    render::{is_same_origin, is_watch_mode, serve_page},
    web::{
        page::{Frame, Page},
        problem::Problem,
        routes::{EntryPoint, Routes},
        site::Site,
        visit::Visit,
    },
};

/// Returns the entry points of all pages.
#[cfg(feature = "ssr")]
pub fn routes() -> Routes {
    desk::routes(portal::routes(Routes::default()))
}
