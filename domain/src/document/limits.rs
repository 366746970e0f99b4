//! The names of the document's roots and the limits on its content. Text lengths are in UTF-16 code units, as in Yjs.

/// The roots of the document. There are no others.
pub(super) const OPTIONS: &str = "options";
pub(super) const ORDER: &str = "order";
pub(super) const BRIEF: &str = "brief";
pub(super) const COMMENTS: &str = "comments";
/// The only key of the root `order`.
pub(super) const QUANTITY: &str = "quantity";

pub const BRIEF_LIMIT: usize = 20_000;
pub const COMMENT_LIMIT: usize = 4_000;
/// The longest author name of a comment.
pub const NAME_LIMIT: usize = 200;
pub const OPTION_KEY_LIMIT: usize = 64;
pub const OPTION_TEXT_LIMIT: usize = 2_000;
/// How many options a document can have.
pub const OPTIONS_LIMIT: usize = 500;
pub const QUANTITY_RANGE: std::ops::RangeInclusive<u32> = 1..=100_000;

/// The largest update from a client, in bytes.
pub const UPDATE_LIMIT: usize = 256 * 1024;
/// The largest document, in bytes, when encoded as one update.
pub const DOCUMENT_LIMIT: usize = 5 * 1024 * 1024;
/// The largest log of a document, in bytes. The log also contains edits that were deleted since.
pub const LOG_LIMIT: usize = 32 * 1024 * 1024;
/// How many items can ever be inserted into one field of the document: an option, the brief or the comments. Text that
/// is typed without moving the cursor is one item.
pub const FIELD_ITEMS_LIMIT: usize = 20_000;
/// How many steps yrs may need to integrate the items of one update. The limit takes about a third of a second.
pub(super) const INTEGRATION_STEPS_LIMIT: usize = 4_000_000;
