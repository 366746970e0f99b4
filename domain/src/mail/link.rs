//! The page that the button of a mail opens.

use crate::{DesignId, InvalidId, OrderId, ProposalId, TicketId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The page that a mail's button opens. Stored as its path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Link {
    SignUp,
    /// The page that asks for a link to set a new password.
    Forgotten,
    Confirm(LinkSecret),
    ResetPassword(LinkSecret),
    Join(LinkSecret),
    Design(DesignId),
    Proposal(DesignId, ProposalId),
    Order(OrderId),
    Ticket(TicketId),
    DeskDesign(DesignId),
    DeskOrder(OrderId),
    DeskTicket(TicketId),
    /// The link was deleted because it contained a secret. Its path is empty.
    Deleted,
}

/// The secret of a mailed link. Anyone who has it can use the link.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkSecret(String);

impl LinkSecret {
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }
}

impl fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkSecret(…)")
    }
}

/// The error for a text that is not the path of a mail's link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the path of a mail's link")]
pub struct InvalidLink;

impl From<InvalidId> for InvalidLink {
    fn from(_: InvalidId) -> Self {
        InvalidLink
    }
}

impl Link {
    pub const fn is_deleted(&self) -> bool {
        matches!(self, Link::Deleted)
    }

    /// The path on this server, with the secret if the link has one.
    pub fn path(&self) -> String {
        match self {
            Link::SignUp => "/sign-up".to_owned(),
            Link::Forgotten => "/forgotten".to_owned(),
            Link::Confirm(secret) => format!("/confirm/{}", secret.0),
            Link::ResetPassword(secret) => format!("/reset/{}", secret.0),
            Link::Join(secret) => format!("/join/{}", secret.0),
            Link::Design(design) => format!("/designs/{design}"),
            Link::Proposal(design, proposal) => format!("/designs/{design}/proposals/{proposal}"),
            Link::Order(order) => format!("/orders/{order}"),
            Link::Ticket(ticket) => format!("/tickets/{ticket}"),
            Link::DeskDesign(design) => format!("/desk/designs/{design}"),
            Link::DeskOrder(order) => format!("/desk/orders/{order}"),
            Link::DeskTicket(ticket) => format!("/desk/tickets/{ticket}"),
            Link::Deleted => String::new(),
        }
    }
}

impl FromStr for Link {
    type Err = InvalidLink;

    fn from_str(path: &str) -> Result<Self, InvalidLink> {
        let parts: Vec<&str> = path.split('/').collect();
        Ok(match parts.as_slice() {
            [""] => Link::Deleted,
            ["", "sign-up"] => Link::SignUp,
            ["", "forgotten"] => Link::Forgotten,
            ["", "confirm", secret] => Link::Confirm(LinkSecret::new(*secret)),
            ["", "reset", secret] => Link::ResetPassword(LinkSecret::new(*secret)),
            ["", "join", secret] => Link::Join(LinkSecret::new(*secret)),
            ["", "designs", design] => Link::Design(design.parse()?),
            ["", "designs", design, "proposals", proposal] => Link::Proposal(design.parse()?, proposal.parse()?),
            ["", "orders", order] => Link::Order(order.parse()?),
            ["", "tickets", ticket] => Link::Ticket(ticket.parse()?),
            ["", "desk", "designs", design] => Link::DeskDesign(design.parse()?),
            ["", "desk", "orders", order] => Link::DeskOrder(order.parse()?),
            ["", "desk", "tickets", ticket] => Link::DeskTicket(ticket.parse()?),
            _ => return Err(InvalidLink),
        })
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.path()
    }
}

impl TryFrom<String> for Link {
    type Error = InvalidLink;
    fn try_from(path: String) -> Result<Self, InvalidLink> {
        path.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_is_read_from_its_path() {
        const ID: &str = "0193d1f4-0000-7000-8000-000000000001";
        let (design, proposal) = (ID.parse().unwrap(), ID.parse().unwrap());
        let (order, ticket) = (ID.parse().unwrap(), ID.parse().unwrap());
        let secret = || LinkSecret::new("00ff");
        for (link, path) in [
            (Link::SignUp, "/sign-up".to_owned()),
            (Link::Forgotten, "/forgotten".to_owned()),
            (Link::Confirm(secret()), "/confirm/00ff".to_owned()),
            (Link::ResetPassword(secret()), "/reset/00ff".to_owned()),
            (Link::Join(secret()), "/join/00ff".to_owned()),
            (Link::Design(design), format!("/designs/{ID}")),
            (Link::Proposal(design, proposal), format!("/designs/{ID}/proposals/{ID}")),
            (Link::Order(order), format!("/orders/{ID}")),
            (Link::Ticket(ticket), format!("/tickets/{ID}")),
            (Link::DeskDesign(design), format!("/desk/designs/{ID}")),
            (Link::DeskOrder(order), format!("/desk/orders/{ID}")),
            (Link::DeskTicket(ticket), format!("/desk/tickets/{ID}")),
            (Link::Deleted, String::new()),
        ] {
            assert_eq!(link.path(), path);
            assert_eq!(path.parse(), Ok(link));
        }
        for path in ["/", "/orders", "/orders/1042", "https://spam.example", "/desk/orders/x", "//sign-up"] {
            assert_eq!(path.parse::<Link>(), Err(InvalidLink), "{path}");
        }
        assert!(!format!("{:?}", Link::Join(secret())).contains("00ff"));
    }
}
