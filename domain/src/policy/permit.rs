//! Keys for reading. A query of the store takes the key that it needs as a parameter, so it cannot be called without
//! asking the policy. A new role of staff gets fewer permissions in [`is_granted`]; the queries stay the same.

use super::{Actor, Refusal, StaffRole, listed};
use crate::PersonId;
use std::marker::PhantomData;

/// A type that stands for a [`Permission`], as the parameter of a [`Permit`].
pub trait Permitted {
    const PERMISSION: Permission;
}

/// Declares the permissions, and for each a type with the same name.
macro_rules! permissions {
    ($($(#[$note:meta])* $name:ident,)+) => {
        listed! {
            /// What a member of staff may be permitted to read.
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub enum Permission { $($(#[$note])* $name,)+ }
        }
        $(
            $(#[$note])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub struct $name;

            impl Permitted for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )+
    };
}

permissions! {
    /// Customers with their members, addresses and internal notes.
    ReadCustomers,
    /// The timeline of a customer, with internal events and all mail.
    ReadTimeline,
    /// Designs, versions and proposals, with internal notes.
    ReadDesigns,
    /// What products and versions cost the company.
    ReadCosts,
    /// Orders, with internal notes.
    ReadOrders,
    /// Tickets, with internal notes and handling.
    ReadTickets,
    /// The files of tickets and orders.
    ReadFiles,
    /// The mail of the outbox, without the links that give access to an account.
    ReadOutbox,
    /// The links in the outbox that give access to an account.
    ReadAccountLinks,
    /// The timeline of the company itself: changes of its staff.
    ReadCompanyTimeline,
}

/// Whether staff with this role have the permission.
const fn is_granted(role: StaffRole, permission: Permission) -> bool {
    use Permission::*;
    use StaffRole::{Administrator, Staff};
    match (role, permission) {
        (
            Staff | Administrator,
            ReadCustomers | ReadTimeline | ReadDesigns | ReadCosts | ReadOrders | ReadTickets | ReadFiles | ReadOutbox,
        )
        | (Administrator, ReadAccountLinks | ReadCompanyTimeline) => true,
        (Staff, ReadAccountLinks | ReadCompanyTimeline) => false,
    }
}

/// Proof that a member of staff has the permission `P`, for queries of the desk. Only [`Actor::permit`] returns one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permit<P> {
    person: PersonId,
    permission: PhantomData<P>,
}

impl<P> Permit<P> {
    /// The member of staff who has the permission.
    pub fn person(&self) -> PersonId {
        self.person
    }
}

/// The records that a query for both sides may return. The store derives the SQL condition from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The records of all customers.
    All,
    /// The records of the customers that this person is a member of.
    Member(PersonId),
}

impl Actor {
    /// Returns the key for a permission. Fails with [`Refusal::Missing`] for actors who are not staff, and with
    /// [`Refusal::Role`] for staff whose role does not include it.
    pub fn permit<P: Permitted>(&self) -> Result<Permit<P>, Refusal> {
        let staff = self.staff()?;
        if is_granted(staff.role, P::PERMISSION) {
            Ok(Permit { person: staff.person, permission: PhantomData })
        } else {
            Err(Refusal::Role)
        }
    }

    /// Returns which records of the kind that `permission` stands for this actor may see.
    pub fn scope(&self, permission: Permission) -> Result<Scope, Refusal> {
        match self {
            Actor::System => Ok(Scope::All),
            Actor::Staff(staff) if is_granted(staff.role, permission) => Ok(Scope::All),
            Actor::Staff(_) => Err(Refusal::Role),
            Actor::Buyer(buyer) => Ok(Scope::Member(buyer.person)),
            Actor::Visitor => Err(Refusal::SignIn),
        }
    }
}
