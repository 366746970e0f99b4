//! Collects the errors in a model file.

use std::{cell::RefCell, collections::BTreeSet, fmt::Display, ops::Range};

/// An error in a model file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{line}: {message}")]
pub struct ModelError {
    pub line: usize,
    pub message: String,
}

/// A range of bytes in the file.
pub(super) type ByteRange = Range<usize>;

/// How many errors are reported at most.
const ERRORS_LIMIT: usize = 100;

pub(super) struct Diagnostics<'t> {
    text: &'t str,
    errors: RefCell<BTreeSet<ModelError>>,
}

impl<'t> Diagnostics<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, errors: RefCell::default() }
    }

    pub fn report(&self, range: ByteRange, message: impl Display) {
        let before = self.text.as_bytes().get(..range.start).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let mut errors = self.errors.borrow_mut();
        if errors.len() < ERRORS_LIMIT {
            errors.insert(ModelError { line, message: message.to_string() });
        }
    }

    /// Returns the errors in order of their lines, without duplicates.
    pub fn errors(&self) -> Vec<ModelError> {
        self.errors.borrow().iter().cloned().collect()
    }
}
