//! The description of a call or task: its text, and the key by which it is found again.
//!
//! The text comes first, then the note, the disposition and the recording's address, each a
//! paragraph of its own (`LogEntry::text`), then the line `linecard: KEY`: Zoho has no field for
//! a key. When it is too long, the text is cut; the key stays.

use linecard_crm::amended::{amend, paragraphs};
use linecard_crm::text::fit;
use linecard_crm::{EntryKey, FollowUp, LateParts, LogEntry};

/// How many characters a description takes (multi-line field of Calls and Tasks).
const LONGEST: usize = 32_000;

const MARK: &str = "linecard: ";

/// The description of a call.
pub(crate) fn of_call(entry: &LogEntry) -> String {
    let mark = mark(&entry.key);
    let room = LONGEST.saturating_sub(mark.len());
    format!("{}{mark}", entry.text_within(room, char::len_utf16))
}

/// The description of a call where `present` stands there and `before` is what came late and was
/// written so far.
pub(crate) fn amended(entry: &LogEntry, before: &LateParts, present: &str) -> String {
    let mark = mark(&entry.key);
    let present = present.replace("\r\n", "\n");
    let size = |text: &str| text.encode_utf16().count().saturating_sub(mark.len());
    let room = LONGEST.saturating_sub(mark.len());
    let text = entry.amended_with(before, room, char::len_utf16, size, |before, after| {
        let stands = paragraphs(&present).map(str::to_owned).collect();
        let same = |stands: &str, ours: &str| stands.trim() == ours.trim();
        let ours = |text: &str| format!("{text}{mark}");
        amend(stands, &ours(before), &ours(after), same, str::to_owned).join("\n\n")
    });
    if key(&text) == Some(entry.key.as_str()) {
        return text;
    }
    // Somebody has taken the key out: without it the call would not be found again.
    format!("{text}{mark}")
}

/// The description of a task.
pub(crate) fn of_task(task: &FollowUp) -> String {
    let mark = mark(&task.key);
    let room = LONGEST.saturating_sub(mark.len());
    format!("{}{mark}", cut(&task.description, room))
}

/// The key in a description: the last line that holds one, and nothing else.
pub(crate) fn key(description: &str) -> Option<&str> {
    description
        .lines()
        .rev()
        .find_map(|line| line.trim_end().strip_prefix(MARK))
}

/// The beginning of `text` that fits. Zoho counts as UTF-16 does.
pub(crate) fn cut(text: &str, longest: usize) -> &str {
    fit(text, longest, char::len_utf16)
}

fn mark(key: &EntryKey) -> String {
    format!("\n\n{MARK}{key}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_line_of_its_own() {
        assert_eq!(key("text\n\nlinecard: call-1"), Some("call-1"));
        assert_eq!(key("text\r\nlinecard: call-1\r\n"), Some("call-1"));
        assert_eq!(key("see linecard: call-1"), None);
        assert_eq!(
            key("linecard: call-2\n\nlinecard: call-1"),
            Some("call-1"),
            "a note that looks like a key is not one"
        );
    }
}
