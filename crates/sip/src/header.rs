//! The headers that pass. Names are compared without regard to case (RFC 3261, 7.3.1); the short
//! forms (7.3.3) are not taken, as no browser's phone writes them.

/// A header that passes, by its canonical name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name(&'static str);

pub(crate) const AUTHORIZATION: Name = Name("Authorization");
pub(crate) const CALL_ID: Name = Name("Call-ID");
pub(crate) const CONTACT: Name = Name("Contact");
pub(crate) const CONTENT_LENGTH: Name = Name("Content-Length");
pub(crate) const CONTENT_TYPE: Name = Name("Content-Type");
pub(crate) const CSEQ: Name = Name("CSeq");
pub(crate) const FROM: Name = Name("From");
pub(crate) const REFER_TO: Name = Name("Refer-To");
pub(crate) const REFERRED_BY: Name = Name("Referred-By");
pub(crate) const TO: Name = Name("To");
pub(crate) const VIA: Name = Name("Via");

/// What either side may say.
const BOTH: [Name; 19] = [
    CALL_ID,
    CONTACT,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    CSEQ,
    FROM,
    TO,
    VIA,
    Name("Accept"),
    Name("Allow"),
    Name("Expires"),
    Name("Max-Forwards"),
    Name("Min-SE"),
    Name("Reason"),
    Name("Require"),
    Name("Retry-After"),
    Name("Session-Expires"),
    Name("Supported"),
    Name("Unsupported"),
];

/// What only a softphone says.
const UP: [Name; 4] = [AUTHORIZATION, REFER_TO, REFERRED_BY, Name("User-Agent")];

/// What only the phone system says; the last two tell the call's card and whether to pick up.
const DOWN: [Name; 6] = [
    Name("Event"),
    Name("Min-Expires"),
    Name("Subscription-State"),
    Name("WWW-Authenticate"),
    Name("X-Linecard-Auto"),
    Name("X-Linecard-Call"),
];

/// Those that stand once or not at all; the others may be spread over several lines.
const SINGLE: [Name; 10] = [
    AUTHORIZATION,
    CALL_ID,
    CONTACT,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    CSEQ,
    FROM,
    REFER_TO,
    REFERRED_BY,
    TO,
];

impl Name {
    /// The header of a message from the softphone.
    pub(crate) fn up(text: &str) -> Option<Self> {
        Self::among(text, &UP)
    }

    /// The header of a message from the phone system.
    pub(crate) fn down(text: &str) -> Option<Self> {
        Self::among(text, &DOWN)
    }

    fn among(text: &str, one_way: &[Self]) -> Option<Self> {
        BOTH.iter()
            .chain(one_way)
            .find(|name| name.0.eq_ignore_ascii_case(text))
            .copied()
    }

    pub(crate) fn is_single(self) -> bool {
        SINGLE.contains(&self)
    }

    pub(crate) fn as_str(self) -> &'static str {
        self.0
    }
}
