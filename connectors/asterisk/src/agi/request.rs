//! What the dial plan asks.

/// Bits of the calling presentation that mean: the caller does not want to be known, or the
/// number is not to be had (ITU-T Q.931, 4.5.10; Asterisk's `callerid.h`).
const NOT_TO_BE_SHOWN: u32 = 0x60;

/// What Asterisk tells when it connects, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// The path of the address: `owner`.
    pub script: String,
    /// What the address gives behind the question mark, in order.
    arguments: Vec<(String, String)>,
    number: Option<String>,
    withheld: bool,
}

impl Request {
    /// Takes in one line of what Asterisk knows. What is not known here is passed over.
    pub(super) fn take(&mut self, name: &str, value: &str) {
        match name {
            "agi_network_script" => self.address(value),
            "agi_callerid" if value != "unknown" => self.number = Some(value.to_owned()),
            "agi_callingpres" => {
                let presentation: u32 = value.parse().unwrap_or_default();
                self.withheld = presentation & NOT_TO_BE_SHOWN != 0;
            }
            _ => {}
        }
    }

    fn address(&mut self, path: &str) {
        let (script, arguments) = path.split_once('?').unwrap_or((path, ""));
        script.trim_matches('/').clone_into(&mut self.script);
        self.arguments = arguments
            .split('&')
            .filter_map(|argument| argument.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
    }

    /// The first argument of that name, as it stands in the address.
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&str> {
        let mut arguments = self.arguments.iter();
        let (_, value) = arguments.find(|(given, _)| given == name)?;
        Some(value)
    }

    /// The caller's number; empty when it is withheld, also where the network tells it all the
    /// same.
    #[must_use]
    pub fn caller(&self) -> &str {
        match &self.number {
            Some(number) if !self.withheld => number,
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(lines: &[(&str, &str)]) -> Request {
        let mut request = Request::default();
        for (name, value) in lines {
            request.take(name, value);
        }
        request
    }

    #[test]
    fn the_address_gives_script_and_arguments() {
        let request = request(&[("agi_network_script", "owner?default=100&token=abc&odd")]);
        assert_eq!(request.script, "owner");
        assert_eq!(request.argument("default"), Some("100"));
        assert_eq!(request.argument("token"), Some("abc"));
        assert_eq!(request.argument("odd"), None);
    }

    #[test]
    fn a_withheld_number_stays_withheld_where_the_network_tells_it() {
        let known = ("agi_callerid", "14155550134");
        assert_eq!(request(&[known]).caller(), "14155550134");
        assert_eq!(
            request(&[known, ("agi_callingpres", "0")]).caller(),
            "14155550134"
        );
        assert_eq!(request(&[known, ("agi_callingpres", "32")]).caller(), "");
        assert_eq!(request(&[known, ("agi_callingpres", "67")]).caller(), "");
        assert_eq!(request(&[("agi_callerid", "unknown")]).caller(), "");
    }
}
