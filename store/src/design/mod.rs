//! Designs: what a customer and the staff make together, from the first choice to the approved version.
//!
//! [`start`] creates and renames a design; [`view`] reads designs; [`log`] stores the edits of a design's document and
//! [`room`] saves a room's edits with their mail; [`comment`] emails comments; [`version`] stores named versions;
//! [`desk`] has what only staff see. Proposals are in [`crate::proposal`].

pub mod comment;
pub mod desk;
pub mod log;
pub mod room;
pub mod start;
pub mod version;
pub mod view;

/// The key of the mail thread of a design.
pub(crate) fn thread(design: domain::DesignId) -> String {
    format!("design:{design}")
}
