//! How well one typed word fits the words of a contact.

use super::keypad::Alphabet;
use super::line::{Kind, Reading, Units};
use super::question::SHORTEST_FRAGMENT;

/// Where a typed word was found, and how good that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fit {
    /// The first of the contact's words that it covers.
    pub(super) first: usize,
    /// The one after the last.
    pub(super) end: usize,
    /// From 0 to 100.
    pub(super) points: i32,
}

/// Over how many words of a contact one typed word goes at most.
const MOST_UNITS: usize = 6;
/// A whole word.
const WHOLE: i32 = 100;
/// The beginning of a word; what is typed of it counts on top, up to 15.
const BEGINNING: i32 = 70;
/// Several words, each in full but perhaps the last.
const JOINED: i32 = 90;
/// Several words, of some only the initial.
const INITIALS: i32 = 60;
/// What it costs when a character is read otherwise than usual.
const RARE: i32 = 5;
/// What it costs when it was typed on a keypad, where one digit is many letters.
const KEYPAD: i32 = 15;
/// What it costs when it is the company.
const COMPANY: i32 = 25;

/// The best place for `word` among `units`, of those that are not yet `used`.
pub(super) fn best(
    word: &[char],
    alphabet: Alphabet,
    units: &Units<'_>,
    used: u64,
    masked: bool,
) -> Option<Fit> {
    let mut best: Option<Fit> = None;
    for first in 0..units.len().min(64) {
        let walk = Walk {
            units,
            alphabet,
            used,
            masked,
        };
        let Some((end, mut points)) = walk.from(word, first, So::default()) else {
            continue;
        };
        if alphabet == Alphabet::Keypad {
            points -= KEYPAD;
        }
        if units.get(first).is_some_and(|unit| unit.company) {
            points -= COMPANY;
        } else if first == 0 {
            points += 2;
        }
        if best.is_none_or(|best| best.points < points) {
            best = Some(Fit { first, end, points });
        }
    }
    best
}

/// What is behind so far.
#[derive(Debug, Clone, Copy, Default)]
struct So {
    units: usize,
    initials: bool,
    rare: bool,
}

struct Walk<'a> {
    units: &'a Units<'a>,
    alphabet: Alphabet,
    used: u64,
    /// Words with numbers in them are passed over.
    masked: bool,
}

impl Walk<'_> {
    /// Lays `word` over the units from `at` on: the end, and the points.
    fn from(&self, word: &[char], at: usize, so: So) -> Option<(usize, i32)> {
        let unit = self.units.get(at)?;
        if self.used >> at & 1 == 1 {
            return None;
        }
        let readings = unit.readings.iter();
        let readings = readings.filter(|it| !(self.masked && holds_number(it.text)));
        let ways = readings.flat_map(|reading| self.over(word, at, reading, so));
        ways.max_by_key(|(_, points)| *points)
    }

    fn over(
        &self,
        word: &[char],
        at: usize,
        reading: &Reading<'_>,
        so: So,
    ) -> impl Iterator<Item = (usize, i32)> {
        let letters = || reading.text.chars();
        let same = (word.iter())
            .zip(letters())
            .take_while(|(typed, letter)| self.alphabet.typed(*letter) == Some(**typed))
            .count();
        let length = letters().count();
        let so = So {
            units: so.units + 1,
            rare: so.rare || reading.kind == Kind::Pinyin { usual: false },
            ..so
        };
        let last = (same == word.len()).then(|| (at + 1, points(so, same, length)));
        let mut ways = [last, None, None, None];
        if last.is_none() && same > 0 && so.units < MOST_UNITS && self.goes_on(at) {
            if same == length {
                ways[1] = self.rest(word, same, at, so);
            }
            let short = So {
                initials: true,
                ..so
            };
            if length > 1 {
                ways[2] = self.rest(word, 1, at, short);
            }
            let long = same >= 2 && length > 2;
            if long && matches!(reading.kind, Kind::Pinyin { .. }) {
                let is_long = reading.text.starts_with("zh")
                    || reading.text.starts_with("ch")
                    || reading.text.starts_with("sh");
                ways[3] = is_long.then(|| self.rest(word, 2, at, short)).flatten();
            }
        }
        ways.into_iter().flatten()
    }

    fn rest(&self, word: &[char], taken: usize, at: usize, so: So) -> Option<(usize, i32)> {
        self.from(word.get(taken..)?, at + 1, so)
    }

    /// Whether the next unit belongs to the same name.
    fn goes_on(&self, at: usize) -> bool {
        let company = |at: usize| self.units.get(at).map(|unit| unit.company);
        company(at + 1).is_some() && company(at) == company(at + 1)
    }
}

fn points(so: So, same: usize, length: usize) -> i32 {
    let part = i32::try_from(15 * same / length.max(1)).unwrap_or(0);
    let points = match (so.units, so.initials) {
        (_, true) => INITIALS + part / 3,
        (1, false) if same == length => WHOLE,
        (1, false) => BEGINNING + part,
        (_, false) => JOINED + part / 3,
    };
    points - if so.rare { RARE } else { 0 }
}

/// Whether so many digits stand in a word that they may be of a number.
fn holds_number(word: &str) -> bool {
    word.bytes().filter(u8::is_ascii_digit).count() >= SHORTEST_FRAGMENT
}

/// Whether the two letters may be the first sound of a syllable.
pub(super) fn has_long_initial(letters: &[char], alphabet: Alphabet) -> bool {
    match alphabet {
        Alphabet::Letters => matches!(letters, ['z' | 'c' | 's', 'h']),
        Alphabet::Keypad => matches!(letters, ['9' | '2' | '7', '4']),
    }
}
