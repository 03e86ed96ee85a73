//! A message kept beyond the buffer it came in.

use std::borrow::Cow;

use super::{Kind, Message};

/// An owned message: the answer to an action, an entry of a list. Events of the live stream
/// never become one.
#[derive(Clone, PartialEq, Eq)]
pub struct Block(Box<[u8]>);

impl Block {
    /// What the message is.
    #[must_use]
    pub fn kind(&self) -> Kind<'_> {
        self.message().kind()
    }

    /// The first value of `key`; see [`Message::get`].
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Cow<'_, str>> {
        self.message().get(key)
    }

    /// What it takes in memory, about: the bytes, and what it costs to keep them apart.
    pub(crate) fn footprint(&self) -> usize {
        self.0.len() + 64
    }

    /// The message, borrowed.
    #[must_use]
    pub fn message(&self) -> Message<'_> {
        Message::new(&self.0)
    }
}

impl From<Message<'_>> for Block {
    fn from(message: Message<'_>) -> Self {
        Self(message.as_bytes().into())
    }
}

impl std::fmt::Debug for Block {
    /// Shows the first line only: the rest holds phone numbers.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Block").field(&self.kind()).finish()
    }
}
