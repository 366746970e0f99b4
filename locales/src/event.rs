//! The texts of timeline events.

use crate::{named_day, record, t};
use domain::{
    Language,
    event::Event,
    record::{Address, FieldChange, Membership, Organisation, Profile},
};

/// Returns the event as one sentence. Record numbers have no digit separators, because they identify records.
pub fn sentence(language: Language, event: &Event) -> String {
    match event {
        Event::Joined { name } => t!(language, "timeline-joined", name = name),
        Event::PersonChanged { name, .. } => t!(language, "timeline-person-changed", name = name),
        Event::DateAdded { name, day } => {
            t!(language, "timeline-date-added", name = name, day = named_day(language, *day))
        }
        Event::DateRemoved { name, day } => {
            t!(language, "timeline-date-removed", name = name, day = named_day(language, *day))
        }
        Event::NoticesChanged { .. } => t!(language, "timeline-notices-changed"),
        Event::PasswordChanged => t!(language, "timeline-password-changed"),
        Event::OrganisationChanged { .. } => t!(language, "timeline-organisation-changed"),
        Event::AddressAdded { name, address } => t!(language, "timeline-address-added", name = name, address = address),
        Event::AddressChanged { name, .. } => t!(language, "timeline-address-changed", name = name),
        Event::AddressRemoved { name, address } => {
            t!(language, "timeline-address-removed", name = name, address = address)
        }
        Event::MemberInvited { email, role } => {
            t!(language, "timeline-member-invited", email = email, role = role_name(language, role.name()))
        }
        Event::InvitationSentAgain { email } => t!(language, "timeline-invitation-sent-again", email = email),
        Event::InvitationWithdrawn { email } => t!(language, "timeline-invitation-withdrawn", email = email),
        Event::MemberJoined { name, role, .. } => {
            t!(language, "timeline-member-joined", name = name, role = role_name(language, role.name()))
        }
        Event::MemberChanged { name, .. } => t!(language, "timeline-member-changed", name = name),
        Event::MemberRemoved { name, .. } => t!(language, "timeline-member-removed", name = name),
        Event::MemberLeft { name, .. } => t!(language, "timeline-member-left", name = name),
        Event::CustomerNote => t!(language, "timeline-customer-note"),
        Event::ContactNoted { channel, direction, people, .. } => {
            let contact = contact(language, channel, direction);
            if people.is_empty() { contact } else { format!("{contact}: {people}") }
        }
        Event::NextStepDone { step } => t!(language, "timeline-next-step-done", step = step),
        Event::DesignStarted { title } => t!(language, "timeline-design-started", title = title),
        Event::DesignRenamed { title, before } => {
            t!(language, "timeline-design-renamed", title = title, before = before)
        }
        Event::VersionNamed { title, number, .. } => {
            t!(language, "timeline-version-named", title = title, number = number.to_string())
        }
        Event::Proposed { title, number } => {
            t!(language, "timeline-proposed", title = title, number = number.to_string())
        }
        Event::Approved { title, number } => {
            t!(language, "timeline-approved", title = title, number = number.to_string())
        }
        Event::Declined { title, number, .. } => {
            t!(language, "timeline-declined", title = title, number = number.to_string())
        }
        Event::DesignNote { title } => t!(language, "timeline-design-note", title = title),
        Event::OrderPlaced { title, number } => {
            t!(language, "timeline-order-placed", title = title, number = number.to_string())
        }
        Event::OrderNote { number } => t!(language, "timeline-order-note", number = number.to_string()),
        Event::DestinationChosen { number, address } => {
            t!(language, "timeline-destination-chosen", number = number.to_string(), address = address)
        }
        Event::StepStarted { number, step } => {
            t!(language, "timeline-step-started", number = number.to_string(), step = step.get(language))
        }
        Event::StepDone { number, step } => {
            t!(language, "timeline-step-done", number = number.to_string(), step = step.get(language))
        }
        Event::StepPictured { number, step } => {
            t!(language, "timeline-step-pictured", number = number.to_string(), step = step.get(language))
        }
        Event::StepPlanned { number, step, day, .. } => t!(
            language,
            "timeline-step-planned",
            number = number.to_string(),
            step = step.get(language),
            day = named_day(language, *day)
        ),
        Event::Shipped { number, carrier, tracking } => {
            t!(language, "timeline-shipped", number = number.to_string(), carrier = carrier, tracking = tracking)
        }
        Event::Delivered { number } => t!(language, "timeline-delivered", number = number.to_string()),
        Event::Accepted { number } => t!(language, "timeline-accepted", number = number.to_string()),
        Event::StaffAdded { name, role } => {
            t!(language, "timeline-staff-added", name = name, role = role_name(language, role.name()))
        }
        Event::StaffChanged { name, role } => {
            t!(language, "timeline-staff-changed", name = name, role = role_name(language, role.name()))
        }
        Event::StaffRemoved { name } => t!(language, "timeline-staff-removed", name = name),
        Event::TicketOpened { number, title } => {
            t!(language, "timeline-ticket-opened", number = number.to_string(), title = title)
        }
        Event::TicketMessage { number, title } => {
            t!(language, "timeline-ticket-message", number = number.to_string(), title = title)
        }
        Event::TicketSolved { number, title } => {
            t!(language, "timeline-ticket-solved", number = number.to_string(), title = title)
        }
        Event::TicketReopened { number, title } => {
            t!(language, "timeline-ticket-reopened", number = number.to_string(), title = title)
        }
        Event::TicketNote { number, .. } => t!(language, "timeline-ticket-note", number = number.to_string()),
        Event::TicketAssigned { number, name, .. } => {
            t!(language, "timeline-ticket-assigned", number = number.to_string(), name = name)
        }
        Event::TicketReleased { number, .. } => t!(language, "timeline-ticket-released", number = number.to_string()),
        Event::TicketPriority { number, priority, .. } => t!(
            language,
            "timeline-ticket-priority",
            number = number.to_string(),
            priority = t!(language, &format!("priority-{}", priority.name()))
        ),
    }
}

/// Returns the details of an event, one per line: changed fields, and the reason that a person gave.
pub fn details(language: Language, event: &Event) -> Vec<String> {
    match event {
        Event::PersonChanged { changes, .. } => record::changes::<Profile>(language, changes),
        Event::NoticesChanged { changes } => changes.iter().map(|change| notice_changed(language, change)).collect(),
        Event::OrganisationChanged { changes, .. } => record::changes::<Organisation>(language, changes),
        Event::AddressChanged { changes, .. } => record::changes::<Address>(language, changes),
        Event::MemberChanged { changes, .. } => record::changes::<Membership>(language, changes),
        Event::ContactNoted { summary, next_step, next_on, .. } => {
            let next =
                next_on.map(|day| t!(language, "timeline-next-step", step = next_step, day = named_day(language, day)));
            [Some(summary.clone()), next].into_iter().flatten().collect()
        }
        Event::Declined { reason, .. } if !reason.is_empty() => vec![reason.clone()],
        Event::Joined { .. }
        | Event::DateAdded { .. }
        | Event::DateRemoved { .. }
        | Event::PasswordChanged
        | Event::AddressAdded { .. }
        | Event::AddressRemoved { .. }
        | Event::MemberInvited { .. }
        | Event::InvitationSentAgain { .. }
        | Event::InvitationWithdrawn { .. }
        | Event::MemberJoined { .. }
        | Event::MemberRemoved { .. }
        | Event::MemberLeft { .. }
        | Event::CustomerNote
        | Event::NextStepDone { .. }
        | Event::DesignStarted { .. }
        | Event::DesignRenamed { .. }
        | Event::VersionNamed { .. }
        | Event::Proposed { .. }
        | Event::Approved { .. }
        | Event::Declined { .. }
        | Event::DesignNote { .. }
        | Event::OrderPlaced { .. }
        | Event::OrderNote { .. }
        | Event::DestinationChosen { .. }
        | Event::StepStarted { .. }
        | Event::StepDone { .. }
        | Event::StepPictured { .. }
        | Event::StepPlanned { .. }
        | Event::Shipped { .. }
        | Event::Delivered { .. }
        | Event::Accepted { .. }
        | Event::StaffAdded { .. }
        | Event::StaffChanged { .. }
        | Event::StaffRemoved { .. }
        | Event::TicketOpened { .. }
        | Event::TicketMessage { .. }
        | Event::TicketSolved { .. }
        | Event::TicketReopened { .. }
        | Event::TicketNote { .. }
        | Event::TicketAssigned { .. }
        | Event::TicketReleased { .. }
        | Event::TicketPriority { .. } => Vec::new(),
    }
}

fn role_name(language: Language, role: &str) -> String {
    t!(language, &format!("role-{role}"))
}

fn contact(language: Language, channel: &str, direction: &str) -> String {
    match (channel, direction) {
        ("call", "incoming") => t!(language, "timeline-call-incoming"),
        ("call", _) => t!(language, "timeline-call-outgoing"),
        ("meeting", "incoming") => t!(language, "timeline-meeting-incoming"),
        ("meeting", _) => t!(language, "timeline-meeting-outgoing"),
        (_, "incoming") => t!(language, "timeline-letter-incoming"),
        _ => t!(language, "timeline-letter-outgoing"),
    }
}

fn notice_changed(language: Language, change: &FieldChange) -> String {
    let field = t!(language, &format!("timeline-field-{}", change.field));
    let value = |value: &str| if value == "yes" { t!(language, "yes") } else { t!(language, "no") };
    record::changed(language, &field, &value(&change.from), &value(&change.to))
}
