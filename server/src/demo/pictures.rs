//! Pictures of production steps, and files attached to tickets.

use super::ticket_texts::Attachment;
use anyhow::Context;
use rust_embed::RustEmbed;
use store::file::UploadedFile;

/// Rendered from `pictures/drawn.html` by end2end/demo-pictures.js.
#[derive(RustEmbed)]
#[folder = "src/demo/pictures"]
#[include = "*.jpg"]
#[include = "*.pdf"]
struct Pictures;

/// A part of the step's English name, the picture, and the file name under which it is added.
const STEP_PICTURES: [(&str, &str, &str); 12] = [
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

/// Returns the picture of a step, if there is one.
pub fn of_step(name: &str) -> anyhow::Result<Vec<UploadedFile>> {
    attachment(STEP_PICTURES.iter().find(|(word, ..)| name.contains(word)).map(|(_, file, name)| (*file, *name)))
}

/// Reads an attached file.
pub fn attachment(attachment: Attachment) -> anyhow::Result<Vec<UploadedFile>> {
    let Some((file, name)) = attachment else { return Ok(Vec::new()) };
    let content =
        Pictures::get(file).with_context(|| format!("the demo's picture {file} is missing"))?.data.into_owned();
    Ok(vec![UploadedFile { name: name.to_owned(), content }])
}
