//! Which contacts may be meant by one word of a question. All that are meant are among them.
//!
//! A word is the beginning of one word of the contact, or goes over several: `zhangxm`, `jsmith`,
//! `王小明`. Then each of these but the last gave its first letter, its first sound (zh, ch, sh), or
//! all of itself, and the initials of neighbours have a key.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::fit::has_long_initial;
use super::keypad::Alphabet;
use super::keys::{FRAGMENTS, Key, WHOLE};
use super::postings::{Postings, Set};

/// Looks for one typed word.
pub(super) struct Candidates<'a> {
    postings: &'a Postings,
    word: &'a [char],
    alphabet: Alphabet,
    /// Those of the rest of the word from each place on.
    known: HashMap<usize, RoaringBitmap>,
}

impl<'a> Candidates<'a> {
    /// The contacts that may be meant by `word`.
    pub(super) fn of(
        postings: &'a Postings,
        word: &'a [char],
        alphabet: Alphabet,
    ) -> RoaringBitmap {
        let mut all = Self {
            postings,
            word,
            alphabet,
            known: HashMap::new(),
        };
        all.from(0)
    }

    /// The contacts of which a word is `word` as a whole.
    pub(super) fn exact(
        postings: &'a Postings,
        word: &[char],
        alphabet: Alphabet,
    ) -> Option<Set<'a>> {
        if word.len() == 1 {
            let (key, _) = Key::head(word, alphabet)?;
            return postings.get(key);
        }
        WHOLE
            .contains(&word.len())
            .then(|| postings.get(Key::whole(word, alphabet)))?
    }

    fn from(&mut self, start: usize) -> RoaringBitmap {
        if let Some(known) = self.known.get(&start) {
            return known.clone();
        }
        let rest = self.word.get(start..).unwrap_or_default();
        let head = Key::head(rest, self.alphabet).and_then(|(key, _)| self.postings.get(key));
        let mut all = head.map(Set::into_owned).unwrap_or_default();
        for taken in 1..rest.len() {
            if let Some(over) = self.over(start, taken) {
                all |= over;
            }
        }
        self.known.insert(start, all.clone());
        all
    }

    /// Those of which one word gives `taken` letters and the next ones what is left.
    fn over(&mut self, start: usize, taken: usize) -> Option<RoaringBitmap> {
        let rest = self.word.get(start..)?;
        let (mine, theirs) = rest.split_at_checked(taken)?;
        let (first, next) = (*mine.first()?, *theirs.first()?);
        let full = match taken {
            1 => None,
            2 if has_long_initial(mine, self.alphabet) => None,
            _ if WHOLE.contains(&taken) => {
                Some(self.postings.get(Key::whole(mine, self.alphabet))?)
            }
            _ => {
                let (head, _) = Key::head(mine, self.alphabet)?;
                Some(self.postings.get(head)?)
            }
        };
        let pair = self.postings.get(Key::pair(first, next, self.alphabet))?;
        let mut over = match full {
            Some(full) => full.as_ref() & pair.as_ref(),
            None => pair.into_owned(),
        };
        if over.is_empty() {
            return None;
        }
        // The initials say all that one more letter says.
        if theirs.len() > 1 {
            over &= self.from(start + taken);
        }
        Some(over)
    }
}

/// The contacts with a number that may have these digits in it.
pub(super) fn with_fragment(postings: &Postings, digits: &str) -> RoaringBitmap {
    let length = FRAGMENTS.iter().rev().find(|it| **it <= digits.len());
    let Some(&length) = length else {
        return RoaringBitmap::new();
    };
    let mut all: Option<RoaringBitmap> = None;
    for start in 0..=digits.len() - length {
        let fragment = digits.get(start..start + length).unwrap_or_default();
        let Some(set) = postings.get(Key::fragment(fragment)) else {
            return RoaringBitmap::new();
        };
        all = Some(match all {
            None => set.into_owned(),
            Some(so_far) => so_far & set.as_ref(),
        });
    }
    all.unwrap_or_default()
}
