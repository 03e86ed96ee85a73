//! Finds where cards begin and end.

use memchr::memchr;

use crate::exchange::{Fault, Place};

/// How many bytes a card may have without its pictures.
const LONGEST_CARD: usize = 256 * 1024;
/// How many bytes a line may have, unless it is a picture.
const LONGEST_LINE: usize = 64 * 1024;
/// Properties that no phonebook keeps, and that may be long.
const DROPPED: [&[u8]; 4] = [b"PHOTO", b"LOGO", b"SOUND", b"KEY"];

/// What was found in the bytes so far.
pub(super) enum Found {
    Card(Card),
    Feed,
    End,
}

/// A card, or text that is none.
pub(super) struct Card {
    pub(super) at: Place,
    pub(super) next: Place,
    pub(super) fault: Option<Fault>,
    pub(super) bytes: Vec<u8>,
}

/// What is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Card,
    /// Text that belongs to no card.
    Stray,
}

pub(super) struct Splitter {
    held: Vec<u8>,
    /// How far of `held` is taken.
    taken: usize,
    /// The line that is being read, as far as it is kept.
    line: Vec<u8>,
    line_length: u64,
    /// Where that line begins.
    place: Place,
    inside: Inside,
    /// Where the card or the stray text begins.
    began: Place,
    card: Vec<u8>,
    fault: Option<Fault>,
    is_dropping: bool,
    is_ended: bool,
}

impl Splitter {
    pub(super) fn new(place: Place) -> Self {
        Self {
            held: Vec::new(),
            taken: 0,
            line: Vec::new(),
            line_length: 0,
            place,
            inside: Inside::Nothing,
            began: place,
            card: Vec::new(),
            fault: None,
            is_dropping: false,
            is_ended: false,
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.held.drain(..self.taken);
        self.taken = 0;
        self.held.extend_from_slice(bytes);
    }

    pub(super) fn end(&mut self) {
        self.is_ended = true;
    }

    pub(super) fn next(&mut self) -> Found {
        while self.taken < self.held.len() {
            let rest = self.held.get(self.taken..).unwrap_or_default();
            let end = memchr(b'\n', rest);
            let length = end.map_or(rest.len(), |at| at + 1);
            let part = rest.get(..length).unwrap_or_default();
            let free = LONGEST_LINE.saturating_sub(self.line.len());
            self.line
                .extend_from_slice(part.get(..free).unwrap_or(part));
            self.line_length += u64::try_from(length).unwrap_or(u64::MAX);
            self.taken += length;
            if end.is_some()
                && let Some(card) = self.take_line()
            {
                return Found::Card(card);
            }
        }
        if !self.is_ended {
            return Found::Feed;
        }
        if self.line_length > 0
            && let Some(card) = self.take_line()
        {
            return Found::Card(card);
        }
        match self.inside {
            Inside::Nothing => Found::End,
            Inside::Card => Found::Card(self.finish(Some(Fault::NoEnd), self.place)),
            Inside::Stray => Found::Card(self.finish(Some(Fault::NoCard), self.place)),
        }
    }

    /// Takes the line that was read; gives what it ends.
    fn take_line(&mut self) -> Option<Card> {
        let line = std::mem::take(&mut self.line);
        let (at, length) = (self.place, std::mem::take(&mut self.line_length));
        self.place.byte += length;
        self.place.line += 1;
        let text = line.trim_ascii();
        let ended = if text.eq_ignore_ascii_case(b"BEGIN:VCARD") {
            let before = match self.inside {
                Inside::Nothing => None,
                Inside::Card => Some(self.finish(Some(Fault::NoEnd), at)),
                Inside::Stray => Some(self.finish(Some(Fault::NoCard), at)),
            };
            self.inside = Inside::Card;
            self.began = Place {
                row: self.place.row,
                ..at
            };
            self.keep(&line, length);
            before
        } else if self.inside == Inside::Card {
            self.keep(&line, length);
            let ends = text.eq_ignore_ascii_case(b"END:VCARD");
            let fault = self.fault.take();
            if ends {
                Some(self.finish(fault, self.place))
            } else {
                self.fault = fault;
                None
            }
        } else {
            if !text.is_empty() {
                if self.inside == Inside::Nothing {
                    self.inside = Inside::Stray;
                    self.began = at;
                }
                self.keep(&line, length);
            }
            None
        };
        self.line = line;
        self.line.clear();
        ended
    }

    /// Adds a line to the card, unless it belongs to a picture.
    fn keep(&mut self, line: &[u8], length: u64) {
        let goes_on = line.starts_with(b" ") || line.starts_with(b"\t");
        if !goes_on {
            self.is_dropping = self.inside == Inside::Card && is_dropped(line);
        }
        if self.is_dropping {
            return;
        }
        let is_cut = u64::try_from(line.len()).is_ok_and(|kept| kept < length);
        if self.card.len() + line.len() > LONGEST_CARD || is_cut {
            let fault = if is_cut {
                Fault::CellTooLong
            } else {
                Fault::RowTooLong
            };
            self.fault.get_or_insert(fault);
            return;
        }
        self.card.extend_from_slice(line);
    }

    /// What was read is at its end; the next card begins at `next`.
    fn finish(&mut self, fault: Option<Fault>, next: Place) -> Card {
        let next = Place {
            row: self.began.row + 1,
            ..next
        };
        self.place.row = next.row;
        self.inside = Inside::Nothing;
        self.is_dropping = false;
        let fault = self.fault.take().or(fault);
        Card {
            at: self.began,
            next,
            fault,
            bytes: std::mem::take(&mut self.card),
        }
    }
}

/// Whether the line begins a property that is not kept, with or without a group before its name.
fn is_dropped(line: &[u8]) -> bool {
    let name = line.split(|byte| matches!(byte, b':' | b';')).next();
    let name = name.unwrap_or_default();
    let name = name.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    DROPPED.iter().any(|known| name.eq_ignore_ascii_case(known))
}
