//! Presence: who is in the room and where. Clients report their position (cursor, option, pen); the server sets their
//! identity.

use super::participant::{ConnectionId, Participant};
use serde_json::{Map, Value, json};
use std::{collections::HashMap, sync::Arc};
use yrs::{
    ClientID,
    sync::{AwarenessUpdate, awareness::AwarenessUpdateEntry},
};

/// The largest state of one client, in bytes of JSON.
const STATE_LIMIT: usize = 4 * 1024;
/// The largest number of client ids of one connection. One is enough for one document; a page that reopens the document
/// uses a few.
const CLIENTS_LIMIT: usize = 4;

#[derive(Default)]
pub(super) struct Presence {
    states: HashMap<ClientID, State>,
}

struct State {
    connection: ConnectionId,
    clock: u32,
    json: Arc<str>,
}

/// The state of a client that has left, as the awareness protocol defines it.
const OFFLINE: &str = "null";

impl Presence {
    /// Applies a client's update and returns the part that is new. Ignores the states of other connections' clients,
    /// which clients of the awareness protocol repeat.
    pub fn apply(
        &mut self,
        connection: ConnectionId,
        participant: &Participant,
        update: AwarenessUpdate,
    ) -> Option<AwarenessUpdate> {
        let mut changed = HashMap::new();
        for (client, entry) in update.clients {
            if !self.may_set(connection, client, entry.clock) {
                continue;
            }
            let Some(json) = with_identity(participant, &entry.json) else { continue };
            self.states.insert(client, State { connection, clock: entry.clock, json: json.clone() });
            changed.insert(client, AwarenessUpdateEntry { clock: entry.clock, json });
        }
        (!changed.is_empty()).then_some(AwarenessUpdate { clients: changed })
    }

    fn may_set(&self, connection: ConnectionId, client: ClientID, clock: u32) -> bool {
        match self.states.get(&client) {
            Some(state) if state.connection == connection => clock >= state.clock,
            // The id of a client that has left can be used again.
            Some(state) if state.json.as_ref() != OFFLINE => false,
            _ => self.states.values().filter(|state| state.connection == connection).count() < CLIENTS_LIMIT,
        }
    }

    /// Returns the states of all clients that are online, for a client that joins.
    pub fn online(&self) -> Option<AwarenessUpdate> {
        let clients: HashMap<_, _> = self
            .states
            .iter()
            .filter(|(_, state)| state.json.as_ref() != OFFLINE)
            .map(|(client, state)| (*client, AwarenessUpdateEntry { clock: state.clock, json: state.json.clone() }))
            .collect();
        (!clients.is_empty()).then_some(AwarenessUpdate { clients })
    }

    /// Removes the connection's clients and returns the update that marks them as offline.
    pub fn remove(&mut self, connection: ConnectionId) -> Option<AwarenessUpdate> {
        let mut clients = HashMap::new();
        self.states.retain(|client, state| {
            if state.connection != connection {
                return true;
            }
            if state.json.as_ref() != OFFLINE {
                let clock = state.clock.saturating_add(1);
                clients.insert(*client, AwarenessUpdateEntry { clock, json: OFFLINE.into() });
            }
            false
        });
        (!clients.is_empty()).then_some(AwarenessUpdate { clients })
    }
}

/// Returns the client's state with its `user` replaced by the participant's identity, or `None` if the state is
/// invalid.
fn with_identity(participant: &Participant, json: &str) -> Option<Arc<str>> {
    if json.len() > STATE_LIMIT {
        return None;
    }
    let mut state: Map<String, Value> = match serde_json::from_str(json).ok()? {
        Value::Null => return Some(OFFLINE.into()),
        Value::Object(state) => state,
        _ => return None,
    };
    let editor = &participant.editor;
    let user = json!({
        "id": editor.person,
        "name": editor.name,
        "color": participant.colour,
        "role": participant.side.name(),
        "edits": editor.may_edit,
    });
    state.insert("user".to_owned(), user);
    serde_json::to_string(&state).ok().map(Arc::from)
}
