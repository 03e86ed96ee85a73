//! Putting outside text into SOQL, SOSL and addresses without changing what they mean.

use linecard_crm::{Advice, AdviceCode, Failure};

/// `text` for use between single quotes in SOQL. Only these characters may follow a backslash
/// there; any other backslash is an error (SOQL and SOSL Reference, "Quoted String Escape
/// Sequences").
pub(crate) fn soql(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, character| {
        match character {
            '\\' | '\'' | '"' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            other => escaped.push(other),
        }
        escaped
    })
}

/// `text` as one term of a SOSL search. These characters have a meaning there, even inside
/// quotes (SOQL and SOSL Reference, "Reserved Characters").
pub(crate) fn sosl(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, character| {
        if "?&|!{}[]()^~*:\\\"'+-".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
        escaped
    })
}

/// Whether `text` has the form of a Salesforce id.
pub(crate) fn is_id(text: &str) -> bool {
    matches!(text.len(), 15 | 18) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// `id`, if it has the form of one.
pub(crate) fn id(id: &str) -> Result<&str, Failure> {
    if is_id(id) {
        Ok(id)
    } else {
        Err(Failure::refused(Advice::about(AdviceCode::ForeignId, id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_does_not_end_a_soql_text() {
        assert_eq!(soql("O'Brien \\ \"x\"\n"), "O\\'Brien \\\\ \\\"x\\\"\\n");
    }

    #[test]
    fn an_operator_is_an_ordinary_character_of_a_sosl_term() {
        assert_eq!(sosl("+1 (415)*"), "\\+1 \\(415\\)\\*");
        assert_eq!(sosl("14155550134"), "14155550134");
    }

    #[test]
    fn only_15_or_18_letters_and_digits_are_an_id() {
        assert!(is_id("003000000000001"));
        assert!(is_id("003000000000001AAA"));
        for bad in [
            "",
            "00300000000000",
            "003000000000001A",
            "003000000000001A'A",
            "../sobjects/Task/12",
        ] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}
