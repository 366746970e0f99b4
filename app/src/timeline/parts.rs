//! Renders a timeline: each entry as a sentence, with a link to its record and the changed fields.

use super::link::{LinkTarget, event_link};
use crate::{
    Visit,
    ui::{Pager, Timeline, TimelineEntry},
};
use domain::{Language, MailState};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::timeline::{Cursor, Entry, Page, What};

/// The position in a timeline: `?after=…`. An invalid position means the beginning.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct After {
    after: String,
}

impl After {
    pub fn cursor(&self) -> Option<Cursor> {
        self.after.parse().ok()
    }
}

/// One page of a timeline with a link to earlier events. `address` is the URL of the page without `after`.
#[component]
pub fn TimelinePage(visit: Visit, page: Page, address: String, after: After, links: LinkTarget) -> impl IntoView {
    let language = visit.language;
    let more = if address.contains('?') { '&' } else { '?' };
    let next = page.next.map(|next| (format!("{address}{more}after={next}"), t!(language, "timeline-earlier")));
    let previous = after.cursor().map(|_| (address, t!(language, "timeline-latest")));
    view! {
        <Events visit entries=page.entries links/>
        <Pager label=t!(language, "pages") previous next/>
    }
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
