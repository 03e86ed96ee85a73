//! Reads what a phone system or a CRM wrote down as a number.

use std::fmt;
use std::str::FromStr;

use rlibphonenumber::enums::Region;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};
use serde::{Deserialize, Serialize};

use crate::{E164, Extension, ExtensionRange, Phone};

/// The longest text that is looked at; what is longer is no number.
const LONGEST_TEXT: usize = 64;

/// What phone systems write when the caller withholds the number.
const WITHHELD: [&str; 7] = [
    "anonymous",
    "unknown",
    "<unknown>",
    "restricted",
    "private",
    "withheld",
    "unavailable",
];

/// A country as ISO 3166-1 names it in two letters: `US`, `NL`, `CN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country(Region);

/// Why a text names no country whose numbers are known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a country is two letters of ISO 3166-1, such as US or CN; {0:?} is not known")]
pub struct CountryError(String);

impl Country {
    /// Where numbers belong until an admin says otherwise.
    pub const UNITED_STATES: Self = Self(Region::US);
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

/// How the company dials: where it is and which numbers are its own extensions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Where a number without country code belongs.
    pub country: Country,
    /// The company's extensions; a number in one of these is never a phone number.
    pub extensions: Vec<ExtensionRange>,
}

/// What a text turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A number inside the company.
    Extension(Extension),
    /// A number of the public network.
    Phone(Phone),
    /// The caller withheld the number.
    Withheld,
    /// No number: too short, too long, or not dialable.
    Unreadable,
}

impl Plan {
    /// Reads `text`.
    ///
    /// The order: withheld words, extensions, the number as people of [`Plan::country`] dial
    /// it, and, where that gives no valid number, the same digits as an international number
    /// that lost its `+` (trunks send `31600000001`).
    #[must_use]
    pub fn read(&self, text: &str) -> Reading {
        let text = text.trim();
        if text.is_empty() || WITHHELD.contains(&text.to_ascii_lowercase().as_str()) {
            return Reading::Withheld;
        }
        if text.len() > LONGEST_TEXT {
            return Reading::Unreadable;
        }
        if self.extensions.iter().any(|range| range.contains(text))
            && let Ok(extension) = text.parse()
        {
            return Reading::Extension(extension);
        }
        self.phone(text).map_or(Reading::Unreadable, Reading::Phone)
    }

    /// `number` as people in [`Plan::country`] dial it, digits only: a number of the country in
    /// its national form, any other with the country's international prefix (`011`, `00`).
    #[must_use]
    pub fn dialled(&self, number: &E164) -> String {
        let Some(parsed) = parse(number.as_str(), self.country.0) else {
            return number.digits().to_owned();
        };
        let here = PHONE_NUMBER_UTIL.get_country_code_for_region(self.country.0);
        let written = if here == Some(parsed.country_code) {
            PHONE_NUMBER_UTIL.format(&parsed, PhoneNumberFormat::National)
        } else {
            PHONE_NUMBER_UTIL.format_out_of_country_calling_number(&parsed, self.country.0)
        };
        // Where a country has several international prefixes the first sign may be a `+`.
        PHONE_NUMBER_UTIL.normalize_digits_only(&written)
    }

    fn phone(&self, text: &str) -> Option<Phone> {
        let here = parse(text, self.country.0);
        if let Some(number) = here.as_ref().filter(|number| is_valid(number)) {
            return phone(number);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let abroad = if text.starts_with('+') || digits.starts_with('0') {
            None
        } else {
            parse(&format!("+{digits}"), self.country.0)
        };
        if let Some(number) = abroad.as_ref().filter(|number| is_valid(number)) {
            return phone(number);
        }
        // Numbering plans change faster than their metadata: a number of the right length counts.
        [here, abroad]
            .into_iter()
            .flatten()
            .find(|number| PHONE_NUMBER_UTIL.is_possible_number(number))
            .and_then(|number| phone(&number))
    }
}

fn parse(text: &str, region: Region) -> Option<PhoneNumber> {
    PHONE_NUMBER_UTIL.parse(text, Some(region)).ok()
}

fn is_valid(number: &PhoneNumber) -> bool {
    PHONE_NUMBER_UTIL.is_valid_number(number)
}

fn phone(number: &PhoneNumber) -> Option<Phone> {
    let e164: E164 = PHONE_NUMBER_UTIL
        .format(number, PhoneNumberFormat::E164)
        .parse()
        .ok()?;
    let national = rlibphonenumber::get_national_significant_number_owned(number);
    // The form that people of the country write starts with their trunk prefix, if they have one.
    let written = PHONE_NUMBER_UTIL.format(number, PhoneNumberFormat::National);
    let trunk_prefix = PHONE_NUMBER_UTIL
        .normalize_digits_only(&written)
        .strip_suffix(&national)
        .filter(|prefix| !prefix.is_empty())
        .map(str::to_owned);
    Some(Phone {
        e164,
        national,
        trunk_prefix,
        shown: PHONE_NUMBER_UTIL
            .format(number, PhoneNumberFormat::International)
            .into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(country: &str) -> Plan {
        Plan {
            country: country.parse().unwrap(),
            extensions: vec![ExtensionRange {
                from: "100".parse().unwrap(),
                to: "299".parse().unwrap(),
            }],
        }
    }

    fn e164(country: &str, text: &str) -> Option<String> {
        match plan(country).read(text) {
            Reading::Phone(phone) => Some(phone.e164.to_string()),
            _ => None,
        }
    }

    #[test]
    fn one_number_reads_the_same_however_it_is_written() {
        for text in [
            "+14155550134",
            "4155550134",
            "(415) 555-0134",
            "1 415 555 0134",
            "+1 (415) 555-0134",
        ] {
            assert_eq!(e164("US", text).as_deref(), Some("+14155550134"), "{text}");
        }
    }

    #[test]
    fn a_trunk_that_drops_the_plus_is_understood() {
        assert_eq!(e164("US", "31600000001").as_deref(), Some("+31600000001"));
        assert_eq!(e164("NL", "0031600000001").as_deref(), Some("+31600000001"));
        assert_eq!(e164("NL", "0600000001").as_deref(), Some("+31600000001"));
    }

    #[test]
    fn an_extension_is_not_a_phone_number() {
        assert_eq!(
            plan("US").read("101"),
            Reading::Extension("101".parse().unwrap())
        );
        assert_eq!(plan("US").read("999"), Reading::Unreadable);
    }

    #[test]
    fn withheld_callers_have_no_number() {
        for text in ["", "anonymous", "Anonymous", "<unknown>", " unknown "] {
            assert_eq!(plan("US").read(text), Reading::Withheld, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_unreadable_and_never_a_panic() {
        for text in [
            "abc",
            "+",
            "++++",
            "1",
            "<img src=x>",
            &"9".repeat(10_000),
            "\u{0}\u{fffd}",
        ] {
            assert_eq!(plan("DE").read(text), Reading::Unreadable, "{text:.20}");
        }
    }

    #[test]
    fn spellings_hold_what_a_crm_may_have_stored() {
        let Reading::Phone(phone) = plan("GB").read("020 7946 0123") else {
            panic!("not read");
        };
        assert_eq!(
            phone.spellings(),
            ["442079460123", "2079460123", "02079460123"]
        );
        let Reading::Phone(phone) = plan("US").read("4155550134") else {
            panic!("not read");
        };
        assert_eq!(phone.spellings(), ["14155550134", "4155550134"]);
    }

    #[test]
    fn a_number_is_dialled_as_people_of_the_country_dial_it() {
        for (country, number, dialled) in [
            ("US", "+14155550134", "4155550134"),
            ("US", "+31600000001", "01131600000001"),
            ("CA", "+14155550134", "4155550134"),
            ("NL", "+31600000001", "0600000001"),
            ("NL", "+14155550134", "0014155550134"),
            ("CN", "+8613800138000", "13800138000"),
            ("CN", "+861012345678", "01012345678"),
            ("CN", "+31600000001", "0031600000001"),
            ("RU", "+31600000001", "81031600000001"),
        ] {
            let number = number.parse().unwrap();
            assert_eq!(
                plan(country).dialled(&number),
                dialled,
                "{number} from {country}"
            );
        }
    }

    #[test]
    fn a_country_that_does_not_exist_is_refused() {
        assert!("XX".parse::<Country>().is_err());
        assert!("Germany".parse::<Country>().is_err());
        assert_eq!("de".parse::<Country>().unwrap().to_string(), "DE");
    }
}
