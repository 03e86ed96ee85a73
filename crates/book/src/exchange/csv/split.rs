//! Finds where rows end, and which of them have a broken quotation mark.

use std::ops::Range;

use memchr::{memchr, memchr2, memchr3};

use crate::exchange::{Fault, LONGEST_ROW, LONGEST_SHOWN, Place, RowFault};

/// How many cells a row that goes over several lines may have before its quotation mark counts as
/// broken. Without this a file of stray marks would be read over and over.
const MOST_CELLS_OF_LINES: usize = 512;

/// What was found in the bytes so far.
pub(super) enum Found {
    Row(Line),
    Feed,
    End,
}

/// A row, empty ones too.
pub(super) struct Line {
    pub(super) at: Place,
    pub(super) next: Place,
    pub(super) fault: Option<RowFault>,
    bytes: Range<usize>,
}

/// Where in a row one is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    CellStart,
    Plain,
    Quoted,
    /// After a quotation mark that ends the cell, or is the first of two.
    Quote,
    /// After white space behind the end of a quoted cell.
    AfterQuoted,
    /// In a line with a broken quotation mark.
    Broken,
    /// In a row that is too long to be kept.
    Skipping,
}

pub(super) struct Splitter {
    delimiter: u8,
    held: Vec<u8>,
    /// Where in `held` the row begins that is looked for.
    start: usize,
    /// How far of `held` is looked through.
    seen: usize,
    place: Place,
    at: At,
    cell: usize,
    lines: u64,
    /// Where the row's first line ends, where a quoted cell goes on over it.
    first_line: Option<usize>,
    /// Which cell the last quotation mark opened.
    opened_in: usize,
    /// How many bytes of the row were thrown away.
    dropped: u64,
    is_ended: bool,
}

impl Splitter {
    pub(super) fn new(delimiter: u8, place: Place) -> Self {
        Self {
            delimiter,
            held: Vec::new(),
            start: 0,
            seen: 0,
            place,
            at: At::CellStart,
            cell: 1,
            lines: 0,
            first_line: None,
            opened_in: 1,
            dropped: 0,
            is_ended: false,
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.held.drain(..self.start);
        self.seen -= self.start;
        self.first_line = self.first_line.map(|at| at - self.start);
        self.start = 0;
        self.held.extend_from_slice(bytes);
    }

    pub(super) fn end(&mut self) {
        self.is_ended = true;
    }

    pub(super) fn bytes(&self, line: &Line) -> &[u8] {
        self.held.get(line.bytes.clone()).unwrap_or_default()
    }

    pub(super) fn next(&mut self) -> Found {
        while let Some(byte) = self.held.get(self.seen).copied() {
            if matches!(self.at, At::Skipping | At::Broken) {
                match self.rest_of_line() {
                    Some(line) => return Found::Row(line),
                    None => break,
                }
            }
            if self.seen - self.start >= LONGEST_ROW {
                // A mark that is open over several lines is taken for broken.
                if self.first_line.is_some() {
                    return Found::Row(self.broken_before());
                }
                self.at = At::Skipping;
                continue;
            }
            match (self.at, byte) {
                (At::Quoted, b'"') => self.at = At::Quote,
                (At::Quoted, b'\n') => {
                    self.lines += 1;
                    self.first_line.get_or_insert(self.seen + 1);
                }
                (At::Quoted, _) => {
                    self.jump(|rest| memchr2(b'"', b'\n', rest));
                    continue;
                }
                (At::CellStart, b'"') => {
                    self.opened_in = self.cell;
                    self.at = At::Quoted;
                }
                (At::Quote, b'"') => self.at = At::Quoted,
                (_, b'\r') if self.held.get(self.seen + 1) == Some(&b'\n') => {}
                (_, b'\r') if self.seen + 1 == self.held.len() && !self.is_ended => {
                    return Found::Feed;
                }
                (_, b'\n' | b'\r') => {
                    self.seen += 1;
                    return Found::Row(self.take(self.seen, None));
                }
                (_, byte) if byte == self.delimiter => {
                    self.cell += 1;
                    self.at = At::CellStart;
                    if self.first_line.is_some() && self.cell > MOST_CELLS_OF_LINES {
                        return Found::Row(self.broken_before());
                    }
                }
                (At::Quote | At::AfterQuoted, b' ' | b'\t') => self.at = At::AfterQuoted,
                (At::Quote | At::AfterQuoted, _) if self.first_line.is_some() => {
                    return Found::Row(self.broken_before());
                }
                (At::Quote | At::AfterQuoted, _) => {
                    self.at = At::Broken;
                    continue;
                }
                _ => {
                    self.at = At::Plain;
                    let delimiter = self.delimiter;
                    self.seen += 1;
                    self.jump(|rest| memchr3(delimiter, b'\n', b'\r', rest));
                    continue;
                }
            }
            self.seen += 1;
        }
        self.at_the_end()
    }

    /// Goes on to what `find` finds, or to the end of what is held.
    fn jump(&mut self, find: impl Fn(&[u8]) -> Option<usize>) {
        // No further than a row may be long: it is looked at again there.
        let most = (self.start + LONGEST_ROW).min(self.held.len());
        let rest = self.held.get(self.seen..most).unwrap_or_default();
        self.seen += find(rest).unwrap_or(rest.len());
    }

    fn at_the_end(&mut self) -> Found {
        if !self.is_ended {
            return Found::Feed;
        }
        if self.start == self.held.len() {
            return Found::End;
        }
        Found::Row(match self.at {
            At::Quoted if self.first_line.is_some() => self.broken_before(),
            At::Quoted => self.take(self.seen, Some(self.broken())),
            At::Broken | At::Skipping => self.take(self.seen, Some(self.fault_of_line())),
            _ => self.take(self.seen, None),
        })
    }

    /// Ends the row before `end`.
    fn take(&mut self, end: usize, fault: Option<RowFault>) -> Line {
        let length = u64::try_from(end - self.start).unwrap_or(u64::MAX);
        let line = Line {
            at: self.place,
            next: Place {
                byte: self.place.byte + self.dropped + length,
                row: self.place.row + 1,
                line: self.place.line + self.lines + 1,
            },
            fault,
            bytes: self.start..end,
        };
        self.place = line.next;
        self.start = end;
        self.seen = end;
        self.at = At::CellStart;
        self.cell = 1;
        self.lines = 0;
        self.first_line = None;
        self.dropped = 0;
        line
    }

    fn broken(&self) -> RowFault {
        Fault::BrokenQuote.in_column(self.opened_in)
    }

    /// The row has a broken quotation mark and went on over several lines: it is only the first of
    /// them, and the next row begins after that.
    fn broken_before(&mut self) -> Line {
        let end = self.first_line.unwrap_or(self.seen);
        let fault = self.broken();
        self.lines = 0;
        self.take(end, Some(fault))
    }

    /// Why the line that is passed over is at fault.
    fn fault_of_line(&self) -> RowFault {
        match self.at {
            At::Broken => self.broken(),
            _ => Fault::RowTooLong.of_row(),
        }
    }

    /// Passes over a line that is at fault, keeping no more of it than is shown.
    fn rest_of_line(&mut self) -> Option<Line> {
        let rest = self.held.get(self.seen..).unwrap_or_default();
        if let Some(at) = memchr(b'\n', rest) {
            let end = self.seen + at + 1;
            let fault = self.fault_of_line();
            return Some(self.take(end, Some(fault)));
        }
        let kept = (self.start + LONGEST_SHOWN).min(self.held.len());
        self.dropped += u64::try_from(self.held.len() - kept).unwrap_or_default();
        self.held.truncate(kept);
        self.seen = kept;
        None
    }
}

#[cfg(test)]
impl Splitter {
    /// How many bytes are held.
    pub(super) fn held(&self) -> usize {
        self.held.len()
    }
}
