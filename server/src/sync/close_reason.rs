//! The reasons for which the server closes a room connection.

/// A WebSocket close code and its reason phrase. docs/room-document.md says how clients should react to each code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CloseReason {
    pub code: u16,
    pub phrase: &'static str,
}

const fn reason(code: u16, phrase: &'static str) -> CloseReason {
    CloseReason { code, phrase }
}

impl CloseReason {
    pub const IDLE: Self = reason(1001, "no message was received for too long");
    pub const NOT_BINARY: Self = reason(1003, "only binary messages are accepted");
    pub const MALFORMED: Self = reason(1007, "not a valid message of the protocol");
    pub const ACCESS_CHANGED: Self = reason(1008, "the person's access has changed");
    pub const TOO_MANY_REFUSALS: Self = reason(1008, "too many updates were refused");
    pub const TOO_LARGE: Self = reason(1009, "the message is too large");
    pub const UNREADABLE: Self = reason(1009, "the message is too large or is not valid WebSocket");
    pub const RESTART: Self = reason(1012, "the server is restarting");
    pub const SIGNED_OUT: Self = reason(1012, "a session has ended; join again");
    pub const TOO_SLOW: Self = reason(1013, "the client is too slow; join again");
    pub const NOT_STORED: Self = reason(1013, "edits cannot be stored at the moment; join again");
    pub const UNAVAILABLE: Self = reason(1013, "the design cannot be opened at the moment; join again");
}
