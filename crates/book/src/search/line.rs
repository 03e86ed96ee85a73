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
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    text: Box<str>,
    /// Where the name and the company end; after either stands a `\n`.
    ends: [u16; 2],
}

/// The words of a contact. Thousands are made for one search, so they share two lists.
#[derive(Debug)]
pub(super) struct Units<'a> {
    readings: Vec<Reading<'a>>,
    /// Where the readings of each word end, and whether it is of the company.
    words: Vec<(usize, bool)>,
}

/// A word of a contact, or one character of a script without spaces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit<'a> {
    /// All the ways to type it.
    pub(super) readings: &'a [Reading<'a>],
    /// It is of the company, not of the name.
    pub(super) company: bool,
}

impl<'a> Units<'a> {
    /// The word at this place.
    pub(super) fn get(&self, place: usize) -> Option<Unit<'_>> {
        let (end, company) = *self.words.get(place)?;
        let before = place.checked_sub(1).and_then(|it| self.words.get(it));
        let start = before.map_or(0, |(end, _)| *end);
        let readings = self.readings.get(start..end)?;
        Some(Unit { readings, company })
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// How many words the name has; they come first.
    pub(super) fn of_name(&self) -> usize {
        let of_name = self.words.iter().take_while(|(_, company)| !company);
        of_name.count()
    }

    fn add(&mut self, text: &'a str, kind: Kind) {
        let start = self.words.last().map_or(0, |(end, _)| *end);
        let own = self.readings.iter().skip(start);
        if !own.into_iter().any(|known| known.text == text) {
            self.readings.push(Reading { text, kind });
        }
    }

    fn end(&mut self, company: bool) {
        self.words.push((self.readings.len(), company));
    }
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
        let name = text.len();
        text.push('\n');
        push_words(&mut text, contact.company.as_deref().unwrap_or_default());
        let company = text.len();
        text.push('\n');
        for (place, number) in contact.numbers.iter().take(MOST_NUMBERS).enumerate() {
            if place > 0 {
                text.push(' ');
            }
            push_digits(&mut text, number);
        }
        // A word is short and there are few of them.
        let end = |end| u16::try_from(end).unwrap_or(u16::MAX);
        Self {
            ends: [end(name), end(company)],
            text: text.into_boxed_str(),
        }
    }

    /// The folded name.
    pub(super) fn name(&self) -> &str {
        self.section(0)
    }

    /// The words of name and company.
    pub(super) fn units(&self) -> Units<'_> {
        let mut units = Units {
            readings: Vec::with_capacity(24),
            words: Vec::with_capacity(8),
        };
        push_units(&mut units, self.section(0), false);
        push_units(&mut units, self.section(1), true);
        units
    }

    /// The digits of each number, in each way to write it.
    pub(super) fn numbers(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        let numbers = self.section(2).split(is(' '));
        numbers.map(|number| number.split(is('/')))
    }

    fn section(&self, place: usize) -> &str {
        let [name, company] = self.ends.map(usize::from);
        let section = match place {
            0 => 0..name,
            1 => name + 1..company,
            _ => company + 1..self.text.len(),
        };
        self.text.get(section).unwrap_or_default()
    }
}

/// To look at each letter is faster here than to search: the texts are short.
fn is(this: char) -> impl Fn(char) -> bool {
    move |letter| letter == this
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

fn push_units<'a>(units: &mut Units<'a>, words: &'a str, company: bool) {
    // The readings, as a surname, of the characters to come.
    let mut surname: ([&'static str; 2], usize) = ([""; 2], 0);
    let mut in_run = false;
    let mut words = words
        .split(is(' '))
        .filter(|word| !word.is_empty())
        .peekable();
    while let Some(word) = words.next() {
        let first = word.chars().next();
        let Some(letter) = first.filter(|letter| fold::is_character(*letter)) else {
            in_run = false;
            for text in word.split(is('/')) {
                units.add(text, Kind::Written);
            }
            units.end(company);
            continue;
        };
        if !in_run {
            in_run = true;
            let next = words.peek().and_then(|word| word.chars().next());
            surname = hanzi::surname(letter, next).unwrap_or(([""; 2], 0));
        }
        let ([reading, later], left) = surname;
        surname = ([later, ""], left.saturating_sub(1));
        let as_surname = (left > 0 && !company).then_some(reading);
        units.add(word, Kind::Character);
        hanzi::each_reading(letter, as_surname, |reading| {
            let usual = reading.usual;
            units.add(reading.text, Kind::Pinyin { usual });
        });
        units.end(company);
    }
}
