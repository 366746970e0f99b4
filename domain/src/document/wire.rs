//! Decodes untrusted bytes before yrs does. In yrs, the bytes determine the depth of recursion and the size of
//! allocations, and neither a stack overflow nor a failed allocation can be caught. So this module checks all counts
//! and lengths first, and accepts only the kinds of content that the schema uses.

use yrs::{
    Any, ClientID, ID, StateVector,
    encoding::read::{Cursor, Error, Read},
    sync::Message,
    updates::decoder::Decode,
};

/// The most blocks in one update from a client. The time to integrate blocks at one position grows with their square.
pub(super) const BLOCKS_LIMIT: usize = 10_000;
/// The most client ids in one update from a client. yrs recurses once for each.
pub(super) const CLIENTS_LIMIT: usize = 1_024;
/// The largest clock. Above it the signed arithmetic in yrs would overflow.
const CLOCK_LIMIT: u32 = 1 << 30;
/// How deeply values can be nested: a comment is a map of plain values.
const DEPTH_LIMIT: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum DecodeError {
    #[error("not an update")]
    Malformed,
    #[error("the update has a gap")]
    Gap,
    #[error("a kind of content that the document does not support")]
    Content,
}

impl From<Error> for DecodeError {
    fn from(_: Error) -> Self {
        DecodeError::Malformed
    }
}

pub(super) struct DecodedUpdate {
    /// In the order of the bytes. The blocks of one client are contiguous and their clocks have no gaps.
    pub blocks: Vec<Block>,
    /// The number of different client ids.
    pub clients: usize,
}

pub(super) struct Block {
    pub client: u64,
    pub clock: u32,
    pub len: u32,
    pub origin: Origin,
    pub content: Content,
}

impl Block {
    /// The clock after the block.
    pub fn end(&self) -> u32 {
        self.clock + self.len
    }
}

/// Where a block is inserted.
pub(super) enum Origin {
    /// Between other items, in their field.
    Neighbours { left: Option<ID>, right: Option<ID> },
    /// As the first item of a root, or of a key in a root.
    Root { name: String, key: Option<String> },
}

impl Origin {
    pub fn has_right(&self) -> bool {
        matches!(self, Origin::Neighbours { right: Some(_), .. })
    }
}

pub(super) enum Content {
    Text,
    Values(Vec<Any>),
    /// Content that was deleted before the update was sent.
    Deleted,
}

impl DecodedUpdate {
    pub fn decode(update: &[u8]) -> Result<Self, DecodeError> {
        let mut bytes = Cursor::new(update);
        let mut blocks = Vec::new();
        let clients = count(&mut bytes, 4)?;
        let mut seen = std::collections::HashSet::new();
        for _ in 0..clients {
            let number = count(&mut bytes, 2)?;
            let client = client(&mut bytes)?;
            if number == 0 || !seen.insert(client) {
                return Err(DecodeError::Malformed);
            }
            let mut clock: u32 = bytes.read_var()?;
            for _ in 0..number {
                let block = block(&mut bytes, client, clock)?;
                clock = block.end();
                blocks.push(block);
            }
        }
        check_deletions(&mut bytes)?;
        if bytes.has_content() { Err(DecodeError::Malformed) } else { Ok(Self { blocks, clients }) }
    }
}

fn remaining(bytes: &Cursor<'_>) -> usize {
    bytes.buf.len() - bytes.next
}

/// Reads the number of elements that follow. Fails if the rest of the bytes is too short for elements of `min_size`
/// bytes each.
fn count(bytes: &mut Cursor<'_>, min_size: usize) -> Result<usize, DecodeError> {
    let count: u32 = bytes.read_var()?;
    let count = count as usize;
    if count > remaining(bytes) / min_size { Err(DecodeError::Malformed) } else { Ok(count) }
}

fn client(bytes: &mut Cursor<'_>) -> Result<u64, DecodeError> {
    let client: u64 = bytes.read_var()?;
    if client >> 53 == 0 { Ok(client) } else { Err(DecodeError::Malformed) }
}

fn id(bytes: &mut Cursor<'_>) -> Result<ID, DecodeError> {
    let client = client(bytes)?;
    Ok(ID::new(ClientID::new(client), bytes.read_var()?))
}

fn advance(clock: u32, len: u32) -> Result<u32, DecodeError> {
    clock.checked_add(len).filter(|end| *end <= CLOCK_LIMIT).ok_or(DecodeError::Malformed)
}

// The bits of a block's info byte.
const LEFT: u8 = 0x80;
const RIGHT: u8 = 0x40;
const KEY: u8 = 0x20;
const KIND: u8 = 0x1f;

fn block(bytes: &mut Cursor<'_>, client: u64, clock: u32) -> Result<Block, DecodeError> {
    let info = bytes.read_u8()?;
    if info == 10 {
        return Err(DecodeError::Gap);
    }
    let origin = origin(bytes, info)?;
    let (content, len) = content(bytes, info & KIND)?;
    if len == 0 {
        return Err(DecodeError::Malformed);
    }
    advance(clock, len)?;
    Ok(Block { client, clock, len, origin, content })
}

fn origin(bytes: &mut Cursor<'_>, info: u8) -> Result<Origin, DecodeError> {
    let left = if info & LEFT != 0 { Some(id(bytes)?) } else { None };
    let right = if info & RIGHT != 0 { Some(id(bytes)?) } else { None };
    if left.is_some() || right.is_some() {
        return Ok(Origin::Neighbours { left, right });
    }
    // Kind 0 is a garbage-collected block without a parent. Only nested types leave such blocks.
    if info & KIND == 0 || bytes.read_var::<u32>()? != 1 {
        return Err(DecodeError::Content);
    }
    let name = bytes.read_string()?.to_owned();
    let key = if info & KEY != 0 { Some(bytes.read_string()?.to_owned()) } else { None };
    Ok(Origin::Root { name, key })
}

fn content(bytes: &mut Cursor<'_>, kind: u8) -> Result<(Content, u32), DecodeError> {
    match kind {
        1 => Ok((Content::Deleted, bytes.read_var()?)),
        4 => {
            let len = super::snapshot::utf16_len(bytes.read_string()?);
            Ok((Content::Text, len as u32))
        }
        8 => {
            let number = count(bytes, 1)?;
            let values: Result<Vec<_>, _> = (0..number).map(|_| value(bytes)).collect();
            Ok((Content::Values(values?), number as u32))
        }
        _ => Err(DecodeError::Content),
    }
}

fn value(bytes: &mut Cursor<'_>) -> Result<Any, DecodeError> {
    let start = bytes.next;
    skip_value(bytes, DEPTH_LIMIT)?;
    Ok(Any::decode(&mut Cursor { buf: bytes.buf, next: start })?)
}

fn skip_value(bytes: &mut Cursor<'_>, depth: usize) -> Result<(), DecodeError> {
    let depth = depth.checked_sub(1).ok_or(DecodeError::Content)?;
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
        116 | 117 | 122 => return Err(DecodeError::Content),
        _ => return Err(DecodeError::Malformed),
    }
    Ok(())
}

/// Skips an integer of at most eight bytes. A longer one would overflow the 64-bit shift in yrs.
fn skip_integer(bytes: &mut Cursor<'_>) -> Result<(), DecodeError> {
    for _ in 0..8 {
        if bytes.read_u8()? & 0x80 == 0 {
            return Ok(());
        }
    }
    Err(DecodeError::Malformed)
}

/// Rejects overlapping ranges, for which yrs would visit the same items repeatedly.
fn check_deletions(bytes: &mut Cursor<'_>) -> Result<(), DecodeError> {
    let mut seen = std::collections::HashSet::new();
    for _ in 0..count(bytes, 2)? {
        if !seen.insert(client(bytes)?) {
            return Err(DecodeError::Malformed);
        }
        let mut end = 0;
        for _ in 0..count(bytes, 2)? {
            let start: u32 = bytes.read_var()?;
            if start < end {
                return Err(DecodeError::Malformed);
            }
            end = advance(start, bytes.read_var()?)?;
        }
    }
    Ok(())
}

/// Decodes an untrusted state vector; `None` if the bytes are invalid.
pub fn decode_state_vector(from: &[u8]) -> Option<StateVector> {
    let mut bytes = Cursor::new(from);
    for _ in 0..count(&mut bytes, 2).ok()? {
        client(&mut bytes).ok()?;
        bytes.read_var::<u32>().ok()?;
    }
    if bytes.has_content() { None } else { StateVector::decode_v1(from).ok() }
}

/// Decodes an untrusted message of the y-sync protocol; `None` if the bytes are not exactly one message.
pub fn decode_message(from: &[u8]) -> Option<Message> {
    let mut bytes = Cursor::new(from);
    match bytes.read_var::<u32>().ok()? {
        0 => {
            let step: u32 = bytes.read_var().ok()?;
            let inner = bytes.read_buf().ok()?;
            if step > 2 || (step == 0 && decode_state_vector(inner).is_none()) {
                return None;
            }
        }
        1 => check_awareness(bytes.read_buf().ok()?)?,
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

fn check_awareness(update: &[u8]) -> Option<()> {
    let mut bytes = Cursor::new(update);
    for _ in 0..count(&mut bytes, 3).ok()? {
        client(&mut bytes).ok()?;
        bytes.read_var::<u32>().ok()?;
        bytes.read_string().ok()?;
    }
    if bytes.has_content() { None } else { Some(()) }
}
