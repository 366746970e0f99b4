//! Mails: each kind with the values of its texts and the setting that turns it off.

mod link;
mod number;
mod sample;
mod stored;

pub use link::{InvalidLink, Link, LinkSecret};
pub use sample::sample;

use crate::{NotificationKind, UnknownState};
use serde::{Deserialize, Serialize};

/// Declares [`MailContent`] and [`MailKind`]: variant, stored name, notification kind and payload of every kind.
macro_rules! mails {
    ($(
        $variant:ident = $name:literal $(about $notice:ident)? {
            $($(#[$attribute:meta])* $field:ident: $type:ty),* $(,)?
        }
    )+) => {
        /// The content of a mail without greeting and footer. `link` is the page that its button opens; `who` is the
        /// name of the person who caused the mail; `quote` is a text that a person wrote, shown unchanged.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "data")]
        pub enum MailContent {
            $(#[serde(rename = $name)] $variant {
                #[serde(rename = "path")]
                link: Link,
                $($(#[$attribute])* $field: $type),*
            }),+
        }

        /// The kind of a mail.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum MailKind { $($variant),+ }

        impl MailKind {
            pub const ALL: &'static [MailKind] = &[$(MailKind::$variant),+];

            /// The name in the database.
            pub const fn name(self) -> &'static str {
                match self { $(MailKind::$variant => $name),+ }
            }

            /// The notification setting that turns this mail off; `None` for mail that everyone must receive.
            pub const fn notification_kind(self) -> Option<NotificationKind> {
                match self { $(MailKind::$variant => mails!(@notice $($notice)?)),+ }
            }
        }

        impl std::str::FromStr for MailKind {
            type Err = UnknownState;
            fn from_str(name: &str) -> Result<Self, UnknownState> {
                match name { $($name => Ok(MailKind::$variant),)+ _ => Err(UnknownState) }
            }
        }

        impl MailContent {
            pub const fn kind(&self) -> MailKind {
                match self { $(MailContent::$variant { .. } => MailKind::$variant),+ }
            }

            pub const fn link(&self) -> &Link {
                match self { $(MailContent::$variant { link, .. } => link),+ }
            }

            /// Deletes the link and its secret.
            pub fn delete_link(&mut self) {
                *match self { $(MailContent::$variant { link, .. } => link),+ } = Link::Deleted;
            }
        }
    };
    (@notice $notice:ident) => { Some(NotificationKind::$notice) };
    (@notice) => { None };
}

mails! {
    ConfirmAddress = "confirm-address" {}
    AlreadyRegistered = "already-registered" { name: String }
    NoAccount = "no-account" {}
    ResetPassword = "reset-password" { name: String }
    Invitation = "invitation" { who: String, organisation: String }
    StaffInvitation = "staff-invitation" { who: String, company: String }
    DesignComment = "design-comment" about Designs { design: String, quote: String }
    VersionStaff = "version-staff" about Designs {
        customer: String,
        design: String,
        #[serde(with = "number")]
        version: i64,
    }
    Proposal = "proposal" about Designs { design: String, quote: Option<String> }
    Approved = "approved" {
        design: String,
        #[serde(with = "number")]
        order: i64,
    }
    ApprovedStaff = "approved-staff" about Designs {
        customer: String,
        design: String,
        #[serde(with = "number")]
        order: i64,
    }
    DeclinedStaff = "declined-staff" about Designs { customer: String, design: String, quote: String }
    OrderStep = "order-step" about Orders {
        #[serde(with = "number")]
        order: i64,
        step: String,
    }
    OrderShipped = "order-shipped" about Orders {
        #[serde(with = "number")]
        order: i64,
        carrier: String,
        tracking: String,
    }
    OrderDelivered = "order-delivered" about Orders {
        #[serde(with = "number")]
        order: i64,
    }
    OrderAcceptedStaff = "order-accepted-staff" about Orders {
        customer: String,
        #[serde(with = "number")]
        order: i64,
    }
    TicketOpenedStaff = "ticket-opened-staff" about Tickets {
        customer: String,
        #[serde(flatten)]
        ticket: TicketText,
        quote: String,
    }
    TicketReceived = "ticket-received" about Tickets {
        #[serde(flatten)]
        ticket: TicketText,
        quote: String,
    }
    TicketAnswer = "ticket-answer" about Tickets {
        who: String,
        #[serde(flatten)]
        ticket: TicketText,
        quote: String,
    }
    TicketSolved = "ticket-solved" about Tickets {
        who: String,
        #[serde(flatten)]
        ticket: TicketText,
    }
    TicketMessageStaff = "ticket-message-staff" about Tickets {
        who: String,
        #[serde(flatten)]
        ticket: TicketText,
        quote: String,
    }
}

/// The ticket that a mail is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketText {
    #[serde(rename = "ticket", with = "number")]
    pub number: i64,
    pub subject: String,
    /// The names of the files attached to the message, separated by commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<String>,
}

impl MailKind {
    /// Whether the mail is about someone's access to the portal. Most of these mails contain a link that signs in
    /// anyone who opens it. So the link is deleted after the mail was sent, and few people may see it before.
    pub const fn is_about_account(self) -> bool {
        match self {
            MailKind::ConfirmAddress
            | MailKind::AlreadyRegistered
            | MailKind::NoAccount
            | MailKind::ResetPassword
            | MailKind::Invitation
            | MailKind::StaffInvitation => true,
            MailKind::DesignComment
            | MailKind::VersionStaff
            | MailKind::Proposal
            | MailKind::Approved
            | MailKind::ApprovedStaff
            | MailKind::DeclinedStaff
            | MailKind::OrderStep
            | MailKind::OrderShipped
            | MailKind::OrderDelivered
            | MailKind::OrderAcceptedStaff
            | MailKind::TicketOpenedStaff
            | MailKind::TicketReceived
            | MailKind::TicketAnswer
            | MailKind::TicketSolved
            | MailKind::TicketMessageStaff => false,
        }
    }
}

impl MailContent {
    /// The text of a person that the mail quotes, if any.
    pub fn quote(&self) -> Option<&str> {
        match self {
            MailContent::DesignComment { quote, .. }
            | MailContent::DeclinedStaff { quote, .. }
            | MailContent::TicketOpenedStaff { quote, .. }
            | MailContent::TicketReceived { quote, .. }
            | MailContent::TicketAnswer { quote, .. }
            | MailContent::TicketMessageStaff { quote, .. } => Some(quote),
            MailContent::Proposal { quote, .. } => quote.as_deref(),
            MailContent::ConfirmAddress { .. }
            | MailContent::AlreadyRegistered { .. }
            | MailContent::NoAccount { .. }
            | MailContent::ResetPassword { .. }
            | MailContent::Invitation { .. }
            | MailContent::StaffInvitation { .. }
            | MailContent::VersionStaff { .. }
            | MailContent::Approved { .. }
            | MailContent::ApprovedStaff { .. }
            | MailContent::OrderStep { .. }
            | MailContent::OrderShipped { .. }
            | MailContent::OrderDelivered { .. }
            | MailContent::OrderAcceptedStaff { .. }
            | MailContent::TicketSolved { .. } => None,
        }
    }

    /// The ticket that the mail is about, if any.
    pub fn ticket(&self) -> Option<&TicketText> {
        match self {
            MailContent::TicketOpenedStaff { ticket, .. }
            | MailContent::TicketReceived { ticket, .. }
            | MailContent::TicketAnswer { ticket, .. }
            | MailContent::TicketSolved { ticket, .. }
            | MailContent::TicketMessageStaff { ticket, .. } => Some(ticket),
            MailContent::ConfirmAddress { .. }
            | MailContent::AlreadyRegistered { .. }
            | MailContent::NoAccount { .. }
            | MailContent::ResetPassword { .. }
            | MailContent::Invitation { .. }
            | MailContent::StaffInvitation { .. }
            | MailContent::DesignComment { .. }
            | MailContent::VersionStaff { .. }
            | MailContent::Proposal { .. }
            | MailContent::Approved { .. }
            | MailContent::ApprovedStaff { .. }
            | MailContent::DeclinedStaff { .. }
            | MailContent::OrderStep { .. }
            | MailContent::OrderShipped { .. }
            | MailContent::OrderDelivered { .. }
            | MailContent::OrderAcceptedStaff { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests;
