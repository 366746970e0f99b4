//! What people see. Pages are functions that the server runs (`ssr`); islands, in [`room`], also run in the browser.

pub mod room;
pub mod ui;

#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod portal;
#[cfg(feature = "ssr")]
mod problem;
#[cfg(feature = "ssr")]
mod render;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
mod session;
#[cfg(feature = "ssr")]
mod site;
#[cfg(feature = "ssr")]
pub mod visit;

#[cfg(feature = "ssr")]
pub use {
    page::{Frame, Page},
    problem::Problem,
    render::answer,
    routes::{EntryPoint, Routes},
    site::Site,
    visit::Visit,
};
