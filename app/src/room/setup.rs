//! The initial data of a room. The server renders the room from it, and the browser continues from it.

use domain::{CommentId, DesignId, Language, PersonId, model::ProductModel};
use locales::Moment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RoomSetup {
    pub design: DesignId,
    pub model: ProductModel,
    pub person: PersonId,
    pub name: String,
    pub language: Language,
    /// The whole document as one Yjs update.
    #[serde(with = "base64_text")]
    pub document: Vec<u8>,
    /// Times of the comments in the document, formatted by the server. The browser formats those of later comments.
    pub moments: BTreeMap<CommentId, Moment>,
    pub locked: bool,
}

/// Serializes bytes as Base64.
mod base64_text {
    use base64::{Engine, prelude::BASE64_STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        BASE64_STANDARD.decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The setup of a room for a small table, for tests.
#[cfg(test)]
pub(crate) fn example() -> RoomSetup {
    let model = r#"
        slug = "table"
        kind = "made"
        currency = "UAH"
        vat = 20
        name = { uk = "Стіл", en = "Table" }
        summary = { uk = "Стіл", en = "A table" }
        about = { uk = "Стіл", en = "A table" }
        [[option]]
        key = "length"
        name = { uk = "Довжина", en = "Length" }
        number = { min = 120, max = 280, step = 10, default = 180, unit = "cm" }
        [[option]]
        key = "wood"
        name = { uk = "Деревина", en = "Wood" }
        choice = "oak"
        values = [
          { key = "oak", name = { uk = "дуб", en = "oak" } },
          { key = "ash", name = { uk = "ясен", en = "ash" } },
        ]
        [[step]]
        name = { uk = "Стільниця", en = "Top" }
        days = 3
        [[price]]
        name = { uk = "Стіл", en = "Table" }
        amount = "length * 100"
    "#;
    RoomSetup {
        design: "0199a1c0-0000-7000-8000-000000000001".parse().unwrap(),
        model: domain::model::parse(model).unwrap().product,
        person: "0199a1c0-0000-7000-8000-000000000002".parse().unwrap(),
        name: "Оля".into(),
        language: Language::Uk,
        document: domain::document::Replica::default().full_update(),
        moments: BTreeMap::new(),
        locked: false,
    }
}
