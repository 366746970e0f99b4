//! One event of every kind, for tests of this and other crates.

use super::{Event, EventKind};
use crate::{
    Day, LocalizedText, Priority,
    policy::{MemberRole, StaffRole},
    record::FieldChange,
};

/// Returns an event of this kind without empty fields.
pub fn sample(kind: EventKind) -> Event {
    match kind {
        EventKind::Joined => Event::Joined { name: name() },
        EventKind::PersonChanged => {
            Event::PersonChanged { name: name(), changes: vec![change("time-zone", "Europe/Kyiv", "Europe/Warsaw")] }
        }
        EventKind::DateAdded => Event::DateAdded { name: "Anniversary".to_owned(), day: day() },
        EventKind::DateRemoved => Event::DateRemoved { name: "Anniversary".to_owned(), day: day() },
        EventKind::NoticesChanged => Event::NoticesChanged { changes: vec![change("orders", "yes", "no")] },
        EventKind::PasswordChanged => Event::PasswordChanged,
        EventKind::OrganisationChanged => Event::OrganisationChanged {
            name: name(),
            changes: vec![
                change("name", "Olha", "Olena"),
                change("phone", "", "+380 67 000 00 00"),
                change("website", "x.ua", ""),
            ],
        },
        EventKind::AddressAdded => Event::AddressAdded { name: "Home".to_owned(), address: address() },
        EventKind::AddressChanged => Event::AddressChanged {
            name: "Home".to_owned(),
            address: address(),
            changes: vec![change("city", "Lviv", "Kyiv")],
        },
        EventKind::AddressRemoved => Event::AddressRemoved { name: "Home".to_owned(), address: address() },
        EventKind::MemberInvited => Event::MemberInvited { email: email(), role: MemberRole::Member },
        EventKind::InvitationSentAgain => Event::InvitationSentAgain { email: email() },
        EventKind::InvitationWithdrawn => Event::InvitationWithdrawn { email: email() },
        EventKind::MemberJoined => {
            Event::MemberJoined { name: name(), email: email(), role: MemberRole::Administrator }
        }
        EventKind::MemberChanged => {
            Event::MemberChanged { name: name(), changes: vec![change("role", "member", "administrator")] }
        }
        EventKind::MemberRemoved => Event::MemberRemoved { name: name(), email: email() },
        EventKind::MemberLeft => Event::MemberLeft { name: name(), email: email() },
        EventKind::CustomerNote => Event::CustomerNote,
        EventKind::ContactNoted => Event::ContactNoted {
            channel: "call".to_owned(),
            direction: "incoming".to_owned(),
            people: name(),
            summary: "Wants a second table".to_owned(),
            next_step: "Send the price".to_owned(),
            next_on: Some(day()),
        },
        EventKind::NextStepDone => Event::NextStepDone { step: "Send the price".to_owned() },
        EventKind::DesignStarted => Event::DesignStarted { title: title() },
        EventKind::DesignRenamed => Event::DesignRenamed { title: title(), before: "Table".to_owned() },
        EventKind::VersionNamed => Event::VersionNamed { title: title(), number: 3, name: "Oak".to_owned() },
        EventKind::Proposed => Event::Proposed { title: title(), number: 3 },
        EventKind::Approved => Event::Approved { title: title(), number: 3 },
        EventKind::Declined => Event::Declined { title: title(), number: 3, reason: "Too wide".to_owned() },
        EventKind::DesignNote => Event::DesignNote { title: title() },
        EventKind::OrderPlaced => Event::OrderPlaced { title: title(), number: 1042 },
        EventKind::OrderNote => Event::OrderNote { number: 1042 },
        EventKind::DestinationChosen => Event::DestinationChosen { number: 1042, address: address() },
        EventKind::StepStarted => Event::StepStarted { number: 1042, step: step() },
        EventKind::StepDone => Event::StepDone { number: 1042, step: step() },
        EventKind::StepPictured => Event::StepPictured { number: 1042, step: step() },
        EventKind::StepPlanned => {
            Event::StepPlanned { number: 1042, step: step(), before: day().plus_days(-8), day: day() }
        }
        EventKind::Shipped => {
            Event::Shipped { number: 1042, carrier: "Carrier".to_owned(), tracking: "204501".to_owned() }
        }
        EventKind::Delivered => Event::Delivered { number: 1042 },
        EventKind::Accepted => Event::Accepted { number: 1042 },
        EventKind::StaffAdded => Event::StaffAdded { name: name(), role: StaffRole::Staff },
        EventKind::StaffChanged => Event::StaffChanged { name: name(), role: StaffRole::Administrator },
        EventKind::StaffRemoved => Event::StaffRemoved { name: name() },
        EventKind::TicketOpened => Event::TicketOpened { number: 1007, title: subject() },
        EventKind::TicketMessage => Event::TicketMessage { number: 1007, title: subject() },
        EventKind::TicketSolved => Event::TicketSolved { number: 1007, title: subject() },
        EventKind::TicketReopened => Event::TicketReopened { number: 1007, title: subject() },
        EventKind::TicketNote => Event::TicketNote { number: 1007, title: subject() },
        EventKind::TicketAssigned => Event::TicketAssigned { number: 1007, title: subject(), name: name() },
        EventKind::TicketReleased => Event::TicketReleased { number: 1007, title: subject() },
        EventKind::TicketPriority => {
            Event::TicketPriority { number: 1007, title: subject(), priority: Priority::Urgent }
        }
    }
}

fn name() -> String {
    "Olena".to_owned()
}

fn email() -> String {
    "olena@example.com".to_owned()
}

fn address() -> String {
    "Zelena 1, Lviv".to_owned()
}

fn title() -> String {
    "Dining table".to_owned()
}

fn subject() -> String {
    "The drawer sticks".to_owned()
}

fn day() -> Day {
    const DAY: Day = Day::constant(2026, 3, 9);
    DAY
}

fn step() -> LocalizedText {
    LocalizedText { uk: "Шліфування".to_owned(), en: "Sanding".to_owned() }
}

fn change(field: &str, from: &str, to: &str) -> FieldChange {
    FieldChange { field: field.into(), from: from.into(), to: to.into() }
}
