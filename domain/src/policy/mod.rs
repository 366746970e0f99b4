//! Access control: who may do what with which record. Pages, WebSockets and background jobs all check here. The module
//! contains only pure functions.
//!
//! Writing is checked by [`Actor::may`]. Reading needs a key, which only an [`Actor`] gives out: a [`Permit`] for one
//! permission of staff, a [`Buyer`] for the portal, or a [`Scope`] for queries of both sides.

mod permit;
#[cfg(test)]
mod tests;

pub use permit::*;

use crate::{CustomerId, PersonId};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The role of a member of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MemberRole {
    Member,
    Administrator,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StaffRole {
    Staff,
    Administrator,
}

macro_rules! role_names {
    ($type:ident { $($variant:ident = $name:literal),+ }) => {
        impl $type {
            pub const ALL: &[Self] = &[$($type::$variant),+];
            pub const fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }
        }
        impl FromStr for $type {
            type Err = UnknownRole;
            fn from_str(name: &str) -> Result<Self, UnknownRole> {
                match name { $($name => Ok($type::$variant),)+ _ => Err(UnknownRole) }
            }
        }
    };
}
role_names!(MemberRole { Member = "member", Administrator = "administrator" });
role_names!(StaffRole { Staff = "staff", Administrator = "administrator" });

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a role")]
pub struct UnknownRole;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    pub customer: CustomerId,
    pub role: MemberRole,
}

/// A person who works for the company. Only [`Actor::staff`] returns one. It says who they are; what they may read is
/// said by their [`Permit`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staff {
    person: PersonId,
    role: StaffRole,
}

impl Staff {
    pub fn person(&self) -> PersonId {
        self.person
    }
}

/// A person who acts for one or more customers. Only [`Actor::buyer`] returns one; queries of the portal use it as
/// their scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    person: PersonId,
    memberships: Vec<Membership>,
}

impl Buyer {
    pub fn person(&self) -> PersonId {
        self.person
    }
    pub fn memberships(&self) -> &[Membership] {
        &self.memberships
    }
    /// The customer for new records if the person does not choose one.
    pub fn main_customer(&self) -> Option<CustomerId> {
        self.memberships.first().map(|membership| membership.customer)
    }
}

/// The author of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Visitor,
    Buyer(Buyer),
    Staff(Staff),
    /// The program itself: first run, background jobs, the command line.
    System,
}

/// The owner of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Customer(CustomerId),
    Person(PersonId),
    Company,
}

/// Declares an enum and the list of its variants.
macro_rules! listed {
    ($(#[$attribute:meta])* pub enum $type:ident { $($(#[$note:meta])* $variant:ident,)+ }) => {
        $(#[$attribute])*
        pub enum $type { $($(#[$note])* $variant,)+ }
        impl $type {
            pub const ALL: &[Self] = &[$($type::$variant),+];
        }
    };
}
use listed;

listed! {
    /// What an actor does to a record.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Action {
        // Records of a customer, by the customer and by staff.
        See,
        StartDesign,
        EditDesign,
        NameVersion,
        OpenTicket,
        WriteMessage,
        // By the customer only.
        AnswerProposal,
        DirectDelivery,
        AcceptDelivery,
        EditCustomer,
        ManageMembers,
        // By the person themselves.
        EditPerson,
        // By staff only.
        SeeInternal,
        Propose,
        Produce,
        HandleTicket,
        ResendMail,
        // By administrators of the company only.
        ManageCompany,
    }
}

/// Why an action is not allowed. `Missing` hides records that a person may not see: the answer is the same as for a
/// record that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("not signed in")]
    SignIn,
    #[error("the record does not exist or the person may not see it")]
    Missing,
    #[error("the person's role does not allow this")]
    Role,
}

impl Actor {
    pub fn new(person: PersonId, staff: Option<StaffRole>, memberships: Vec<Membership>) -> Self {
        match staff {
            Some(role) => Actor::Staff(Staff { person, role }),
            None => Actor::Buyer(Buyer { person, memberships }),
        }
    }

    pub fn person(&self) -> Option<PersonId> {
        match self {
            Actor::Visitor | Actor::System => None,
            Actor::Buyer(buyer) => Some(buyer.person),
            Actor::Staff(staff) => Some(staff.person),
        }
    }

    /// Returns the member of staff. Required for the desk.
    pub fn staff(&self) -> Result<Staff, Refusal> {
        match self {
            Actor::Staff(staff) => Ok(*staff),
            Actor::Visitor => Err(Refusal::SignIn),
            Actor::Buyer(_) | Actor::System => Err(Refusal::Missing),
        }
    }

    /// Returns the buyer. Required for the portal.
    pub fn buyer(&self) -> Result<&Buyer, Refusal> {
        match self {
            Actor::Buyer(buyer) => Ok(buyer),
            Actor::Visitor => Err(Refusal::SignIn),
            Actor::Staff(_) | Actor::System => Err(Refusal::Missing),
        }
    }

    /// Checks whether this actor may do this with a record of this owner.
    pub fn may(&self, action: Action, owner: Owner) -> Result<(), Refusal> {
        match self {
            Actor::System => Ok(()),
            Actor::Visitor => Err(Refusal::SignIn),
            Actor::Staff(staff) => staff_may(staff, action, owner),
            Actor::Buyer(buyer) => buyer_may(buyer, action, owner),
        }
    }
}

fn staff_may(staff: &Staff, action: Action, owner: Owner) -> Result<(), Refusal> {
    use Action::*;
    use StaffRole::{Administrator, Staff};
    match (staff.role, action) {
        (
            Staff | Administrator,
            See | SeeInternal | StartDesign | EditDesign | NameVersion | OpenTicket | WriteMessage | Propose | Produce
            | HandleTicket | ResendMail,
        ) => Ok(()),
        // Only customers sign for themselves and change their own data.
        (Staff | Administrator, AnswerProposal | DirectDelivery | AcceptDelivery | EditCustomer | ManageMembers) => {
            Err(Refusal::Role)
        }
        (Staff | Administrator, EditPerson) if owner == Owner::Person(staff.person) => Ok(()),
        (Staff | Administrator, EditPerson) => Err(Refusal::Role),
        (Administrator, ManageCompany) => Ok(()),
        (Staff, ManageCompany) => Err(Refusal::Role),
    }
}

fn buyer_may(buyer: &Buyer, action: Action, owner: Owner) -> Result<(), Refusal> {
    use Action::*;
    let role = match owner {
        Owner::Person(person) if person == buyer.person && matches!(action, See | EditPerson) => return Ok(()),
        Owner::Person(_) | Owner::Company => return Err(Refusal::Missing),
        Owner::Customer(customer) => buyer
            .memberships
            .iter()
            .find(|membership| membership.customer == customer)
            .map(|membership| membership.role)
            .ok_or(Refusal::Missing)?,
    };
    match action {
        See | StartDesign | EditDesign | NameVersion | OpenTicket | WriteMessage | AnswerProposal | DirectDelivery
        | AcceptDelivery => Ok(()),
        EditCustomer | ManageMembers if role == MemberRole::Administrator => Ok(()),
        EditCustomer | ManageMembers => Err(Refusal::Role),
        EditPerson | SeeInternal | Propose | Produce | HandleTicket | ResendMail | ManageCompany => {
            Err(Refusal::Missing)
        }
    }
}
