//! Reads what a phone system or a CRM wrote down as a number.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};
use serde::{Deserialize, Serialize};

use crate::compare::SHORTEST_NATIONAL;
use crate::habits::{Digits, Habits, PlainNumber};
use crate::spelling::{is_withheld, number_in};
use crate::{Country, E164, Extension, ExtensionRange, Phone, phone};

/// A bare number of so many digits is a short code where it is nothing else.
const SHORT_CODE: std::ops::RangeInclusive<usize> = 3..=6;
/// An international number that lost its `+` has at least so many digits; with fewer, a local
/// number would be taken for one of a small country.
const LOST_PLUS: usize = 9;
/// A local number, without its area code, has at most so many digits.
const LONGEST_LOCAL: usize = 8;

/// How the company dials: where it is, which numbers are its own extensions, and its habits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Where a number without country code belongs.
    pub country: Country,
    /// The company's extensions; a number in one of these is never a phone number.
    pub extensions: Vec<ExtensionRange>,
    /// What the country does not tell.
    #[serde(default)]
    pub habits: Habits,
}

/// What a text turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A number inside the company.
    Extension(Extension),
    /// A number of the public network.
    Phone(Phone),
    /// A short code: 112, 911, 10086. It belongs to nobody and is never matched.
    ShortCode(Digits),
    /// The caller withheld the number.
    Withheld,
    /// No number: too short, too long, or not dialable.
    Unreadable,
}

impl Reading {
    /// As people of the company's country write it; `None`: withheld, or no number.
    #[must_use]
    pub fn shown(&self) -> Option<&str> {
        match self {
            Self::Extension(extension) => Some(extension.as_str()),
            Self::Phone(phone) => Some(&phone.shown),
            Self::ShortCode(code) => Some(code.as_str()),
            Self::Withheld | Self::Unreadable => None,
        }
    }
}

/// By which rule a text became a [`Reading::Phone`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// It begins with `+` or an international prefix.
    International,
    /// As people of the country dial it.
    National,
    /// A local number, with the company's area code put before it.
    AreaCode,
    /// An international number that lost its `+`.
    LostPlus,
    /// The prefix for an outside line was taken off.
    OutsidePrefix,
}

/// A reading, and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What the text is.
    pub reading: Reading,
    /// The rule by which it is a phone number; `None`: it is none.
    pub rule: Option<Rule>,
    /// The country's numbering plan knows the number. Otherwise only its length is right.
    pub known: bool,
}

impl From<Reading> for Explained {
    fn from(reading: Reading) -> Self {
        Self {
            reading,
            rule: None,
            known: false,
        }
    }
}

/// A way in which a text may be a number.
struct Way {
    rule: Rule,
    number: PhoneNumber,
}

impl Plan {
    /// The plan of a company in `country`, without extensions and without habits.
    #[must_use]
    pub fn of(country: Country) -> Self {
        Self::with_extensions(country, Vec::new())
    }

    /// The plan of a company in `country` that has these extensions, without habits.
    #[must_use]
    pub fn with_extensions(country: Country, extensions: Vec<ExtensionRange>) -> Self {
        Self {
            country,
            extensions,
            habits: Habits::default(),
        }
    }

    /// Reads `text`, wherever it comes from.
    ///
    /// The order: withheld words, extensions, the short codes that the company lists; then the
    /// first of these that the numbering plan knows: a local number with the company's area code,
    /// the number as people of [`Plan::country`] dial it, the same digits as an international
    /// number that lost its `+` (trunks send `31600000001`), and without the prefix for an
    /// outside line. A bare number of three to six digits is a short code then, and one of at
    /// least [`SHORTEST_NATIONAL`] digits whose length is right counts too, because numbering
    /// plans change faster than their metadata.
    #[must_use]
    pub fn read(&self, text: &str) -> Reading {
        self.explain(text, None).reading
    }

    /// Reads `text` as it came over `trunk`, by the trunk's own habits where it has some.
    #[must_use]
    pub fn read_from(&self, text: &str, trunk: Option<&str>) -> Reading {
        self.explain(text, trunk).reading
    }

    /// The international form of a phone number, read as [`Plan::read`] reads it; `None`: it is
    /// something else. For many numbers: how people write each is not worked out.
    #[must_use]
    pub fn e164(&self, text: &str) -> Option<E164> {
        let (way, _) = self.likeliest(text, None).ok()?;
        phone::e164(&way.number)
    }

    /// [`Plan::read_from`], and how the reading came about.
    #[must_use]
    pub fn explain(&self, text: &str, trunk: Option<&str>) -> Explained {
        match self.likeliest(text, trunk) {
            Ok((way, known)) => Phone::understood(&way.number, self.country).map_or_else(
                || Reading::Unreadable.into(),
                |phone| Explained {
                    reading: Reading::Phone(phone),
                    rule: Some(way.rule),
                    known,
                },
            ),
            Err(reading) => reading.into(),
        }
    }

    /// The way in which `text` is a phone number, and whether the numbering plan knows it; or what
    /// it is instead.
    fn likeliest(&self, text: &str, trunk: Option<&str>) -> Result<(Way, bool), Reading> {
        let text = number_in(text).ok_or(Reading::Unreadable)?;
        if is_withheld(&text) {
            return Err(Reading::Withheld);
        }
        if self.extensions.iter().any(|range| range.contains(&text))
            && let Ok(extension) = text.parse()
        {
            return Err(Reading::Extension(extension));
        }
        let bare: Option<Digits> = text.parse().ok();
        if let Some(code) = &bare
            && self.habits.short_codes.contains(code)
        {
            return Err(Reading::ShortCode(code.clone()));
        }
        let mut ways = self.ways(&text, trunk);
        ways.retain(|way| phone::e164(&way.number).is_some());
        if let Some(place) = ways.iter().position(|way| is_known(&way.number)) {
            return Ok((ways.swap_remove(place), true));
        }
        match bare {
            Some(code) if SHORT_CODE.contains(&code.as_str().len()) => {
                return Err(Reading::ShortCode(code));
            }
            _ => {}
        }
        ways.into_iter()
            .find(|way| may_be(&way.number) && is_settled(&way.number))
            .map_or(Err(Reading::Unreadable), |way| Ok((way, false)))
    }

    /// `number` as people in [`Plan::country`] dial it, digits only: a number of the country in
    /// its national form, any other with the country's international prefix (`011`, `00`).
    #[must_use]
    pub fn dialled(&self, number: &E164) -> String {
        let Some(parsed) = parse(number.as_str(), self.country) else {
            return number.digits().to_owned();
        };
        let written = if self.country.calling_code() == parsed.country_code {
            PHONE_NUMBER_UTIL.format(&parsed, PhoneNumberFormat::National)
        } else {
            PHONE_NUMBER_UTIL.format_out_of_country_calling_number(&parsed, self.country.0)
        };
        // Where a country has several international prefixes the first sign may be a `+`.
        PHONE_NUMBER_UTIL.normalize_digits_only(&written)
    }

    /// `number` as people of the company's country write it: `(415) 555-0134` at home,
    /// `+31 6 00000001` for a number of another country.
    #[must_use]
    pub fn written(&self, number: &E164) -> String {
        parse(number.as_str(), self.country)
            .and_then(|parsed| Phone::understood(&parsed, self.country))
            .map_or_else(|| number.to_string(), |phone| phone.shown)
    }

    /// Every way in which `text` may be a number, the likeliest first.
    fn ways(&self, text: &str, trunk: Option<&str>) -> Vec<Way> {
        let trunk = trunk.and_then(|name| self.habits.trunk(name));
        let country = trunk
            .and_then(|trunk| trunk.country)
            .unwrap_or(self.country);
        let plain = trunk.map(|trunk| trunk.plain).unwrap_or_default();
        let mut text = text.to_owned();
        if let Some(strip) = trunk.and_then(|trunk| trunk.strip.as_ref())
            && let Some(rest) = text.strip_prefix(strip.as_str())
        {
            text = rest.to_owned();
        }
        if let Some(add) = trunk.and_then(|trunk| trunk.add.as_ref())
            && !is_plus(&text)
        {
            text = format!("{}{text}", add.as_str());
        }
        let mut ways = Vec::with_capacity(4);
        let mut add = |rule, number: Option<PhoneNumber>| {
            ways.extend(number.map(|number| Way { rule, number }));
        };
        if is_plus(&text) {
            add(Rule::International, parse(&text, country));
            return ways;
        }
        let digits = text.chars().filter(|sign| sign.is_numeric()).count();
        let zeros = text.strip_prefix("00");
        match plain {
            PlainNumber::International if zeros.is_none() => {
                add(Rule::LostPlus, parse(&format!("+{text}"), country));
                return ways;
            }
            PlainNumber::National => {
                add(Rule::National, parse(&text, country));
                add(
                    Rule::International,
                    zeros.and_then(|rest| parse(&format!("+{rest}"), country)),
                );
                return ways;
            }
            PlainNumber::International | PlainNumber::AsDialled => {}
        }
        if digits <= LONGEST_LOCAL && !text.starts_with('0') {
            add(Rule::AreaCode, self.local(&text, country));
        }
        // With fewer digits and without the trunk prefix it would reach a neighbour of the same
        // area, whichever that is.
        let here = parse(&text, country)
            .filter(|number| digits >= SHORTEST_NATIONAL || !lacks_trunk_prefix(&text, number));
        let rule = match &here {
            Some(number) if number.country_code != country.calling_code() => Rule::International,
            _ => Rule::National,
        };
        add(rule, here);
        if let Some(rest) = zeros {
            add(Rule::International, parse(&format!("+{rest}"), country));
        } else if digits >= LOST_PLUS && !text.starts_with('0') {
            add(Rule::LostPlus, parse(&format!("+{text}"), country));
        }
        if let Some(prefix) = &self.habits.outside_prefix
            && let Some(rest) = text.strip_prefix(prefix.as_str())
        {
            let rest = rest.trim_start_matches([',', ' ', '-', 'w', 'p']);
            add(Rule::OutsidePrefix, parse(rest, country));
        }
        ways
    }

    /// A local number of the company's own area.
    fn local(&self, text: &str, country: Country) -> Option<PhoneNumber> {
        let area = self.habits.area_code.as_ref()?.as_str();
        parse(
            &format!("+{} {area} {text}", country.calling_code()),
            country,
        )
    }
}

fn parse(text: &str, country: Country) -> Option<PhoneNumber> {
    PHONE_NUMBER_UTIL.parse(text, Some(country.0)).ok()
}

fn is_known(number: &PhoneNumber) -> bool {
    PHONE_NUMBER_UTIL.is_valid_number(number)
}

fn may_be(number: &PhoneNumber) -> bool {
    PHONE_NUMBER_UTIL.is_possible_number(number)
}

/// Whether the international form is read as itself, which zeros in front may prevent: each
/// reading takes one more of them for a trunk prefix, and the caller would be another one each
/// time. Zeros alone are nobody's number: some phone systems send them for a withheld one.
fn is_settled(number: &PhoneNumber) -> bool {
    let national = national(number);
    let again = phone::e164(number).map(|e164| PHONE_NUMBER_UTIL.parse(e164.as_str(), None));
    again.is_some_and(|again| again.is_ok_and(|again| self::national(&again) == national))
        && national.len() >= SHORTEST_NATIONAL
        && national.bytes().any(|digit| digit != b'0')
}

fn national(number: &PhoneNumber) -> String {
    rlibphonenumber::get_national_significant_number_owned(number)
}

/// Whether people put a trunk prefix before this number, and `text` has none.
fn lacks_trunk_prefix(text: &str, number: &PhoneNumber) -> bool {
    let written = PHONE_NUMBER_UTIL.format(number, PhoneNumberFormat::National);
    let national = rlibphonenumber::get_national_significant_number_owned(number);
    let usual = PHONE_NUMBER_UTIL.normalize_digits_only(&written);
    usual != national && PHONE_NUMBER_UTIL.normalize_digits_only(text) == national
}

/// Also the full-width plus of Chinese and Japanese keyboards, and what stands before one in a
/// link (`tel:+...`).
fn is_plus(text: &str) -> bool {
    let number = text.find(|sign: char| sign.is_numeric());
    let before = number.and_then(|at| text.get(..at)).unwrap_or_default();
    before.contains(['+', '\u{ff0b}'])
}

#[cfg(test)]
mod tests;
