//! Texts as contacts are sorted, searched and compared by.

use linecard_book::Number;
use linecard_number::E164;

/// How many characters of a folded text are kept: an index entry of PostgreSQL holds 2,704 bytes.
const LONGEST: usize = 120;
/// How many bytes of digits are searched: those of nine numbers, written in two ways each.
const MOST_DIGITS: usize = 400;

/// A name or a company without the difference of capitals and of white space.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.to_lowercase().split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    match folded.char_indices().nth(LONGEST) {
        Some((end, _)) => folded[..end].trim_end().to_owned(),
        None => folded,
    }
}

/// What the list of contacts is searched in: the folded name, the folded company, and the digits
/// of every number, as it is written and in its international form, a line each.
pub(crate) fn searched(folded_name: &str, folded_company: &str, numbers: &[Number]) -> String {
    let mut searched = format!("{folded_name}\n{folded_company}");
    let begin = searched.len();
    for number in numbers {
        let written: String = number
            .written
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        let international = number.e164.as_ref().map(E164::digits);
        let both = international.is_some_and(|it| it.contains(&written));
        let lines = international
            .into_iter()
            .chain((!both).then_some(written.as_str()));
        for line in lines.filter(|line| !line.is_empty()) {
            if searched.len() - begin + line.len() > MOST_DIGITS {
                return searched;
            }
            searched.push('\n');
            searched.push_str(line);
        }
    }
    searched
}

#[cfg(test)]
mod tests {
    use linecard_book::Slot;

    use super::*;

    #[test]
    fn capitals_and_white_space_make_no_difference_and_a_long_text_is_cut() {
        assert_eq!(folded("  Grace\u{a0} HOPPER\t"), "grace hopper");
        assert_eq!(folded("ÄÖ 王芳"), "äö 王芳");
        assert_eq!(folded(&"é".repeat(500)).chars().count(), LONGEST);
    }

    #[test]
    fn a_number_is_searched_as_it_is_written_and_in_its_international_form() {
        let number = |written: &str, e164: &str| Number {
            slot: Slot::Other,
            written: written.to_owned(),
            e164: e164.parse().ok(),
        };
        let numbers = [
            number("030 1234567", "+49301234567"),
            number("(415) 555-0134", "+14155550134"),
            number("ask Bob", ""),
        ];
        assert_eq!(
            searched("grace", "", &numbers),
            "grace\n\n49301234567\n0301234567\n14155550134"
        );
        let many: Vec<_> = (0..200).map(|_| numbers[1].clone()).collect();
        assert!(searched("", "", &many).len() <= MOST_DIGITS + 1);
    }
}
