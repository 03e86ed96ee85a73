//! How a search compares numbers, which stand as they were typed.

use super::switches::PhoneMatch;

/// How many digits count at the end.
const LAST: usize = 8;

pub(crate) fn matches(manner: PhoneMatch, stored: &str, asked: &str) -> bool {
    match manner {
        PhoneMatch::Exact => stored.eq_ignore_ascii_case(asked),
        PhoneMatch::Digits => {
            let asked = digits(asked);
            !asked.is_empty() && digits(stored) == asked
        }
        PhoneMatch::LastDigits => {
            let asked = digits(asked);
            let end = asked.get(asked.len().saturating_sub(LAST)..).unwrap_or("");
            !end.is_empty() && digits(stored).ends_with(end)
        }
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_compared_as_the_switch_says() {
        let typed = "(415) 555-0134";
        for (manner, asked, found) in [
            (PhoneMatch::Exact, "(415) 555-0134", true),
            (PhoneMatch::Exact, "4155550134", false),
            (PhoneMatch::Digits, "4155550134", true),
            (PhoneMatch::Digits, "+14155550134", false),
            (PhoneMatch::LastDigits, "+14155550134", true),
            (PhoneMatch::LastDigits, "+14155550135", false),
            (PhoneMatch::LastDigits, "", false),
        ] {
            assert_eq!(matches(manner, typed, asked), found, "{manner:?} {asked}");
        }
    }
}
