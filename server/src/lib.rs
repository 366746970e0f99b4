//! The program: command line, settings, HTTP, design rooms over WebSocket, mail and the demo company. It connects the
//! other crates and contains no business rules.

pub mod assets;
pub mod command;
pub mod database;
pub mod demo;
pub mod http;
pub mod listener;
pub mod mail;
pub mod serve;
pub mod settings;
pub mod sync;
