//! The body of a call or task: HTML, with our key in its last line.
//!
//! The text comes first (description, then note, disposition and recording as far as they have
//! come), a paragraph for each; everything is escaped. The last paragraph is `linecard: KEY`:
//! HubSpot has no field for a key, and its own `hs_unique_creation_key` cannot be written.

use linecard_crm::text::fit;
use linecard_crm::{EntryKey, LogEntry};

/// What stands before the key.
const MARK: &str = "linecard: ";

/// The longest body that is written. HubSpot takes 65,536 characters.
const LONGEST: usize = 60_000;

/// What the tags of one more paragraph take.
const TAGS: usize = 16;

/// The body of a call, late parts included.
pub(crate) fn of_call(entry: &LogEntry) -> String {
    written(&entry.text_within(LONGEST, measure), &entry.key)
}

/// The body of something to do.
pub(crate) fn of_task(description: &str, key: &EntryKey) -> String {
    written(fit(description, LONGEST, measure), key)
}

fn written(text: &str, key: &EntryKey) -> String {
    let mark = format!("{MARK}{key}");
    let paragraphs = text.split("\n\n").filter(|_| !text.is_empty());
    paragraphs
        .chain([mark.as_str()])
        .fold(String::new(), |body, paragraph| {
            body + "<p>" + &escaped(paragraph) + "</p>"
        })
}

/// What a character takes in the body.
fn measure(character: char) -> usize {
    match character {
        '&' | '\'' | '"' => 6,
        '<' | '>' => 4,
        '\n' => TAGS,
        other => other.len_utf16(),
    }
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, character| {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push_str("<br>"),
            other => escaped.push(other),
        }
        escaped
    })
}

/// The key of the entry that a body is of. It is in the last line that begins like one; whoever
/// edits the body at HubSpot may write below it.
pub(crate) fn key(body: &str) -> Option<EntryKey> {
    let (_, after) = body.rsplit_once(MARK)?;
    let key: String = after
        .chars()
        .take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '-')
        .collect();
    (!key.is_empty()).then(|| EntryKey::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> String {
        of_task(text, &EntryKey::new("key-1"))
    }

    #[test]
    fn what_people_wrote_is_never_markup() {
        assert_eq!(
            body("<b> & \"it's\"\nnext\n\nlast"),
            "<p>&lt;b&gt; &amp; &quot;it&#39;s&quot;<br>next</p><p>last</p>\
             <p>linecard: key-1</p>"
        );
    }

    #[test]
    fn x6_the_key_is_found_again_and_only_the_whole_of_it() {
        assert_eq!(key(&body("text")), Some(EntryKey::new("key-1")));
        assert_eq!(
            key("<p>text</p><p>linecard: key-12</p><p>more</p>"),
            Some(EntryKey::new("key-12"))
        );
        for other in ["", "<p>linecard: </p>", "<p>linecard</p>"] {
            assert_eq!(key(other), None, "{other}");
        }
    }

    #[test]
    fn a_text_that_quotes_a_mark_does_not_pass_for_another_call() {
        assert_eq!(key(&body("linecard: key-2")), Some(EntryKey::new("key-1")));
    }

    #[test]
    fn the_key_stays_whatever_the_length_of_the_text() {
        for text in [
            "<".repeat(100_000),
            "😀".repeat(100_000),
            "a\n\n".repeat(50_000),
        ] {
            let body = body(&text);
            assert!(body.encode_utf16().count() < 65_536);
            assert_eq!(key(&body), Some(EntryKey::new("key-1")));
        }
    }
}
