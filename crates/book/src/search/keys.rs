//! Under which keys a contact is noted.
//!
//! A key is the hash of a short text and of what it is. Two texts with one hash cost a look at a
//! contact that is not meant, and nothing else: every candidate is held against the question.

use super::keypad::{self, Alphabet};
use super::line::{Kind, Line, Unit};

/// The lengths of a word's beginnings that have a key, in letters.
const HEADS: [usize; 5] = [1, 2, 3, 5, 8];
/// The same on a keypad. One digit says too little.
const KEYPAD_HEADS: [usize; 4] = [2, 3, 5, 7];
/// The lengths of whole words that have a key of their own, so that they are found before longer
/// ones that begin alike.
pub(super) const WHOLE: std::ops::RangeInclusive<usize> = 2..=7;
/// The lengths of a number's fragments that have a key.
pub(super) const FRAGMENTS: [usize; 2] = [3, 5];

/// The hash of what a contact is noted under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(pub(super) u64);

impl Key {
    /// Of the beginning of a word; `None`: it is too short. `length`: of what was typed.
    pub(super) fn head(word: &[char], alphabet: Alphabet) -> Option<(Self, usize)> {
        let lengths: &[usize] = match alphabet {
            Alphabet::Letters => &HEADS,
            Alphabet::Keypad => &KEYPAD_HEADS,
        };
        let length = *lengths.iter().rev().find(|length| **length <= word.len())?;
        let head = word.get(..length)?;
        Some((Self::of(tag(0, alphabet), head.iter().copied()), length))
    }

    /// Of a whole word.
    pub(super) fn whole(word: &[char], alphabet: Alphabet) -> Self {
        Self::of(tag(1, alphabet), word.iter().copied())
    }

    /// Of the first letters of two words, one after the other.
    pub(super) fn pair(one: char, other: char, alphabet: Alphabet) -> Self {
        Self::of(tag(2, alphabet), [one, other].into_iter())
    }

    /// Of a fragment of a number.
    pub(super) fn fragment(digits: &str) -> Self {
        Self::of(6, digits.chars())
    }

    /// Multiplies and turns, as hashes of short keys do; what is hashed is no secret, and who makes
    /// two keys meet only makes their own searches slower.
    fn of(tag: u8, letters: impl Iterator<Item = char>) -> Self {
        let mut hash = u64::from(tag) + 1;
        for letter in letters {
            hash = (hash ^ u64::from(letter)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^= hash >> 29;
        }
        hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        Self(hash ^ (hash >> 32))
    }
}

fn tag(what: u8, alphabet: Alphabet) -> u8 {
    match alphabet {
        Alphabet::Letters => what,
        Alphabet::Keypad => what + 3,
    }
}

/// The keys of one contact.
pub(super) struct Keys {
    all: Vec<Key>,
    /// The letters of the word that is looked at: contacts come by the million, and each word
    /// would take memory of its own.
    letters: Vec<char>,
}

impl Keys {
    /// All of them, each once.
    pub(super) fn of(line: &Line) -> impl Iterator<Item = Key> {
        let mut keys = Self {
            all: Vec::with_capacity(256),
            letters: Vec::with_capacity(32),
        };
        let units = line.units();
        let all = (0..units.len()).filter_map(|place| units.get(place));
        let mut before: Option<Unit<'_>> = None;
        for unit in all {
            keys.add_unit(unit);
            if let Some(before) = before.filter(|before| before.company == unit.company) {
                keys.add_pairs(before, unit);
            }
            before = Some(unit);
        }
        for number in line.numbers().flatten() {
            keys.add_number(number);
        }
        keys.all.sort_unstable();
        keys.all.dedup();
        keys.all.into_iter()
    }

    fn add_unit(&mut self, unit: Unit<'_>) {
        for reading in unit.readings {
            let mut letters = std::mem::take(&mut self.letters);
            letters.clear();
            letters.extend(reading.text.chars());
            self.add_word(&letters, Alphabet::Letters);
            let typed = |letter: &mut char| keypad::digit(*letter).map(|digit| *letter = digit);
            if letters.iter_mut().all(|letter| typed(letter).is_some()) {
                self.add_word(&letters, Alphabet::Keypad);
            }
            self.letters = letters;
        }
    }

    fn add_word(&mut self, word: &[char], alphabet: Alphabet) {
        let mut length = word.len();
        while let Some((key, shorter)) = word
            .get(..length)
            .and_then(|head| Key::head(head, alphabet))
        {
            self.all.push(key);
            length = shorter - 1;
        }
        if WHOLE.contains(&word.len()) {
            self.all.push(Key::whole(word, alphabet));
        }
    }

    fn add_pairs(&mut self, unit: Unit<'_>, next: Unit<'_>) {
        for one in unit.readings {
            for other in next.readings {
                // A question of both is taken apart where the script changes.
                if (one.kind == Kind::Character) != (other.kind == Kind::Character) {
                    continue;
                }
                let firsts = one.text.chars().next().zip(other.text.chars().next());
                let Some((one, other)) = firsts else { continue };
                self.all.push(Key::pair(one, other, Alphabet::Letters));
                if let Some((one, other)) = keypad::digit(one).zip(keypad::digit(other)) {
                    self.all.push(Key::pair(one, other, Alphabet::Keypad));
                }
            }
        }
    }

    fn add_number(&mut self, digits: &str) {
        for length in FRAGMENTS {
            for start in 0..digits.len() {
                if let Some(fragment) = digits.get(start..start + length) {
                    self.all.push(Key::fragment(fragment));
                }
            }
        }
    }
}
