//! Reads what an update contains before yrs sees it. What yrs reads recursively, or reserves memory for because the
//! bytes say so, cannot be caught when it goes wrong; so everything is counted and measured here first, and only the
//! few kinds of content that the schema needs are let through.

use yrs::{
    Any, ClientID, ID, StateVector,
    encoding::read::{Cursor, Error, Read},
    sync::Message,
    updates::decoder::Decode,
};

/// Blocks in one foreign update: integrating many at one place takes time by their square.
pub(super) const BLOCKS_LIMIT: usize = 10_000;
/// Clients in one foreign update: yrs goes one call deeper for each.
pub(super) const CLIENTS_LIMIT: usize = 1_024;
/// Beyond this yrs' signed arithmetic would overflow.
const CLOCK_LIMIT: u32 = 1 << 30;
/// A comment is one map of plain values.
const DEPTH_LIMIT: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("not an update")]
    Malformed,
    #[error("parts of the update are left out")]
    Gap,
    #[error("a kind of content that the document does not have")]
    Content,
}

impl From<Error> for Fault {
    fn from(_: Error) -> Self {
        Fault::Malformed
    }
}

pub(super) struct Shape {
    /// In the order of the bytes: a client's blocks stand together and follow each other without gap.
    pub blocks: Vec<Block>,
    /// How many clients the blocks are of.
    pub clients: usize,
}

pub(super) struct Block {
    pub client: u64,
    pub clock: u32,
    pub len: u32,
    pub at: Anchor,
    pub content: Content,
}

impl Block {
    pub fn end(&self) -> u32 {
        self.clock + self.len
    }
}

pub(super) enum Anchor {
    /// Beside other items, whose place it shares.
    Beside { left: Option<ID>, right: Option<ID> },
    /// First in its place.
    Root { name: String, key: Option<String> },
}

impl Anchor {
    pub fn has_right(&self) -> bool {
        matches!(self, Anchor::Beside { right: Some(_), .. })
    }
}

pub(super) enum Content {
    Text,
    Values(Vec<Any>),
    /// Was deleted before it was sent.
    Deleted,
}

impl Shape {
    pub fn read(update: &[u8]) -> Result<Self, Fault> {
        let mut bytes = Cursor::new(update);
        let mut blocks = Vec::new();
        let clients = count(&mut bytes, 4)?;
        let mut seen = std::collections::HashSet::new();
        for _ in 0..clients {
            let number = count(&mut bytes, 2)?;
            let client = client(&mut bytes)?;
            if number == 0 || !seen.insert(client) {
                return Err(Fault::Malformed);
            }
            let mut clock: u32 = bytes.read_var()?;
            for _ in 0..number {
                let block = block(&mut bytes, client, clock)?;
                clock = block.end();
                blocks.push(block);
            }
        }
        check_deletions(&mut bytes)?;
        if bytes.has_content() { Err(Fault::Malformed) } else { Ok(Self { blocks, clients }) }
    }
}

fn remaining(bytes: &Cursor<'_>) -> usize {
    bytes.buf.len() - bytes.next
}

/// A number of things of which each takes at least so many bytes.
fn count(bytes: &mut Cursor<'_>, least: usize) -> Result<usize, Fault> {
    let count: u32 = bytes.read_var()?;
    let count = count as usize;
    if count > remaining(bytes) / least { Err(Fault::Malformed) } else { Ok(count) }
}

fn client(bytes: &mut Cursor<'_>) -> Result<u64, Fault> {
    let client: u64 = bytes.read_var()?;
    if client >> 53 == 0 { Ok(client) } else { Err(Fault::Malformed) }
}

fn id(bytes: &mut Cursor<'_>) -> Result<ID, Fault> {
    let client = client(bytes)?;
    Ok(ID::new(ClientID::new(client), bytes.read_var()?))
}

fn advance(clock: u32, len: u32) -> Result<u32, Fault> {
    clock.checked_add(len).filter(|end| *end <= CLOCK_LIMIT).ok_or(Fault::Malformed)
}

const LEFT: u8 = 0x80;
const RIGHT: u8 = 0x40;
const KEY: u8 = 0x20;
const KIND: u8 = 0x1f;

fn block(bytes: &mut Cursor<'_>, client: u64, clock: u32) -> Result<Block, Fault> {
    let info = bytes.read_u8()?;
    if info == 10 {
        return Err(Fault::Gap);
    }
    let at = anchor(bytes, info)?;
    let (content, len) = content(bytes, info & KIND)?;
    if len == 0 {
        return Err(Fault::Malformed);
    }
    advance(clock, len)?;
    Ok(Block { client, clock, len, at, content })
}

fn anchor(bytes: &mut Cursor<'_>, info: u8) -> Result<Anchor, Fault> {
    let left = if info & LEFT != 0 { Some(id(bytes)?) } else { None };
    let right = if info & RIGHT != 0 { Some(id(bytes)?) } else { None };
    if left.is_some() || right.is_some() {
        return Ok(Anchor::Beside { left, right });
    }
    // Kind 0 is a block of which nothing is left, not even its place; only nested types leave such.
    if info & KIND == 0 || bytes.read_var::<u32>()? != 1 {
        return Err(Fault::Content);
    }
    let name = bytes.read_string()?.to_owned();
    let key = if info & KEY != 0 { Some(bytes.read_string()?.to_owned()) } else { None };
    Ok(Anchor::Root { name, key })
}

fn content(bytes: &mut Cursor<'_>, kind: u8) -> Result<(Content, u32), Fault> {
    match kind {
        1 => Ok((Content::Deleted, bytes.read_var()?)),
        4 => {
            let units = super::snapshot::units(bytes.read_string()?);
            Ok((Content::Text, units as u32))
        }
        8 => {
            let number = count(bytes, 1)?;
            let values: Result<Vec<_>, _> = (0..number).map(|_| value(bytes)).collect();
            Ok((Content::Values(values?), number as u32))
        }
        _ => Err(Fault::Content),
    }
}

fn value(bytes: &mut Cursor<'_>) -> Result<Any, Fault> {
    let start = bytes.next;
    skip_value(bytes, DEPTH_LIMIT)?;
    Ok(Any::decode(&mut Cursor { buf: bytes.buf, next: start })?)
}

fn skip_value(bytes: &mut Cursor<'_>, depth: usize) -> Result<(), Fault> {
    let depth = depth.checked_sub(1).ok_or(Fault::Content)?;
    match bytes.read_u8()? {
        120 | 121 | 126 | 127 => {}
        119 => {
            bytes.read_string()?;
        }
        123 => {
            bytes.read_exact(8)?;
        }
        124 => {
            bytes.read_exact(4)?;
        }
        125 => skip_integer(bytes)?,
        118 => {
            for _ in 0..count(bytes, 2)? {
                bytes.read_string()?;
                skip_value(bytes, depth)?;
            }
        }
        116 | 117 | 122 => return Err(Fault::Content),
        _ => return Err(Fault::Malformed),
    }
    Ok(())
}

/// At most eight bytes: yrs shifts a longer one out of its 64 bits.
fn skip_integer(bytes: &mut Cursor<'_>) -> Result<(), Fault> {
    for _ in 0..8 {
        if bytes.read_u8()? & 0x80 == 0 {
            return Ok(());
        }
    }
    Err(Fault::Malformed)
}

/// Ranges that overlap would make yrs walk the same items again and again.
fn check_deletions(bytes: &mut Cursor<'_>) -> Result<(), Fault> {
    let mut seen = std::collections::HashSet::new();
    for _ in 0..count(bytes, 2)? {
        if !seen.insert(client(bytes)?) {
            return Err(Fault::Malformed);
        }
        let mut end = 0;
        for _ in 0..count(bytes, 2)? {
            let start: u32 = bytes.read_var()?;
            if start < end {
                return Err(Fault::Malformed);
            }
            end = advance(start, bytes.read_var()?)?;
        }
    }
    Ok(())
}

/// A state vector from outside; `None` when the bytes are none.
pub fn read_state_vector(from: &[u8]) -> Option<StateVector> {
    let mut bytes = Cursor::new(from);
    for _ in 0..count(&mut bytes, 2).ok()? {
        client(&mut bytes).ok()?;
        bytes.read_var::<u32>().ok()?;
    }
    if bytes.has_content() { None } else { StateVector::decode_v1(from).ok() }
}

/// One message of the y-sync protocol from outside; `None` when the bytes are not exactly one.
pub fn read_message(from: &[u8]) -> Option<Message> {
    let mut bytes = Cursor::new(from);
    match bytes.read_var::<u32>().ok()? {
        0 => {
            let step: u32 = bytes.read_var().ok()?;
            let inner = bytes.read_buf().ok()?;
            if step > 2 || (step == 0 && read_state_vector(inner).is_none()) {
                return None;
            }
        }
        1 => check_presence(bytes.read_buf().ok()?)?,
        2 => {
            if bytes.read_var::<u32>().ok()? == 0 {
                bytes.read_string().ok()?;
            }
        }
        3 => {}
        _ => {
            bytes.read_buf().ok()?;
        }
    }
    if bytes.has_content() { None } else { Message::decode_v1(from).ok() }
}

fn check_presence(update: &[u8]) -> Option<()> {
    let mut bytes = Cursor::new(update);
    for _ in 0..count(&mut bytes, 3).ok()? {
        client(&mut bytes).ok()?;
        bytes.read_var::<u32>().ok()?;
        bytes.read_string().ok()?;
    }
    if bytes.has_content() { None } else { Some(()) }
}
