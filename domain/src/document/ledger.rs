//! Which place of the document each item was put in. With it an update is judged by its bytes alone: an item names
//! only its neighbours, and the ledger knows where those are.

use super::{
    BRIEF, COMMENTS, OPTIONS, ORDER, QUANTITY, Refused, SchemaBreach, snapshot,
    wire::{Anchor, Block, Shape},
};
use std::{collections::HashMap, ops::Range, sync::Arc};
use yrs::ID;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Option(Arc<str>),
    Quantity,
    Brief,
    Comments,
}

impl Place {
    fn of_root(name: &str, key: Option<&str>) -> Result<Self, SchemaBreach> {
        match (name, key) {
            (OPTIONS, Some(key)) => {
                snapshot::check_option_key(key)?;
                Ok(Place::Option(Arc::from(key)))
            }
            (ORDER, Some(QUANTITY)) => Ok(Place::Quantity),
            (BRIEF, None) => Ok(Place::Brief),
            (COMMENTS, None) => Ok(Place::Comments),
            (OPTIONS, _) => Err(SchemaBreach::WrongKind(OPTIONS)),
            (ORDER, _) => Err(SchemaBreach::WrongKind(ORDER)),
            (BRIEF, _) => Err(SchemaBreach::WrongKind(BRIEF)),
            (COMMENTS, _) => Err(SchemaBreach::WrongKind(COMMENTS)),
            (other, _) => Err(SchemaBreach::UnknownRoot(other.to_owned())),
        }
    }
}

/// For each client, its items' places: runs of clocks from zero on, each named by where it ends.
#[derive(Default)]
pub(super) struct Ledger {
    runs: HashMap<u64, Vec<(u32, Place)>>,
}

impl Ledger {
    /// The first clock of this client that is not known.
    pub fn known(&self, client: u64) -> u32 {
        self.runs.get(&client).and_then(|runs| runs.last()).map_or(0, |(end, _)| *end)
    }

    fn place(&self, id: &ID) -> Option<&Place> {
        let runs = self.runs.get(&id.client.get())?;
        let run = runs.partition_point(|(end, _)| *end <= id.clock);
        runs.get(run).map(|(_, place)| place)
    }

    /// The places that these clocks of a client are in, as far as they are known.
    pub fn places(&self, client: u64, clocks: Range<u32>) -> impl Iterator<Item = &Place> {
        let runs = self.runs.get(&client).map_or(&[][..], Vec::as_slice);
        let first = runs.partition_point(|(end, _)| *end <= clocks.start);
        let mut start = clocks.start;
        runs[first..]
            .iter()
            .take_while(move |(end, _)| std::mem::replace(&mut start, *end) < clocks.end)
            .map(|(_, p)| p)
    }

    pub fn extend(&mut self, client: u64, end: u32, place: Place) {
        let runs = self.runs.entry(client).or_default();
        match runs.last_mut() {
            Some((last, held)) if *held == place => *last = end,
            _ => runs.push((end, place)),
        }
    }
}

/// A block of which something is new, and where it goes.
pub(super) struct Placed<'a> {
    pub block: &'a Block,
    pub place: Place,
    /// How much of the block is known already.
    pub known: u32,
}

impl Placed<'_> {
    /// Whether it goes on where its client stopped, as typing does: both are one item then.
    pub fn continues(&self) -> bool {
        let Block { client, clock, at, .. } = self.block;
        let own = |left: &ID| left.client.get() == *client && left.clock + 1 == *clock;
        self.known > 0 || matches!(at, Anchor::Beside { left: Some(left), .. } if own(left))
    }
}

/// Finds the place of each new block of an update.
pub(super) fn place<'a>(shape: &'a Shape, ledger: &Ledger) -> Result<Vec<Placed<'a>>, Refused> {
    let mut search = Search::new(shape, ledger);
    let mut placed = Vec::new();
    for (index, block) in shape.blocks.iter().enumerate() {
        let known = ledger.known(block.client);
        if block.end() <= known {
            continue;
        }
        let first_of_client = index == 0 || shape.blocks[index - 1].client != block.client;
        if first_of_client && block.clock > known {
            return Err(Refused::Incomplete);
        }
        let place = search.place(index)?;
        search.check_neighbours(block, &place)?;
        let known = known.saturating_sub(block.clock);
        if known > 0
            && ledger.place(&ID::new(yrs::ClientID::new(block.client), block.clock + known - 1)) != Some(&place)
        {
            return Err(Refused::Malformed);
        }
        placed.push(Placed { block, place, known });
    }
    Ok(placed)
}

struct Search<'a> {
    shape: &'a Shape,
    ledger: &'a Ledger,
    clients: HashMap<u64, Range<usize>>,
    found: Vec<Found>,
}

#[derive(Clone)]
enum Found {
    NotYet,
    OnTheWay,
    At(Place),
}

impl<'a> Search<'a> {
    fn new(shape: &'a Shape, ledger: &'a Ledger) -> Self {
        let mut clients: HashMap<u64, Range<usize>> = HashMap::new();
        for (index, block) in shape.blocks.iter().enumerate() {
            clients.entry(block.client).or_insert(index..index).end = index + 1;
        }
        Self { shape, ledger, clients, found: vec![Found::NotYet; shape.blocks.len()] }
    }

    /// Follows the neighbours until one is known; without recursion, since the sender decides how many there are.
    fn place(&mut self, index: usize) -> Result<Place, Refused> {
        let mut path = Vec::new();
        let mut current = index;
        let place = loop {
            match &self.found[current] {
                Found::At(place) => break place.clone(),
                Found::OnTheWay => return Err(Refused::Malformed),
                Found::NotYet => {}
            }
            self.found[current] = Found::OnTheWay;
            path.push(current);
            let beside = match &self.shape.blocks[current].at {
                Anchor::Root { name, key } => break Place::of_root(name, key.as_deref())?,
                Anchor::Beside { left: Some(id), .. } | Anchor::Beside { left: None, right: Some(id) } => id,
                Anchor::Beside { left: None, right: None } => return Err(Refused::Malformed),
            };
            match self.ledger.place(beside) {
                Some(place) => break place.clone(),
                None => current = self.block_of(beside).ok_or(Refused::Incomplete)?,
            }
        };
        for index in path {
            self.found[index] = Found::At(place.clone());
        }
        Ok(place)
    }

    fn block_of(&self, id: &ID) -> Option<usize> {
        let range = self.clients.get(&id.client.get())?.clone();
        let blocks = &self.shape.blocks[range.clone()];
        let index = blocks.partition_point(|block| block.end() <= id.clock);
        blocks.get(index).filter(|block| block.clock <= id.clock).map(|_| range.start + index)
    }

    /// Both neighbours of an item are where it is; else it would be in two places.
    fn check_neighbours(&mut self, block: &Block, place: &Place) -> Result<(), Refused> {
        let Anchor::Beside { left: Some(_), right: Some(right) } = &block.at else { return Ok(()) };
        let other = match self.ledger.place(right) {
            Some(place) => place.clone(),
            None => {
                let index = self.block_of(right).ok_or(Refused::Incomplete)?;
                self.place(index)?
            }
        };
        if other == *place { Ok(()) } else { Err(Refused::Malformed) }
    }
}
