//! Finds one number in free text, however it is written there, and takes it out (X17).

use crate::Phone;
use crate::mask::{HIDDEN, WIDEST_GAP, is_between};

/// What may stand before the country code: the international prefix (`00`, `011`, `0011`), and a
/// digit for the outside line before that.
const LONGEST_PREFIX: usize = 5;

impl Phone {
    /// Whether `text` holds this number, in any spelling: with or without country code or trunk
    /// prefix, with spaces, dashes, dots and the like between its digits.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.hidden_in(text).is_some()
    }

    /// `text` with a bullet for each digit of this number; `None`: the text does not hold it.
    #[must_use]
    pub fn hidden_in(&self, text: &str) -> Option<String> {
        let mut signs: Vec<char> = text.chars().collect();
        let digits = digits_in(&signs);
        let sought: Vec<char> = self.national.chars().collect();
        let mut hidden = Vec::new();
        for start in 0..digits.len() {
            if let Some(found) = self.found_at(&digits, start, &sought) {
                hidden.extend(found);
            }
        }
        if hidden.is_empty() {
            return None;
        }
        for at in hidden {
            if let Some(sign) = signs.get_mut(at) {
                *sign = HIDDEN;
            }
        }
        Some(signs.into_iter().collect())
    }

    /// The places of the number's digits in the text, where its national part begins with the
    /// digit `start`. Another number may end with the same digits.
    fn found_at(&self, digits: &[Digit], start: usize, sought: &[char]) -> Option<Vec<usize>> {
        let found = digits.get(start..start.checked_add(sought.len())?)?;
        let is_it = found.iter().map(|it| it.value).eq(sought.iter().copied());
        let is_one = found.iter().skip(1).all(|it| it.gap <= WIDEST_GAP);
        let ends = digits
            .get(start + sought.len())
            .is_none_or(|next| next.gap > 0);
        if !is_it || !is_one || !ends {
            return None;
        }
        let before = digits.get(..start)?;
        // The digits before it without any gap.
        let joined = if found.first()?.gap > 0 {
            0
        } else {
            let first = before.iter().rposition(|it| it.gap > 0);
            before.len() - first.unwrap_or_default()
        };
        let joined = before.get(before.len() - joined..)?;
        let prefix: String = joined.iter().map(|it| it.value).collect();
        let all = joined.iter().chain(found);
        self.may_begin_with(&prefix)
            .then(|| all.map(|it| it.at).collect())
    }

    /// Whether these digits can stand right before the national number.
    fn may_begin_with(&self, prefix: &str) -> bool {
        let trunk = self.trunk_prefix.as_deref().unwrap_or_default();
        let country = self.e164.digits().strip_suffix(self.national.as_str());
        // One digit gets an outside line.
        let is_national = prefix.len() <= 1
            || prefix
                .strip_suffix(trunk)
                .is_some_and(|rest| rest.len() <= 1);
        let is_international = country
            .and_then(|country| prefix.strip_suffix(country))
            .is_some_and(|rest| rest.len() <= LONGEST_PREFIX);
        is_national || is_international
    }
}

/// A digit in a text.
struct Digit {
    /// Which sign of the text it is.
    at: usize,
    value: char,
    /// How many signs stand between it and the digit before; what no number holds counts as very
    /// many.
    gap: usize,
}

fn digits_in(signs: &[char]) -> Vec<Digit> {
    let mut digits = Vec::new();
    let mut gap = usize::MAX;
    for (at, sign) in signs.iter().enumerate() {
        if let Some(value) = latin(*sign) {
            digits.push(Digit { at, value, gap });
            gap = 0;
        } else if is_between(*sign) {
            gap = gap.saturating_add(1);
        } else {
            gap = usize::MAX;
        }
    }
    digits
}

/// The digit as 0 to 9, also of the full width that Chinese keyboards write.
fn latin(sign: char) -> Option<char> {
    match sign {
        '0'..='9' => Some(sign),
        '\u{ff10}'..='\u{ff19}' => {
            char::from_digit(u32::from(sign).checked_sub(u32::from('\u{ff10}'))?, 10)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Phone, Plan, Reading};

    fn phone(written: &str) -> Phone {
        match Plan::of("US".parse().unwrap()).read(written) {
            Reading::Phone(phone) => phone,
            other => panic!("{written} is read as {other:?}"),
        }
    }

    #[test]
    fn x17_a_number_is_found_however_it_is_written() {
        let maya = phone("+14155550134");
        for (text, hidden) in [
            ("+14155550134", "+•••••••••••"),
            ("call (415) 555-0134 back", "call (•••) •••-•••• back"),
            ("415.555.0134", "•••.•••.••••"),
            ("9011 1 415 555 0134", "9011 1 ••• ••• ••••"),
            ("914155550134", "••••••••••••"),
            ("0014155550134", "•••••••••••••"),
            ("４１５５５５０１３４", "••••••••••"),
            (
                "4155550199 4155550134, 4155550134",
                "4155550199 ••••••••••, ••••••••••",
            ),
            (
                "{\"from\":\"+1 415-555-0134\",\"talk_ms\":72000}",
                "{\"from\":\"+1 •••-•••-••••\",\"talk_ms\":72000}",
            ),
            ("14155550134\n14155550199", "•••••••••••\n14155550199"),
        ] {
            assert_eq!(maya.hidden_in(text).as_deref(), Some(hidden));
        }
    }

    #[test]
    fn x17_another_number_is_not_taken_for_it() {
        let maya = phone("+14155550134");
        for text in [
            "",
            "Maya",
            "4155550199",
            "41555501345",
            "+494155550134",
            "415555",
            "0134",
        ] {
            assert_eq!(maya.hidden_in(text), None, "{text}");
        }
        // The same last digits, in a country whose numbers are short.
        let reykjavik = phone("+3545550134");
        assert!(!reykjavik.is_in("+14155550134"));
        assert!(reykjavik.is_in("+354 555 0134"));
    }
}
