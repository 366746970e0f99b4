//! The state of the generator of demo data.

use anyhow::Context;
use domain::{PersonId, Timestamp};
use rand::rngs::StdRng;
use std::collections::HashMap;

pub(super) struct Generator {
    pub random: StdRng,
    /// The generated history ends at this moment.
    pub now: Timestamp,
    /// The hash of everyone's password.
    pub password_hash: String,
    /// The names of all people, which their comments in rooms contain.
    pub names: HashMap<PersonId, String>,
}

impl Generator {
    pub fn name(&self, person: PersonId) -> anyhow::Result<String> {
        self.names.get(&person).cloned().context("a person of the demo has no name")
    }
}
