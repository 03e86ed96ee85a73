//! Numbers of sixty countries in the spellings that occur in CRMs and on trunks: right ones, wrong
//! ones, cut ones. The same seed always gives the same numbers.

use rlibphonenumber::enums::{PhoneNumberType, Region};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};

/// The countries that numbers are made of.
const COUNTRIES: [&str; 60] = [
    "US", "CA", "MX", "BR", "AR", "CL", "CO", "PE", "GB", "IE", "FR", "DE", "AT", "CH", "NL", "BE",
    "LU", "IT", "ES", "PT", "DK", "SE", "NO", "FI", "IS", "PL", "CZ", "SK", "HU", "RO", "BG", "GR",
    "TR", "RU", "UA", "KZ", "IL", "AE", "SA", "EG", "ZA", "NG", "KE", "MA", "IN", "PK", "BD", "LK",
    "CN", "HK", "TW", "JP", "KR", "SG", "MY", "TH", "VN", "ID", "PH", "AU",
];

/// A number as somebody wrote it, and the country of who reads it.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) country: &'static str,
    pub(crate) text: String,
}

/// Chance from a seed (`SplitMix64`, by Steele, Lea and Flood, 2014).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    fn one_of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap()))
            .collect()
    }
}

fn region(country: &str) -> Region {
    country.parse().unwrap()
}

/// A number of `country` near one that is really given out there: its last digits are made up, so
/// that some are valid and some are not.
fn number(chance: &mut Chance, country: &str) -> PhoneNumber {
    let kinds = [
        PhoneNumberType::FixedLine,
        PhoneNumberType::Mobile,
        PhoneNumberType::TollFree,
        PhoneNumberType::FixedLine,
        PhoneNumberType::Mobile,
        PhoneNumberType::SharedCost,
    ];
    let kind = kinds[chance.below(kinds.len())];
    let mut number = PHONE_NUMBER_UTIL
        .get_example_number_for_type_and_region(region(country), kind)
        .or_else(|_| PHONE_NUMBER_UTIL.get_example_number(region(country)))
        .unwrap();
    let changed = 10_u64.pow(u32::try_from(chance.below(7)).unwrap());
    number.national_number = number.national_number / changed * changed + chance.next() % changed;
    number
}

/// One of the spellings in which that number occurs, for a reader in `reader`.
fn spelled(chance: &mut Chance, number: &PhoneNumber, reader: &str) -> String {
    let form = |form| PHONE_NUMBER_UTIL.format(number, form).into_owned();
    let e164 = form(PhoneNumberFormat::E164);
    let national = form(PhoneNumberFormat::National);
    let international = form(PhoneNumberFormat::International);
    let plain = rlibphonenumber::get_national_significant_number_owned(number);
    match chance.below(14) {
        0 | 1 => e164,
        2 | 3 => international,
        4 | 5 => national,
        6 => PHONE_NUMBER_UTIL.normalize_digits_only(&national),
        7 => plain,
        8 => e164.trim_start_matches('+').to_owned(),
        9 => PHONE_NUMBER_UTIL
            .format_out_of_country_calling_number(number, region(reader))
            .into_owned(),
        10 => format!("00{}", &e164[1..]),
        11 => form(PhoneNumberFormat::RFC3966),
        12 => format!("+{} (0) {plain}", number.country_code),
        _ => grouped(chance, &plain),
    }
}

/// The digits in groups of two to four, as people type them.
fn grouped(chance: &mut Chance, digits: &str) -> String {
    let between = chance.one_of(&[" ", "-", ".", "/", " - ", "\u{a0}", "\u{2013}", "  ", ") "]);
    let mut written = String::new();
    let mut left = digits;
    while !left.is_empty() {
        let (group, rest) = left.split_at((2 + chance.below(3)).min(left.len()));
        if !written.is_empty() {
            written.push_str(between);
        }
        written.push_str(group);
        left = rest;
    }
    if between == ") " {
        written.insert(0, '(');
    }
    written
}

/// What else is written with a number, or what becomes of it.
fn disturbed(chance: &mut Chance, text: String) -> String {
    let cut = |text: &str, keep: usize| text.chars().take(keep).collect::<String>();
    let length = text.chars().count();
    match chance.below(40) {
        0 => wide(&text, '\u{ff10}').replace('+', "\u{ff0b}"),
        1 => wide(&text, '\u{660}'),
        2 => format!("{text};ext={}", chance.digits(3)),
        3 => format!("{text} x{}", chance.digits(2)),
        4 => format!("{text} ext. {}", chance.digits(4)),
        5 => format!("{text} доб. {}", chance.digits(3)),
        6 => format!("{text}#{}", chance.digits(2)),
        7 => cut(&text, length.saturating_sub(1 + chance.below(4))),
        8 => cut(&text, 2 + chance.below(4)),
        9 => format!("{text}{}", chance.digits(1)),
        10 => {
            let more = 2 + chance.below(8);
            format!("{text}{}", chance.digits(more))
        }
        11 => format!("\u{202a}{text}\u{202c}"),
        12 => format!("  {text}\t"),
        13 => format!("{text} (mobile)"),
        14 => format!("Tel. {text}"),
        15 => format!("9{text}"),
        16 => format!("0{text}"),
        17 => format!("9,{text}"),
        18 => format!("tel:{text}"),
        19 => text.replace(' ', "\u{200b}"),
        20 => {
            let count = 1 + chance.below(16);
            chance.digits(count)
        }
        21 => {
            let count = 3 + chance.below(4);
            chance.digits(count)
        }
        22 => chance
            .one_of(&[
                "112", "911", "999", "10086", "95588", "110", "118", "116117",
            ])
            .to_owned(),
        23 => chance
            .one_of(&[
                "",
                "anonymous",
                "unknown",
                "abc",
                "+",
                "-",
                "n/a",
                "ask Bob",
                "++1",
                "1",
            ])
            .to_owned(),
        24 => format!("{text} / {}", chance.digits(7)),
        25 => text.replace('0', "O"),
        26 => format!(
            "1-800-{}",
            chance.one_of(&["FLOWERS", "GOOG-411", "TAXICAB"])
        ),
        _ => text,
    }
}

fn wide(text: &str, zero: char) -> String {
    text.chars()
        .map(|sign| match sign.to_digit(10) {
            Some(digit) => char::from_u32(u32::from(zero) + digit).unwrap(),
            None => sign,
        })
        .collect()
}

/// The number at place `at`.
pub(crate) fn written(chance: &mut Chance, at: usize) -> Written {
    let reader = COUNTRIES[at % COUNTRIES.len()];
    let of = home_or_abroad(chance, reader);
    let number = number(chance, of);
    let text = spelled(chance, &number, reader);
    Written {
        country: reader,
        text: disturbed(chance, text),
    }
}

/// Two spellings of one number, or of two that look alike.
pub(crate) fn pair(chance: &mut Chance, at: usize) -> (Written, String) {
    let reader = COUNTRIES[at % COUNTRIES.len()];
    let of = home_or_abroad(chance, reader);
    let one = number(chance, of);
    let mut other = one.clone();
    match chance.below(6) {
        0 => other.national_number += 1,
        1 => other.national_number %= 10_u64.pow(8),
        2 => other.country_code = if one.country_code == 49 { 43 } else { 49 },
        _ => {}
    }
    let written = Written {
        country: reader,
        text: spelled(chance, &one, reader),
    };
    (written, spelled(chance, &other, reader))
}

/// Four of five numbers are of the reader's own country.
fn home_or_abroad(chance: &mut Chance, reader: &'static str) -> &'static str {
    if chance.below(5) == 0 {
        chance.one_of(&COUNTRIES)
    } else {
        reader
    }
}
