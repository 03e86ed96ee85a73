//! Lists of numbers, each one number or all that begin alike.

use std::collections::HashSet;

use linecard_number::{E164, Phone, Plan, Reading};
use serde::{Deserialize, Serialize};

/// The longest text that is taken, in characters.
const LONGEST: usize = 40;

/// A number as people write it, `(415) 555-0100`, or the beginning of several in international
/// form, `+1415555*`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NumberPattern(String);

/// A text names no numbers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a number is written as people dial it, such as (415) 555-0100, and all that begin alike as + \
     and digits with an asterisk, such as +1415555*; {0:?} is neither"
)]
pub struct NumberPatternError(String);

impl NumberPattern {
    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for NumberPattern {
    type Error = NumberPatternError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let trimmed = text.trim();
        let fits = trimmed.len() <= LONGEST
            && match trimmed.strip_suffix('*') {
                Some(beginning) => is_beginning(beginning),
                None => is_number(trimmed),
            };
        if fits {
            Ok(Self(trimmed.to_owned()))
        } else {
            Err(NumberPatternError(text))
        }
    }
}

impl From<NumberPattern> for String {
    fn from(pattern: NumberPattern) -> Self {
        pattern.0
    }
}

fn is_beginning(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let separators = |byte: u8| byte.is_ascii_digit() || b"+-() ./".contains(&byte);
    (1..=20).contains(&digits) && text.bytes().all(separators)
}

/// Such a list, made ready to be asked for every call.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    whole: HashSet<E164>,
    /// With their `+`.
    beginnings: Vec<String>,
}

impl Numbers {
    /// What `plan` cannot read as a number names none: it can be no caller either.
    pub(super) fn new(patterns: &[NumberPattern], plan: &Plan) -> Self {
        let mut numbers = Self::default();
        for pattern in patterns {
            if let Some(beginning) = pattern.0.strip_suffix('*') {
                numbers.beginnings.push(beginning.to_owned());
            } else if let Reading::Phone(phone) = plan.read(&pattern.0) {
                numbers.whole.insert(phone.e164);
            }
        }
        numbers
    }

    pub(super) fn has(&self, phone: &Phone) -> bool {
        self.whole.contains(&phone.e164)
            || self
                .beginnings
                .iter()
                .any(|beginning| phone.e164.as_str().starts_with(beginning.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x11_what_names_no_numbers_is_refused() {
        for good in ["(415) 555-0100", "+49 30 123456", "1050", "+1415555*"] {
            assert!(NumberPattern::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in ["", "*", "+*", "415*", "Grace", "+1 415*", "1'; --"] {
            assert!(NumberPattern::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
