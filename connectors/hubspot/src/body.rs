//! The body of a call or task: HTML, with our key in its last line.
//!
//! The text comes first (description, then note, disposition and recording as far as they have
//! come), a paragraph for each; everything is escaped. The last paragraph is `linecard: KEY`:
//! HubSpot has no field for a key, and its own `hs_unique_creation_key` cannot be written.

use linecard_crm::amended::amend;
use linecard_crm::text::fit;
use linecard_crm::{EntryKey, LateParts, LogEntry};

/// What stands before the key.
const MARK: &str = "linecard: ";

/// The longest body that is written. HubSpot takes 65,536 characters.
const LONGEST: usize = 60_000;

/// What ends a paragraph.
const END: &str = "</p>";

/// What the tags of one more paragraph take.
const TAGS: usize = 16;

/// The body of a call, late parts included.
pub(crate) fn of_call(entry: &LogEntry) -> String {
    written(&entry.text_within(LONGEST, measure), &entry.key)
}

/// The body of a call where `present` stands there and `before` is what came late and was written
/// so far.
pub(crate) fn amended(entry: &LogEntry, before: &LateParts, present: &str) -> String {
    let mark = format!("{MARK}{}", entry.key);
    let size = |body: &str| body.encode_utf16().count();
    let body = entry.amended_with(before, LONGEST, measure, size, |before, after| {
        let same = |stands: &str, ours: &str| plain(stands).trim() == ours.trim();
        let ours = |text: &str| format!("{text}\n\n{mark}");
        let stands = elements(present);
        amend(stands, &ours(before), &ours(after), same, paragraph).concat()
    });
    if key(&body).as_ref() == Some(&entry.key) {
        return body;
    }
    // Somebody has taken the key out: without it the call would not be found again.
    body + &paragraph(&mark)
}

/// A body taken apart: every paragraph by itself, and what stands between them.
fn elements(body: &str) -> Vec<String> {
    let mut elements = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let begins = ["<p>", "<p "].iter().filter_map(|tag| rest.find(tag)).min();
        let end = match begins {
            Some(0) => rest.find(END).map(|at| at + END.len()),
            begins => begins,
        };
        let (element, after) = rest.split_at(end.unwrap_or(rest.len()));
        elements.push(element.to_owned());
        rest = after;
    }
    elements
}

/// The text of an element as a person reads it.
fn plain(element: &str) -> String {
    let mut plain = String::new();
    let mut rest = element;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        plain.push_str(text);
        if tag.starts_with("<br") {
            plain.push('\n');
        }
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(plain, |plain, (entity, sign)| plain.replace(entity, sign))
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
        .fold(String::new(), |body, text| body + &paragraph(text))
}

fn paragraph(text: &str) -> String {
    format!("<p>{}{END}", escaped(text))
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
    fn x1_what_somebody_wrote_in_hubspot_stays() {
        let present = "<div dir=\"auto\"><p style=\"margin:0;\">Call: ...</p><p>Wants &lt;20&gt;<br>\
                       soon</p><ul><li>Called back</li></ul><p>linecard: key-1</p><p>Done</p></div>";
        let note = |text: &str| LateParts {
            note: Some(text.to_owned()),
            ..LateParts::default()
        };
        let mut entry = crate::call::tests::entry();
        entry.late = note("Wants 30");
        let body = amended(&entry, &note("Wants <20>\nsoon"), present);
        let expected = present.replace("Wants &lt;20&gt;<br>soon", "Wants 30");
        assert_eq!(body, expected);
        assert_eq!(amended(&entry, &note("Wants 30"), &body), body);
        let without = "<p>Call: ...</p>";
        let body = amended(&entry, &LateParts::default(), without);
        assert_eq!(
            body,
            "<p>Call: ...</p><p>Wants 30</p><p>linecard: key-1</p>"
        );
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
