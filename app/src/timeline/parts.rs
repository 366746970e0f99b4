//! Renders a timeline: each event as a sentence, with a link to its record and the changed fields.

use crate::{
    Visit,
    ui::{Pager, Timeline, TimelineEntry},
};
use domain::{CustomerId, Language, MailState};
use leptos::prelude::*;
use locales::{Value as Said, day_text, t, text, time_zone_city};
use serde::Deserialize;
use serde_json::Value;
use store::timeline::{Cursor, Entry, Page, Source};

/// The pages that links of the timeline lead to: those of the customer in the portal, or those of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkTarget {
    Customer(CustomerId),
    Staff,
}

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

/// Events that have a text of their own, `timeline-KIND`, and the part of the portal that their record is in.
const KINDS: &[(&str, &str)] = &[
    ("joined", ""),
    ("person-changed", "person"),
    ("date-added", "person"),
    ("date-removed", "person"),
    ("notices-changed", "person"),
    ("password-changed", "person"),
    ("organisation-changed", "organisation"),
    ("address-added", "organisation"),
    ("address-changed", "organisation"),
    ("address-removed", "organisation"),
    ("member-invited", "members"),
    ("invitation-sent-again", "members"),
    ("invitation-withdrawn", "members"),
    ("member-joined", "members"),
    ("member-changed", "members"),
    ("member-removed", "members"),
    ("member-left", "members"),
    ("customer-note", ""),
    ("design-started", "designs"),
    ("design-renamed", "designs"),
    ("version-named", "designs"),
    ("proposed", "designs"),
    ("approved", "designs"),
    ("declined", "designs"),
    ("design-note", "designs"),
    ("order-placed", "orders"),
    ("order-note", "orders"),
    ("destination-chosen", "orders"),
    ("step-started", "orders"),
    ("step-done", "orders"),
    ("step-pictured", "orders"),
    ("step-planned", "orders"),
    ("shipped", "orders"),
    ("delivered", "orders"),
    ("accepted", "orders"),
    ("staff-added", ""),
    ("staff-changed", ""),
    ("staff-removed", ""),
    ("ticket-opened", "tickets"),
    ("ticket-message", "tickets"),
    ("ticket-solved", "tickets"),
    ("ticket-reopened", "tickets"),
    ("ticket-note", "tickets"),
    ("ticket-assigned", "tickets"),
    ("ticket-released", "tickets"),
    ("ticket-priority", "tickets"),
];

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
    let entries = told_once(entries).into_iter().map(|entry| line(&visit, entry, links)).collect();
    view! { <Timeline entries/> }
}

/// Merges the entries of one mail to several people into one that names them all.
fn told_once(entries: Vec<Entry>) -> Vec<Entry> {
    let mut told: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        match told.last_mut() {
            Some(last)
                if matches!(entry.source, Source::Mail(_))
                    && (last.source, last.at, &last.kind, &last.record)
                        == (entry.source, entry.at, &entry.kind, &entry.record) =>
            {
                last.who = last.who.take().zip(entry.who).map(|(others, one)| format!("{others}, {one}"));
            }
            _ => told.push(entry),
        }
    }
    told
}

fn line(visit: &Visit, entry: Entry, links: LinkTarget) -> TimelineEntry {
    let language = visit.language;
    let who = match (&entry.source, &entry.who) {
        (Source::Mail(_), Some(to)) => t!(language, "timeline-mail-to", who = to),
        (_, Some(who)) => who.clone(),
        (_, None) => visit.company_name().to_owned(),
    };
    TimelineEntry {
        who,
        what: what(visit, &entry),
        href: href(&entry, links),
        about: about(language, &entry),
        at: visit.moment(entry.at),
        internal: entry.source == Source::Internal,
    }
}

fn what(visit: &Visit, entry: &Entry) -> String {
    let language = visit.language;
    if let Source::Mail(written_in) = entry.source {
        return mail(visit, entry, written_in);
    }
    if !KINDS.iter().any(|(kind, _)| *kind == entry.kind) {
        return t!(language, "timeline-unknown");
    }
    let kind = entry.kind.as_str();
    let Value::Object(data) = &entry.data else { return text(language, &format!("timeline-{kind}"), &[]) };
    let values: Vec<(&str, Said<'_>)> =
        data.iter().filter_map(|(name, value)| Some((name.as_str(), said(language, name, value)?))).collect();
    text(language, &format!("timeline-{kind}"), &values)
}

/// A mail by its subject as it was sent, with what became of it where it has not left.
fn mail(visit: &Visit, entry: &Entry, written_in: Language) -> String {
    let language = visit.language;
    let mut values: Vec<(&str, Said<'_>)> = vec![("company", visit.company_name().into())];
    if let Some(Value::Object(words)) = entry.data.get("values") {
        values.extend(words.iter().filter_map(|(name, word)| Some((name.as_str(), word.as_str()?.into()))));
    }
    let subject = text(written_in, &format!("mail-{}-subject", entry.kind), &values);
    match entry.record.parse::<MailState>() {
        Ok(MailState::Sent) | Err(_) => t!(language, "timeline-mail", subject = subject),
        Ok(state) => {
            let state = t!(language, &format!("state-message-{}", state.name()));
            t!(language, "timeline-mail-unsent", subject = subject, state = state)
        }
    }
}

/// A value as people read it: a role by its name, a text of the company in the reader's language.
fn said<'a>(language: Language, name: &str, value: &'a Value) -> Option<Said<'a>> {
    match value {
        Value::String(role) if name == "role" => Some(t!(language, &format!("role-{role}")).into()),
        Value::String(priority) if name == "priority" => Some(t!(language, &format!("priority-{priority}")).into()),
        Value::String(day) if name == "day" => Some(day_text(language, day).into()),
        Value::String(words) => Some(words.into()),
        // Numbers that people read aloud carry no signs between their digits.
        Value::Number(number) => Some(number.to_string().into()),
        Value::Object(local) => Some(local.get(language.tag())?.as_str()?.into()),
        _ => None,
    }
}

fn about(language: Language, entry: &Entry) -> Vec<String> {
    if matches!(entry.source, Source::Mail(_)) {
        return Vec::new();
    }
    let changes = entry.data.get("changes").and_then(Value::as_array).into_iter().flatten();
    let mut lines: Vec<String> = changes.filter_map(|change| changed(language, change)).collect();
    lines.extend(
        entry.data.get("reason").and_then(Value::as_str).filter(|reason| !reason.is_empty()).map(str::to_owned),
    );
    lines
}

fn changed(language: Language, change: &Value) -> Option<String> {
    let part = |name: &str| change.get(name).and_then(Value::as_str);
    let field = part("field")?;
    let name = t!(language, &format!("timeline-field-{field}"));
    let (from, to) = (field_value(language, field, part("from")?), field_value(language, field, part("to")?));
    Some(match (from.is_empty(), to.is_empty()) {
        (true, _) => t!(language, "timeline-set", field = name, to = to),
        (_, true) => t!(language, "timeline-emptied", field = name, from = from),
        _ => t!(language, "timeline-changed", field = name, from = from, to = to),
    })
}

fn field_value(language: Language, field: &str, value: &str) -> String {
    match (field, value) {
        (_, "") => String::new(),
        ("language", tag) => t!(language, &format!("language-{tag}")),
        ("role", role) => t!(language, &format!("role-{role}")),
        ("birthday", day) => day_text(language, day),
        ("time-zone", zone) => time_zone_city(language, zone),
        ("designs" | "orders" | "tickets", "yes") => t!(language, "yes"),
        ("designs" | "orders" | "tickets", _) => t!(language, "no"),
        (_, value) => value.to_owned(),
    }
}

fn href(entry: &Entry, links: LinkTarget) -> Option<String> {
    if matches!(entry.source, Source::Mail(_)) {
        return Some(format!("/desk/outbox/{}", entry.id));
    }
    let part = KINDS.iter().find(|(kind, _)| *kind == entry.kind).map(|(_, part)| *part)?;
    match (part, links) {
        ("", _) | ("person" | "organisation" | "members", LinkTarget::Staff) => None,
        ("person", LinkTarget::Customer(_)) => Some("/profile".to_owned()),
        ("members", LinkTarget::Customer(customer)) => Some(format!("/organisation/members?customer={customer}")),
        ("organisation", LinkTarget::Customer(customer)) => Some(format!("/organisation?customer={customer}")),
        (part, LinkTarget::Customer(_)) => Some(format!("/{part}/{}", entry.record)),
        (part, LinkTarget::Staff) => Some(format!("/desk/{part}/{}", entry.record)),
    }
}
