//! Whether a number may be called by a click, and who it is (C2). This is where toll fraud is
//! stopped: whoever gets into an agent's account must not be able to call what costs much.

use linecard_number::{E164, Extension, Phone, Plan, Reading};
use serde::{Deserialize, Serialize};

/// Which numbers are never called unless an admin says otherwise, and what they are (ITU-T E.164
/// and its list of country codes; the first is of the North American plan). Premium-rate ranges of
/// a company's own country are the admin's to add.
const DENIED: [&str; 6] = [
    "+1900", // premium rate
    "+870",  // Inmarsat
    "+881",  // satellite phones
    "+882",  // international networks
    "+883",  // international networks
    "+979",  // international premium rate
];

/// How a number in international form begins: `+` and 1 to 15 digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prefix(String);

/// A text is not the beginning of a number in international form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a range of numbers is written as + and 1 to 15 digits, such as +882; {0:?} is not")]
pub struct PrefixError(String);

impl Prefix {
    /// With its `+`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn covers(&self, number: &E164) -> bool {
        number.as_str().starts_with(&self.0)
    }
}

impl TryFrom<String> for Prefix {
    type Error = PrefixError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digits = text.strip_prefix('+').unwrap_or_default();
        let fits =
            (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if fits {
            Ok(Self(text))
        } else {
            Err(PrefixError(text))
        }
    }
}

impl From<Prefix> for String {
    fn from(prefix: Prefix) -> Self {
        prefix.0
    }
}

/// Which outside numbers may be called by a click.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Guards {
    /// Numbers that begin so are never called.
    pub denied: Vec<Prefix>,
    /// Where there are any, only numbers that begin so are called; a denied one stays denied.
    pub allowed: Vec<Prefix>,
}

impl Default for Guards {
    fn default() -> Self {
        Self {
            denied: DENIED.map(|text| Prefix(text.to_owned())).to_vec(),
            allowed: Vec::new(),
        }
    }
}

/// Who is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Callee {
    /// Somebody in the company.
    Extension(Extension),
    /// Somebody outside.
    Outside(Phone),
}

/// Why nobody is called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It cannot be read as a phone number or an extension. Service codes and emergency numbers
    /// are among these: they are dialled on the phone.
    #[error("this is neither a phone number nor an extension")]
    NotANumber,
    /// The extension that wants to call.
    #[error("this is the own extension")]
    OwnExtension,
    /// It is in a range that is never called.
    #[error("numbers that begin with {0} are not called from here")]
    Denied(String),
    /// It is in none of the ranges that may be called.
    #[error("only numbers that begin with {0} are called from here")]
    NotAllowed(String),
}

/// Decides for what somebody at the extension `own` typed or clicked. `is_extension` tells
/// whether the company has an extension.
pub fn decide(
    text: &str,
    own: &Extension,
    plan: &Plan,
    is_extension: impl Fn(&Extension) -> bool,
    guards: &Guards,
) -> Result<Callee, Refusal> {
    let text = text.trim();
    let inside = text.parse().ok().filter(|it| is_extension(it));
    let reading = inside.map_or_else(|| plan.read(text), Reading::Extension);
    match reading {
        Reading::Extension(extension) if extension == *own => Err(Refusal::OwnExtension),
        // `*` and `#` make feature codes: forwarding, intruding, what not.
        Reading::Extension(extension)
            if extension.as_str().bytes().all(|it| it.is_ascii_digit()) =>
        {
            Ok(Callee::Extension(extension))
        }
        Reading::Extension(_) | Reading::ShortCode(_) | Reading::Withheld | Reading::Unreadable => {
            Err(Refusal::NotANumber)
        }
        Reading::Phone(phone) => {
            guards.check(&phone.e164)?;
            Ok(Callee::Outside(phone))
        }
    }
}

impl Guards {
    fn check(&self, number: &E164) -> Result<(), Refusal> {
        if let Some(denied) = self.denied.iter().find(|prefix| prefix.covers(number)) {
            return Err(Refusal::Denied(denied.0.clone()));
        }
        let is_allowed = self.allowed.is_empty() || self.allowed.iter().any(|it| it.covers(number));
        if is_allowed {
            return Ok(());
        }
        let allowed: Vec<&str> = self.allowed.iter().map(Prefix::as_str).collect();
        Err(Refusal::NotAllowed(allowed.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::plan;

    fn prefixes(texts: &[&str]) -> Vec<Prefix> {
        texts
            .iter()
            .map(|text| Prefix::try_from((*text).to_owned()).unwrap())
            .collect()
    }

    fn decided(text: &str, guards: &Guards) -> Result<String, Refusal> {
        let own = "101".parse().unwrap();
        let known = |extension: &Extension| extension.as_str() == "7001";
        decide(text, &own, &plan(), known, guards).map(|callee| match callee {
            Callee::Extension(extension) => extension.to_string(),
            Callee::Outside(phone) => phone.e164.to_string(),
        })
    }

    #[test]
    fn c2_a_number_is_called_however_it_is_written() {
        for text in ["(415) 555-0134", "+1 415 555 0134", " 4155550134 "] {
            let called = decided(text, &Guards::default());
            assert_eq!(called.as_deref(), Ok("+14155550134"), "{text}");
        }
    }

    #[test]
    fn c2_an_extension_is_called_by_its_range_or_because_it_is_known() {
        assert_eq!(decided("102", &Guards::default()).as_deref(), Ok("102"));
        assert_eq!(decided("7001", &Guards::default()).as_deref(), Ok("7001"));
    }

    #[test]
    fn c2_what_is_no_number_is_not_dialled() {
        for text in [
            "",
            "  ",
            "911",
            "*72",
            "15#",
            "anonymous",
            "call me",
            "1,2|3",
        ] {
            let refused = decided(text, &Guards::default());
            assert_eq!(refused, Err(Refusal::NotANumber), "{text:?}");
        }
    }

    #[test]
    fn c2_nobody_calls_the_own_extension() {
        let refused = decided("101", &Guards::default());
        assert_eq!(refused, Err(Refusal::OwnExtension));
    }

    #[test]
    fn c2_premium_and_satellite_numbers_are_denied_until_an_admin_says_otherwise() {
        for (text, prefix) in [
            ("1-900-555-0134", "+1900"),
            ("+870 773 111 632", "+870"),
            ("011 881 6 3141 5926", "+881"),
            ("+882 16 5555 0134", "+882"),
            ("+979 1 5555 0134", "+979"),
        ] {
            let refused = decided(text, &Guards::default());
            let denied = Refusal::Denied(prefix.to_owned());
            assert_eq!(refused, Err(denied), "{text}");
        }
        let open = Guards {
            denied: Vec::new(),
            allowed: Vec::new(),
        };
        assert!(decided("+870 773 111 632", &open).is_ok());
    }

    #[test]
    fn c2_an_admin_may_list_the_only_ranges_to_call() {
        let guards = Guards {
            denied: prefixes(&["+31900"]),
            allowed: prefixes(&["+1415", "+31"]),
        };
        assert!(decided("+31612345678", &guards).is_ok());
        assert!(decided("4155550134", &guards).is_ok());
        assert_eq!(
            decided("2125550134", &guards),
            Err(Refusal::NotAllowed("+1415, +31".to_owned()))
        );
        assert_eq!(
            decided("+319001234567", &guards),
            Err(Refusal::Denied("+31900".to_owned()))
        );
    }

    #[test]
    fn a_range_is_a_plus_and_digits() {
        assert_eq!(prefixes(&["+882"])[0].as_str(), "+882");
        for bad in ["", "+", "882", "+88 2", "+8a", "+1234567890123456"] {
            assert!(Prefix::try_from(bad.to_owned()).is_err(), "{bad:?}");
        }
    }
}
