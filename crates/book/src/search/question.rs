//! A question, read: the words that were typed, and what each may be.
//!
//! Digits may be a name typed on a keypad, a word with digits in it, or a fragment of a number;
//! and what looks like one number with spaces may be several words. All of these are looked for.

use roaring::RoaringBitmap;

use super::Query;
use super::candidates::{self, Candidates};
use super::fold::{self, Part};
use super::keypad::Alphabet;
use super::postings::Postings;

/// The most characters that are read.
const LONGEST: usize = 64;
/// The most words that are read.
const MOST_WORDS: usize = 8;
/// The most letters of one word that are compared.
const LONGEST_WORD: usize = 24;
/// The fewest digits that are looked for in numbers.
pub(super) const SHORTEST_FRAGMENT: usize = 3;
/// The fewest digits that are taken for letters.
const SHORTEST_ON_KEYPAD: usize = 2;

/// What was typed, in each way to read it.
#[derive(Debug, Default)]
pub(super) struct Question {
    pub(super) readings: Vec<Vec<Word>>,
    /// Digits in a name are no way to find it either: the name may be made of the number (F17).
    pub(super) masked: bool,
}

/// One word, in each way to read it.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) forms: Vec<Form>,
}

/// A way to read one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// Letters, or the digits of letters.
    Word(Vec<char>, Alphabet),
    /// A fragment of a number.
    Number(String),
}

impl Question {
    pub(super) fn read(query: &Query<'_>) -> Self {
        let text: String = query.text.chars().take(LONGEST).collect();
        let mut words = words(&text, query.masked);
        if words.is_empty() {
            return Self::default();
        }
        // The longest first: it leaves the fewest places to the others.
        words.sort_by_key(|word| std::cmp::Reverse(word.length()));
        let mut readings = vec![words];
        if !query.masked && is_number(&text) {
            let digits: String = fold::digits(&text).collect();
            let forms: Vec<Form> = ways(&digits)
                .chain(query.numbers.iter().cloned())
                .filter(|digits| digits.len() >= SHORTEST_FRAGMENT)
                .map(Form::Number)
                .collect();
            if !forms.is_empty() {
                readings.push(vec![Word { forms }]);
            }
        }
        Self {
            readings,
            masked: query.masked,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.readings.is_empty()
    }

    /// The contacts that may be meant, as sets to be looked through one after the other: those
    /// with every word as a whole, those with every word but the last, and the rest.
    pub(super) fn candidates(&self, postings: &Postings) -> Vec<RoaringBitmap> {
        let (mut sets, mut rest) = (Vec::new(), Vec::new());
        for words in &self.readings {
            let loose: Vec<_> = words.iter().map(|word| word.loose(postings)).collect();
            let exact: Vec<_> = words.iter().map(|word| word.exact(postings)).collect();
            sets.push(all_of(exact.iter()));
            if words.len() > 1 {
                for open in 0..words.len() {
                    let mix = exact.iter().enumerate().map(|(place, exact)| {
                        let loose = loose.get(place).filter(|_| place == open);
                        loose.unwrap_or(exact)
                    });
                    sets.push(all_of(mix));
                }
            }
            rest.push(all_of(loose.iter()));
        }
        sets.append(&mut rest);
        sets
    }
}

fn all_of<'a>(mut sets: impl Iterator<Item = &'a RoaringBitmap>) -> RoaringBitmap {
    let first = sets.next().cloned().unwrap_or_default();
    sets.fold(first, |all, set| all & set)
}

impl Word {
    fn length(&self) -> usize {
        let length = |form: &Form| match form {
            Form::Word(letters, _) => letters.len(),
            Form::Number(digits) => digits.len(),
        };
        self.forms.iter().map(length).max().unwrap_or(0)
    }

    fn loose(&self, postings: &Postings) -> RoaringBitmap {
        let sets = self.forms.iter().map(|form| match form {
            Form::Word(letters, alphabet) => Candidates::of(postings, letters, *alphabet),
            Form::Number(digits) => candidates::with_fragment(postings, digits),
        });
        sets.fold(RoaringBitmap::new(), |all, set| all | set)
    }

    fn exact(&self, postings: &Postings) -> RoaringBitmap {
        let mut all = RoaringBitmap::new();
        for form in &self.forms {
            match form {
                Form::Word(letters, alphabet) => {
                    if let Some(set) = Candidates::exact(postings, letters, *alphabet) {
                        all |= set.as_ref();
                    }
                }
                Form::Number(digits) => all |= candidates::with_fragment(postings, digits),
            }
        }
        all
    }
}

/// The words of a text; characters of a script without spaces stay together.
fn words(text: &str, masked: bool) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    // The piece of the text whose characters are being gathered.
    let mut run = None;
    let between = |letter: char| !letter.is_alphanumeric() && !fold::is_mark(letter);
    for (piece, part) in (text.split(between).enumerate())
        .flat_map(|(piece, text)| fold::parts(text).into_iter().map(move |part| (piece, part)))
    {
        match part {
            Part::Character(letter) => {
                let open = words.last_mut().filter(|_| run == Some(piece));
                let form = open.and_then(|word| word.forms.first_mut());
                if let Some(Form::Word(letters, _)) = form {
                    letters.push(letter);
                } else {
                    let form = Form::Word(vec![letter], Alphabet::Letters);
                    words.push(Word { forms: vec![form] });
                }
                run = Some(piece);
            }
            Part::Word(spellings) => {
                words.push(Word {
                    forms: forms(&spellings, masked),
                });
                run = None;
            }
        }
    }
    words.truncate(MOST_WORDS);
    words
}

fn forms(spellings: &[String], masked: bool) -> Vec<Form> {
    let mut forms = Vec::with_capacity(spellings.len());
    for spelling in spellings {
        let letters: Vec<char> = spelling.chars().take(LONGEST_WORD).collect();
        if letters.iter().all(char::is_ascii_digit) {
            if letters.len() >= SHORTEST_ON_KEYPAD {
                forms.push(Form::Word(letters.clone(), Alphabet::Keypad));
            }
            if letters.len() >= SHORTEST_FRAGMENT && !masked {
                forms.extend(ways(spelling).map(Form::Number));
            }
        }
        forms.push(Form::Word(letters, Alphabet::Letters));
    }
    forms
}

/// Whether it could be one number as people write them.
fn is_number(text: &str) -> bool {
    let is_part = |letter: char| {
        letter.is_numeric() || letter.is_whitespace() || "+-()./－＋（）".contains(letter)
    };
    text.chars().all(is_part)
}

/// The digits as they were typed, and without the zeros that one dials before a number.
fn ways(digits: &str) -> impl Iterator<Item = String> {
    let bare = digits.trim_start_matches('0');
    let other = (bare.len() < digits.len() && bare.len() >= SHORTEST_FRAGMENT).then_some(bare);
    [Some(digits), other]
        .into_iter()
        .flatten()
        .map(str::to_owned)
}
