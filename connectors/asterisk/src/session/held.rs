//! Events that wait until the picture of a resync is told.

use jiff::Timestamp;

use crate::ami::{Block, Message};

/// A resync takes less than a second and busy systems send a megabyte in that time.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Events kept in the order of their arrival.
#[derive(Debug, Default)]
pub(super) struct Held {
    events: Vec<(Timestamp, Block)>,
    bytes: usize,
}

impl Held {
    /// Keeps an event; `false` when there is no more room.
    pub(super) fn keep(&mut self, at: Timestamp, message: Message<'_>) -> bool {
        let block = Block::from(message);
        self.bytes += block.footprint();
        if self.bytes > MOST_BYTES {
            return false;
        }
        self.events.push((at, block));
        true
    }

    /// Takes all events.
    pub(super) fn take(&mut self) -> Vec<(Timestamp, Block)> {
        self.bytes = 0;
        std::mem::take(&mut self.events)
    }
}
