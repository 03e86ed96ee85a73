//! A contact as it is kept for the search: its folded name and company, and its digits, as one
//! short text.
//!
//! `\n` stands between name, company and numbers, a space between words, `/` between the
//! spellings of one. The readings of Chinese characters are looked up when they are needed, which
//! takes nanoseconds; kept, they would take most of the memory.

use linecard_number::E164;

use super::fold::{self, Part};
use super::hanzi;
use crate::{Contact, Number};

/// How many words of a name or company are kept, and how many numbers.
const MOST_WORDS: usize = 16;
const MOST_NUMBERS: usize = 24;
/// The most digits of a number that are kept.
const MOST_DIGITS: usize = 24;

/// A contact's folded text.
#[derive(Debug)]
pub(super) struct Line(Box<str>);

/// A word of a contact, or one character of a script without spaces.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    /// All the ways to type it.
    pub(super) readings: Vec<Reading<'a>>,
    /// It is of the company, not of the name.
    pub(super) company: bool,
}

/// A way to type a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading<'a> {
    /// The letters.
    pub(super) text: &'a str,
    /// What they are.
    pub(super) kind: Kind,
}

/// What a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The word as it is written.
    Written,
    /// The character itself.
    Character,
    /// How the character is read.
    Pinyin {
        /// It is how the character is read most, where it stands.
        usual: bool,
    },
}

impl Line {
    /// The line of a contact.
    pub(super) fn of(contact: &Contact) -> Self {
        let mut text = String::with_capacity(64);
        push_words(&mut text, &contact.name);
        text.push('\n');
        push_words(&mut text, contact.company.as_deref().unwrap_or_default());
        text.push('\n');
        for (place, number) in contact.numbers.iter().take(MOST_NUMBERS).enumerate() {
            if place > 0 {
                text.push(' ');
            }
            push_digits(&mut text, number);
        }
        Self(text.into_boxed_str())
    }

    /// The folded name.
    pub(super) fn name(&self) -> &str {
        self.section(0)
    }

    /// The words of name and company.
    pub(super) fn units(&self) -> Vec<Unit<'_>> {
        let mut units = Vec::with_capacity(8);
        push_units(&mut units, self.section(0), false);
        push_units(&mut units, self.section(1), true);
        units
    }

    /// The digits of each number, in each way to write it.
    pub(super) fn numbers(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        self.section(2).split(' ').map(|number| number.split('/'))
    }

    fn section(&self, place: usize) -> &str {
        self.0.split('\n').nth(place).unwrap_or_default()
    }
}

fn push_words(text: &mut String, words: &str) {
    for (place, part) in fold::parts(words).into_iter().take(MOST_WORDS).enumerate() {
        if place > 0 {
            text.push(' ');
        }
        match part {
            Part::Word(spellings) => text.push_str(&spellings.join("/")),
            Part::Character(letter) => text.push(letter),
        }
    }
}

/// The international form; and what was written, where it says something else.
fn push_digits(text: &mut String, number: &Number) {
    let written: String = fold::digits(&number.written).take(MOST_DIGITS).collect();
    let e164 = number.e164.as_ref().map_or("", E164::digits);
    text.push_str(e164);
    // Questions are asked without the zero of a trunk prefix, too.
    let national = written.trim_start_matches('0');
    if !written.is_empty() && (national.is_empty() || !e164.ends_with(national)) {
        if !e164.is_empty() {
            text.push('/');
        }
        text.push_str(&written);
    }
}

fn push_units<'a>(units: &mut Vec<Unit<'a>>, words: &'a str, company: bool) {
    // The characters of a run whose readings as a surname are known.
    let mut surname: ([&'static str; 2], usize) = ([""; 2], 0);
    let mut in_run = false;
    let mut words = words.split(' ').filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let first = word
            .chars()
            .next()
            .filter(|letter| fold::is_character(*letter));
        let Some(letter) = first else {
            in_run = false;
            let readings = word.split('/').map(|text| Reading {
                text,
                kind: Kind::Written,
            });
            units.push(Unit {
                readings: readings.collect(),
                company,
            });
            continue;
        };
        if !in_run {
            in_run = true;
            let next = words.peek().and_then(|word| word.chars().next());
            surname = hanzi::surname(letter, next).unwrap_or(([""; 2], 0));
        }
        let ([reading, later], left) = surname;
        surname = ([later, ""], left.saturating_sub(1));
        let mut readings = vec![Reading {
            text: word,
            kind: Kind::Character,
        }];
        let as_surname = (left > 0 && !company).then_some(reading);
        for reading in hanzi::readings(letter, as_surname) {
            readings.push(Reading {
                text: reading.text,
                kind: Kind::Pinyin {
                    usual: reading.usual,
                },
            });
        }
        units.push(Unit { readings, company });
    }
}
