//! Accounts: passwords, sessions, signing in, forgotten passwords. Signing up is in [`crate::customer::sign_up`]. Every
//! way to sign in ends with [`session::open`].

pub mod password;
pub mod reset;
pub mod session;
pub mod sign_in;
mod token;

use crate::{
    outbox::{Content, Mail, MailKind, Recipient},
    person::Person,
};
use domain::Language;

/// Returns a mail about an account, to its owner.
pub(crate) fn account_mail(person: &Person, kind: MailKind, content: Content) -> Mail {
    let to = Recipient { person: Some(person.id), address: person.email.clone(), language: person.language };
    Mail { kind, to, customer: None, content, thread: None }
}

/// Returns a mail about signing in or up, to an address that has no account.
pub(crate) fn mail_to(address: String, language: Language, kind: MailKind, content: Content) -> Mail {
    let to = Recipient { person: None, address, language };
    Mail { kind, to, customer: None, content, thread: None }
}
