//! The history of a record.

use crate::ui::When;
use leptos::prelude::*;
use locales::Moment;

/// An event in the history of a record.
#[derive(Debug, Clone)]
pub struct TimelineEntry {
    pub who: String,
    pub what: String,
    pub href: Option<String>,
    /// Details, one per line, such as the old and new value of a field.
    pub about: Vec<String>,
    pub at: Moment,
    /// Shown to staff only.
    pub internal: bool,
}

#[component]
pub fn Timeline(entries: Vec<TimelineEntry>) -> impl IntoView {
    let entries = entries
        .into_iter()
        .map(|entry| {
            let what = match entry.href {
                Some(href) => view! { <a href=href>{entry.what}</a> }.into_any(),
                None => view! { <span>{entry.what}</span> }.into_any(),
            };
            let about = (!entry.about.is_empty()).then(|| {
                let lines = entry.about.into_iter().map(|line| view! { <li dir="auto">{line}</li> }).collect_view();
                view! { <ul class="about">{lines}</ul> }
            });
            view! {
                <li class=entry.internal.then_some("internal")>
                    <p dir="auto">{what}</p>
                    {about}
                    <p class="when"><span dir="auto">{entry.who}</span> " · " <When at=entry.at/></p>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline">{entries}</ol> }
}
