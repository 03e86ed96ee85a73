//! A country, for what its numbers are.

use std::fmt;
use std::str::FromStr;

use rlibphonenumber::PHONE_NUMBER_UTIL;
use rlibphonenumber::enums::Region;
use serde::{Deserialize, Serialize};

/// A country as ISO 3166-1 names it in two letters: `US`, `NL`, `CN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country(pub(crate) Region);

/// Why a text names no country whose numbers are known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a country is two letters of ISO 3166-1, such as US or CN; {0:?} is not known")]
pub struct CountryError(String);

impl Country {
    /// Where numbers belong until an admin says otherwise.
    pub const UNITED_STATES: Self = Self(Region::US);

    /// The digits behind the `+`: 1, 31, 86. Several countries may share one.
    #[must_use]
    pub fn calling_code(self) -> i32 {
        // A country is only made when it has one.
        PHONE_NUMBER_UTIL
            .get_country_code_for_region(self.0)
            .unwrap_or_default()
    }
}

impl FromStr for Country {
    type Err = CountryError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.to_ascii_uppercase()
            .parse::<Region>()
            .ok()
            .filter(|region| {
                PHONE_NUMBER_UTIL
                    .get_country_code_for_region(*region)
                    .is_some()
            })
            .map(Self)
            .ok_or_else(|| CountryError(text.to_owned()))
    }
}

impl TryFrom<String> for Country {
    type Error = CountryError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.to_string()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_that_does_not_exist_is_refused() {
        assert!("XX".parse::<Country>().is_err());
        assert!("Germany".parse::<Country>().is_err());
        let germany: Country = "de".parse().unwrap();
        assert_eq!(
            (germany.to_string().as_str(), germany.calling_code()),
            ("DE", 49)
        );
    }
}
