//! The shared document of a design room: what it holds ([`Snapshot`]), one copy of it ([`Replica`]), what may
//! enter it ([`Guard`]), and a client's part in the room ([`Session`]). A Yjs document, so that any Yjs client can take part: its schema is written down in
//! docs/room-document.md. Nothing here sends, stores or tells the time.

mod guard;
mod ledger;
mod replica;
mod session;
mod snapshot;
mod wire;

pub use guard::{Admitted, Change, Editor, Guard, Refused};
pub use replica::{Replica, Unreadable, difference};
pub use session::{ACKNOWLEDGE, Heard, NOTICE, Notice, Session, Standing};
pub use snapshot::{Comment, SchemaBreach, Snapshot, Value};
pub use wire::{read_message, read_state_vector};

/// The roots of the document. There are no others.
pub(crate) const OPTIONS: &str = "options";
pub(crate) const ORDER: &str = "order";
pub(crate) const BRIEF: &str = "brief";
pub(crate) const COMMENTS: &str = "comments";
/// The one key of the root `order`.
pub(crate) const QUANTITY: &str = "quantity";

/// Lengths of text are counted in UTF-16 units, as every Yjs client counts them.
pub const BRIEF_LIMIT: usize = 20_000;
pub const COMMENT_LIMIT: usize = 4_000;
pub const NAME_LIMIT: usize = 200;
pub const OPTION_KEY_LIMIT: usize = 64;
pub const OPTION_TEXT_LIMIT: usize = 2_000;
pub const OPTIONS_LIMIT: usize = 500;
pub const QUANTITIES: std::ops::RangeInclusive<u32> = 1..=100_000;

/// One update, as it comes from one editor.
pub const UPDATE_LIMIT: usize = 256 * 1024;
/// The whole document, as it is sent to one who opens it.
pub const DOCUMENT_LIMIT: usize = 5 * 1024 * 1024;
/// All that was ever written into a document, of which most may be gone from it.
pub const LOG_LIMIT: usize = 32 * 1024 * 1024;
/// Items ever put into one place: an option, the brief, the comments. What someone types in one go is one.
pub const PLACE_LIMIT: usize = 20_000;
/// Steps that placing the items of one update may take, about a third of a second.
pub(crate) const WORK_LIMIT: usize = 4_000_000;
