//! Accounts: signing up, proving an address, signing in and out, forgotten passwords. A sign-in through an OpenID
//! provider will end where [`session::open`] begins, as signing in with a password does.

pub mod password;
pub mod reset;
pub mod session;
pub mod sign_in;
pub mod sign_up;
mod token;

use crate::{
    outbox::{Mail, Recipient},
    person::Person,
};
use domain::{Language, mail::MailContent};

/// About someone's account, to them.
fn account_mail(person: &Person, content: MailContent) -> Mail {
    let to = Recipient { person: Some(person.id), address: person.email.clone(), language: person.language };
    Mail { to, customer: None, content, thread: None }
}

/// About an account that there is not, to whoever reads this address's mail.
fn mail_to(address: String, language: Language, content: MailContent) -> Mail {
    let to = Recipient { person: None, address, language };
    Mail { to, customer: None, content, thread: None }
}
