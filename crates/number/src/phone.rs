//! A phone number of the public network, read and understood.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};
use serde::{Deserialize, Serialize};

use crate::{Country, E164};

/// A phone number that was read with success.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Phone {
    /// The international form; two phones are the same when these are equal.
    pub e164: E164,
    /// The number inside its country, without trunk prefix: `4155550134`, `301234567`.
    pub national: String,
    /// The prefix that people of that country dial before the national number (`0` in most of
    /// Europe), where there is one.
    pub trunk_prefix: Option<String>,
    /// As people of the company's country write it: `(415) 555-0134` at home, `+31 6 12345678`
    /// for a number of another country.
    pub shown: String,
    /// What was written behind the number as an extension of the other company: `12` of
    /// `+1 415-555-0134 x12`. It says nothing about who calls: no caller shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
}

impl Phone {
    /// The spellings under which a CRM may hold this number, digits only, each once: the
    /// international form, the national one, and the national one with its trunk prefix.
    #[must_use]
    pub fn spellings(&self) -> Vec<String> {
        let mut all = vec![self.e164.digits().to_owned(), self.national.clone()];
        if let Some(prefix) = &self.trunk_prefix {
            all.push(format!("{prefix}{}", self.national));
        }
        let mut kept: Vec<String> = Vec::with_capacity(all.len());
        for spelling in all {
            if !kept.contains(&spelling) {
                kept.push(spelling);
            }
        }
        kept
    }

    /// As a link dials it (RFC 3966): `tel:+1-415-555-0134;ext=12`.
    #[must_use]
    pub fn rfc3966(&self) -> String {
        let Ok(number) = PHONE_NUMBER_UTIL.parse(self.e164.as_str(), None) else {
            return format!("tel:{}", self.e164);
        };
        let mut written = PHONE_NUMBER_UTIL
            .format(&number, PhoneNumberFormat::RFC3966)
            .into_owned();
        if let Some(extension) = &self.extension {
            written.push_str(";ext=");
            written.push_str(extension);
        }
        written
    }

    /// As it is written for people of any country: `+1 415-555-0134`.
    #[must_use]
    pub fn international(&self) -> String {
        let number = PHONE_NUMBER_UTIL.parse(self.e164.as_str(), None);
        number.map_or_else(
            |_| self.e164.to_string(),
            |number| {
                PHONE_NUMBER_UTIL
                    .format(&number, PhoneNumberFormat::International)
                    .into_owned()
            },
        )
    }

    /// What the library understood, for people of `home`; `None`: it is no number of 7 to 15
    /// digits.
    pub(crate) fn understood(number: &PhoneNumber, home: Country) -> Option<Self> {
        let e164 = e164(number)?;
        let mut plain = number.clone();
        plain.extension = None;
        let national = rlibphonenumber::get_national_significant_number_owned(number);
        // The form that people of the country write starts with their trunk prefix, if they have
        // one.
        let written = PHONE_NUMBER_UTIL.format(&plain, PhoneNumberFormat::National);
        let trunk_prefix = PHONE_NUMBER_UTIL
            .normalize_digits_only(&written)
            .strip_suffix(&national)
            .filter(|prefix| !prefix.is_empty())
            .map(str::to_owned);
        let shown = if number.country_code == home.calling_code() {
            written.into_owned()
        } else {
            PHONE_NUMBER_UTIL
                .format(&plain, PhoneNumberFormat::International)
                .into_owned()
        };
        let extension = number.extension.clone().filter(|it| !it.is_empty());
        Some(Self {
            e164,
            national,
            trunk_prefix,
            shown,
            extension,
        })
    }
}

/// The international form; `None`: it is no number of 7 to 15 digits.
pub(crate) fn e164(number: &PhoneNumber) -> Option<E164> {
    let written = PHONE_NUMBER_UTIL.format(number, PhoneNumberFormat::E164);
    written.parse().ok()
}
