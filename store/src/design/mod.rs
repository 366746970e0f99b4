//! Designs: what a customer and the staff make together, from the first choice to the approved version.
//!
//! [`log`] the room's document; [`start`] beginning one; [`view`] reading; [`version`] named versions; [`proposal`]
//! what the company offers; [`answer`] the customer's approval or refusal; [`comment`] who is told what was said;
//! [`desk`] what only staff see.

pub mod answer;
pub mod comment;
pub mod desk;
pub mod log;
pub mod proposal;
pub mod start;
pub mod version;
pub mod view;

/// The conversation that a design's mails belong to.
fn thread(design: domain::DesignId) -> String {
    format!("design:{design}")
}
