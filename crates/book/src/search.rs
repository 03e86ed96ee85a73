//! Dial search: whom do I want, found as the agent types (F14, F15).
//!
//! Each contact is kept as a short line of folded text, and noted under keys: the beginnings of
//! its words and of the pinyin of its characters, the same in the digits of a keypad, the initials
//! of neighbouring words, the fragments of its numbers. A key has the set of contacts that are
//! noted under it. A question is answered in two steps: sets are joined to the few contacts that
//! may be meant, and each of these is held against the question and scored. How many are looked at
//! is bounded, so that `a` costs no more than a full name; those with whole words come first.
//!
//! Nothing here reads a store or a clock. What a contact's line does not say is not known here: the
//! caller shows what the store has.

mod candidates;
mod fit;
mod fold;
mod hanzi;
mod keypad;
mod keys;
mod line;
mod postings;
mod question;
mod score;

use std::collections::{HashMap, HashSet};

use roaring::RoaringBitmap;

use crate::{Contact, ContactKey, PhonebookKey};
use keys::Keys;
use line::Line;
use postings::Postings;
use question::Question;
use score::Score;

/// How many contacts are looked at, at most, in one search. A round looks at half of what is left,
/// so that there is something left for the next.
const LOOKED_AT: usize = 1_200;

/// How many contacts of a phonebook are forgotten before somebody else may ask.
const FORGOTTEN_AT_ONCE: usize = 2_000;

/// Which phonebooks are searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visible {
    /// All.
    All,
    /// These.
    Only(HashSet<PhonebookKey>),
}

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// What was typed, letters or digits; what is longer than 64 characters is cut.
    pub text: &'a str,
    /// Other ways to write `text` where it is a number: the international form, say. Digits only.
    pub numbers: &'a [String],
    /// Where it is looked for.
    pub visible: &'a Visible,
    /// Whom the agent had calls with, the last one first: they come first.
    pub recent: &'a [ContactKey],
    /// Digits find nobody by number (F17).
    pub masked: bool,
    /// How many are wanted.
    pub limit: usize,
}

/// A contact that is meant, perhaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Names it.
    pub contact: ContactKey,
    /// The place, among the contact's numbers, of the number whose digits were typed.
    pub number: Option<usize>,
    /// The agent had a call with it.
    pub recent: bool,
}

/// Contacts by what people type.
#[derive(Debug, Default)]
pub struct Index {
    rows: Vec<Option<Row>>,
    /// Places in `rows` that are free.
    free: Vec<u32>,
    places: HashMap<ContactKey, u32>,
    phonebooks: HashMap<PhonebookKey, RoaringBitmap>,
    postings: Postings,
}

#[derive(Debug)]
struct Row {
    contact: ContactKey,
    phonebook: PhonebookKey,
    line: Line,
}

impl Index {
    /// An index of nobody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many contacts it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Puts a contact in, in place of what was known of it.
    pub fn put(&mut self, contact: &Contact) {
        let line = Line::of(contact);
        // Who follows what was changed is told of it once more.
        if self.is_noted(contact, &line) {
            return;
        }
        self.remove(contact.key);
        let free = self.free.pop();
        let Ok(place) = free.map_or_else(|| u32::try_from(self.rows.len()), Ok) else {
            // Four thousand million contacts do not fit into memory anyway.
            return;
        };
        for key in Keys::of(&line) {
            self.postings.add(key, place);
        }
        self.phonebooks
            .entry(contact.phonebook)
            .or_default()
            .insert(place);
        self.places.insert(contact.key, place);
        let row = Some(Row {
            contact: contact.key,
            phonebook: contact.phonebook,
            line,
        });
        match self.rows.get_mut(place as usize) {
            Some(free) => *free = row,
            None => self.rows.push(row),
        }
    }

    fn is_noted(&self, contact: &Contact, line: &Line) -> bool {
        let place = self.places.get(&contact.key);
        let row = place.and_then(|place| self.row(*place));
        row.is_some_and(|row| row.phonebook == contact.phonebook && row.line == *line)
    }

    /// Takes a contact out. `false`: it was not there.
    pub fn remove(&mut self, contact: ContactKey) -> bool {
        let Some(place) = self.places.remove(&contact) else {
            return false;
        };
        let Some(row) = self.rows.get_mut(place as usize).and_then(Option::take) else {
            return false;
        };
        for key in Keys::of(&row.line) {
            self.postings.remove(key, place);
        }
        if let Some(of_it) = self.phonebooks.get_mut(&row.phonebook) {
            of_it.remove(place);
            if of_it.is_empty() {
                self.phonebooks.remove(&row.phonebook);
            }
        }
        self.free.push(place);
        true
    }

    /// Takes some thousand contacts of a phonebook out. `true`: there are more.
    pub fn forget_some_of(&mut self, phonebook: PhonebookKey) -> bool {
        let places = self.phonebooks.get(&phonebook).into_iter().flatten();
        let rows = places.take(FORGOTTEN_AT_ONCE).filter_map(|it| self.row(it));
        let contacts: Vec<ContactKey> = rows.map(|row| row.contact).collect();
        for contact in contacts {
            self.remove(contact);
        }
        self.phonebooks.contains_key(&phonebook)
    }

    /// The contacts that are meant: those of recent calls first, the last call first of all, then
    /// by how well they fit.
    #[must_use]
    pub fn search(&self, query: &Query<'_>) -> Vec<Hit> {
        let question = Question::read(query);
        if question.is_empty() || query.limit == 0 {
            return Vec::new();
        }
        let mut found = Found {
            index: self,
            question: &question,
            seen: RoaringBitmap::new(),
            left: LOOKED_AT,
            all: Vec::new(),
        };
        for (when, contact) in query.recent.iter().enumerate() {
            if let Some(place) = self.places.get(contact)
                && self.is_visible(*place, query.visible)
            {
                found.look_at(*place, when);
            }
        }
        let visible = match query.visible {
            Visible::All => None,
            Visible::Only(some) => Some(self.of_phonebooks(some)),
        };
        for set in question.candidates(&self.postings) {
            found.look_through(set, visible.as_ref());
        }
        found.best(query.limit)
    }

    fn of_phonebooks(&self, some: &HashSet<PhonebookKey>) -> RoaringBitmap {
        let sets = some.iter().filter_map(|it| self.phonebooks.get(it));
        sets.fold(RoaringBitmap::new(), |all, set| all | set)
    }

    fn is_visible(&self, place: u32, visible: &Visible) -> bool {
        match (visible, self.row(place)) {
            (Visible::All, _) => true,
            (Visible::Only(some), Some(row)) => some.contains(&row.phonebook),
            (Visible::Only(_), None) => false,
        }
    }

    fn row(&self, place: u32) -> Option<&Row> {
        self.rows.get(place as usize)?.as_ref()
    }
}

/// What one search has found.
struct Found<'a> {
    index: &'a Index,
    question: &'a Question,
    seen: RoaringBitmap,
    /// How many may still be looked at.
    left: usize,
    all: Vec<Ranked<'a>>,
}

struct Ranked<'a> {
    row: &'a Row,
    /// How many calls ago; `usize::MAX`: no call that counts.
    when: usize,
    score: Score,
}

impl Found<'_> {
    fn look_through(&mut self, mut set: RoaringBitmap, visible: Option<&RoaringBitmap>) {
        if let Some(visible) = visible {
            set &= visible;
        }
        set -= &self.seen;
        let now = self.left / 2;
        for place in set.iter().take(now) {
            self.left -= 1;
            self.look_at(place, usize::MAX);
        }
    }

    fn look_at(&mut self, place: u32, when: usize) {
        self.seen.insert(place);
        if let Some(row) = self.index.row(place)
            && let Some(score) = self.question.score(&row.line)
        {
            self.all.push(Ranked { row, when, score });
        }
    }

    fn best(mut self, limit: usize) -> Vec<Hit> {
        self.all.sort_by(|one, other| {
            (one.when.cmp(&other.when))
                .then_with(|| other.score.points.cmp(&one.score.points))
                .then_with(|| one.row.line.name().cmp(other.row.line.name()))
                .then_with(|| one.row.contact.cmp(&other.row.contact))
        });
        self.all.truncate(limit);
        let hit = |ranked: &Ranked<'_>| Hit {
            contact: ranked.row.contact,
            number: ranked.score.number,
            recent: ranked.when != usize::MAX,
        };
        self.all.iter().map(hit).collect()
    }
}
