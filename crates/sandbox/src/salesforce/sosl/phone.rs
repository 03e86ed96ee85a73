//! Whether a term finds a phone number as somebody typed it.
//!
//! The index has a number as a whole and by its national part, each without punctuation: `+1 (415)
//! 555-0134` is found by 14155550134 and by 4155550134. How the real index treats trunk prefixes is
//! not documented; here a zero that was typed stays, so a client must send that spelling, too.

/// Country calling codes of one and two digits (ITU-T E.164); all others have three.
const SHORT_CODES: [&str; 46] = [
    "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45",
    "46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
    "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
];

/// The spellings under which a number is found.
pub(crate) fn spellings(stored: &str) -> Vec<String> {
    let whole: String = stored.chars().filter(char::is_ascii_digit).collect();
    if whole.is_empty() {
        return Vec::new();
    }
    let mut spellings = vec![whole.clone()];
    let international = if stored.trim_start().starts_with('+') {
        Some(whole.as_str())
    } else {
        whole.strip_prefix("00")
    };
    match international {
        Some(number) => {
            spellings.push(number.to_owned());
            spellings.extend(number.get(code_length(number)..).map(str::to_owned));
        }
        None if whole.len() == 11 => {
            spellings.extend(whole.strip_prefix('1').map(str::to_owned));
        }
        None => {}
    }
    spellings
}

fn code_length(number: &str) -> usize {
    SHORT_CODES
        .iter()
        .find(|code| number.starts_with(**code))
        .map_or(3, |code| code.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_whole_and_by_its_national_part() {
        for stored in ["+1 (415) 555-0134", "1-415-555-0134", "001 415 555 0134"] {
            let spellings = spellings(stored);
            for term in ["14155550134", "4155550134"] {
                assert!(spellings.iter().any(|one| one == term), "{stored} {term}");
            }
        }
        assert_eq!(spellings("(415) 555-0134"), ["4155550134"]);
        assert_eq!(spellings("020 7946 0123"), ["02079460123"]);
        assert!(spellings("+352 27 12 34 56").contains(&"27123456".to_owned()));
        assert!(spellings("+98 21 1234 5678").contains(&"2112345678".to_owned()));
        assert!(spellings("call me").is_empty());
    }
}
