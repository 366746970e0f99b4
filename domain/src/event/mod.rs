//! Timeline events: each kind with its payload and the people who may see it.

mod sample;

pub use sample::sample;

use crate::{
    Day, LocalizedText, Priority,
    policy::{MemberRole, StaffRole},
    record::FieldChange,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The people who may see an event. Staff see every event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Every member of the customer.
    Customer,
    /// Of the customer's members, only the person who caused the event.
    Person,
    /// Staff only. These events are stored in a table of their own.
    Staff,
}

impl Audience {
    pub const fn name(self) -> &'static str {
        match self {
            Audience::Customer => "customer",
            Audience::Person => "person",
            Audience::Staff => "staff",
        }
    }
}

/// Declares [`Event`] and [`EventKind`]: variant, stored name, audience and payload of every kind.
macro_rules! events {
    ($(
        $(#[$about:meta])*
        $variant:ident = $name:literal for $audience:ident $({ $($field:ident: $type:ty),+ })?
    );+ $(;)?) => {
        /// Something that happened to a record. The customer, the person who caused it, the record's key and the time
        /// are stored beside it.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "data")]
        pub enum Event {
            $($(#[$about])* #[serde(rename = $name)] $variant $({ $($field: $type),+ })?),+
        }

        /// The kind of an [`Event`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum EventKind { $($variant),+ }

        impl EventKind {
            pub const ALL: &'static [EventKind] = &[$(EventKind::$variant),+];

            /// The name in the database.
            pub const fn name(self) -> &'static str {
                match self { $(EventKind::$variant => $name),+ }
            }

            pub const fn audience(self) -> Audience {
                match self { $(EventKind::$variant => Audience::$audience),+ }
            }
        }

        impl Event {
            pub const fn kind(&self) -> EventKind {
                match self { $(Event::$variant { .. } => EventKind::$variant),+ }
            }
        }
    };
}

events! {
    /// A customer signed up.
    Joined = "joined" for Customer { name: String };
    PersonChanged = "person-changed" for Person { name: String, changes: Vec<FieldChange> };
    DateAdded = "date-added" for Person { name: String, day: Day };
    DateRemoved = "date-removed" for Person { name: String, day: Day };
    NoticesChanged = "notices-changed" for Person { changes: Vec<FieldChange> };
    PasswordChanged = "password-changed" for Person;
    OrganisationChanged = "organisation-changed" for Customer { name: String, changes: Vec<FieldChange> };
    AddressAdded = "address-added" for Customer { name: String, address: String };
    AddressChanged = "address-changed" for Customer { name: String, address: String, changes: Vec<FieldChange> };
    AddressRemoved = "address-removed" for Customer { name: String, address: String };
    MemberInvited = "member-invited" for Customer { email: String, role: MemberRole };
    InvitationSentAgain = "invitation-sent-again" for Customer { email: String };
    InvitationWithdrawn = "invitation-withdrawn" for Customer { email: String };
    MemberJoined = "member-joined" for Customer { name: String, email: String, role: MemberRole };
    MemberChanged = "member-changed" for Customer { name: String, changes: Vec<FieldChange> };
    MemberRemoved = "member-removed" for Customer { name: String, email: String };
    MemberLeft = "member-left" for Customer { name: String, email: String };
    CustomerNote = "customer-note" for Staff;
    /// `people`, `next_step` and `next_on` are empty if the note has none.
    ContactNoted = "contact-noted" for Staff {
        channel: String, direction: String, people: String, summary: String, next_step: String, next_on: Option<Day>
    };
    NextStepDone = "next-step-done" for Staff { step: String };
    DesignStarted = "design-started" for Customer { title: String };
    /// `before` is the previous title.
    DesignRenamed = "design-renamed" for Customer { title: String, before: String };
    VersionNamed = "version-named" for Customer { title: String, number: i64, name: String };
    Proposed = "proposed" for Customer { title: String, number: i64 };
    Approved = "approved" for Customer { title: String, number: i64 };
    Declined = "declined" for Customer { title: String, number: i64, reason: String };
    DesignNote = "design-note" for Staff { title: String };
    OrderPlaced = "order-placed" for Customer { title: String, number: i64 };
    OrderNote = "order-note" for Staff { number: i64 };
    DestinationChosen = "destination-chosen" for Customer { number: i64, address: String };
    StepStarted = "step-started" for Customer { number: i64, step: LocalizedText };
    StepDone = "step-done" for Customer { number: i64, step: LocalizedText };
    StepPictured = "step-pictured" for Customer { number: i64, step: LocalizedText };
    StepPlanned = "step-planned" for Customer { number: i64, step: LocalizedText, before: Day, day: Day };
    /// `tracking` is empty if the carrier gave no number.
    Shipped = "shipped" for Customer { number: i64, carrier: String, tracking: String };
    Delivered = "delivered" for Customer { number: i64 };
    Accepted = "accepted" for Customer { number: i64 };
    StaffAdded = "staff-added" for Staff { name: String, role: StaffRole };
    StaffChanged = "staff-changed" for Staff { name: String, role: StaffRole };
    StaffRemoved = "staff-removed" for Staff { name: String };
    TicketOpened = "ticket-opened" for Customer { number: i64, title: String };
    TicketMessage = "ticket-message" for Customer { number: i64, title: String };
    TicketSolved = "ticket-solved" for Customer { number: i64, title: String };
    TicketReopened = "ticket-reopened" for Customer { number: i64, title: String };
    TicketNote = "ticket-note" for Staff { number: i64, title: String };
    TicketAssigned = "ticket-assigned" for Staff { number: i64, title: String, name: String };
    TicketReleased = "ticket-released" for Staff { number: i64, title: String };
    TicketPriority = "ticket-priority" for Staff { number: i64, title: String, priority: Priority };
}

impl Event {
    pub const fn audience(&self) -> Audience {
        self.kind().audience()
    }

    /// Reads an event from its stored kind and JSON data. Fails for kinds of a newer program.
    pub fn read(kind: &str, data: &str) -> Result<Self, serde_json::Error> {
        let data: Value = serde_json::from_str(data)?;
        let mut stored = Map::from_iter([("kind".to_owned(), Value::from(kind))]);
        // Both `null` and `{}` are stored for events without a payload.
        if !data.is_null() && data != Value::Object(Map::new()) {
            stored.insert("data".to_owned(), data);
        }
        serde_json::from_value(Value::Object(stored))
    }

    /// The payload as JSON, as [`Event::read`] expects it: `null` for events without one.
    pub fn data(&self) -> Result<String, serde_json::Error> {
        let stored = serde_json::to_value(self)?;
        Ok(stored.get("data").unwrap_or(&Value::Null).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_stored_event_can_be_read_back() {
        let mut names = BTreeSet::new();
        for kind in EventKind::ALL {
            let event = sample(*kind);
            assert_eq!(event.kind(), *kind);
            assert_eq!(serde_json::to_value(&event).unwrap()["kind"], kind.name());
            assert_eq!(Event::read(kind.name(), &event.data().unwrap()).unwrap(), event);
            assert!(names.insert(kind.name()), "{} is used twice", kind.name());
        }
    }

    #[test]
    fn only_listed_events_are_hidden_from_members() {
        let names = |audience| {
            let kinds = EventKind::ALL.iter().filter(|kind| kind.audience() == audience);
            kinds.map(|kind| kind.name()).collect::<Vec<_>>()
        };
        let of_person = ["person-changed", "date-added", "date-removed", "notices-changed", "password-changed"];
        assert_eq!(names(Audience::Person), of_person);
        let of_staff = [
            "customer-note",
            "contact-noted",
            "next-step-done",
            "design-note",
            "order-note",
            "staff-added",
            "staff-changed",
            "staff-removed",
            "ticket-note",
            "ticket-assigned",
            "ticket-released",
            "ticket-priority",
        ];
        assert_eq!(names(Audience::Staff), of_staff);
    }

    /// Rows as written by earlier versions, in which events had no types.
    #[test]
    fn rows_of_earlier_versions_can_be_read() {
        for (kind, data, event) in [
            ("password-changed", "{}", Event::PasswordChanged),
            ("customer-note", "null", Event::CustomerNote),
            (
                "shipped",
                r#"{"carrier":"Нова пошта","number":1042,"tracking":""}"#,
                Event::Shipped { number: 1042, carrier: "Нова пошта".into(), tracking: String::new() },
            ),
            (
                "member-changed",
                r#"{"changes":[{"field":"role","from":"member","to":"administrator"}],"name":"Petro"}"#,
                Event::MemberChanged {
                    name: "Petro".into(),
                    changes: vec![FieldChange {
                        field: "role".into(),
                        from: "member".into(),
                        to: "administrator".into(),
                    }],
                },
            ),
            (
                "ticket-priority",
                r#"{"number":1007,"priority":"urgent","title":"The drawer sticks"}"#,
                Event::TicketPriority { number: 1007, title: "The drawer sticks".into(), priority: Priority::Urgent },
            ),
        ] {
            assert_eq!(Event::read(kind, data).unwrap(), event, "{kind}");
        }
    }

    #[test]
    fn unknown_kinds_and_incomplete_payloads_are_errors() {
        assert!(Event::read("of-a-later-version", "{}").is_err());
        assert!(Event::read("delivered", "null").is_err());
        assert!(Event::read("delivered", r#"{"number":"many"}"#).is_err());
        assert!(Event::read("delivered", "no JSON").is_err());
    }
}
