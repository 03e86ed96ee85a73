//! What people and programs put around a number: invisible signs, addresses, words for an
//! extension.

use std::borrow::Cow;

/// The longest text that is looked at, in bytes and in characters (a full-width digit has three
/// bytes); what is longer is no number.
const MOST_BYTES: usize = 256;
const MOST_CHARACTERS: usize = 64;

/// What phone systems and people write when the caller withholds the number.
const WITHHELD: [&str; 17] = [
    "anonymous",
    "unknown",
    "restricted",
    "private",
    "withheld",
    "unavailable",
    "blocked",
    "private number",
    "unknown number",
    "number withheld",
    "no caller id",
    "未知",
    "未知号码",
    "匿名",
    "隐藏号码",
    "私人号码",
    "无法显示",
];

/// Chinese for "extension", longest first; the library reads the other languages' words itself.
const EXTENSION_WORDS: [&str; 4] = ["分机号", "分机", "分機", "转"];
const TURN_TO: &str = "轉";

/// The number in `text`; `None` when it is too long to hold one.
pub(crate) fn number_in(text: &str) -> Option<Cow<'_, str>> {
    if text.len() > MOST_BYTES || text.chars().count() > MOST_CHARACTERS {
        return None;
    }
    let text = without_address(text.trim());
    if text.is_ascii() {
        return Some(Cow::Borrowed(text));
    }
    let mut seen: String = text.chars().filter(|sign| !is_invisible(*sign)).collect();
    for word in EXTENSION_WORDS.into_iter().chain([TURN_TO]) {
        if let Some((number, extension)) = seen.split_once(word)
            && number.chars().any(char::is_numeric)
        {
            let extension = extension.trim_start_matches([':', '：', ' ']);
            seen = format!("{} ext. {extension}", number.trim_end());
            break;
        }
    }
    Some(Cow::Owned(seen.trim().to_owned()))
}

/// Whether it says that the caller shows no number.
pub(crate) fn is_withheld(text: &str) -> bool {
    let text = text.trim_matches(['<', '>', '"', ' ']);
    text.is_empty() || WITHHELD.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// `sip:+14155550134@trunk.example;user=phone` and the like, as some trunks send a caller.
fn without_address(text: &str) -> &str {
    let known = ["sips:", "sip:", "callto:"];
    let rest = known.iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        let rest = text.get(scheme.len()..)?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    rest.map_or(text, |rest| {
        rest.split(['@', ';', '?']).next().unwrap_or_default()
    })
}

/// Signs that copying from a web page or an address book leaves in a number: marks of the writing
/// direction, joiners, soft hyphens.
fn is_invisible(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_number_is_taken_off() {
        for (text, number) in [
            ("\u{202a}+1 415 555 0134\u{202c}", "+1 415 555 0134"),
            ("sip:+14155550134@trunk.example;user=phone", "+14155550134"),
            ("010-62345678转123", "010-62345678 ext. 123"),
            ("010-62345678 分机：123", "010-62345678 ext. 123"),
            (" 4155550134 ", "4155550134"),
        ] {
            assert_eq!(number_in(text).unwrap(), number, "{text:?}");
        }
        assert_eq!(number_in(&"9".repeat(65)), None);
    }

    #[test]
    fn withheld_is_said_in_several_ways() {
        for text in [
            "",
            "anonymous",
            "<unknown>",
            "\"Private\"",
            "未知号码",
            "NO CALLER ID",
        ] {
            assert!(is_withheld(text), "{text:?}");
        }
        assert!(!is_withheld("Anonymous Ltd"));
    }
}
