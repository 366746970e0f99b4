//! The states that records go through, by the names the database and the texts use.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a state")]
pub struct UnknownState;

macro_rules! states {
    ($($(#[$doc:meta])* $type:ident { $($(#[$about:meta])* $variant:ident = $name:literal),+ $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $type { $($(#[$about])* $variant),+ }

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
    /// What kept a message from leaving, as far as staff can do something about it.
    Obstacle {
        /// The mail server will never take this message: mostly, there is no such mailbox.
        Refused = "refused",
        /// It does not take it for now.
        Later = "later",
        /// It does not take our user and password.
        Password = "password",
        /// Its certificate is not one that we trust.
        Certificate = "certificate",
        /// It does not encrypt.
        Unencrypted = "unencrypted",
        /// Nobody answers, or the connection broke off.
        Unreachable = "unreachable",
        /// It did not finish in time.
        Slow = "slow",
        /// The message itself cannot be built.
        Content = "content",
    }
    /// What people can choose to be told about by mail; what they must know (a reset, an invitation) is not here.
    NoticeKind { Designs = "designs", Orders = "orders", Tickets = "tickets" }
}
