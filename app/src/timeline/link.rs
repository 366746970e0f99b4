//! The links of timeline entries.

use domain::{CustomerId, event::Event};

/// The pages that links of the timeline lead to: those of the customer in the portal, or those of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkTarget {
    Customer(CustomerId),
    Staff,
}

/// The page that shows what an event changed.
enum Page {
    /// No page.
    None,
    Profile,
    Organisation,
    Members,
    /// The page of the event's record, in this part of the portal and of the desk.
    Record(&'static str),
}

fn page(event: &Event) -> Page {
    match event {
        Event::PersonChanged { .. }
        | Event::DateAdded { .. }
        | Event::DateRemoved { .. }
        | Event::NoticesChanged { .. }
        | Event::PasswordChanged => Page::Profile,
        Event::OrganisationChanged { .. }
        | Event::AddressAdded { .. }
        | Event::AddressChanged { .. }
        | Event::AddressRemoved { .. } => Page::Organisation,
        Event::MemberInvited { .. }
        | Event::InvitationSentAgain { .. }
        | Event::InvitationWithdrawn { .. }
        | Event::MemberJoined { .. }
        | Event::MemberChanged { .. }
        | Event::MemberRemoved { .. }
        | Event::MemberLeft { .. } => Page::Members,
        Event::DesignStarted { .. }
        | Event::DesignRenamed { .. }
        | Event::VersionNamed { .. }
        | Event::Proposed { .. }
        | Event::Approved { .. }
        | Event::Declined { .. }
        | Event::DesignNote { .. } => Page::Record("designs"),
        Event::OrderPlaced { .. }
        | Event::OrderNote { .. }
        | Event::DestinationChosen { .. }
        | Event::StepStarted { .. }
        | Event::StepDone { .. }
        | Event::StepPictured { .. }
        | Event::StepPlanned { .. }
        | Event::Shipped { .. }
        | Event::Delivered { .. }
        | Event::Accepted { .. } => Page::Record("orders"),
        Event::TicketOpened { .. }
        | Event::TicketMessage { .. }
        | Event::TicketSolved { .. }
        | Event::TicketReopened { .. }
        | Event::TicketNote { .. }
        | Event::TicketAssigned { .. }
        | Event::TicketReleased { .. }
        | Event::TicketPriority { .. } => Page::Record("tickets"),
        Event::Joined { .. }
        | Event::CustomerNote
        | Event::ContactNoted { .. }
        | Event::NextStepDone { .. }
        | Event::StaffAdded { .. }
        | Event::StaffChanged { .. }
        | Event::StaffRemoved { .. } => Page::None,
    }
}

/// Returns the address of the page that shows what an event changed, in the portal or at the desk. `record` is the key
/// of the event's record.
pub fn event_link(event: &Event, record: &str, links: LinkTarget) -> Option<String> {
    match (page(event), links) {
        (Page::None, _) | (Page::Profile | Page::Organisation | Page::Members, LinkTarget::Staff) => None,
        (Page::Profile, LinkTarget::Customer(_)) => Some("/profile".to_owned()),
        (Page::Members, LinkTarget::Customer(customer)) => Some(format!("/organisation/members?customer={customer}")),
        (Page::Organisation, LinkTarget::Customer(customer)) => Some(format!("/organisation?customer={customer}")),
        (Page::Record(part), LinkTarget::Customer(_)) => Some(format!("/{part}/{record}")),
        (Page::Record(part), LinkTarget::Staff) => Some(format!("/desk/{part}/{record}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::event::{Audience, EventKind, sample};

    #[test]
    fn links_lead_to_pages_of_their_reader() {
        let customer = CustomerId::from_uuid(uuid::Uuid::nil());
        for kind in EventKind::ALL {
            let event = sample(*kind);
            let for_staff = event_link(&event, "1", LinkTarget::Staff);
            assert!(for_staff.is_none_or(|link| link.starts_with("/desk/")), "{}", kind.name());
            let for_customer = event_link(&event, "1", LinkTarget::Customer(customer));
            match kind.audience() {
                Audience::Person => assert_eq!(for_customer.as_deref(), Some("/profile"), "{}", kind.name()),
                Audience::Customer | Audience::Staff => {
                    assert!(for_customer.is_none_or(|link| !link.starts_with("/desk")), "{}", kind.name());
                }
            }
        }
        let link = |kind, links| event_link(&sample(kind), "1", links);
        assert_eq!(link(EventKind::Shipped, LinkTarget::Customer(customer)).as_deref(), Some("/orders/1"));
        assert_eq!(link(EventKind::TicketNote, LinkTarget::Staff).as_deref(), Some("/desk/tickets/1"));
        assert_eq!(link(EventKind::Declined, LinkTarget::Staff).as_deref(), Some("/desk/designs/1"));
        assert_eq!(link(EventKind::Joined, LinkTarget::Staff), None);
        let members = format!("/organisation/members?customer={customer}");
        assert_eq!(link(EventKind::MemberLeft, LinkTarget::Customer(customer)), Some(members));
    }
}
