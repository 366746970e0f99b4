//! Reads events from a customer's timeline.

use super::Home;
use domain::{CustomerId, event::Event, policy::Actor};
use store::{PageRequest, timeline};

pub async fn events(home: &Home, actor: &Actor, customer: CustomerId) -> Vec<timeline::Entry> {
    let mut connection = home.read().await;
    timeline::page(&mut connection, actor.buyer().unwrap(), customer, &PageRequest::first(30)).await.unwrap().rows
}

pub fn event_of(entry: &timeline::Entry) -> &Event {
    match &entry.what {
        timeline::What::Event { event, .. } => event,
        timeline::What::Mail { .. } => panic!("a mail"),
    }
}

/// Returns the old and new value of a field in the newest event of this kind.
pub fn from_to(events: &[timeline::Entry], kind: &str, field: &str) -> (String, String) {
    let event = events.iter().map(event_of).find(|event| event.kind().name() == kind);
    let changes = match event.unwrap_or_else(|| panic!("no {kind}")) {
        Event::PersonChanged { changes, .. }
        | Event::NoticesChanged { changes }
        | Event::OrganisationChanged { changes, .. }
        | Event::AddressChanged { changes, .. }
        | Event::MemberChanged { changes, .. } => changes,
        _ => panic!("{kind} has no changes"),
    };
    let change = changes.iter().find(|change| change.field == field).unwrap_or_else(|| panic!("no {field}"));
    (change.from.clone(), change.to.clone())
}
