//! The C escapes that Asterisk writes into names.

use std::borrow::Cow;

/// Undoes the C escapes (`\a \b \f \n \r \t \v \\ \' \" \?`) that Asterisk puts into
/// `CallerIDName`, `ConnectedLineName` and `ChanVariable` values (`ast_escape_c`). An escape it
/// never writes is left as it is. The result may hold control characters: it is hostile text.
#[must_use]
pub fn unescape(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(next) = rest.next() {
        if next != '\\' {
            plain.push(next);
            continue;
        }
        match rest.next() {
            Some('a') => plain.push('\u{7}'),
            Some('b') => plain.push('\u{8}'),
            Some('f') => plain.push('\u{c}'),
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('t') => plain.push('\t'),
            Some('v') => plain.push('\u{b}'),
            Some(escaped @ ('\\' | '\'' | '"' | '?')) => plain.push(escaped),
            Some(other) => plain.extend(['\\', other]),
            None => plain.push('\\'),
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_arrives_as_it_was_sent() {
        assert_eq!(unescape(r"O\'Brien\?"), "O'Brien?");
        assert_eq!(unescape(r"a\\n\tb"), "a\\n\tb");
    }

    #[test]
    fn a_name_without_escapes_is_not_copied() {
        assert!(matches!(unescape("Eve"), Cow::Borrowed("Eve")));
    }

    #[test]
    fn an_escape_that_asterisk_never_writes_stays() {
        assert_eq!(unescape(r"C:\dir\"), r"C:\dir\");
    }
}
