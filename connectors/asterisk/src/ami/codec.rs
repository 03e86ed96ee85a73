//! Bytes into messages.

use memchr::memmem::Finder;

use super::Message;

/// The longest line taken, in bytes. Asterisk writes lines of some hundred bytes; a channel
/// variable may make one longer.
pub const MAX_LINE: usize = 16 * 1024;
/// The longest message taken, in bytes.
pub const MAX_BLOCK: usize = 64 * 1024;
/// The most headers a message may have.
pub const MAX_HEADERS: usize = 1_000;

/// A message this short keeps every limit (a header takes at least four bytes), so that the
/// usual message is not measured.
const SURELY_FINE: usize = 4 * MAX_HEADERS;

const END: &[u8] = b"\r\n\r\n";

/// What came over the wire.
#[derive(Debug, Clone, Copy)]
pub enum Frame<'a> {
    /// The line that Asterisk greets with, without its line break.
    Banner(&'a [u8]),
    /// A message.
    Message(Message<'a>),
    /// Something that could not be read was left out, up to the next empty line.
    Garbled(Fault),
}

/// Why a message was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A line is longer than [`MAX_LINE`].
    #[error("a line of more than {MAX_LINE} bytes")]
    LongLine,
    /// The message is longer than [`MAX_BLOCK`].
    #[error("a message of more than {MAX_BLOCK} bytes")]
    LongBlock,
    /// The message has more than [`MAX_HEADERS`] headers.
    #[error("a message of more than {MAX_HEADERS} headers")]
    ManyHeaders,
    /// The message begins neither with `Event:` nor with `Response:`.
    #[error("a message that is neither an event nor a response")]
    NoKind,
    /// A line of the message has no colon; the rest of it was used.
    #[error("a line that is no header")]
    NoHeader,
    /// No line break came where the banner should be.
    #[error("no banner line")]
    NoBanner,
}

/// Cuts bytes into messages, however they arrive. Nothing is copied per message: a [`Message`]
/// borrows the codec's buffer until the next call.
///
/// The buffer never holds more than [`MAX_BLOCK`] and what one [`Codec::push`] brought, as long
/// as all frames are taken out between two pushes.
#[derive(Debug)]
pub struct Codec {
    buffer: Vec<u8>,
    /// Where the first byte not yet handed out is.
    start: usize,
    /// Up to where no end of a message was found.
    searched: usize,
    stage: Stage,
    /// Kept, because to make one costs as much as to search a whole message.
    end: Finder<'static>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Banner,
    Messages,
    /// Inside a message that is too long: everything up to the next empty line is dropped.
    Dropping,
}

impl Default for Codec {
    fn default() -> Self {
        Self::new()
    }
}

impl Codec {
    /// A codec for a fresh connection: the banner line comes first.
    #[must_use]
    pub fn new() -> Self {
        Self {
            buffer: Vec::new(),
            start: 0,
            searched: 0,
            stage: Stage::Banner,
            end: Finder::new(END),
        }
    }

    /// A codec for a stream that has no banner line, such as a recording.
    #[must_use]
    pub fn without_banner() -> Self {
        Self {
            stage: Stage::Messages,
            ..Self::new()
        }
    }

    /// Takes in bytes from the wire.
    pub fn push(&mut self, bytes: &[u8]) {
        // What was handed out makes room first, so that the buffer does not creep.
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The next frame; `None` when more bytes are needed.
    pub fn poll(&mut self) -> Option<Frame<'_>> {
        if self.stage == Stage::Banner {
            return self.poll_banner();
        }
        loop {
            // Stray empty lines between messages: Asterisk leaves one behind where an error
            // message of its own holds a line break.
            while self.rest(self.start).starts_with(b"\r\n") && self.stage == Stage::Messages {
                self.start += 2;
            }
            self.searched = self.searched.max(self.start);
            let Some(found) = self.end.find(self.rest(self.searched)) else {
                return self.wait_for_more();
            };
            let (from, to) = (self.start, self.searched + found);
            self.start = to + END.len();
            self.searched = self.start;
            if self.stage == Stage::Dropping {
                self.stage = Stage::Messages;
                continue;
            }
            let block = self.buffer.get(from..to).unwrap_or_default();
            return Some(match fault(block) {
                Some(fault) => Frame::Garbled(fault),
                None => Frame::Message(Message::new(block)),
            });
        }
    }

    /// Bytes held now, for a test of the bound.
    #[must_use]
    pub fn buffered(&self) -> usize {
        self.buffer.len()
    }

    fn rest(&self, from: usize) -> &[u8] {
        self.buffer.get(from..).unwrap_or_default()
    }

    fn poll_banner(&mut self) -> Option<Frame<'_>> {
        let line = match memchr::memchr(b'\n', self.rest(self.start)) {
            Some(length) if length <= MAX_LINE => self.start..self.start + length,
            None if self.buffer.len() <= MAX_LINE => return None,
            _ => {
                self.stage = Stage::Dropping;
                return Some(Frame::Garbled(Fault::NoBanner));
            }
        };
        self.stage = Stage::Messages;
        self.start = line.end + 1;
        self.searched = self.start;
        let line = self.buffer.get(line).unwrap_or_default();
        Some(Frame::Banner(line.strip_suffix(b"\r").unwrap_or(line)))
    }

    /// No whole message is there. What is too long already is dropped now rather than kept.
    fn wait_for_more(&mut self) -> Option<Frame<'_>> {
        let held = self.rest(self.start).len();
        if self.stage == Stage::Dropping || held > MAX_BLOCK + END.len() {
            let first = self.stage != Stage::Dropping;
            self.begin_dropping();
            return first.then_some(Frame::Garbled(Fault::LongBlock));
        }
        self.searched = self.start + held.saturating_sub(END.len() - 1);
        None
    }

    /// Drops what is held but the last bytes, which may be the first part of the empty line.
    fn begin_dropping(&mut self) {
        self.stage = Stage::Dropping;
        self.start = self
            .start
            .max(self.buffer.len().saturating_sub(END.len() - 1));
        self.searched = self.start;
    }
}

fn fault(block: &[u8]) -> Option<Fault> {
    if block.len() > MAX_BLOCK {
        return Some(Fault::LongBlock);
    }
    let message = Message::new(block);
    if block.len() > SURELY_FINE {
        if message.lines().any(|line| line.len() > MAX_LINE) {
            return Some(Fault::LongLine);
        }
        if message.lines().count() > MAX_HEADERS {
            return Some(Fault::ManyHeaders);
        }
    }
    let begins = |key: &[u8]| block.starts_with(key);
    (!begins(b"Event:") && !begins(b"Response:")).then_some(Fault::NoKind)
}
