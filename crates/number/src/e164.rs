//! The international form of a phone number (ITU-T E.164).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A number in international form: `+` and 7 to 15 digits, the first not zero.
///
/// Its `Debug` output hides the middle of the number, so that a log line never holds it whole;
/// `Display` shows it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct E164(String);

/// Why a text is not in international form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a number in international form has a + and 7 to 15 digits")]
pub struct E164Error;

impl E164 {
    /// The number with its `+`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number without its `+`.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }

    /// The number with all but its first three and last two digits hidden: `+141*******34`.
    #[must_use]
    pub fn masked(&self) -> String {
        let digits = self.digits();
        let hidden = "*".repeat(digits.len() - 5);
        format!("+{}{hidden}{}", &digits[..3], &digits[digits.len() - 2..])
    }
}

impl FromStr for E164 {
    type Err = E164Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('+').ok_or(E164Error)?;
        let fits = (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(E164Error)
        }
    }
}

impl TryFrom<String> for E164 {
    type Error = E164Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<E164> for String {
    fn from(number: E164) -> Self {
        number.0
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_debug_form_never_shows_the_whole_number() {
        let number: E164 = "+14155550134".parse().unwrap();
        assert_eq!(format!("{number:?}"), "+141******34");
        assert_eq!(number.to_string(), "+14155550134");
    }

    #[test]
    fn only_plus_and_7_to_15_digits_are_accepted() {
        for bad in [
            "",
            "+",
            "14155550134",
            "+0123456",
            "+123456",
            "+1234567890123456",
            "+1415a550",
        ] {
            assert!(bad.parse::<E164>().is_err(), "{bad:?}");
        }
    }
}
