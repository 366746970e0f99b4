//! The one program: command line, settings, HTTP, the rooms' WebSocket, mail, demo company. It puts the other crates
//! together and holds no rule of the product.

pub mod assets;
pub mod command;
pub mod demo;
pub mod http;
pub mod listener;
pub mod mail;
pub mod serve;
pub mod settings;
pub mod sync;
