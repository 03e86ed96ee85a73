//! Reads and writes one SIP message (RFC 3261, 7), strictly: what two readers could understand in
//! two ways is not understood.

use crate::header::{self, Name};
use crate::refusal::Refusal;

/// An honest message has about twenty.
const MOST_HEADERS: usize = 64;

/// A message, cut into its parts.
#[derive(Debug)]
pub(crate) struct Message<'a> {
    pub(crate) start: Start<'a>,
    pub(crate) headers: Vec<(Name, String)>,
    pub(crate) body: &'a str,
}

/// Its first line.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Start<'a> {
    Request { method: &'a str, uri: &'a str },
    Response { status: u16, reason: &'a str },
}

/// What becomes of a header that is in no list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unknown {
    Refuse,
    LeaveOut,
}

impl<'a> Message<'a> {
    pub(crate) fn read(
        text: &'a str,
        known: fn(&str) -> Option<Name>,
        unknown: Unknown,
    ) -> Result<Self, Refusal> {
        let (head, body) = text
            .split_once("\r\n\r\n")
            .ok_or(Refusal::Unreadable("the end of the headers"))?;
        let mut lines = head.split("\r\n");
        let start = Start::read(lines.next().unwrap_or_default())?;
        let mut headers: Vec<(Name, String)> = Vec::new();
        for line in lines {
            // Covers folded lines, too: they begin with white space, which is in no name.
            let (name, value) = line
                .split_once(':')
                .filter(|(name, value)| is_token(name) && is_clean(value))
                .ok_or(Refusal::Unreadable("a header"))?;
            let Some(name) = known(name) else {
                if unknown == Unknown::LeaveOut {
                    continue;
                }
                return Err(Refusal::Header);
            };
            let again = name.is_single() && headers.iter().any(|(other, _)| *other == name);
            if again || headers.len() >= MOST_HEADERS {
                return Err(Refusal::Unreadable("a header too many"));
            }
            headers.push((name, value.trim().to_owned()));
        }
        let message = Self {
            start,
            headers,
            body,
        };
        message.check()?;
        Ok(message)
    }

    /// What every message has, and that the parts agree with each other.
    fn check(&self) -> Result<(), Refusal> {
        for name in [header::VIA, header::FROM, header::TO, header::CALL_ID] {
            self.get(name)
                .ok_or(Refusal::Unreadable("a header is missing"))?;
        }
        let cseq = self.get(header::CSEQ).unwrap_or_default();
        let (number, method) = cseq
            .split_once(' ')
            .filter(|(number, method)| number.parse::<u32>().is_ok() && is_token(method))
            .ok_or(Refusal::Unreadable("CSeq"))?;
        let _: (&str, &str) = (number, method);
        if let Start::Request { method: wanted, .. } = self.start
            && wanted != method
        {
            return Err(Refusal::Unreadable("CSeq"));
        }
        let length = self.get(header::CONTENT_LENGTH).map(str::parse::<usize>);
        if length.is_some_and(|length| length != Ok(self.body.len())) {
            return Err(Refusal::Unreadable("Content-Length"));
        }
        Ok(())
    }

    /// The value of a header that stands once; the first of one that may be repeated.
    pub(crate) fn get(&self, name: Name) -> Option<&str> {
        let found = self.headers.iter().find(|(other, _)| *other == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Puts another value in the place of a header's.
    pub(crate) fn set(&mut self, name: Name, value: String) {
        for (other, old) in &mut self.headers {
            if *other == name {
                *old = value;
                return;
            }
        }
    }

    /// The message as it goes over the wire.
    pub(crate) fn write(&self) -> String {
        let mut text = match self.start {
            Start::Request { method, uri } => format!("{method} {uri} SIP/2.0\r\n"),
            Start::Response { status, reason } => format!("SIP/2.0 {status} {reason}\r\n"),
        };
        for (name, value) in &self.headers {
            text.push_str(name.as_str());
            text.push_str(": ");
            text.push_str(value);
            text.push_str("\r\n");
        }
        text.push_str("\r\n");
        text.push_str(self.body);
        text
    }
}

impl<'a> Start<'a> {
    fn read(line: &'a str) -> Result<Self, Refusal> {
        let wrong = Refusal::Unreadable("the first line");
        if !is_clean(line) {
            return Err(wrong);
        }
        if let Some(rest) = line.strip_prefix("SIP/2.0 ") {
            let (status, reason) = rest.split_once(' ').ok_or(wrong)?;
            let status = status.parse().map_err(|_| wrong)?;
            return if (100..700).contains(&status) {
                Ok(Self::Response { status, reason })
            } else {
                Err(wrong)
            };
        }
        let mut parts = line.split(' ');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(method), Some(uri), Some("SIP/2.0"), None)
                if is_token(method) && uri.starts_with("sip:") =>
            {
                Ok(Self::Request { method, uri })
            }
            _ => Err(wrong),
        }
    }
}

/// RFC 3261, 25.1.
pub(crate) fn is_token(text: &str) -> bool {
    let is_mark = |byte| b"-.!%*_+`'~".contains(&byte);
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || is_mark(byte);
    !text.is_empty() && text.bytes().all(fits)
}

/// No line break that somebody else might see, and nothing else that controls.
fn is_clean(text: &str) -> bool {
    !text
        .chars()
        .any(|letter| letter.is_control() && letter != '\t')
}
