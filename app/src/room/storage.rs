//! What the browser stores across a reload because the server does not have it yet: unsaved edits and the draft of a
//! comment.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    DesignId, PersonId,
    document::{Replica, decode_state_vector},
};
use leptos::prelude::window;
use web_sys::Storage;

/// One person's unsaved edits of one design, in the browser's local storage.
#[derive(Debug, Clone)]
pub struct UnsavedEdits {
    /// Prefix of the storage keys; each replica of the document has a key of its own.
    prefix: String,
    /// State vector of the server's document when the page was rendered.
    known: Vec<u8>,
}

impl UnsavedEdits {
    pub fn new(design: DesignId, person: PersonId, known: Vec<u8>) -> Self {
        Self { prefix: format!("room/{design}/{person}/"), known }
    }

    /// Applies the stored edits to the replica. Returns whether there were any.
    pub fn restore(&self, replica: &Replica) -> bool {
        let Some(storage) = local_storage() else { return false };
        let stored = self.keys(&storage).into_iter().filter_map(|name| storage.get_item(&name).ok()?);
        let updates = stored.filter_map(|text| BASE64_STANDARD.decode(text).ok());
        updates.filter(|update| replica.apply(update).is_ok()).count() > 0
    }

    pub fn store(&self, replica: &Replica) {
        let Some((storage, known)) = local_storage().zip(decode_state_vector(&self.known)) else { return };
        let text = BASE64_STANDARD.encode(replica.diff(&known));
        let _ = storage.set_item(&format!("{}{}", self.prefix, replica.client_id()), &text);
    }

    /// Deletes the stored edits, once the server has them.
    pub fn clear(&self) {
        let Some(storage) = local_storage() else { return };
        for name in self.keys(&storage) {
            let _ = storage.remove_item(&name);
        }
    }

    fn keys(&self, storage: &Storage) -> Vec<String> {
        let all = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok()?);
        all.filter(|name| name.starts_with(&self.prefix)).collect()
    }
}

/// The unfinished comment of one person on one design, in the session storage of the tab.
#[derive(Debug, Clone)]
pub struct CommentDraft {
    key: String,
}

impl CommentDraft {
    pub fn new(design: DesignId, person: PersonId) -> Self {
        Self { key: format!("comment/{design}/{person}") }
    }

    pub fn load(&self) -> Option<String> {
        session_storage()?.get_item(&self.key).ok()?
    }

    /// Stores the text; an empty one deletes the draft.
    pub fn store(&self, text: &str) {
        if let Some(storage) = session_storage() {
            let _ = if text.is_empty() { storage.remove_item(&self.key) } else { storage.set_item(&self.key, text) };
        }
    }
}

fn session_storage() -> Option<Storage> {
    window().session_storage().ok()?
}

fn local_storage() -> Option<Storage> {
    window().local_storage().ok()?
}
