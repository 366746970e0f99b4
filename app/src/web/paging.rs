//! Paging of lists: `?after=POSITION` in the URL, and the links to other pages.

use crate::ui::Pager;
use domain::Language;
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{PageRequest, Position};

/// The number of rows on a page of a list.
const ROWS: usize = 50;

/// The query parameter `after`: the position after which a page begins. An invalid position means the first page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct After {
    after: String,
}

impl After {
    /// Returns the request for this page of a list.
    pub fn request(&self) -> PageRequest {
        self.request_rows(ROWS)
    }

    pub fn request_rows(&self, size: usize) -> PageRequest {
        PageRequest { after: self.after.parse().ok(), size }
    }

    pub fn is_first(&self) -> bool {
        self.request().after.is_none()
    }

    /// Renders the links to the first and the next page. `address` is the URL of the list without `after`; it may have
    /// a query.
    pub fn pager(&self, next: Option<Position>, address: &str, language: Language) -> impl IntoView + use<> {
        self.pager_with_names(next, address, language, ["page-first", "page-next"])
    }

    /// Renders the pager with other texts for the links to the first and the next page.
    pub fn pager_with_names(
        &self,
        next: Option<Position>,
        address: &str,
        language: Language,
        [first_name, next_name]: [&str; 2],
    ) -> impl IntoView + use<> {
        let separator = if address.contains('?') { '&' } else { '?' };
        let first = (!self.is_first()).then(|| (address.to_owned(), t!(language, first_name)));
        let next = next.map(|next| (format!("{address}{separator}after={next}"), t!(language, next_name)));
        view! { <Pager label=t!(language, "pages") first next/> }
    }
}
