//! The steps of an order.

use crate::ui::{Icon, Shape};
use leptos::prelude::*;

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
    /// The progress as a word, for screen readers.
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
