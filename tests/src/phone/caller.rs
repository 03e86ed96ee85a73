//! How a caller shows itself: number, name, or neither.

/// What a call from outside says of who calls.
#[derive(Debug, Clone)]
pub struct Caller {
    from: String,
    headers: Vec<(&'static str, String)>,
}

impl Caller {
    /// Shows its number.
    #[must_use]
    pub fn number(number: &str) -> Self {
        Self {
            from: format!("<sip:{number}@127.0.0.1>"),
            headers: Vec::new(),
        }
    }

    /// Shows neither number nor name: From is `anonymous` (RFC 3323, 4.1.1.3).
    #[must_use]
    pub fn anonymous() -> Self {
        Self {
            from: "\"Anonymous\" <sip:anonymous@anonymous.invalid>".to_owned(),
            headers: Vec::new(),
        }
    }

    /// Shows a name as well.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        let quoted = name.replace('\\', r"\\").replace('"', "\\\"");
        Self {
            from: format!("\"{quoted}\" {}", self.from),
            ..self
        }
    }

    /// The trunk's operator vouches for `number`, and asks not to show it (RFC 3325).
    #[must_use]
    pub fn private(mut self, number: &str) -> Self {
        let identity = format!("<sip:{number}@127.0.0.1>");
        self.headers.push(("P-Asserted-Identity", identity));
        self.headers.push(("Privacy", "id".to_owned()));
        self
    }

    /// The value of From, without a tag.
    pub(super) fn from(&self) -> &str {
        &self.from
    }

    /// What else the INVITE says of the caller.
    pub(super) fn headers(&self) -> &[(&'static str, String)] {
        &self.headers
    }
}
