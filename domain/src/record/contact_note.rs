//! Notes about contacts with customers outside the portal.

use super::{
    Field, Record,
    field::{FieldKind::*, field},
};

/// A call, meeting or letter recorded by staff, and the next step. Only staff see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactNote {
    /// The content of the conversation or letter.
    pub summary: String,
    pub channel: String,
    pub direction: String,
    /// The participants on the customer's side.
    pub people: String,
    pub next_step: String,
    /// The day on which the next step is due.
    pub next_on: String,
    /// The member of staff who does the next step.
    pub assignee: String,
}

impl Record for ContactNote {
    const NAME: &'static str = "contact";
    const TABLE: &'static str = "internal_contact_note";
    const FIELDS: &'static [Field<Self>] = &[
        field!(summary, Text { max: 4000 }).required().access_key("n"),
        field!(channel, Choice { values: &["call", "meeting", "letter"], labels: "contact-channel" }).required(),
        field!(direction, Choice { values: &["incoming", "outgoing"], labels: "contact-direction" }).required(),
        field!(people, Line { max: 200 }),
        field!(next_step, Line { max: 200 }),
        field!(next_on, Day),
        field!(assignee, Pick),
    ];
}
