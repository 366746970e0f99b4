//! The design room: islands that run in the browser too.
