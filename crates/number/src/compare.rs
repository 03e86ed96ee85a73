//! When two numbers are the same. This is the one place that decides it; `docs/numbers.md` says
//! the same in words.

use crate::{Phone, Plan, Reading};

/// The fewest digits of a national number whose range the numbering plan does not know, for it to
/// be taken for a number at all. Whatever is shorter could be the tail of anybody's.
pub const SHORTEST_NATIONAL: usize = 7;

impl Phone {
    /// Whether both are one line: their international forms are equal.
    ///
    /// An extension behind the number plays no part: a caller never shows it. Nothing is ever
    /// compared by its last digits.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.e164 == other.e164
    }
}

impl Plan {
    /// Whether what somebody wrote down, a CRM's field for example, is the number of `phone`.
    ///
    /// It is read as [`Plan::read`] reads it: a number without country code is one of the
    /// company's country, and counts only when that country's numbering plan knows it or it has
    /// at least [`SHORTEST_NATIONAL`] digits. An extension, a short code, a withheld or unreadable
    /// number is the same as nothing.
    #[must_use]
    pub fn is_number_of(&self, written: &str, phone: &Phone) -> bool {
        matches!(self.read(written), Reading::Phone(read) if read.is_same_as(phone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(plan: &Plan, text: &str) -> Phone {
        match plan.read(text) {
            Reading::Phone(phone) => phone,
            other => panic!("{text} was read as {other:?}"),
        }
    }

    #[test]
    fn x4_numbers_are_the_same_by_their_international_form_and_never_by_their_tails() {
        let berlin = Plan::of("DE".parse().unwrap());
        let caller = phone(&berlin, "+49 30 123456");
        for same in [
            "030 123456",
            "0049 30 123456",
            "+49 (0)30 / 12 34 56",
            "030-123456 ext. 12",
        ] {
            assert!(berlin.is_number_of(same, &caller), "{same}");
        }
        for other in [
            "123456",
            "+49 40 123456",
            "+1 415 030 123456",
            "56",
            "",
            "0301234567",
        ] {
            assert!(!berlin.is_number_of(other, &caller), "{other}");
        }
    }

    #[test]
    fn a_national_number_of_another_country_is_another_number() {
        let here = Plan::of(crate::Country::UNITED_STATES);
        let caller = phone(&here, "+31 415 555 013");
        assert!(!here.is_number_of("415 555 0134", &caller));
    }
}
