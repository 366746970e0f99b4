//! What the demo's people photograph: pictures of each kind of step, and what they send with their questions.

use super::questions::Attached;
use anyhow::Context;
use rust_embed::RustEmbed;
use store::file::UploadedFile;

/// Drawn for the demo, see `drawn.html` there.
#[derive(RustEmbed)]
#[folder = "src/demo/pictures"]
#[include = "*.jpg"]
#[include = "*.pdf"]
struct Pictures;

/// By a word of the step's English name: the picture, and what its taker called it.
const OF_STEPS: [(&str, &str, &str); 12] = [
    ("drying", "boards.jpg", "сушарня.jpg"),
    ("Cutting", "boards.jpg", "розкрій.jpg"),
    ("Gluing", "clamps.jpg", "у струбцинах.jpg"),
    ("Legs", "joints.jpg", "ніжки.jpg"),
    ("Rails", "joints.jpg", "царги.jpg"),
    ("Base", "joints.jpg", "опори.jpg"),
    ("Drawers", "clamps.jpg", "шухляди.jpg"),
    ("Top", "clamps.jpg", "стільниця.jpg"),
    ("Seat", "clamps.jpg", "сидіння.jpg"),
    ("oil", "oil.jpg", "перший шар олії.jpg"),
    ("Finish", "oil.jpg", "оздоблення.jpg"),
    ("acking", "parcel.jpg", "запаковано.jpg"),
];

/// What such a step looks like, where there is a picture of it.
pub fn of_step(name: &str) -> anyhow::Result<Vec<UploadedFile>> {
    sent(OF_STEPS.iter().find(|(word, ..)| name.contains(word)).map(|(_, file, name)| (*file, *name)))
}

pub fn sent(attached: Attached) -> anyhow::Result<Vec<UploadedFile>> {
    let Some((file, name)) = attached else { return Ok(Vec::new()) };
    let content =
        Pictures::get(file).with_context(|| format!("the demo's picture {file} is missing"))?.data.into_owned();
    Ok(vec![UploadedFile { name: name.to_owned(), content }])
}
