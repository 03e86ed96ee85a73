//! One AMI message, as it stands in the buffer.

use std::borrow::Cow;

/// What a message is, by its first header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind<'a> {
    /// `Event: <name>`.
    Event(&'a str),
    /// `Response: <word>`; `Success`, `Error`, `Goodbye`.
    Response(&'a str),
    /// Neither: no message of AMI begins like that.
    Unknown,
}

/// A message that borrows the codec's buffer. Headers form a multimap: keys repeat (`Variable`,
/// or what a dial plan adds to a `UserEvent`), and the first one counts for identity.
///
/// Looking at [`Message::kind`] touches the first line only, so that a caller skips the three
/// quarters of the traffic that it has no use for at hardly any cost.
#[derive(Clone, Copy)]
pub struct Message<'a> {
    block: &'a [u8],
}

impl<'a> Message<'a> {
    /// Reads a block: lines parted by CR LF, without the empty line that ends it.
    #[must_use]
    pub fn new(block: &'a [u8]) -> Self {
        Self { block }
    }

    /// What the message is.
    #[must_use]
    pub fn kind(&self) -> Kind<'a> {
        let first = self.lines().next().unwrap_or_default();
        let Some((key, value)) = header(first) else {
            return Kind::Unknown;
        };
        match (key, std::str::from_utf8(value)) {
            (b"Event", Ok(name)) => Kind::Event(name),
            (b"Response", Ok(word)) => Kind::Response(word),
            _ => Kind::Unknown,
        }
    }

    /// The first value of `key`, with what is no UTF-8 replaced; `None` when the header is
    /// missing, an empty text when it has no value.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Cow<'a, str>> {
        self.get_bytes(key.as_bytes()).map(String::from_utf8_lossy)
    }

    /// Every header in order, as bytes. Lines that are no headers are left out.
    pub fn headers(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        self.lines().filter_map(header)
    }

    /// Whether every line is a header.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.lines().all(|line| header(line).is_some())
    }

    /// The block as it came.
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.block
    }

    fn get_bytes(&self, key: &[u8]) -> Option<&'a [u8]> {
        self.lines()
            // The colon first: one look at a byte rules nearly every line out.
            .find(|line| line.get(key.len()) == Some(&b':') && line.starts_with(key))
            .and_then(header)
            .map(|(_, value)| value)
    }

    pub(super) fn lines(&self) -> Lines<'a> {
        Lines { rest: self.block }
    }
}

impl std::fmt::Debug for Message<'_> {
    /// Shows the first line only: the rest holds phone numbers.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Message").field(&self.kind()).finish()
    }
}

/// Parts a line at its first colon and drops the one space behind it.
fn header(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    let (key, rest) = line.split_at_checked(colon)?;
    let value = rest.strip_prefix(b":")?;
    Some((key, value.strip_prefix(b" ").unwrap_or(value)))
}

pub(super) struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        // Only CR LF parts lines: a lone line feed inside a value belongs to the value, so that
        // hostile text cannot make a header.
        let whole = self.rest;
        let end = memchr::memchr_iter(b'\n', whole)
            .map(|at| whole.split_at(at))
            .find_map(|(line, rest)| Some((line.strip_suffix(b"\r")?, rest.get(1..)?)));
        let (line, rest) = end.unwrap_or((whole, &[]));
        self.rest = rest;
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_repeated_headers_counts_and_all_are_there() {
        let message = Message::new(b"Event: UserEvent\r\nLinkedid: 1\r\nLinkedid: 2");
        assert_eq!(message.kind(), Kind::Event("UserEvent"));
        assert_eq!(message.get("Linkedid").as_deref(), Some("1"));
        assert_eq!(message.headers().count(), 3);
    }

    #[test]
    fn a_missing_value_is_empty_and_a_missing_header_is_none() {
        let message = Message::new(b"Event: Hangup\r\nAccountCode: \r\nExten:");
        assert_eq!(message.get("AccountCode").as_deref(), Some(""));
        assert_eq!(message.get("Exten").as_deref(), Some(""));
        assert_eq!(message.get("Account"), None);
    }

    #[test]
    fn a_lone_line_feed_in_a_value_makes_no_header() {
        let message = Message::new(b"Event: Hangup\r\nCallerIDName: Eve\nCause: 17\r\nCause: 16");
        assert_eq!(message.get("Cause").as_deref(), Some("16"));
    }

    #[test]
    fn bytes_that_are_no_utf8_are_replaced() {
        let message = Message::new(b"Event: Hangup\r\nCallerIDName: J\xfcrgen");
        assert_eq!(
            message.get("CallerIDName").as_deref(),
            Some("J\u{fffd}rgen")
        );
    }

    #[test]
    fn a_line_that_is_no_header_is_noticed_and_left_out() {
        let message = Message::new(b"Event: Hangup\r\ngarbage\r\nCause: 16");
        assert!(!message.is_sound());
        assert_eq!(message.get("Cause").as_deref(), Some("16"));
    }
}
