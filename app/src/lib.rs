//! What people see. Pages are functions that the server runs (`ssr`); islands, in [`room`], also run in the browser.

// A page is one deeply nested type where components stand within each other.
#![recursion_limit = "256"]

pub mod room;
pub mod ui;

#[cfg(feature = "ssr")]
mod address;
#[cfg(feature = "ssr")]
mod design;
#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod orders;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod portal;
#[cfg(feature = "ssr")]
mod problem;
#[cfg(feature = "ssr")]
mod render;
#[cfg(feature = "ssr")]
mod rooms;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
mod session;
#[cfg(feature = "ssr")]
mod site;
#[cfg(feature = "ssr")]
mod states;
#[cfg(feature = "ssr")]
mod tickets;
#[cfg(feature = "ssr")]
mod timeline;
#[cfg(feature = "ssr")]
mod upload;
#[cfg(feature = "ssr")]
mod versions;
#[cfg(feature = "ssr")]
pub mod visit;

#[cfg(feature = "ssr")]
pub use {
    page::{Frame, Page},
    problem::Problem,
    render::{answer, comes_from_here, is_watched},
    routes::{EntryPoint, Routes},
    site::Site,
    visit::Visit,
};
