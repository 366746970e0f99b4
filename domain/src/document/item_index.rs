//! An index from item ids to the fields of the document. It makes it possible to check an update without applying it:
//! most items in an update name only their neighbours, and the index knows in which field these are.

use super::{
    limits::{BRIEF, COMMENTS, OPTIONS, ORDER, QUANTITY},
    rejection::Rejection,
    snapshot::{self, SchemaError},
    wire::{Block, DecodedUpdate, Origin},
};
use std::{collections::HashMap, ops::Range, sync::Arc};
use yrs::ID;

/// The part of the document that an item belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum DocumentField {
    /// The option with this key.
    Option(Arc<str>),
    Quantity,
    Brief,
    Comments,
}

impl DocumentField {
    fn from_root(name: &str, key: Option<&str>) -> Result<Self, SchemaError> {
        match (name, key) {
            (OPTIONS, Some(key)) => {
                snapshot::check_option_key(key)?;
                Ok(DocumentField::Option(Arc::from(key)))
            }
            (ORDER, Some(QUANTITY)) => Ok(DocumentField::Quantity),
            (BRIEF, None) => Ok(DocumentField::Brief),
            (COMMENTS, None) => Ok(DocumentField::Comments),
            (OPTIONS, _) => Err(SchemaError::WrongKind(OPTIONS)),
            (ORDER, _) => Err(SchemaError::WrongKind(ORDER)),
            (BRIEF, _) => Err(SchemaError::WrongKind(BRIEF)),
            (COMMENTS, _) => Err(SchemaError::WrongKind(COMMENTS)),
            (other, _) => Err(SchemaError::UnknownRoot(other.to_owned())),
        }
    }
}

/// Maps each client's clocks to fields. The clocks of one client are stored as runs in ascending order, each with the
/// clock at which it ends (exclusive).
#[derive(Default)]
pub(super) struct ItemIndex {
    runs: HashMap<u64, Vec<(u32, DocumentField)>>,
}

impl ItemIndex {
    /// Returns the clock after the client's last known item.
    pub fn next_clock(&self, client: u64) -> u32 {
        self.runs.get(&client).and_then(|runs| runs.last()).map_or(0, |(end, _)| *end)
    }

    fn field(&self, id: &ID) -> Option<&DocumentField> {
        let runs = self.runs.get(&id.client.get())?;
        let run = runs.partition_point(|(end, _)| *end <= id.clock);
        runs.get(run).map(|(_, field)| field)
    }

    /// Returns the fields of a range of a client's clocks, without duplicates in a row. Unknown clocks are skipped.
    pub fn fields(&self, client: u64, clocks: Range<u32>) -> impl Iterator<Item = &DocumentField> {
        let runs = self.runs.get(&client).map_or(&[][..], Vec::as_slice);
        let first = runs.partition_point(|(end, _)| *end <= clocks.start);
        let mut start = clocks.start;
        runs[first..]
            .iter()
            .take_while(move |(end, _)| std::mem::replace(&mut start, *end) < clocks.end)
            .map(|(_, field)| field)
    }

    /// Records that the client's clocks up to `end` (exclusive) belong to a field.
    pub fn extend(&mut self, client: u64, end: u32, field: DocumentField) {
        let runs = self.runs.entry(client).or_default();
        match runs.last_mut() {
            Some((last_end, last_field)) if *last_field == field => *last_end = end,
            _ => runs.push((end, field)),
        }
    }
}

/// A block of an update that is at least partly new.
pub(super) struct NewBlock<'a> {
    pub block: &'a Block,
    pub field: DocumentField,
    /// How many clocks of the block are already known.
    pub known_len: u32,
}

impl NewBlock<'_> {
    /// Whether the block continues its client's previous item, as when typing. Yjs merges the two into one item.
    pub fn extends_item(&self) -> bool {
        let Block { client, clock, origin, .. } = self.block;
        let is_previous = |left: &ID| left.client.get() == *client && left.clock + 1 == *clock;
        self.known_len > 0 || matches!(origin, Origin::Neighbours { left: Some(left), .. } if is_previous(left))
    }
}

/// Returns the new blocks of an update with their fields.
pub(super) fn locate_blocks<'a>(
    update: &'a DecodedUpdate,
    item_index: &ItemIndex,
) -> Result<Vec<NewBlock<'a>>, Rejection> {
    let mut resolver = FieldResolver::new(update, item_index);
    let mut new_blocks = Vec::new();
    for (index, block) in update.blocks.iter().enumerate() {
        let next_clock = item_index.next_clock(block.client);
        if block.end() <= next_clock {
            continue;
        }
        let first_of_client = index == 0 || update.blocks[index - 1].client != block.client;
        if first_of_client && block.clock > next_clock {
            return Err(Rejection::Incomplete);
        }
        let field = resolver.resolve(index)?;
        resolver.check_neighbours(block, &field)?;
        let known_len = next_clock.saturating_sub(block.clock);
        if known_len > 0
            && item_index.field(&ID::new(yrs::ClientID::new(block.client), block.clock + known_len - 1)) != Some(&field)
        {
            return Err(Rejection::Malformed);
        }
        new_blocks.push(NewBlock { block, field, known_len });
    }
    Ok(new_blocks)
}

/// Finds the fields of an update's blocks.
struct FieldResolver<'a> {
    update: &'a DecodedUpdate,
    item_index: &'a ItemIndex,
    /// The range of block positions of each client.
    clients: HashMap<u64, Range<usize>>,
    /// One entry for each block.
    resolutions: Vec<Resolution>,
}

#[derive(Clone)]
enum Resolution {
    Unresolved,
    InProgress,
    Resolved(DocumentField),
}

impl<'a> FieldResolver<'a> {
    fn new(update: &'a DecodedUpdate, item_index: &'a ItemIndex) -> Self {
        let mut clients: HashMap<u64, Range<usize>> = HashMap::new();
        for (index, block) in update.blocks.iter().enumerate() {
            clients.entry(block.client).or_insert(index..index).end = index + 1;
        }
        Self { update, item_index, clients, resolutions: vec![Resolution::Unresolved; update.blocks.len()] }
    }

    /// Follows the block's neighbours until the field of one is known. This is a loop and not a recursion, because the
    /// sender controls the length of the chain.
    fn resolve(&mut self, index: usize) -> Result<DocumentField, Rejection> {
        let mut path = Vec::new();
        let mut current = index;
        let field = loop {
            match &self.resolutions[current] {
                Resolution::Resolved(field) => break field.clone(),
                Resolution::InProgress => return Err(Rejection::Malformed),
                Resolution::Unresolved => {}
            }
            self.resolutions[current] = Resolution::InProgress;
            path.push(current);
            let neighbour = match &self.update.blocks[current].origin {
                Origin::Root { name, key } => break DocumentField::from_root(name, key.as_deref())?,
                Origin::Neighbours { left: Some(id), .. } | Origin::Neighbours { left: None, right: Some(id) } => id,
                Origin::Neighbours { left: None, right: None } => return Err(Rejection::Malformed),
            };
            match self.item_index.field(neighbour) {
                Some(field) => break field.clone(),
                None => current = self.find_block(neighbour).ok_or(Rejection::Incomplete)?,
            }
        };
        for index in path {
            self.resolutions[index] = Resolution::Resolved(field.clone());
        }
        Ok(field)
    }

    /// Returns the position of the update's block that contains this item.
    fn find_block(&self, id: &ID) -> Option<usize> {
        let range = self.clients.get(&id.client.get())?.clone();
        let blocks = &self.update.blocks[range.clone()];
        let index = blocks.partition_point(|block| block.end() <= id.clock);
        blocks.get(index).filter(|block| block.clock <= id.clock).map(|_| range.start + index)
    }

    /// Checks that both neighbours of a block are in its field.
    fn check_neighbours(&mut self, block: &Block, field: &DocumentField) -> Result<(), Rejection> {
        let Origin::Neighbours { left: Some(_), right: Some(right) } = &block.origin else { return Ok(()) };
        let right_field = match self.item_index.field(right) {
            Some(field) => field.clone(),
            None => {
                let index = self.find_block(right).ok_or(Rejection::Incomplete)?;
                self.resolve(index)?
            }
        };
        if right_field == *field { Ok(()) } else { Err(Rejection::Malformed) }
    }
}
