//! Decides whether an update from outside may enter a document. It keeps two copies: the live one, which holds what
//! is stored, and a scratch one, in which an update is tried first. What is refused is refused as a whole, and the
//! live copy never sees it.

use super::{
    Comment, DOCUMENT_LIMIT, LOG_LIMIT, OPTIONS_LIMIT, PLACE_LIMIT, Replica, SchemaBreach, UPDATE_LIMIT, Unreadable,
    Value, WORK_LIMIT,
    ledger::{Ledger, Place, Placed, place},
    snapshot,
    wire::{BLOCKS_LIMIT, CLIENTS_LIMIT, Content, Fault, Shape},
};
use crate::{CommentId, PersonId};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    mem::ManuallyDrop,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};
use yrs::{Any, Map, ReadTxn, StateVector, Text, Transact, TransactionMut, Update, updates::decoder::Decode};

/// Who sends, and what the policy lets them do in this design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    pub person: PersonId,
    pub name: String,
    pub may_edit: bool,
    pub may_comment: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the design is approved and changes no more")]
    Locked,
    #[error("the person may not edit this design")]
    MayNotEdit,
    #[error("the person may not comment on this design")]
    MayNotComment,
    #[error("a comment stays as it was written")]
    CommentRemoved,
    #[error("a comment is signed by someone else")]
    ForgedAuthor,
    #[error("a client number belongs to someone else")]
    ForeignClient,
    #[error("the update is larger than {UPDATE_LIMIT} bytes or has too many parts")]
    UpdateTooLarge,
    #[error("the document would grow beyond {DOCUMENT_LIMIT} bytes, or its log beyond {LOG_LIMIT}")]
    DocumentFull,
    #[error("the bytes are not an update")]
    Malformed,
    #[error("the update builds on others that are not here")]
    Incomplete,
    #[error(transparent)]
    Schema(#[from] SchemaBreach),
}

impl Refused {
    /// The reason in the words of the protocol (docs/room-document.md).
    pub fn code(&self) -> &'static str {
        match self {
            Refused::Locked => "locked",
            Refused::MayNotEdit => "may-not-edit",
            Refused::MayNotComment => "may-not-comment",
            Refused::CommentRemoved => "comment-removed",
            Refused::ForgedAuthor => "forged-author",
            Refused::ForeignClient => "foreign-client",
            Refused::UpdateTooLarge => "update-too-large",
            Refused::DocumentFull => "document-full",
            Refused::Malformed => "malformed",
            Refused::Incomplete => "incomplete",
            Refused::Schema(_) => "schema",
        }
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Malformed => Refused::Malformed,
            Fault::Gap => Refused::Incomplete,
            Fault::Content => Refused::Schema(SchemaBreach::WrongKind("content")),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admitted {
    /// Everything in the update was known.
    Nothing,
    Change(Change),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was new, written anew: this is what is stored and sent on, not the bytes that came.
    pub update: Vec<u8>,
    /// What it says to others.
    pub comments: Vec<Comment>,
    /// How far it brings the clients of which it has items.
    pub reaches: BTreeMap<u64, u32>,
}

pub struct Guard {
    live: Replica,
    scratch: Replica,
    /// What the scratch copy has and the live one has not.
    batch: Vec<Vec<u8>>,
    ledger: Ledger,
    /// Whose each client number is: with another's number one could take the place of edits still on their way.
    owners: HashMap<u64, PersonId>,
    comments: HashSet<CommentId>,
    /// How many items were ever put into each place.
    items: HashMap<Place, usize>,
    /// At least what the document takes when written whole.
    size: usize,
    /// What its log takes.
    logged: usize,
    locked: bool,
}

impl Guard {
    /// The document as its log says, each update with who made it.
    pub fn open(log: impl IntoIterator<Item = (PersonId, Vec<u8>)>, locked: bool) -> Result<Self, Unreadable> {
        let mut guard = Self {
            live: Replica::default(),
            scratch: Replica::default(),
            batch: Vec::new(),
            ledger: Ledger::default(),
            owners: HashMap::new(),
            comments: HashSet::new(),
            items: HashMap::new(),
            size: 0,
            logged: 0,
            locked,
        };
        for (person, update) in log {
            guard.replay(person, &update)?;
        }
        guard.rebuild();
        Ok(guard)
    }

    fn replay(&mut self, person: PersonId, update: &[u8]) -> Result<(), Unreadable> {
        let unreadable = |error: Refused| Unreadable::Malformed(error.to_string());
        let shape = Shape::read(update).map_err(|fault| unreadable(fault.into()))?;
        let placed = place(&shape, &self.ledger).map_err(unreadable)?;
        let comments = new_comments(&placed).map_err(|breach| unreadable(breach.into()))?;
        self.comments.extend(comments.iter().map(|comment| comment.id));
        self.record(person, &placed, &items(&placed));
        self.logged += update.len();
        self.live.apply(update)
    }

    /// What is stored. Everything that is sent to people is taken from here.
    pub fn live(&self) -> &Replica {
        &self.live
    }

    /// What someone lacks who knows this much; nothing when their claim makes no sense.
    pub fn missing(&self, known: &StateVector) -> Option<Vec<u8>> {
        catch_unwind(AssertUnwindSafe(|| self.live.missing(known))).ok()
    }

    pub fn locked(&self) -> bool {
        self.locked
    }

    pub fn set_locked(&mut self, locked: bool) {
        self.locked = locked;
    }

    /// Once the admitted changes are stored: the live copy takes them.
    pub fn settle(&mut self) -> Result<(), Unreadable> {
        self.batch.drain(..).try_for_each(|update| self.live.apply(&update))
    }

    /// What the options will be with the admitted changes, where these change them.
    pub fn new_options(&self) -> Option<BTreeMap<String, Value>> {
        let (before, after) = (self.live.options().ok(), self.scratch.options().ok());
        after.filter(|after| Some(after) != before.as_ref())
    }

    /// Tries an update. A change that is admitted waits for [`Guard::settle`].
    pub fn admit(&mut self, editor: &Editor, update: &[u8]) -> Result<Admitted, Refused> {
        if update.len() > UPDATE_LIMIT {
            return Err(Refused::UpdateTooLarge);
        }
        let shape = Shape::read(update)?;
        if shape.blocks.len() > BLOCKS_LIMIT || shape.clients > CLIENTS_LIMIT {
            return Err(Refused::UpdateTooLarge);
        }
        if self.locked && shape.blocks.iter().any(|block| block.end() > self.ledger.known(block.client)) {
            return Err(Refused::Locked);
        }
        let placed = place(&shape, &self.ledger)?;
        let comments = self.check_insertions(editor, &placed)?;
        let new = items(&placed);
        self.check_work(&new)?;
        let tried = self.attempt(update).and_then(|tried| {
            self.check_deletions(editor, &tried)?;
            self.check_size(&tried)?;
            Ok(tried)
        });
        let tried = tried.inspect_err(|_| self.rebuild())?;
        if !tried.changed {
            return Ok(Admitted::Nothing);
        }
        self.comments.extend(comments.iter().map(|comment| comment.id));
        self.record(editor.person, &placed, &new);
        self.logged += tried.written.len();
        self.size += tried.written.len();
        self.batch.push(tried.written.clone());
        let reaches = placed.iter().map(|item| (item.block.client, item.block.end())).collect();
        Ok(Admitted::Change(Change { update: tried.written, comments, reaches }))
    }

    fn check_insertions(&self, editor: &Editor, placed: &[Placed<'_>]) -> Result<Vec<Comment>, Refused> {
        for item in placed {
            if self.owners.get(&item.block.client).is_some_and(|owner| *owner != editor.person) {
                return Err(Refused::ForeignClient);
            }
            check_item(editor, item)?;
        }
        let mut ids = HashSet::new();
        let comments = new_comments(placed)?;
        for comment in &comments {
            if comment.author != editor.person || comment.name != editor.name {
                return Err(Refused::ForgedAuthor);
            }
            if self.comments.contains(&comment.id) || !ids.insert(comment.id) {
                return Err(SchemaBreach::CommentTwice.into());
            }
        }
        Ok(comments)
    }

    /// To find where an item comes to stand, yrs may have to pass every other in its place: this many steps, for all
    /// of them, must be few, now and whenever the log is read again.
    fn check_work(&self, new: &HashMap<&Place, usize>) -> Result<(), Refused> {
        let mut work = 0;
        for (place, new) in new {
            let all = self.items.get(place).copied().unwrap_or_default() + new;
            if all > PLACE_LIMIT {
                return Err(Refused::DocumentFull);
            }
            work += new * all;
        }
        if work > WORK_LIMIT { Err(Refused::UpdateTooLarge) } else { Ok(()) }
    }

    /// What was there before and is there no more.
    fn check_deletions(&self, editor: &Editor, tried: &Tried) -> Result<(), Refused> {
        for (client, clocks) in &tried.deleted {
            let before = clocks.start..clocks.end.min(self.ledger.known(*client));
            if before.is_empty() {
                continue;
            }
            if self.locked {
                return Err(Refused::Locked);
            }
            for place in self.ledger.places(*client, before) {
                match place {
                    Place::Comments => return Err(Refused::CommentRemoved),
                    Place::Option(_) | Place::Quantity | Place::Brief if !editor.may_edit => {
                        return Err(Refused::MayNotEdit);
                    }
                    Place::Option(_) | Place::Quantity | Place::Brief => {}
                }
            }
        }
        Ok(())
    }

    fn check_size(&mut self, tried: &Tried) -> Result<(), Refused> {
        if tried.brief > super::BRIEF_LIMIT {
            return Err(SchemaBreach::BriefTooLong.into());
        }
        if tried.options > OPTIONS_LIMIT {
            return Err(SchemaBreach::TooManyOptions.into());
        }
        if self.logged + tried.written.len() > LOG_LIMIT {
            return Err(Refused::DocumentFull);
        }
        if self.size + tried.written.len() > DOCUMENT_LIMIT {
            // The sum of all updates is more than what is left of them: measured only when it matters.
            self.size = self.scratch.whole().len();
            if self.size > DOCUMENT_LIMIT {
                return Err(Refused::DocumentFull);
            }
        }
        Ok(())
    }

    fn record(&mut self, person: PersonId, placed: &[Placed<'_>], new: &HashMap<&Place, usize>) {
        for (place, new) in new {
            *self.items.entry(Place::clone(place)).or_default() += new;
        }
        for item in placed {
            self.owners.entry(item.block.client).or_insert(person);
            self.ledger.extend(item.block.client, item.block.end(), item.place.clone());
        }
    }

    /// Applies an update to the scratch copy. The bytes are known to be harmless by now; should yrs still panic, the
    /// copy is given up as it stands, for its transaction would go on working when dropped.
    fn attempt(&self, update: &[u8]) -> Result<Tried, Refused> {
        let scratch = &self.scratch;
        catch_unwind(AssertUnwindSafe(|| {
            let update = Update::decode_v1(update).map_err(|_| Refused::Malformed)?;
            let mut txn = ManuallyDrop::new(scratch.doc.transact_mut());
            let applied = txn.apply_update(update);
            txn.commit();
            let tried = match applied {
                Ok(()) if txn.has_missing_updates() => Err(Refused::Incomplete),
                Ok(()) => Tried::read(scratch, &txn),
                Err(_) => Err(Refused::Malformed),
            };
            drop(ManuallyDrop::into_inner(txn));
            tried
        }))
        .unwrap_or(Err(Refused::Malformed))
    }

    /// A scratch copy that has nothing of what was refused.
    fn rebuild(&mut self) {
        let scratch = Replica::default();
        let whole = self.live.whole();
        self.size = whole.len() + self.batch.iter().map(Vec::len).sum::<usize>();
        // These bytes are our own; were they not readable, every later update would be refused as incomplete.
        for update in std::iter::once(&whole).chain(&self.batch) {
            let _ = scratch.apply(update);
        }
        self.scratch = scratch;
    }
}

/// What an update did to the scratch copy.
struct Tried {
    changed: bool,
    written: Vec<u8>,
    deleted: Vec<(u64, Range<u32>)>,
    brief: usize,
    options: usize,
}

/// `options`, `order`, `brief`, `comments`.
const ROOTS: usize = 4;

impl Tried {
    fn read(scratch: &Replica, txn: &TransactionMut<'_>) -> Result<Self, Refused> {
        if txn.root_refs().count() != ROOTS {
            return Err(Refused::Schema(SchemaBreach::WrongKind("content")));
        }
        let deleted = txn
            .delete_set()
            .iter()
            .flat_map(|(client, ranges)| ranges.iter().map(move |range| (client.get(), range.clone())))
            .collect();
        Ok(Self {
            changed: txn.has_changes(),
            written: txn.encode_update_v1(),
            deleted,
            brief: scratch.brief.len(txn) as usize,
            options: scratch.options.len(txn) as usize,
        })
    }
}

/// How many items are new in each place.
fn items<'a>(placed: &'a [Placed<'_>]) -> HashMap<&'a Place, usize> {
    let mut items = HashMap::new();
    for item in placed.iter().filter(|item| !item.continues()) {
        *items.entry(&item.place).or_default() += 1;
    }
    items
}

fn check_item(editor: &Editor, item: &Placed<'_>) -> Result<(), Refused> {
    let edits = !matches!(item.place, Place::Comments);
    if edits && !editor.may_edit {
        return Err(Refused::MayNotEdit);
    }
    if !edits && !editor.may_comment {
        return Err(Refused::MayNotComment);
    }
    if item.place != Place::Brief && item.block.at.has_right() {
        // With nothing to its right, where an item comes to stand depends on no order of arrival, whoever made it up.
        return Err(SchemaBreach::NotLast.into());
    }
    match (&item.place, &item.block.content) {
        (_, Content::Deleted) | (Place::Brief, Content::Text) => Ok(()),
        (Place::Option(key), Content::Values(values)) => {
            let value = only(values).ok_or_else(|| SchemaBreach::OptionValue(key.to_string()))?;
            Value::read(key, value)?;
            Ok(())
        }
        (Place::Quantity, Content::Values(values)) => {
            snapshot::read_quantity(only(values).ok_or(SchemaBreach::Quantity)?)?;
            Ok(())
        }
        // Read by `new_comments`.
        (Place::Comments, Content::Values(_)) => Ok(()),
        (Place::Brief, Content::Values(_)) => Err(SchemaBreach::WrongKind(super::BRIEF).into()),
        (Place::Comments, Content::Text) => Err(SchemaBreach::WrongKind(super::COMMENTS).into()),
        (Place::Option(key), Content::Text) => Err(SchemaBreach::OptionValue(key.to_string()).into()),
        (Place::Quantity, Content::Text) => Err(SchemaBreach::Quantity.into()),
    }
}

fn only(values: &[Any]) -> Option<&Any> {
    match values {
        [value] => Some(value),
        _ => None,
    }
}

fn new_comments(placed: &[Placed<'_>]) -> Result<Vec<Comment>, SchemaBreach> {
    placed
        .iter()
        .filter(|item| item.place == Place::Comments)
        .filter_map(|item| match &item.block.content {
            Content::Values(values) => Some(&values[item.known as usize..]),
            _ => None,
        })
        .flatten()
        .map(Comment::read)
        .collect()
}
