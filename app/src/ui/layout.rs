//! Parts of pages: headings, empty states, lists of facts, avatars.

use crate::ui::{Icon, Shape};
use leptos::prelude::*;

/// The heading of a page, with a link to its parent and actions.
#[component]
pub fn PageHead(
    #[prop(into)] title: String,
    #[prop(optional, into)] lead: Option<String>,
    /// Address and name of the page above this one.
    #[prop(optional, into)]
    back: Option<(String, String)>,
    /// State of the record and buttons, beside the title.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="pagehead">
            {back.map(|(href, name)| view! { <a class="back" href=href><Icon shape=Shape::ArrowLeft/>{name}</a> })}
            <div class="row apart">
                <div class="said">
                    <h1 dir="auto">{title}</h1>
                    {lead.filter(|lead| !lead.is_empty()).map(|lead| view! { <p class="lead">{lead}</p> })}
                </div>
                {children.map(|children| view! { <div class="row">{children()}</div> })}
            </div>
        </header>
    }
}

/// The empty state of a list: what it is for, and the first action.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// Address and name of the first action.
    #[prop(optional, into)]
    action: Option<(String, String)>,
) -> impl IntoView {
    view! {
        <section class="empty">
            <h2>{title}</h2>
            <p>{text}</p>
            {action.map(|(href, name)| view! { <a class="button" href=href>{name}</a> })}
        </section>
    }
}

/// A description list: name and value of each fact.
#[component]
pub fn Facts(facts: Vec<(String, AnyView)>) -> impl IntoView {
    let facts = facts.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd dir="auto">{value}</dd></div> });
    view! { <dl class="facts">{facts.collect_view()}</dl> }
}

/// Initials of a person; `presence` is the number of their colour in the room.
#[component]
pub fn Avatar(#[prop(into)] name: String, #[prop(optional)] presence: Option<u8>) -> impl IntoView {
    let initials: String =
        name.split_whitespace().filter_map(|part| part.chars().next()).take(2).flat_map(char::to_uppercase).collect();
    let style = presence.map(|number| format!("--presence: var(--presence-{})", number % 8));
    view! { <span class="avatar" style=style title=name aria-hidden="true">{initials}</span> }
}
