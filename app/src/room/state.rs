//! The state that the components of the room share: the document, the people, the save state, and the edits that
//! change it.

use crate::room::{
    connection::{Connection, RoomEvent},
    presence::{self, Person},
    setup::RoomSetup,
    storage::UnsavedEdits,
};
use domain::{
    Language, LocalizedText,
    document::{Comment, Replica, SaveStatus, SchemaError, Snapshot, SyncClient, Value},
    model::{Price, ProductModel, Values},
};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::time::Duration;

/// How long an edit may take to be saved before the room shows that it is waiting.
const SAVING_SHOWN_AFTER: Duration = Duration::from_millis(600);

/// Reactive state of the room; cheap to copy into every component.
#[derive(Clone, Copy)]
pub struct RoomState {
    pub setup: StoredValue<RoomSetup>,
    pub language: Language,
    /// Whether the browser has taken over, so that editing is possible.
    pub ready: RwSignal<bool>,
    pub snapshot: RwSignal<Snapshot>,
    /// The value of every option, set or default.
    pub values: Memo<Values>,
    pub quantity: Memo<u32>,
    pub price: Memo<Price>,
    /// Violated rules: the reason and the keys of the options involved.
    pub violations: Memo<Vec<(LocalizedText, Vec<String>)>>,
    /// The option that was changed last.
    pub changed_option: RwSignal<Option<String>>,
    pub people: RwSignal<Vec<Person>>,
    /// Whether the edits are saved; `None` until the first connection.
    pub save_state: RwSignal<Option<SaveStatus>>,
    pub locked: RwSignal<bool>,
    /// Whether something on the page around the room has changed, such as a new version or proposal.
    pub is_outdated: RwSignal<bool>,
    /// The reason why the server rejected the last edits.
    pub rejection: RwSignal<Option<String>>,
    /// Whether the person no longer has access to the design.
    pub access_lost: RwSignal<bool>,
    connection: StoredValue<Option<SendWrapper<Connection>>>,
}

impl RoomState {
    /// Creates the state from the setup, on the server and in the browser alike.
    pub fn new(setup: RoomSetup) -> Self {
        let snapshot = RwSignal::new(snapshot(&replica_of(&setup.document)));
        let (language, locked) = (setup.language, setup.locked);
        let me = Person::current(&setup);
        let setup = StoredValue::new(setup);
        let values = Memo::new(move |_| {
            snapshot.with(|snapshot| setup.with_value(|setup| setup.model.complete(&snapshot.options)))
        });
        let quantity = Memo::new(move |_| snapshot.with(|snapshot| snapshot.quantity));
        let price = Memo::new(move |_| {
            values.with(|values| setup.with_value(|setup| setup.model.price(values, quantity.get())))
        });
        let violations = Memo::new(move |_| {
            let broken = |model: &ProductModel, values: &Values| {
                let rules = model.violations(values);
                rules.into_iter().map(|rule| (rule.why.clone(), rule.options.clone())).collect()
            };
            values.with(|values| setup.with_value(|setup| broken(&setup.model, values)))
        });
        Self {
            setup,
            language,
            ready: RwSignal::new(false),
            snapshot,
            values,
            quantity,
            price,
            violations,
            changed_option: RwSignal::new(None),
            people: RwSignal::new(vec![me]),
            save_state: RwSignal::new(None),
            locked: RwSignal::new(locked),
            is_outdated: RwSignal::new(false),
            rejection: RwSignal::new(None),
            access_lost: RwSignal::new(false),
            connection: StoredValue::new(None),
        }
    }

    /// Connects the room to the server. Does nothing while the server renders, where effects do not run.
    pub fn connect_in_browser(self) {
        Effect::new(move |_| {
            if self.locked.get_untracked() {
                return;
            }
            let (replica, design, person) =
                self.setup.with_value(|setup| (replica_of(&setup.document), setup.design, setup.person));
            let unsaved = UnsavedEdits::new(design, person, replica.state_vector());
            if unsaved.restore(&replica) {
                self.set_snapshot(snapshot(&replica));
            }
            let on_leave = unsaved.clone();
            let on_event = move |session: &SyncClient, event: RoomEvent| self.handle_event(session, event, &unsaved);
            let connection =
                Connection::open(websocket_url(&design.to_string()), SyncClient::resume(replica), on_event);
            connection.publish_awareness(presence::awareness(None));
            let last = connection.clone();
            let _ = window_event_listener_untyped("pagehide", move |_| {
                last.with(|session| {
                    if session.has_unsaved() {
                        on_leave.store(session.replica())
                    }
                });
            });
            self.connection.set_value(Some(SendWrapper::new(connection)));
            self.ready.set(true);
        });
    }

    pub fn with_model<T>(self, read: impl FnOnce(&ProductModel) -> T) -> T {
        self.setup.with_value(|setup| read(&setup.model))
    }

    pub fn set_option(self, key: &str, value: Value) {
        self.edit(|replica| replica.set_option(key, Some(&value)));
    }

    pub fn set_quantity(self, quantity: u32) {
        self.edit(|replica| replica.set_quantity(quantity));
    }

    pub fn splice_brief(self, at: usize, removed: usize, inserted: &str) {
        self.edit(|replica| replica.splice_brief(at, removed, inserted));
    }

    pub fn add_comment(self, comment: &Comment) {
        self.edit(|replica| replica.add_comment(comment));
    }

    /// Shows the other people which option has this person's focus.
    pub fn publish_focus(self, option: Option<&str>) {
        self.connection.with_value(|connection| {
            if let Some(connection) = connection {
                connection.publish_awareness(presence::awareness(option));
            }
        });
    }

    fn edit(self, edit: impl FnOnce(&Replica) -> Result<Option<Vec<u8>>, SchemaError>) {
        set_if_changed(self.rejection, None);
        // Cloned out of the arena first: the edit calls `handle_event` while it runs.
        if let Some(connection) = self.connection.get_value() {
            connection.edit(edit);
        }
    }

    fn handle_event(self, session: &SyncClient, event: RoomEvent, unsaved: &UnsavedEdits) {
        let rejected = event.rejected.is_some();
        if rejected {
            self.rejection.set(event.rejected);
        } else if event.document {
            self.set_snapshot(snapshot(session.replica()));
        }
        set_if_changed(self.people, self.setup.with_value(|setup| presence::present(setup, session.others())));
        if session.is_locked() {
            set_if_changed(self.locked, true);
        }
        if session.has_news() {
            set_if_changed(self.is_outdated, true);
        }
        if event.access_lost {
            self.access_lost.set(true);
        }
        match session.save_status() {
            SaveStatus::Offline if session.has_unsaved() => unsaved.store(session.replica()),
            SaveStatus::Saved => unsaved.clear(),
            _ if rejected => unsaved.clear(),
            _ => {}
        }
        self.show_save_state(session.save_status());
    }

    fn set_snapshot(self, snapshot: Snapshot) {
        let before = self.values.get_untracked();
        if self.snapshot.with_untracked(|current| *current == snapshot) {
            return;
        }
        let after = self.with_model(|model| model.complete(&snapshot.options));
        let changed = after.iter().find(|(key, value)| before.get(*key) != Some(value)).map(|(key, _)| key.clone());
        if changed.is_some() {
            self.changed_option.set(changed);
        }
        self.snapshot.set(snapshot);
    }

    /// Shows the save state. Changes from `Saved` to `Saving` are shown after a delay, because most edits are saved
    /// before it has passed.
    fn show_save_state(self, status: SaveStatus) {
        let shown = self.save_state.get_untracked();
        if status != SaveStatus::Saving || shown != Some(SaveStatus::Saved) {
            return set_if_changed(self.save_state, Some(status));
        }
        let later = move || {
            let now = self.connection.get_value().map(|connection| connection.with(SyncClient::save_status));
            set_if_changed(self.save_state, now);
        };
        set_timeout(later, SAVING_SHOWN_AFTER);
    }
}

/// Sets the signal unless it has this value already, which avoids unnecessary rendering.
fn set_if_changed<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|current| *current != value) {
        signal.set(value);
    }
}

fn replica_of(document: &[u8]) -> Replica {
    let replica = Replica::default();
    // An unreadable document leaves the replica empty; the server sends the document when the room connects.
    let _ = replica.apply(document);
    replica
}

fn snapshot(replica: &Replica) -> Snapshot {
    replica.snapshot().unwrap_or_default()
}

fn websocket_url(design: &str) -> String {
    let location = window().location();
    let scheme = if location.protocol().is_ok_and(|protocol| protocol == "https:") { "wss" } else { "ws" };
    format!("{scheme}://{}/sync/{design}", location.host().unwrap_or_default())
}
