//! Cards (vCard 3.0 and 4.0, RFC 2426 and 6350; 2.1 as old phones write it).
//!
//! Where a card begins and ends is found here, so that one that never ends costs no other, and so
//! that pictures, which no phonebook keeps, take no memory. What stands in a card is the library's
//! business: folded lines, quoted-printable, parameters, escapes.

mod card;
mod split;
mod write;

pub use write::{Version, write_contact};

use super::encoding::Reading;
use super::{Draft, Fault, Place, Row, Step, shown};
use split::{Found, Splitter};

/// Reads the cards of a file.
pub struct Reader {
    splitter: Splitter,
    reading: Reading,
}

impl Reader {
    /// Reads from `at`, which is a file's beginning or where a card begins.
    #[must_use]
    pub fn new(reading: Reading, at: Place) -> Self {
        Self {
            splitter: Splitter::new(at),
            reading,
        }
    }

    /// Takes the next bytes of the file.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.splitter.feed(bytes);
    }

    /// There are no more bytes.
    pub fn end(&mut self) {
        self.splitter.end();
    }

    /// The contact of the next card.
    pub fn next_row(&mut self) -> Step<Draft> {
        let found = match self.splitter.next() {
            Found::Feed => return Step::Feed,
            Found::End => return Step::End,
            Found::Card(found) => found,
        };
        let content = match found.fault {
            Some(fault) => Err(fault.of_row()),
            None if found.bytes.contains(&0) => Err(Fault::Nul.of_row()),
            None => {
                let encoding = self.reading.of(&found.bytes);
                match encoding.decode(&found.bytes) {
                    Some(text) => card::read(&text).map_err(Fault::of_row),
                    None => Err(Fault::Undecodable {
                        encoding: encoding.name(),
                    }
                    .of_row()),
                }
            }
        };
        Step::Row(Box::new(Row {
            at: found.at,
            next: found.next,
            content,
            shown: shown(&found.bytes, &self.reading),
        }))
    }
}

#[cfg(test)]
mod tests;
