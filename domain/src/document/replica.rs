//! One copy of the document and the edits that people make in it. The browser has one copy, the server two. Each edit
//! returns the update to send to the other copies, or `None` if it changes nothing.

use super::{
    limits::{BRIEF, BRIEF_LIMIT, COMMENTS, OPTIONS, ORDER, QUANTITY, QUANTITY_RANGE},
    snapshot::{self, Comment, SchemaError, Snapshot, Value},
};
use std::collections::BTreeMap;
use yrs::updates::{decoder::Decode, encoder::Encode};
use yrs::{
    Any, Array, ArrayRef, ClientID, Doc, GetString, Map, MapRef, Number, OffsetKind, Options, Out, ReadTxn,
    StateVector, Text, TextRef, Transact, TransactionMut, Update,
};

pub struct Replica {
    pub(super) doc: Doc,
    pub(super) options: MapRef,
    pub(super) order: MapRef,
    pub(super) brief: TextRef,
    pub(super) comments: ArrayRef,
}

/// Why an update could not be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    #[error("not an update: {0}")]
    Malformed(String),
    #[error("the update depends on updates that are missing")]
    Incomplete,
}

impl Default for Replica {
    fn default() -> Self {
        Self::open(Options::default())
    }
}

impl Replica {
    /// Creates an empty copy with this client id. Two copies must never edit with the same id.
    pub fn with_client_id(id: u32) -> Self {
        Self::open(Options::with_client_id(ClientID::new(u64::from(id))))
    }

    fn open(options: Options) -> Self {
        let doc = Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..options });
        Self {
            options: doc.get_or_insert_map(OPTIONS),
            order: doc.get_or_insert_map(ORDER),
            brief: doc.get_or_insert_text(BRIEF),
            comments: doc.get_or_insert_array(COMMENTS),
            doc,
        }
    }

    /// The Yjs client id of this copy's edits.
    pub fn client_id(&self) -> u64 {
        self.doc.client_id().get()
    }

    /// The underlying Yjs document, for the awareness protocol and for cursors.
    pub fn doc(&self) -> &Doc {
        &self.doc
    }

    /// Applies an update from a trusted source: the server or its log. Untrusted updates go through [`Guard::admit`].
    ///
    /// [`Guard::admit`]: super::Guard::admit
    pub fn apply(&self, update: &[u8]) -> Result<(), ApplyError> {
        let update = Update::decode_v1(update).map_err(|error| ApplyError::Malformed(error.to_string()))?;
        let mut txn = self.doc.transact_mut();
        txn.apply_update(update).map_err(|error| ApplyError::Malformed(error.to_string()))?;
        if txn.has_missing_updates() { Err(ApplyError::Incomplete) } else { Ok(()) }
    }

    pub fn snapshot(&self) -> Result<Snapshot, SchemaError> {
        snapshot::read(&self.doc.transact())
    }

    /// Reads only the options. The time does not depend on the size of the brief and the comments.
    pub fn options(&self) -> Result<BTreeMap<String, Value>, SchemaError> {
        snapshot::read_options(&self.doc.transact(), &self.options)
    }

    /// Returns the encoded state vector: which updates this copy contains.
    pub fn state_vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// Returns the update that brings a copy with this state vector up to date.
    pub fn diff(&self, state_vector: &StateVector) -> Vec<u8> {
        self.doc.transact().encode_diff_v1(state_vector)
    }

    /// Encodes the whole document as one update.
    pub fn full_update(&self) -> Vec<u8> {
        self.diff(&StateVector::default())
    }

    /// Sets an option; `None` resets it to the default of the product model.
    pub fn set_option(&self, key: &str, value: Option<&Value>) -> Result<Option<Vec<u8>>, SchemaError> {
        snapshot::check_option_key(key)?;
        let value = value.map(|value| value.to_any(key)).transpose()?;
        let mut txn = self.doc.transact_mut();
        match (self.options.get(&txn, key), value) {
            (Some(Out::Any(current)), Some(value)) if current == value => {}
            (None, None) => {}
            (_, Some(value)) => {
                self.options.insert(&mut txn, key, value);
            }
            (Some(_), None) => {
                self.options.remove(&mut txn, key);
            }
        }
        Ok(finish(txn))
    }

    pub fn set_quantity(&self, quantity: u32) -> Result<Option<Vec<u8>>, SchemaError> {
        if !QUANTITY_RANGE.contains(&quantity) {
            return Err(SchemaError::Quantity);
        }
        let value = Any::Number(Number::Int(i64::from(quantity)));
        let mut txn = self.doc.transact_mut();
        if self.order.get(&txn, QUANTITY) != Some(Out::Any(value.clone())) {
            self.order.insert(&mut txn, QUANTITY, value);
        }
        Ok(finish(txn))
    }

    /// Replaces only the part of the brief that differs from `brief`, so that concurrent edits around it are preserved.
    pub fn set_brief(&self, brief: &str) -> Result<Option<Vec<u8>>, SchemaError> {
        if snapshot::utf16_len(brief) > BRIEF_LIMIT {
            return Err(SchemaError::BriefTooLong);
        }
        let mut txn = self.doc.transact_mut();
        let current = self.brief.get_string(&txn);
        let (start, old, new) = text_difference(&current, brief);
        self.splice(&mut txn, snapshot::utf16_len(&current[..start]), snapshot::utf16_len(old), new);
        Ok(finish(txn))
    }

    /// Replaces `removed` UTF-16 code units of the brief at offset `at`. Offsets beyond the end mean the end.
    pub fn splice_brief(&self, at: usize, removed: usize, inserted: &str) -> Result<Option<Vec<u8>>, SchemaError> {
        let mut txn = self.doc.transact_mut();
        let length = self.brief.len(&txn) as usize;
        let at = at.min(length);
        let removed = removed.min(length - at);
        if length - removed + snapshot::utf16_len(inserted) > BRIEF_LIMIT {
            return Err(SchemaError::BriefTooLong);
        }
        self.splice(&mut txn, at, removed, inserted);
        Ok(finish(txn))
    }

    fn splice(&self, txn: &mut TransactionMut<'_>, at: usize, removed: usize, inserted: &str) {
        if removed > 0 {
            self.brief.remove_range(txn, at as u32, removed as u32);
        }
        if !inserted.is_empty() {
            self.brief.insert(txn, at as u32, inserted);
        }
    }

    pub fn add_comment(&self, comment: &Comment) -> Result<Option<Vec<u8>>, SchemaError> {
        comment.check()?;
        let mut txn = self.doc.transact_mut();
        self.comments.push_back(&mut txn, comment.to_any());
        Ok(finish(txn))
    }
}

/// Commits the transaction and returns its update; `None` if nothing changed.
fn finish(mut txn: TransactionMut<'_>) -> Option<Vec<u8>> {
    txn.commit();
    txn.has_changes().then(|| txn.encode_update_v1())
}

/// Compares two texts. Returns the byte offset at which they begin to differ, and the differing part of each.
pub fn text_difference<'a>(old: &'a str, new: &'a str) -> (usize, &'a str, &'a str) {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let start: usize = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (&old[start..], &new[start..]);
    let end: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    (start, &old[..old.len() - end], &new[..new.len() - end])
}
