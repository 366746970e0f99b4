//! Accounts: signing up, proving an address, signing in and out, forgotten passwords. A sign-in through an OpenID
//! provider will end where [`session::open`] begins, as signing in with a password does.

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

/// About someone's account, to them.
pub(crate) fn account_mail(person: &Person, kind: MailKind, content: Content) -> Mail {
    let to = Recipient { person: Some(person.id), address: person.email.clone(), language: person.language };
    Mail { kind, to, customer: None, content, thread: None }
}

/// About an account that there is not, to whoever reads this address's mail.
pub(crate) fn mail_to(address: String, language: Language, kind: MailKind, content: Content) -> Mail {
    let to = Recipient { person: None, address, language };
    Mail { kind, to, customer: None, content, thread: None }
}
