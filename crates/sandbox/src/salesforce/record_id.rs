//! Record ids: 15 characters that mind their case, and three more that protect it.
//!
//! The last three characters of the long form are a bit set of which of the first fifteen are
//! capitals, so the long form survives a system that folds case.

use std::fmt;

use serde::{Deserialize, Serialize};

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECKSUM: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
/// What stands between an object's prefix and the record's number.
const POD: &str = "Lc0000";

/// An id in its long form of 18 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct RecordId(String);

impl RecordId {
    /// The id of record `number` of the object with this three-character prefix.
    pub(crate) fn numbered(prefix: &str, mut number: u64) -> Self {
        let mut digits = [b'0'; 6];
        for digit in digits.iter_mut().rev() {
            // The remainder is below 62, so both the conversion and the lookup always succeed.
            let rest = usize::try_from(number % 62).unwrap_or(0);
            *digit = DIGITS.get(rest).copied().unwrap_or(b'0');
            number /= 62;
        }
        let number = String::from_utf8_lossy(&digits);
        Self::with_checksum(format!("{prefix}{POD}{number}"))
    }

    /// What stands before every id with this three-character prefix, and is none.
    pub(crate) fn before(prefix: &str) -> Self {
        Self(prefix.to_owned())
    }

    /// Reads the short form, or the long form in any case.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        match text.len() {
            15 => Some(Self::with_checksum(text.to_owned())),
            18 => {
                let (short, checksum) = text.split_at(15);
                restore_case(short, checksum).map(Self::with_checksum)
            }
            _ => None,
        }
    }

    /// The number that [`RecordId::numbered`] was given.
    pub(crate) fn number(&self) -> u64 {
        self.short().bytes().skip(9).fold(0, |number, byte| {
            let digit = DIGITS.iter().position(|one| *one == byte).unwrap_or(0);
            number * 62 + digit as u64
        })
    }

    /// The three characters that tell the object.
    pub(crate) fn prefix(&self) -> &str {
        self.0.get(..3).unwrap_or_default()
    }

    /// The short form of 15 characters.
    pub(crate) fn short(&self) -> &str {
        self.0.get(..15).unwrap_or_default()
    }

    /// The long form of 18 characters.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    fn with_checksum(mut short: String) -> Self {
        let checksum: String = short
            .as_bytes()
            .chunks(5)
            .filter_map(|five| {
                let capitals = five.iter().enumerate().fold(0, |set, (at, byte)| {
                    set | (usize::from(byte.is_ascii_uppercase()) << at)
                });
                CHECKSUM.get(capitals).copied().map(char::from)
            })
            .collect();
        short.push_str(&checksum);
        Self(short)
    }
}

/// Gives the short form the capitals that the checksum says it has.
fn restore_case(short: &str, checksum: &str) -> Option<String> {
    let mut restored = String::with_capacity(18);
    for (five, sum) in short.as_bytes().chunks(5).zip(checksum.bytes()) {
        let sum = sum.to_ascii_uppercase();
        let capitals = CHECKSUM.iter().position(|one| *one == sum)?;
        for (at, byte) in five.iter().enumerate() {
            let capital = capitals >> at & 1 == 1;
            if capital && !byte.is_ascii_alphabetic() {
                return None;
            }
            restored.push(char::from(if capital {
                byte.to_ascii_uppercase()
            } else {
                byte.to_ascii_lowercase()
            }));
        }
    }
    Some(restored)
}

impl TryFrom<String> for RecordId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is not a record id"))
    }
}

impl From<RecordId> for String {
    fn from(id: RecordId) -> Self {
        id.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_long_form_ends_in_the_vendors_checksum() {
        // A pair of forms from the vendor's documentation of the checksum.
        let id = RecordId::parse("001A0000006Vm9r").unwrap();
        assert_eq!(id.as_str(), "001A0000006Vm9rIAC");
    }

    #[test]
    fn a_folded_long_form_finds_its_capitals_again() {
        let id = RecordId::numbered("003", 4711);
        let folded = id.as_str().to_ascii_lowercase();
        assert_eq!(RecordId::parse(&folded), Some(id));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in [
            "",
            "003",
            "003Lc00000000001",
            "003Lc0000-00001",
            "003Lc0000000001ZZ9",
        ] {
            assert_eq!(RecordId::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_reads_back(number in 0_u64..1_000_000_000) {
            let id = RecordId::numbered("00T", number);
            prop_assert_eq!(id.number(), number);
            prop_assert_eq!(RecordId::parse(id.short()), Some(id));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,20}") {
            let _ = RecordId::parse(&text);
        }
    }
}
