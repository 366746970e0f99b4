//! States and kinds of records, with the names that the database and the translations use.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown state")]
pub struct UnknownState;

macro_rules! states {
    ($($(#[$doc:meta])* $type:ident { $($(#[$about:meta])* $variant:ident = $name:literal),+ $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $type { $($(#[$about])* #[serde(rename = $name)] $variant),+ }

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
    /// The party that signed an approval.
    Side { Company = "company", Customer = "customer" }
    /// `Ready` means produced and not yet handed to a carrier.
    OrderState {
        Waiting = "waiting",
        Production = "production",
        Ready = "ready",
        Delivery = "delivery",
        Delivered = "delivered",
        Accepted = "accepted",
    }
    /// `Open` means that staff must answer, `Waiting` that the customer must.
    TicketState { Open = "open", Waiting = "waiting", Solved = "solved" }
    Priority { Low = "low", Normal = "normal", High = "high", Urgent = "urgent" }
    MailState { Waiting = "waiting", Sent = "sent", Failed = "failed" }
    /// The reason why a mail could not be sent, in categories that staff can act on.
    SendFailure {
        /// The mail server rejected the mail permanently, usually because the mailbox does not exist.
        Refused = "refused",
        /// The mail server rejected the mail temporarily.
        Deferred = "later",
        /// The mail server rejected the user name or the password.
        Credentials = "password",
        /// The certificate of the mail server is not trusted.
        Certificate = "certificate",
        /// The mail server does not support encryption.
        Unencrypted = "unencrypted",
        /// The connection failed or was interrupted.
        Unreachable = "unreachable",
        /// The mail server did not answer in time.
        Timeout = "slow",
        /// The mail itself cannot be built.
        Content = "content",
    }
    /// The kinds of mail that people can turn off. Required mail, such as a password reset or an invitation, has no
    /// kind here.
    NotificationKind { Designs = "designs", Orders = "orders", Tickets = "tickets" }
}
