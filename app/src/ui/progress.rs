//! What has happened and what comes: the steps of an order, the history of a record.

use crate::ui::{Icon, Shape, When};
use leptos::prelude::*;
use locales::Moment;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Done,
    Now,
    Later,
}

#[derive(Debug, Clone)]
pub struct Step {
    pub name: String,
    pub progress: Progress,
    /// The progress as a word, for those who cannot see the mark.
    pub said: String,
    /// When it was done or is expected.
    pub when: Option<String>,
    pub about: Option<String>,
}

#[component]
pub fn Steps(#[prop(into)] label: String, steps: Vec<Step>) -> impl IntoView {
    let steps = steps
        .into_iter()
        .map(|step| {
            let done = step.progress == Progress::Done;
            let current = (step.progress == Progress::Now).then_some("step");
            view! {
                <li class=done.then_some("done") aria-current=current>
                    <span class="dot">{done.then(|| view! { <Icon shape=Shape::Check/> })}</span>
                    <span class="name">{step.name} <span class="visually-hidden">" " {step.said}</span></span>
                    {step.when.map(|when| view! { <span class="when">{when}</span> })}
                    {step.about.map(|about| view! { <span class="about">{about}</span> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="steps" aria-label=label>{steps}</ol> }
}

/// One line of a record's history.
#[derive(Debug, Clone)]
pub struct Entry {
    pub who: String,
    pub what: String,
    pub href: Option<String>,
    /// What more there is to say: each field that changed, from what to what.
    pub about: Vec<String>,
    pub at: Moment,
    /// Seen by staff only.
    pub internal: bool,
}

#[component]
pub fn Timeline(entries: Vec<Entry>) -> impl IntoView {
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
