//! The number of a phone inside the company.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An internal number such as `101`: one to ten characters, digits, `*` or `#`.
///
/// An extension is not a phone number: it has no country and is never searched in a CRM.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Extension(String);

/// Why a text is no extension.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an extension has 1 to 10 characters, digits, * or #; {0:?} does not")]
pub struct ExtensionError(String);

impl Extension {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Extension {
    type Err = ExtensionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}

impl TryFrom<String> for Extension {
    type Error = ExtensionError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let fits = (1..=10).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'*' || byte == b'#');
        if fits {
            Ok(Self(text))
        } else {
            Err(ExtensionError(text))
        }
    }
}

impl From<Extension> for String {
    fn from(extension: Extension) -> Self {
        extension.0
    }
}

impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A run of extensions of equal length, both ends included: `100-199`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionRange {
    /// The lowest extension.
    pub from: Extension,
    /// The highest extension, as long as `from`.
    pub to: Extension,
}

impl ExtensionRange {
    /// Whether `digits` lies in the range; a text of another length never does.
    #[must_use]
    pub fn contains(&self, digits: &str) -> bool {
        digits.len() == self.from.as_str().len()
            && self.from.as_str() <= digits
            && digits <= self.to.as_str()
            && self.from.as_str().len() == self.to.as_str().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_is_short_and_has_only_keys_of_a_phone() {
        assert_eq!("101".parse::<Extension>().unwrap().as_str(), "101");
        assert!("*8102".parse::<Extension>().is_ok());
        for bad in ["", "12345678901", "10a", "+49"] {
            assert!(bad.parse::<Extension>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_range_holds_only_texts_of_its_own_length() {
        let range = ExtensionRange {
            from: "100".parse().unwrap(),
            to: "199".parse().unwrap(),
        };
        assert!(range.contains("100") && range.contains("150") && range.contains("199"));
        assert!(!range.contains("99") && !range.contains("1000") && !range.contains("200"));
    }
}
