//! What pages are made of: heads, empty places, steps through long lists.

use leptos::prelude::*;

/// A page's heading, with where it is a part of.
#[component]
pub fn PageHead(
    #[prop(into)] title: String,
    #[prop(optional, into)] lead: Option<String>,
    /// Address and name of the page above this one.
    #[prop(optional, into)]
    back: Option<(String, String)>,
) -> impl IntoView {
    view! {
        <header class="pagehead">
            {back.map(|(href, name)| view! { <a class="back" href=href>"← " {name}</a> })}
            <h1>{title}</h1>
            {lead.filter(|lead| !lead.is_empty()).map(|lead| view! { <p class="lead">{lead}</p> })}
        </header>
    }
}

/// A place with nothing in it yet: what it is for, and the one thing to do first.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// Address and name of the first thing to do.
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

/// Initials of a person; `presence` is the number of their colour in a room.
#[component]
pub fn Avatar(name: String, #[prop(optional)] presence: Option<u8>) -> impl IntoView {
    let initials: String =
        name.split_whitespace().filter_map(|part| part.chars().next()).take(2).flat_map(char::to_uppercase).collect();
    let style = presence.map(|number| format!("--presence: var(--presence-{})", number % 8));
    view! { <span class="avatar" style=style title=name aria-hidden="true">{initials}</span> }
}

/// Links to the pages before and after this one.
#[component]
pub fn Pager(
    /// Address and name.
    previous: Option<(String, String)>,
    next: Option<(String, String)>,
) -> impl IntoView {
    let link = |rel: &'static str| {
        move |(href, name): (String, String)| view! { <a class="button second" rel=rel href=href>{name}</a> }
    };
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager">
                <span>{previous.map(link("prev"))}</span>
                <span>{next.map(link("next"))}</span>
            </nav>
        }
    })
}
