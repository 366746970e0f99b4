//! What the server does not have yet, kept in the browser's storage across a reload: edits, and a comment being written.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    DesignId, PersonId,
    document::{Replica, decode_state_vector},
};
use leptos::prelude::window;
use web_sys::Storage;

/// One person's edits of one design, in this browser.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What the names of all its entries begin with; each copy of the document has an entry of its own.
    prefix: String,
    /// What the server had when the page was made.
    known: Vec<u8>,
}

impl Kept {
    pub fn of(design: DesignId, person: PersonId, known: Vec<u8>) -> Self {
        Self { prefix: format!("room/{design}/{person}/"), known }
    }

    /// Puts what was kept into the copy; whether there was anything.
    pub fn bring_back(&self, replica: &Replica) -> bool {
        let Some(storage) = storage() else { return false };
        let kept = self.names(&storage).into_iter().filter_map(|name| storage.get_item(&name).ok()?);
        let updates = kept.filter_map(|text| BASE64_STANDARD.decode(text).ok());
        updates.filter(|update| replica.apply(update).is_ok()).count() > 0
    }

    pub fn keep(&self, replica: &Replica) {
        let Some((storage, known)) = storage().zip(decode_state_vector(&self.known)) else { return };
        let text = BASE64_STANDARD.encode(replica.diff(&known));
        let _ = storage.set_item(&format!("{}{}", self.prefix, replica.client_id()), &text);
    }

    /// The server has everything.
    pub fn let_go(&self) {
        let Some(storage) = storage() else { return };
        for name in self.names(&storage) {
            let _ = storage.remove_item(&name);
        }
    }

    fn names(&self, storage: &Storage) -> Vec<String> {
        let all = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok()?);
        all.filter(|name| name.starts_with(&self.prefix)).collect()
    }
}

/// A comment that one person writes about one design in this tab.
#[derive(Debug, Clone)]
pub struct Unsent {
    name: String,
}

impl Unsent {
    pub fn of(design: DesignId, person: PersonId) -> Self {
        Self { name: format!("comment/{design}/{person}") }
    }

    pub fn text(&self) -> Option<String> {
        tab_storage()?.get_item(&self.name).ok()?
    }

    pub fn keep(&self, text: &str) {
        if let Some(storage) = tab_storage() {
            let _ = if text.is_empty() { storage.remove_item(&self.name) } else { storage.set_item(&self.name, text) };
        }
    }
}

fn tab_storage() -> Option<Storage> {
    window().session_storage().ok()?
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}
