//! Account pages: sign-up, sign-in, sign-out, mailed links and the profile.

pub mod confirm_email;
pub mod forgotten_password;
pub mod join_organisation;
mod password_form;
pub mod profile;
pub mod reset_password;
pub mod sign_in;
pub mod sign_out;
pub mod sign_up;
pub mod unsubscribe;
