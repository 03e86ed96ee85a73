//! What a phone does when it is called.

use std::time::Duration;

/// What a phone does when it is called.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Manner {
    /// Rings until the caller gives up, or the script picks up.
    Rings,
    /// Rings so long, then answers.
    Answers(Duration),
    /// Rings so long, then refuses with this status.
    Refuses(u16, Duration),
    /// Rings so long, then sends the caller to this number (SIP 302).
    Forwards(String, Duration),
}

impl Manner {
    /// How long it rings; `None` is for ever.
    pub(super) fn rings_for(&self) -> Option<Duration> {
        match self {
            Self::Rings => None,
            Self::Answers(after) | Self::Refuses(_, after) | Self::Forwards(_, after) => {
                Some(*after)
            }
        }
    }
}
