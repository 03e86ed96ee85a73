//! What the country does not tell about how numbers are written: the company's own habits, and
//! those of each trunk.

use serde::{Deserialize, Serialize};

use crate::Country;

/// The most digits that E.164 gives a number.
const MOST_DIGITS: usize = 15;
/// The longest name of a trunk, in characters.
const LONGEST_NAME: usize = 80;

/// 1 to 15 digits: an area code, a prefix, a short code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digits(String);

/// Why a text is not made of digits only.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("1 to 15 digits are needed here, such as 9 or 0571; {0:?} is something else")]
pub struct DigitsError(String);

impl Digits {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Digits {
    type Error = DigitsError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let fits = (1..=MOST_DIGITS).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits {
            Ok(Self(text))
        } else {
            Err(DigitsError(text))
        }
    }
}

impl std::str::FromStr for Digits {
    type Err = DigitsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}

impl From<Digits> for String {
    fn from(digits: Digits) -> Self {
        digits.0
    }
}

/// How the company's numbers are written, beyond what its country says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Habits {
    /// The company's area code, with or without the country's trunk prefix (`30` or `030` for
    /// Berlin). With it a local number such as `5550134` is read; without it such a number is
    /// nobody's.
    pub area_code: Option<Digits>,
    /// What is dialled before an outside number (`9`, `0`). It is taken off where the number
    /// cannot be read with it.
    pub outside_prefix: Option<Digits>,
    /// Short codes beside the usual ones of three to six digits; what stands here is never read
    /// as a phone number.
    pub short_codes: Vec<Digits>,
    /// The trunks that have habits of their own.
    pub trunks: Vec<Trunk>,
}

/// How one trunk writes numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trunk {
    /// Its name on the phone system: `PJSIP/provider`.
    pub name: TrunkName,
    /// Where a number without country code belongs; `None`: where the company is.
    pub country: Option<Country>,
    /// What a number is that has neither `+` nor an international prefix.
    #[serde(default)]
    pub plain: PlainNumber,
    /// Taken off every number that begins with it, before anything else.
    #[serde(default)]
    pub strip: Option<Digits>,
    /// Put before every number then; a number that has its `+` is left alone.
    #[serde(default)]
    pub add: Option<Digits>,
}

/// The name of a trunk: 1 to 80 characters, none of them a control character.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TrunkName(String);

/// Why a text names no trunk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a trunk is named as on the phone system, such as PJSIP/provider; {0:?} is no name")]
pub struct TrunkNameError(String);

impl TrunkName {
    /// As the phone system writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TrunkName {
    type Error = TrunkNameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let trimmed = text.trim();
        let fits = (1..=LONGEST_NAME).contains(&trimmed.chars().count())
            && !trimmed.chars().any(char::is_control);
        if fits {
            Ok(Self(trimmed.to_owned()))
        } else {
            Err(TrunkNameError(text))
        }
    }
}

impl From<TrunkName> for String {
    fn from(name: TrunkName) -> Self {
        name.0
    }
}

/// What a number is that came without `+` and without an international prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlainNumber {
    /// As people of the country dial it; where that gives no number, an international one that
    /// lost its `+`.
    #[default]
    AsDialled,
    /// A number of the country, with or without its trunk prefix, and nothing else.
    National,
    /// An international number without its `+`, and nothing else.
    International,
}

impl Habits {
    /// The trunk of that name, when it has habits of its own. Upper and lower case are one.
    #[must_use]
    pub fn trunk(&self, name: &str) -> Option<&Trunk> {
        self.trunks
            .iter()
            .find(|trunk| trunk.name.as_str().eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_digits_and_a_trunk_has_a_name() {
        assert_eq!("0571".parse::<Digits>().unwrap().as_str(), "0571");
        for bad in ["", "+49", "9w", "1234567890123456"] {
            assert!(bad.parse::<Digits>().is_err(), "{bad:?}");
        }
        assert!(TrunkName::try_from(" PJSIP/provider ".to_owned()).is_ok());
        for bad in ["", " ", "a\nb"] {
            assert!(TrunkName::try_from(bad.to_owned()).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn habits_that_were_kept_before_there_were_any_are_none() {
        let kept: Habits = serde_json::from_str("{}").unwrap();
        assert_eq!(kept, Habits::default());
    }
}
