//! Hides numbers from those who may not know them (F17).

use serde::Serialize;

/// What stands for a hidden digit.
pub(crate) const HIDDEN: char = '\u{2022}';
/// What a whole number begins with that is hidden: its length tells nothing.
const HIDDEN_NUMBER: &str = "\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}";
/// How many digits in a row make a number in free text. Extensions have fewer, and so do years
/// and house numbers.
const SHORTEST: usize = 5;
/// A number of so many digits keeps its last two, so that people can tell two calls apart.
const SHOWS_LAST_TWO: usize = 7;
/// How many signs that are no digits may stand between two digits of one number.
pub(crate) const WIDEST_GAP: usize = 3;

/// A number as somebody sees it who may not know it: `•••••• 34`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    /// Hides `number`, however it is written. A short one is hidden whole.
    #[must_use]
    pub fn of(number: &str) -> Self {
        let digits: Vec<char> = number.chars().filter(|sign| sign.is_numeric()).collect();
        let last = match digits.len().checked_sub(2) {
            Some(at) if digits.len() >= SHOWS_LAST_TWO => digits.get(at..),
            _ => None,
        };
        Self(last.map_or_else(
            || HIDDEN_NUMBER.to_owned(),
            |last| format!("{HIDDEN_NUMBER} {}", last.iter().collect::<String>()),
        ))
    }

    /// As people see it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Masked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Masked> for String {
    fn from(masked: Masked) -> Self {
        masked.0
    }
}

/// `text` with every digit of what may be a phone number hidden: a name that came over the line,
/// `Automatic New Contact -5503301`, the phone system's own words.
///
/// Five digits or more make a number, also with spaces, dashes, dots and parentheses between them
/// and in any script. The rest of the text stays.
#[must_use]
pub fn hide_numbers(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let mut hidden = signs.clone();
    let mut run: Vec<usize> = Vec::new();
    for (at, sign) in signs.iter().enumerate() {
        if sign.is_numeric() {
            run.push(at);
        } else if !is_between(*sign) || run.last().is_some_and(|last| at - last > WIDEST_GAP) {
            hide(&mut hidden, &run);
            run.clear();
        }
    }
    hide(&mut hidden, &run);
    hidden.into_iter().collect()
}

fn hide(signs: &mut [char], run: &[usize]) {
    if run.len() < SHORTEST {
        return;
    }
    for at in run {
        if let Some(sign) = signs.get_mut(*at) {
            *sign = HIDDEN;
        }
    }
}

/// Whether people write it between the digits of one number.
pub(crate) fn is_between(sign: char) -> bool {
    !sign.is_alphanumeric() && !matches!(sign, '\n' | '\r' | ',' | ';' | ':' | '"' | '<' | '>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f17_a_number_keeps_only_what_tells_two_calls_apart() {
        for number in ["+1 415-555-0134", "4155550134", "(415) 555-0134"] {
            assert_eq!(Masked::of(number).as_str(), "•••••• 34", "{number}");
        }
        for short in ["10086", "112", "", "ABC"] {
            assert_eq!(Masked::of(short).as_str(), "••••••", "{short}");
        }
    }

    #[test]
    fn f17_a_number_is_hidden_wherever_it_stands_in_a_text() {
        for (text, hidden) in [
            (
                "Automatic New Contact -5503301",
                "Automatic New Contact -•••••••",
            ),
            ("Grace (415) 555-0134 mobile", "Grace (•••) •••-•••• mobile"),
            ("+49 30 / 123 45", "+•• •• / ••• ••"),
            ("４１５５５５０１３４", "••••••••••"),
            ("٤١٥٥٥٥٠١٣٤", "••••••••••"),
            ("Room 101, built 2019", "Room 101, built 2019"),
            ("Grace Hopper", "Grace Hopper"),
            ("", ""),
        ] {
            assert_eq!(hide_numbers(text), hidden);
        }
    }
}
