//! What a contact takes: how long its values are, and how many numbers it has.

use super::Kind;
use crate::Slot;
use crate::exchange::{Draft, Fault};

/// The most characters of a name and of a company.
pub const LONGEST_NAME: usize = 200;
/// The most bytes of an e-mail address (RFC 5321, 4.5.3.1.3).
pub const LONGEST_EMAIL: usize = 254;
/// The most characters of a remark.
pub const LONGEST_REMARK: usize = 2_000;
/// The most characters of a number as it is written.
pub const LONGEST_NUMBER: usize = 64;

/// The numbers of a contact, each in a slot of its own.
#[derive(Default)]
pub(in crate::exchange) struct Taken(Vec<(Slot, String)>);

impl Taken {
    /// Puts a number where it is said to belong.
    pub(in crate::exchange) fn take_slot(&mut self, slot: Slot, text: &str) -> Result<(), Fault> {
        number(text)?;
        if self.has(slot) {
            return Err(Fault::NoPlace);
        }
        self.0.push((slot, text.to_owned()));
        Ok(())
    }

    /// Puts a number into the first place that is free for its kind. One that stands there already
    /// is not taken twice.
    pub(in crate::exchange) fn take_kind(&mut self, kind: Kind, text: &str) -> Result<(), Fault> {
        number(text)?;
        if self.0.iter().any(|(_, known)| known == text) {
            return Ok(());
        }
        let free = kind.slots().iter().find(|slot| !self.has(**slot));
        let slot = *free.ok_or(Fault::NoPlace)?;
        self.0.push((slot, text.to_owned()));
        Ok(())
    }

    pub(in crate::exchange) fn into_numbers(mut self) -> Vec<(Slot, String)> {
        self.0.sort_by_key(|(slot, _)| *slot);
        self.0
    }

    fn has(&self, slot: Slot) -> bool {
        self.0.iter().any(|(taken, _)| *taken == slot)
    }
}

/// A phone number as people write it: digits, and not much else.
fn number(text: &str) -> Result<(), Fault> {
    length(text, LONGEST_NUMBER)?;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|it| it.is_alphabetic()).count();
    let is_line = !text.chars().any(char::is_control);
    if digits >= 2 && letters <= digits && is_line {
        Ok(())
    } else {
        Err(Fault::NotANumber)
    }
}

/// A text on one line.
pub(in crate::exchange) fn line(text: &str, most: usize) -> Result<&str, Fault> {
    length(text, most)?;
    if text.chars().any(char::is_control) {
        return Err(Fault::LineBreak);
    }
    Ok(text)
}

pub(in crate::exchange) fn length(text: &str, most: usize) -> Result<(), Fault> {
    if text.len() > most && text.chars().count() > most {
        return Err(Fault::TooLong { most });
    }
    Ok(())
}

/// An e-mail address; whether mail arrives there is not checked.
pub(in crate::exchange) fn email(text: &str) -> Result<(), Fault> {
    let sides = text.rsplit_once('@');
    let has_sides = sides.is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    let is_plain = !text.chars().any(|it| it.is_whitespace() || it.is_control());
    if has_sides && is_plain && text.len() <= LONGEST_EMAIL {
        Ok(())
    } else {
        Err(Fault::NotAnEmail)
    }
}

/// The contact, if there is enough of it: a name, or else a company, and a number (F11).
pub(in crate::exchange) fn finished(mut draft: Draft) -> Result<Draft, Fault> {
    if draft.name.is_empty() {
        draft.name = draft.company.clone().ok_or(Fault::NoName)?;
    }
    length(&draft.name, LONGEST_NAME)?;
    if draft.numbers.is_empty() {
        return Err(Fault::NoNumber);
    }
    Ok(draft)
}
