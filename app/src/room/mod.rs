//! The design room: islands, which the server renders and the browser then takes over. The portal's and the desk's room
//! are the same; the desk's also shows the margin.

mod brief;
mod comments;
mod connection;
mod drawing;
mod island;
mod options;
mod people;
mod presence;
mod price;
mod setup;
mod state;
mod status;
mod storage;

pub use island::{DeskRoom, Room};
pub use price::{PriceLines, margin};
pub use setup::RoomSetup;
