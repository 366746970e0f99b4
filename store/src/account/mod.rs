//! Accounts: signing up, proving an address, signing in and out, forgotten passwords. A sign-in through an OpenID
//! provider will end where [`session::open`] begins, as signing in with a password does.

pub mod password;
pub mod reset;
pub mod session;
pub mod sign_in;
pub mod sign_up;
mod token;
