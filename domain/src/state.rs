//! The states that records go through, by the names the database and the texts use.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a state")]
pub struct UnknownState;

macro_rules! states {
    ($($(#[$doc:meta])* $type:ident { $($variant:ident = $name:literal),+ $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $type { $($variant),+ }

        impl $type {
            pub const ALL: &'static [$type] = &[$($type::$variant),+];
            pub const fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }
        }
        impl FromStr for $type {
            type Err = UnknownState;
            fn from_str(name: &str) -> Result<Self, UnknownState> {
                match name { $($name => Ok($type::$variant),)+ _ => Err(UnknownState) }
            }
        }
    )+ };
}

states! {
    CustomerKind { Person = "person", Organisation = "organisation" }
    DesignState { Designing = "designing", Proposed = "proposed", Approved = "approved" }
    ProposalState { Open = "open", Approved = "approved", Declined = "declined", Replaced = "replaced" }
    /// Whose signature an approval is.
    Side { Company = "company", Customer = "customer" }
    /// `Ready`: made, not yet handed to a carrier.
    OrderState {
        Waiting = "waiting",
        Production = "production",
        Ready = "ready",
        Delivery = "delivery",
        Delivered = "delivered",
        Accepted = "accepted",
    }
    /// `Open`: staff's turn; `Waiting`: the customer's turn.
    TicketState { Open = "open", Waiting = "waiting", Solved = "solved" }
    Priority { Low = "low", Normal = "normal", High = "high", Urgent = "urgent" }
    MessageState { Waiting = "waiting", Sent = "sent", Failed = "failed" }
    /// What people can choose to be told about by mail; what they must know (a reset, an invitation) is not here.
    NoticeKind { Designs = "designs", Orders = "orders", Tickets = "tickets" }
}
