//! Who is here. A client says where it is (cursor, option, pen); who it is, is said by the server alone.

use super::seat::{Joined, SeatId};
use serde_json::{Map, Value, json};
use std::{collections::HashMap, sync::Arc};
use yrs::{
    ClientID,
    sync::{AwarenessUpdate, awareness::AwarenessUpdateEntry},
};

/// What one client may say of itself, in bytes of JSON.
const STATE_LIMIT: usize = 4 * 1024;
/// A connection speaks for one document, so for one client; a page that opens it anew may take a few.
const CLIENTS_LIMIT: usize = 4;

#[derive(Default)]
pub(super) struct Presence {
    states: HashMap<ClientID, State>,
}

struct State {
    seat: SeatId,
    clock: u32,
    json: Arc<str>,
}

const GONE: &str = "null";

impl Presence {
    /// What of it is news. Clients also repeat what they heard of others: that is not theirs to say.
    pub fn hear(&mut self, seat: SeatId, joined: &Joined, update: AwarenessUpdate) -> Option<AwarenessUpdate> {
        let mut news = HashMap::new();
        for (client, entry) in update.clients {
            if !self.may_speak(seat, client, entry.clock) {
                continue;
            }
            let Some(json) = stamped(joined, &entry.json) else { continue };
            self.states.insert(client, State { seat, clock: entry.clock, json: json.clone() });
            news.insert(client, AwarenessUpdateEntry { clock: entry.clock, json });
        }
        (!news.is_empty()).then_some(AwarenessUpdate { clients: news })
    }

    fn may_speak(&self, seat: SeatId, client: ClientID, clock: u32) -> bool {
        match self.states.get(&client) {
            Some(state) if state.seat == seat => clock >= state.clock,
            // Free again, once whoever had it left.
            Some(state) if state.json.as_ref() != GONE => false,
            _ => self.states.values().filter(|state| state.seat == seat).count() < CLIENTS_LIMIT,
        }
    }

    /// Everyone who is here, for one who comes.
    pub fn everyone(&self) -> Option<AwarenessUpdate> {
        let clients: HashMap<_, _> = self
            .states
            .iter()
            .filter(|(_, state)| state.json.as_ref() != GONE)
            .map(|(client, state)| (*client, AwarenessUpdateEntry { clock: state.clock, json: state.json.clone() }))
            .collect();
        (!clients.is_empty()).then_some(AwarenessUpdate { clients })
    }

    pub fn leave(&mut self, seat: SeatId) -> Option<AwarenessUpdate> {
        let mut clients = HashMap::new();
        self.states.retain(|client, state| {
            if state.seat != seat {
                return true;
            }
            if state.json.as_ref() != GONE {
                let clock = state.clock.saturating_add(1);
                clients.insert(*client, AwarenessUpdateEntry { clock, json: GONE.into() });
            }
            false
        });
        (!clients.is_empty()).then_some(AwarenessUpdate { clients })
    }
}

/// The client's state with the person's identity over whatever it said of that.
fn stamped(joined: &Joined, json: &str) -> Option<Arc<str>> {
    if json.len() > STATE_LIMIT {
        return None;
    }
    let mut state: Map<String, Value> = match serde_json::from_str(json).ok()? {
        Value::Null => return Some(GONE.into()),
        Value::Object(state) => state,
        _ => return None,
    };
    let editor = &joined.editor;
    let user = json!({
        "id": editor.person,
        "name": editor.name,
        "color": joined.colour,
        "role": joined.side.name(),
        "edits": editor.may_edit,
    });
    state.insert("user".to_owned(), user);
    serde_json::to_string(&state).ok().map(Arc::from)
}
