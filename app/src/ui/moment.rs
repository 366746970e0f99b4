//! A moment: as people say it, with the exact one on hover and for programs.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Moment {
    pub said: String,
    pub exact: String,
    pub machine: String,
}

#[component]
pub fn When(at: Moment) -> impl IntoView {
    view! { <time datetime=at.machine title=at.exact>{at.said}</time> }
}
