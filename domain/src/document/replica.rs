//! One copy of the document, and the edits that people make in it. The browser's copy and both of the server's are
//! this type; an edit answers the update that the other copies are to be sent.

use super::{BRIEF, BRIEF_LIMIT, COMMENTS, Comment, OPTIONS, ORDER, QUANTITIES, QUANTITY, SchemaBreach, Snapshot};
use super::{Value, snapshot};
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

/// The bytes were not an update, or one that builds on something unknown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("not an update: {0}")]
    Malformed(String),
    #[error("the update builds on others that are not here")]
    Incomplete,
}

impl Default for Replica {
    fn default() -> Self {
        Self::open(Options::default())
    }
}

impl Replica {
    /// With a number of the caller's choice. Two copies must never edit under one number.
    pub fn numbered(number: u32) -> Self {
        Self::open(Options::with_client_id(ClientID::new(u64::from(number))))
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

    /// The number under which this copy's edits are known to the others.
    pub fn number(&self) -> u64 {
        self.doc.client_id().get()
    }

    /// The document beneath, for the presence protocol and for cursors.
    pub fn doc(&self) -> &Doc {
        &self.doc
    }

    /// Takes an update from someone trusted: the server, or the server's own log.
    pub fn apply(&self, update: &[u8]) -> Result<(), Unreadable> {
        let update = Update::decode_v1(update).map_err(|error| Unreadable::Malformed(error.to_string()))?;
        let mut txn = self.doc.transact_mut();
        txn.apply_update(update).map_err(|error| Unreadable::Malformed(error.to_string()))?;
        if txn.has_missing_updates() { Err(Unreadable::Incomplete) } else { Ok(()) }
    }

    pub fn snapshot(&self) -> Result<Snapshot, SchemaBreach> {
        snapshot::read(&self.doc.transact())
    }

    /// Of the snapshot the options alone, which costs no more however much was written beside them.
    pub fn options(&self) -> Result<BTreeMap<String, Value>, SchemaBreach> {
        snapshot::read_options(&self.doc.transact(), &self.options)
    }

    /// What this copy knows of, in the form that [`Replica::missing`] takes.
    pub fn state_vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// What a copy with that state vector lacks.
    pub fn missing(&self, known: &StateVector) -> Vec<u8> {
        self.doc.transact().encode_diff_v1(known)
    }

    pub fn whole(&self) -> Vec<u8> {
        self.missing(&StateVector::default())
    }

    /// Sets an option, or with `None` leaves it to the product model again.
    pub fn set_option(&self, key: &str, value: Option<&Value>) -> Result<Option<Vec<u8>>, SchemaBreach> {
        snapshot::check_option_key(key)?;
        let shared = value.map(|value| value.share(key)).transpose()?;
        let mut txn = self.doc.transact_mut();
        match (self.options.get(&txn, key), shared) {
            (Some(Out::Any(held)), Some(shared)) if held == shared => {}
            (None, None) => {}
            (_, Some(shared)) => {
                self.options.insert(&mut txn, key, shared);
            }
            (Some(_), None) => {
                self.options.remove(&mut txn, key);
            }
        }
        Ok(finish(txn))
    }

    pub fn set_quantity(&self, quantity: u32) -> Result<Option<Vec<u8>>, SchemaBreach> {
        if !QUANTITIES.contains(&quantity) {
            return Err(SchemaBreach::Quantity);
        }
        let shared = Any::Number(Number::Int(i64::from(quantity)));
        let mut txn = self.doc.transact_mut();
        if self.order.get(&txn, QUANTITY) != Some(Out::Any(shared.clone())) {
            self.order.insert(&mut txn, QUANTITY, shared);
        }
        Ok(finish(txn))
    }

    /// Makes the brief read as given by one splice, so that what others type around it meanwhile stays.
    pub fn set_brief(&self, wanted: &str) -> Result<Option<Vec<u8>>, SchemaBreach> {
        if snapshot::units(wanted) > BRIEF_LIMIT {
            return Err(SchemaBreach::BriefTooLong);
        }
        let mut txn = self.doc.transact_mut();
        let held = self.brief.get_string(&txn);
        let (start, old, new) = difference(&held, wanted);
        self.splice(&mut txn, snapshot::units(&held[..start]), snapshot::units(old), new);
        Ok(finish(txn))
    }

    /// Replaces `removed` units of the brief at `at` by a text. Beyond its end it does nothing.
    pub fn splice_brief(&self, at: usize, removed: usize, inserted: &str) -> Result<Option<Vec<u8>>, SchemaBreach> {
        let mut txn = self.doc.transact_mut();
        let length = self.brief.len(&txn) as usize;
        let at = at.min(length);
        let removed = removed.min(length - at);
        if length - removed + snapshot::units(inserted) > BRIEF_LIMIT {
            return Err(SchemaBreach::BriefTooLong);
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

    pub fn add_comment(&self, comment: &Comment) -> Result<Option<Vec<u8>>, SchemaBreach> {
        comment.check()?;
        let mut txn = self.doc.transact_mut();
        self.comments.push_back(&mut txn, comment.share());
        Ok(finish(txn))
    }
}

/// The update that tells others what was done, or nothing when nothing was.
fn finish(mut txn: TransactionMut<'_>) -> Option<Vec<u8>> {
    txn.commit();
    txn.has_changes().then(|| txn.encode_update_v1())
}

/// Where two texts begin to differ, and what stands there in each until they agree again.
pub fn difference<'a>(old: &'a str, new: &'a str) -> (usize, &'a str, &'a str) {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let start: usize = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (&old[start..], &new[start..]);
    let end: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    (start, &old[..old.len() - end], &new[..new.len() - end])
}
