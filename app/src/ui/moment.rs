//! A time in words, with the exact time as a tooltip and for programs.

use leptos::prelude::*;
use locales::Moment;

#[component]
pub fn When(at: Moment) -> impl IntoView {
    view! { <time datetime=at.rfc3339 title=at.exact>{at.short}</time> }
}
