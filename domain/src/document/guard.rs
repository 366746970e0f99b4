//! Decides whether the server accepts an update from a client. The guard has two copies of the document: the stored
//! copy contains what is on disk; the scratch copy is where updates are tried first. A rejected update is rejected as
//! a whole and never reaches the stored copy.

use super::{
    item_index::{DocumentField, ItemIndex, NewBlock, locate_blocks},
    limits::{
        BRIEF, BRIEF_LIMIT, COMMENTS, DOCUMENT_LIMIT, FIELD_ITEMS_LIMIT, INTEGRATION_STEPS_LIMIT, LOG_LIMIT,
        OPTIONS_LIMIT, UPDATE_LIMIT,
    },
    rejection::Rejection,
    replica::{ApplyError, Replica},
    snapshot::{self, Comment, SchemaError, Value},
    wire::{BLOCKS_LIMIT, CLIENTS_LIMIT, Content, DecodedUpdate},
};
use crate::{CommentId, PersonId};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    mem::ManuallyDrop,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};
use yrs::{Any, Map, ReadTxn, StateVector, Text, Transact, TransactionMut, Update, updates::decoder::Decode};

/// The sender of an update and what the policy allows them in this design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    pub person: PersonId,
    pub name: String,
    pub may_edit: bool,
    pub may_comment: bool,
}

/// An accepted update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdmittedUpdate {
    /// The new items, encoded again by the server. This is what is stored and broadcast, not the received bytes.
    pub update: Vec<u8>,
    /// The comments that the update adds.
    pub comments: Vec<Comment>,
    /// For each client id with new items, the clock after its last item.
    pub client_clocks: BTreeMap<u64, u32>,
}

pub struct Guard {
    stored: Replica,
    scratch: Replica,
    /// Updates that the scratch copy contains and the stored copy does not.
    admitted: Vec<Vec<u8>>,
    index: ItemIndex,
    /// The person who uses each client id. Under someone else's id, a client could replace edits that are still being
    /// sent.
    client_owners: HashMap<u64, PersonId>,
    comments: HashSet<CommentId>,
    /// How many items were ever inserted into each field.
    item_counts: HashMap<DocumentField, usize>,
    /// An upper bound of the document's size in bytes, encoded as one update.
    size: usize,
    /// The size of the document's log in bytes.
    log_size: usize,
    locked: bool,
}

impl Guard {
    /// Opens a document from its log: each update and the person who made it.
    pub fn open(log: impl IntoIterator<Item = (PersonId, Vec<u8>)>, locked: bool) -> Result<Self, ApplyError> {
        let mut guard = Self {
            stored: Replica::default(),
            scratch: Replica::default(),
            admitted: Vec::new(),
            index: ItemIndex::default(),
            client_owners: HashMap::new(),
            comments: HashSet::new(),
            item_counts: HashMap::new(),
            size: 0,
            log_size: 0,
            locked,
        };
        for (person, update) in log {
            guard.replay(person, &update)?;
        }
        guard.rebuild_scratch();
        Ok(guard)
    }

    fn replay(&mut self, person: PersonId, update: &[u8]) -> Result<(), ApplyError> {
        let malformed = |error: Rejection| ApplyError::Malformed(error.to_string());
        let decoded = DecodedUpdate::decode(update).map_err(|error| malformed(error.into()))?;
        let blocks = locate_blocks(&decoded, &self.index).map_err(malformed)?;
        let comments = new_comments(&blocks).map_err(|error| malformed(error.into()))?;
        self.comments.extend(comments.iter().map(|comment| comment.id));
        self.record(person, &blocks, &count_new_items(&blocks));
        self.log_size += update.len();
        self.stored.apply(update)
    }

    /// The copy that contains what is on disk. Everything that is sent to clients comes from it.
    pub fn stored(&self) -> &Replica {
        &self.stored
    }

    /// Returns the update that brings a client with this state vector up to date; `None` if the vector is invalid.
    pub fn diff(&self, state_vector: &StateVector) -> Option<Vec<u8>> {
        catch_unwind(AssertUnwindSafe(|| self.stored.diff(state_vector))).ok()
    }

    pub fn is_locked(&self) -> bool {
        self.locked
    }

    pub fn set_locked(&mut self, locked: bool) {
        self.locked = locked;
    }

    /// Applies the admitted updates to the stored copy. To be called once they are on disk.
    pub fn commit(&mut self) -> Result<(), ApplyError> {
        self.admitted.drain(..).try_for_each(|update| self.stored.apply(&update))
    }

    /// Returns the options with all admitted updates; `None` if these do not change any option.
    pub fn changed_options(&self) -> Option<BTreeMap<String, Value>> {
        let (before, after) = (self.stored.options().ok(), self.scratch.options().ok());
        after.filter(|after| Some(after) != before.as_ref())
    }

    /// Checks an update and applies it to the scratch copy. Returns `None` if it contains nothing new. After the
    /// update is on disk, [`Guard::commit`] applies it to the stored copy.
    pub fn admit(&mut self, editor: &Editor, update: &[u8]) -> Result<Option<AdmittedUpdate>, Rejection> {
        if update.len() > UPDATE_LIMIT {
            return Err(Rejection::UpdateTooLarge);
        }
        let decoded = DecodedUpdate::decode(update)?;
        if decoded.blocks.len() > BLOCKS_LIMIT || decoded.clients > CLIENTS_LIMIT {
            return Err(Rejection::UpdateTooLarge);
        }
        if self.locked && decoded.blocks.iter().any(|block| block.end() > self.index.next_clock(block.client)) {
            return Err(Rejection::Locked);
        }
        let blocks = locate_blocks(&decoded, &self.index)?;
        let comments = self.check_insertions(editor, &blocks)?;
        let new_items = count_new_items(&blocks);
        self.check_integration_steps(&new_items)?;
        let trial = self.apply_to_scratch(update).and_then(|trial| {
            self.check_deletions(editor, &trial)?;
            self.check_size(&trial)?;
            Ok(trial)
        });
        let trial = trial.inspect_err(|_| self.rebuild_scratch())?;
        if !trial.changed {
            return Ok(None);
        }
        self.comments.extend(comments.iter().map(|comment| comment.id));
        self.record(editor.person, &blocks, &new_items);
        self.log_size += trial.encoded.len();
        self.size += trial.encoded.len();
        self.admitted.push(trial.encoded.clone());
        let client_clocks = blocks.iter().map(|new| (new.block.client, new.block.end())).collect();
        Ok(Some(AdmittedUpdate { update: trial.encoded, comments, client_clocks }))
    }

    /// Checks the new items and returns the comments among them.
    fn check_insertions(&self, editor: &Editor, blocks: &[NewBlock<'_>]) -> Result<Vec<Comment>, Rejection> {
        for new in blocks {
            if self.client_owners.get(&new.block.client).is_some_and(|owner| *owner != editor.person) {
                return Err(Rejection::ForeignClient);
            }
            check_block(editor, new)?;
        }
        let mut ids = HashSet::new();
        let comments = new_comments(blocks)?;
        for comment in &comments {
            if comment.author != editor.person || comment.name != editor.name {
                return Err(Rejection::ForgedAuthor);
            }
            if self.comments.contains(&comment.id) || !ids.insert(comment.id) {
                return Err(SchemaError::DuplicateComment.into());
            }
        }
        Ok(comments)
    }

    /// Limits how long yrs takes to integrate the new items, now and each time the log is replayed. To find the
    /// position of one item, yrs may have to visit every other item in the same field.
    fn check_integration_steps(&self, new_items: &HashMap<&DocumentField, usize>) -> Result<(), Rejection> {
        let mut steps = 0;
        for (field, new) in new_items {
            let total = self.item_counts.get(field).copied().unwrap_or_default() + new;
            if total > FIELD_ITEMS_LIMIT {
                return Err(Rejection::DocumentFull);
            }
            steps += new * total;
        }
        if steps > INTEGRATION_STEPS_LIMIT { Err(Rejection::UpdateTooLarge) } else { Ok(()) }
    }

    /// Checks the deletion of items that existed before the update.
    fn check_deletions(&self, editor: &Editor, trial: &Trial) -> Result<(), Rejection> {
        for (client, clocks) in &trial.deleted {
            let existing = clocks.start..clocks.end.min(self.index.next_clock(*client));
            if existing.is_empty() {
                continue;
            }
            if self.locked {
                return Err(Rejection::Locked);
            }
            for field in self.index.fields(*client, existing) {
                match field {
                    DocumentField::Comments => return Err(Rejection::CommentRemoved),
                    DocumentField::Option(_) | DocumentField::Quantity | DocumentField::Brief if !editor.may_edit => {
                        return Err(Rejection::MayNotEdit);
                    }
                    DocumentField::Option(_) | DocumentField::Quantity | DocumentField::Brief => {}
                }
            }
        }
        Ok(())
    }

    fn check_size(&mut self, trial: &Trial) -> Result<(), Rejection> {
        if trial.brief_length > BRIEF_LIMIT {
            return Err(SchemaError::BriefTooLong.into());
        }
        if trial.options > OPTIONS_LIMIT {
            return Err(SchemaError::TooManyOptions.into());
        }
        if self.log_size + trial.encoded.len() > LOG_LIMIT {
            return Err(Rejection::DocumentFull);
        }
        if self.size + trial.encoded.len() > DOCUMENT_LIMIT {
            // `size` is only an upper bound, because deleted content is still counted. Encoding the document gives its
            // real size, but is slow.
            self.size = self.scratch.full_update().len();
            if self.size > DOCUMENT_LIMIT {
                return Err(Rejection::DocumentFull);
            }
        }
        Ok(())
    }

    fn record(&mut self, person: PersonId, blocks: &[NewBlock<'_>], new_items: &HashMap<&DocumentField, usize>) {
        for (field, new) in new_items {
            *self.item_counts.entry(DocumentField::clone(field)).or_default() += new;
        }
        for new in blocks {
            self.client_owners.entry(new.block.client).or_insert(person);
            self.index.extend(new.block.client, new.block.end(), new.field.clone());
        }
    }

    /// Applies an update to the scratch copy. If yrs panics in spite of the checks before, the transaction is leaked,
    /// because dropping it would continue the work that panicked.
    fn apply_to_scratch(&self, update: &[u8]) -> Result<Trial, Rejection> {
        let scratch = &self.scratch;
        catch_unwind(AssertUnwindSafe(|| {
            let update = Update::decode_v1(update).map_err(|_| Rejection::Malformed)?;
            let mut txn = ManuallyDrop::new(scratch.doc.transact_mut());
            let applied = txn.apply_update(update);
            txn.commit();
            let trial = match applied {
                Ok(()) if txn.has_missing_updates() => Err(Rejection::Incomplete),
                Ok(()) => Trial::read(scratch, &txn),
                Err(_) => Err(Rejection::Malformed),
            };
            drop(ManuallyDrop::into_inner(txn));
            trial
        }))
        .unwrap_or(Err(Rejection::Malformed))
    }

    /// Replaces the scratch copy after a rejection, from the stored copy and the admitted updates.
    fn rebuild_scratch(&mut self) {
        let scratch = Replica::default();
        let stored = self.stored.full_update();
        self.size = stored.len() + self.admitted.iter().map(Vec::len).sum::<usize>();
        // The server encoded these bytes itself. If one could not be applied, later updates would be incomplete.
        for update in std::iter::once(&stored).chain(&self.admitted) {
            let _ = scratch.apply(update);
        }
        self.scratch = scratch;
    }
}

/// The effect of an update on the scratch copy.
struct Trial {
    changed: bool,
    encoded: Vec<u8>,
    deleted: Vec<(u64, Range<u32>)>,
    brief_length: usize,
    options: usize,
}

/// The number of roots: `options`, `order`, `brief` and `comments`.
const ROOTS: usize = 4;

impl Trial {
    fn read(scratch: &Replica, txn: &TransactionMut<'_>) -> Result<Self, Rejection> {
        if txn.root_refs().count() != ROOTS {
            return Err(Rejection::Schema(SchemaError::WrongKind("content")));
        }
        let deleted = txn
            .delete_set()
            .iter()
            .flat_map(|(client, ranges)| ranges.iter().map(move |range| (client.get(), range.clone())))
            .collect();
        Ok(Self {
            changed: txn.has_changes(),
            encoded: txn.encode_update_v1(),
            deleted,
            brief_length: scratch.brief.len(txn) as usize,
            options: scratch.options.len(txn) as usize,
        })
    }
}

/// Counts the new items of an update by field.
fn count_new_items<'a>(blocks: &'a [NewBlock<'_>]) -> HashMap<&'a DocumentField, usize> {
    let mut counts = HashMap::new();
    for new in blocks.iter().filter(|new| !new.extends_item()) {
        *counts.entry(&new.field).or_default() += 1;
    }
    counts
}

fn check_block(editor: &Editor, new: &NewBlock<'_>) -> Result<(), Rejection> {
    let is_comment = matches!(new.field, DocumentField::Comments);
    if !is_comment && !editor.may_edit {
        return Err(Rejection::MayNotEdit);
    }
    if is_comment && !editor.may_comment {
        return Err(Rejection::MayNotComment);
    }
    if new.field != DocumentField::Brief && new.block.origin.has_right() {
        // Without a right neighbour, the position of an item does not depend on the order in which updates arrive,
        // even if the update was forged.
        return Err(SchemaError::NotLast.into());
    }
    match (&new.field, &new.block.content) {
        (_, Content::Deleted) | (DocumentField::Brief, Content::Text) => Ok(()),
        (DocumentField::Option(key), Content::Values(values)) => {
            let value = single(values).ok_or_else(|| SchemaError::OptionValue(key.to_string()))?;
            Value::from_any(key, value)?;
            Ok(())
        }
        (DocumentField::Quantity, Content::Values(values)) => {
            snapshot::read_quantity(single(values).ok_or(SchemaError::Quantity)?)?;
            Ok(())
        }
        // Checked by `new_comments`.
        (DocumentField::Comments, Content::Values(_)) => Ok(()),
        (DocumentField::Brief, Content::Values(_)) => Err(SchemaError::WrongKind(BRIEF).into()),
        (DocumentField::Comments, Content::Text) => Err(SchemaError::WrongKind(COMMENTS).into()),
        (DocumentField::Option(key), Content::Text) => Err(SchemaError::OptionValue(key.to_string()).into()),
        (DocumentField::Quantity, Content::Text) => Err(SchemaError::Quantity.into()),
    }
}

fn single(values: &[Any]) -> Option<&Any> {
    match values {
        [value] => Some(value),
        _ => None,
    }
}

fn new_comments(blocks: &[NewBlock<'_>]) -> Result<Vec<Comment>, SchemaError> {
    blocks
        .iter()
        .filter(|new| new.field == DocumentField::Comments)
        .filter_map(|new| match &new.block.content {
            Content::Values(values) => Some(&values[new.known_len as usize..]),
            _ => None,
        })
        .flatten()
        .map(Comment::from_any)
        .collect()
}
