//! Signing up, signing in and out, mailed links, and a person's own profile.

pub mod confirm;
pub mod forgotten;
pub mod join;
mod new_password;
pub mod profile;
pub mod reset;
pub mod sign_in;
pub mod sign_out;
pub mod sign_up;
pub mod unsubscribe;
