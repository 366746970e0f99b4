//! Renders a timeline: each entry as a sentence, with a link to its record and the changed fields.

use super::link::{LinkTarget, event_link};
use crate::{
    Visit,
    ui::{Timeline, TimelineEntry},
    web::paging::After,
};
use domain::{Language, MailState};
use leptos::prelude::*;
use locales::t;
use store::{
    Page,
    timeline::{Entry, What},
};

/// The number of entries on a page.
pub const ENTRIES: usize = 30;

/// One page of a timeline with a link to earlier events. `address` is the URL of the page without `after`.
#[component]
pub fn TimelinePage(
    visit: Visit,
    page: Page<Entry>,
    address: String,
    after: After,
    links: LinkTarget,
) -> impl IntoView {
    let pager = after.pager_with_names(page.next, &address, visit.language, ["timeline-latest", "timeline-earlier"]);
    view! { <Events visit entries=page.rows links/> {pager} }
}

#[component]
pub fn Events(visit: Visit, entries: Vec<Entry>, links: LinkTarget) -> impl IntoView {
    let entries = join_mails(entries).into_iter().map(|entry| line(&visit, entry, links)).collect();
    view! { <Timeline entries/> }
}

/// Merges the entries of one mail to several people into one that names them all.
fn join_mails(entries: Vec<Entry>) -> Vec<Entry> {
    let mut joined: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        match joined.last_mut() {
            Some(last) if is_same_mail(last, &entry) => {
                last.who = last.who.take().zip(entry.who).map(|(others, one)| format!("{others}, {one}"));
            }
            _ => joined.push(entry),
        }
    }
    joined
}

fn is_same_mail(one: &Entry, other: &Entry) -> bool {
    match (&one.what, &other.what) {
        (
            What::Mail { content: one_content, language: one_language, state: one_state },
            What::Mail { content: other_content, language: other_language, state: other_state },
        ) => {
            (one.at, one_content.kind(), one_language, one_state)
                == (other.at, other_content.kind(), other_language, other_state)
        }
        (What::Mail { .. }, What::Event { .. }) | (What::Event { .. }, _) => false,
    }
}

fn line(visit: &Visit, entry: Entry, links: LinkTarget) -> TimelineEntry {
    let language = visit.language;
    let internal = entry.is_internal();
    let at = visit.moment(entry.at);
    match entry.what {
        What::Event { event, record } => TimelineEntry {
            who: entry.who.unwrap_or_else(|| visit.company_name().to_owned()),
            what: locales::event::sentence(language, &event),
            href: event_link(&event, &record, links),
            about: locales::event::details(language, &event),
            at,
            internal,
        },
        What::Mail { content, language: written_in, state } => TimelineEntry {
            who: match entry.who {
                Some(to) => t!(language, "timeline-mail-to", who = to),
                None => visit.company_name().to_owned(),
            },
            what: mail_line(language, &locales::mail::subject(written_in, &content), state),
            href: Some(format!("/desk/outbox/{}", entry.id)),
            about: Vec::new(),
            at,
            internal,
        },
    }
}

/// The subject of a mail as it was sent, and its state unless it was sent.
fn mail_line(language: Language, subject: &str, state: MailState) -> String {
    match state {
        MailState::Sent => t!(language, "timeline-mail", subject = subject),
        MailState::Waiting | MailState::Failed => {
            let state = t!(language, &format!("state-message-{}", state.name()));
            t!(language, "timeline-mail-unsent", subject = subject, state = state)
        }
    }
}
