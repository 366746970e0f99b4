//! The limits of uploads.

/// The maximum size of a file in bytes.
pub const MAX_SIZE: usize = 10 * 1000 * 1000;
/// The maximum number of files of one message.
pub const MAX_COUNT: usize = 5;
