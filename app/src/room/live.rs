//! What the parts of the room share: the document as it reads now, who is here, how the edits stand, and the ways to
//! make one.

use crate::room::{
    RoomSetup,
    connection::{Connection, News},
    kept::Kept,
    people::{self, Person},
};
use domain::{
    Language, LocalizedText,
    document::{Comment, Replica, SaveStatus, SchemaError, Snapshot, SyncClient, Value},
    model::{Price, ProductModel, Values},
};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::time::Duration;

/// Edits take a moment to be stored, always; only one that takes longer is worth a word.
const PATIENCE: Duration = Duration::from_millis(600);

#[derive(Clone, Copy)]
pub struct Live {
    pub setup: StoredValue<RoomSetup>,
    pub language: Language,
    /// Whether people can edit: not before the browser has taken over.
    pub ready: RwSignal<bool>,
    pub held: RwSignal<Snapshot>,
    /// Every option, as it is set or by default.
    pub values: Memo<Values>,
    pub quantity: Memo<u32>,
    pub price: Memo<Price>,
    /// Why what is chosen does not go together, with the options that the reason speaks of.
    pub violations: Memo<Vec<(LocalizedText, Vec<String>)>>,
    /// The option that was changed last.
    pub changed: RwSignal<Option<String>>,
    pub people: RwSignal<Vec<Person>>,
    /// None until the room was joined for the first time.
    pub standing: RwSignal<Option<SaveStatus>>,
    pub locked: RwSignal<bool>,
    pub news: RwSignal<bool>,
    pub refused: RwSignal<Option<String>>,
    pub shut_out: RwSignal<bool>,
    connection: StoredValue<Option<SendWrapper<Connection>>>,
}

impl Live {
    /// As the setup has it, on the server and in the browser alike.
    pub fn new(setup: RoomSetup) -> Self {
        let held = RwSignal::new(read(&copy(&setup.document)));
        let (language, locked) = (setup.language, setup.locked);
        let me = Person::me(&setup);
        let setup = StoredValue::new(setup);
        let values =
            Memo::new(move |_| held.with(|held| setup.with_value(|setup| setup.model.complete(&held.options))));
        let quantity = Memo::new(move |_| held.with(|held| held.quantity));
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
            held,
            values,
            quantity,
            price,
            violations,
            changed: RwSignal::new(None),
            people: RwSignal::new(vec![me]),
            standing: RwSignal::new(None),
            locked: RwSignal::new(locked),
            news: RwSignal::new(false),
            refused: RwSignal::new(None),
            shut_out: RwSignal::new(false),
            connection: StoredValue::new(None),
        }
    }

    /// From here on the room is live. Runs in the browser alone, as effects do.
    pub fn join_in_browser(self) {
        Effect::new(move |_| {
            if self.locked.get_untracked() {
                return;
            }
            let (replica, design, person) =
                self.setup.with_value(|setup| (copy(&setup.document), setup.design, setup.person));
            let kept = Kept::of(design, person, replica.state_vector());
            if kept.bring_back(&replica) {
                self.take(read(&replica));
            }
            let leaving = kept.clone();
            let told = move |session: &SyncClient, news: News| self.tell(session, news, &kept);
            let connection = Connection::join(address(&design.to_string()), SyncClient::resume(replica), told);
            connection.say_where(people::place(None));
            let last = connection.clone();
            let _ = window_event_listener_untyped("pagehide", move |_| {
                last.with(|session| {
                    if session.has_unsaved() {
                        leaving.keep(session.replica())
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

    /// Tells the others which option this person is at.
    pub fn say_where(self, option: Option<&str>) {
        self.connection.with_value(|connection| {
            if let Some(connection) = connection {
                connection.say_where(people::place(option));
            }
        });
    }

    fn edit(self, edit: impl FnOnce(&Replica) -> Result<Option<Vec<u8>>, SchemaError>) {
        put(self.refused, None);
        // Held outside the arena: an edit tells of itself while it is made.
        if let Some(connection) = self.connection.get_value() {
            connection.edit(edit);
        }
    }

    fn tell(self, session: &SyncClient, news: News, kept: &Kept) {
        let refused = news.refused.is_some();
        if refused {
            self.refused.set(news.refused);
        } else if news.document {
            self.take(read(session.replica()));
        }
        put(self.people, self.setup.with_value(|setup| people::here(setup, session.others())));
        if session.is_locked() {
            put(self.locked, true);
        }
        if session.has_news() {
            put(self.news, true);
        }
        if news.shut_out {
            self.shut_out.set(true);
        }
        match session.save_status() {
            SaveStatus::Offline if session.has_unsaved() => kept.keep(session.replica()),
            SaveStatus::Saved => kept.let_go(),
            _ if refused => kept.let_go(),
            _ => {}
        }
        self.stand(session.save_status());
    }

    fn take(self, snapshot: Snapshot) {
        let before = self.values.get_untracked();
        if self.held.with_untracked(|held| *held == snapshot) {
            return;
        }
        let after = self.with_model(|model| model.complete(&snapshot.options));
        let changed = after.iter().find(|(key, value)| before.get(*key) != Some(value)).map(|(key, _)| key.clone());
        if changed.is_some() {
            self.changed.set(changed);
        }
        self.held.set(snapshot);
    }

    fn stand(self, standing: SaveStatus) {
        let shown = self.standing.get_untracked();
        if standing != SaveStatus::Saving || shown != Some(SaveStatus::Saved) {
            return put(self.standing, Some(standing));
        }
        let later = move || {
            let now = self.connection.get_value().map(|connection| connection.with(SyncClient::save_status));
            put(self.standing, now);
        };
        set_timeout(later, PATIENCE);
    }
}

/// Sets what has changed, and leaves alone what has not.
fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|held| *held != value) {
        signal.set(value);
    }
}

fn copy(document: &[u8]) -> Replica {
    let replica = Replica::default();
    // The server's own document; were it unreadable, the room would begin empty and get it when joining.
    let _ = replica.apply(document);
    replica
}

fn read(replica: &Replica) -> Snapshot {
    replica.snapshot().unwrap_or_default()
}

fn address(design: &str) -> String {
    let location = window().location();
    let scheme = if location.protocol().is_ok_and(|protocol| protocol == "https:") { "wss" } else { "ws" };
    format!("{scheme}://{}/sync/{design}", location.host().unwrap_or_default())
}
