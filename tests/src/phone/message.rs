//! SIP messages (RFC 3261, section 7): read, looked into, written.

use std::fmt::Write as _;

/// A request or a response: first line, headers in order, body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    first: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Message {
    pub(super) fn request(method: &str, uri: &str) -> Self {
        Self {
            first: format!("{method} {uri} SIP/2.0"),
            headers: Vec::new(),
            body: String::new(),
        }
    }

    /// The answer to `request`: its Via, From, To, Call-ID and `CSeq` come back (8.2.6.2).
    pub(super) fn response(request: &Self, status: u16, to: &str) -> Self {
        let mut response = Self {
            first: format!("SIP/2.0 {status} {}", reason(status)),
            headers: Vec::new(),
            body: String::new(),
        };
        for (name, value) in &request.headers {
            match name.to_ascii_lowercase().as_str() {
                "via" | "from" | "call-id" | "cseq" => response.add(name, value),
                "to" => response.add(name, to),
                _ => {}
            }
        }
        response
    }

    /// What a datagram says; `None` when it is no SIP (a keep-alive).
    pub(super) fn read(datagram: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(datagram);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let first = lines.next()?.to_owned();
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in lines {
            // A line that begins with white space goes on with the one before (7.3.1).
            if line.starts_with([' ', '\t']) {
                let (_, value) = headers.last_mut()?;
                value.push(' ');
                value.push_str(line.trim());
            } else {
                let (name, value) = line.split_once(':')?;
                headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Some(Self {
            first,
            headers,
            body: body.to_owned(),
        })
    }

    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub(super) fn set_body(&mut self, kind: &str, body: String) {
        self.add("Content-Type", kind);
        self.body = body;
    }

    pub(super) fn write(&self) -> String {
        let mut text = format!("{}\r\n", self.first);
        for (name, value) in &self.headers {
            // Writing to a string cannot fail.
            let _ = write!(text, "{name}: {value}\r\n");
        }
        let _ = write!(
            text,
            "Content-Length: {}\r\n\r\n{}",
            self.body.len(),
            self.body
        );
        text
    }

    /// The method of a request; `None` for a response.
    pub(super) fn method(&self) -> Option<&str> {
        let (method, rest) = self.first.split_once(' ')?;
        rest.ends_with("SIP/2.0").then_some(method)
    }

    /// The status of a response; `None` for a request.
    pub(super) fn status(&self) -> Option<u16> {
        let rest = self.first.strip_prefix("SIP/2.0 ")?;
        rest.split(' ').next()?.parse().ok()
    }

    /// The Request-URI of a request.
    pub(super) fn uri(&self) -> &str {
        self.first.split(' ').nth(1).unwrap_or_default()
    }

    /// The first header `name`, empty when there is none. Asterisk writes no short forms.
    pub(super) fn get(&self, name: &str) -> &str {
        let same = |(header, _): &&(String, String)| header.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .find(same)
            .map_or("", |(_, value)| value.as_str())
    }

    /// Number and method of `CSeq`.
    pub(super) fn cseq(&self) -> (u32, &str) {
        let (number, method) = self.get("CSeq").split_once(' ').unwrap_or_default();
        (number.parse().unwrap_or_default(), method.trim())
    }

    pub(super) fn body(&self) -> &str {
        &self.body
    }
}

/// The `tag` of a From or To.
pub(super) fn tag(party: &str) -> &str {
    let after = party.split_once(";tag=").map_or("", |(_, tag)| tag);
    after.split(';').next().unwrap_or_default()
}

/// The URI inside a From, To or Contact.
pub(super) fn address(party: &str) -> &str {
    let inside = party.split_once('<').map_or(party, |(_, rest)| rest);
    inside.split(['>', ';']).next().unwrap_or_default()
}

fn reason(status: u16) -> &'static str {
    match status {
        100 => "Trying",
        180 => "Ringing",
        200 => "OK",
        302 => "Moved Temporarily",
        480 => "Temporarily Unavailable",
        481 => "Call Does Not Exist",
        486 => "Busy Here",
        487 => "Request Terminated",
        501 => "Not Implemented",
        603 => "Decline",
        _ => "Other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INVITE: &str = "INVITE sip:101@127.0.0.1:12101 SIP/2.0\r\n\
        Via: SIP/2.0/UDP 127.0.0.1:12002;branch=z9hG4bK1\r\n\
        From: \"Eve\" <sip:31600000001@127.0.0.1>;tag=abc\r\n\
        To: <sip:101@127.0.0.1>\r\nCall-ID: 1\r\nCSeq: 7 INVITE\r\n\
        Subject: one\r\n two\r\nContent-Length: 3\r\n\r\nsdp";

    #[test]
    fn a_request_is_read_as_it_was_written() {
        let invite = Message::read(INVITE.as_bytes()).unwrap();
        assert_eq!(invite.method(), Some("INVITE"));
        assert_eq!(invite.status(), None);
        assert_eq!(invite.cseq(), (7, "INVITE"));
        assert_eq!(tag(invite.get("from")), "abc");
        assert_eq!(address(invite.get("From")), "sip:31600000001@127.0.0.1");
        assert_eq!(invite.get("Subject"), "one two");
        assert_eq!(invite.body(), "sdp");
        assert_eq!(invite.uri(), "sip:101@127.0.0.1:12101");
    }

    #[test]
    fn a_response_answers_its_request() {
        let invite = Message::read(INVITE.as_bytes()).unwrap();
        let busy = Message::response(&invite, 486, "<sip:101@127.0.0.1>;tag=x");
        let busy = Message::read(busy.write().as_bytes()).unwrap();
        assert_eq!(busy.status(), Some(486));
        assert_eq!(busy.method(), None);
        assert_eq!(busy.get("Via"), invite.get("Via"));
        assert_eq!(busy.cseq(), (7, "INVITE"));
        assert_eq!(tag(busy.get("To")), "x");
    }

    #[test]
    fn what_is_no_sip_is_no_message() {
        assert_eq!(Message::read(b"\r\n\r\n").and_then(|m| m.status()), None);
        assert_eq!(Message::read(b"hello"), None);
    }
}
