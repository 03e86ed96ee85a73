//! The text of an entry, and cutting texts to the length that a CRM takes.

use crate::LogEntry;

/// Between two parts of an entry's text.
pub(crate) const PARAGRAPH: &str = "\n\n";

impl LogEntry {
    /// The whole text, for a CRM that has one field for it: the description, then note,
    /// disposition and the recording's address, as far as they have come, each a paragraph of its
    /// own. There are no labels, so that it needs no language.
    #[must_use]
    pub fn text(&self) -> String {
        joined(&self.description, &self.late_text())
    }

    /// The same in at most `longest`, where `measure` says what a character counts for. The
    /// description gives way first: it only repeats what the entry's fields say.
    #[must_use]
    pub fn text_within(&self, longest: usize, measure: fn(char) -> usize) -> String {
        let late = self.late_text();
        let late = fit(&late, longest, measure);
        let taken: usize = late.chars().chain(PARAGRAPH.chars()).map(measure).sum();
        let room = if late.is_empty() {
            longest
        } else {
            longest.saturating_sub(taken)
        };
        joined(fit(&self.description, room, measure), late)
    }

    fn late_text(&self) -> String {
        let late = &self.late;
        let recording = late.recording.as_ref().map(url::Url::as_str);
        [late.note.as_deref(), late.disposition.as_deref(), recording]
            .into_iter()
            .flatten()
            .filter(|part| !part.trim().is_empty())
            .collect::<Vec<_>>()
            .join(PARAGRAPH)
    }
}

fn joined(description: &str, late: &str) -> String {
    match (description.is_empty(), late.is_empty()) {
        (true, _) => late.to_owned(),
        (_, true) => description.to_owned(),
        _ => [description, late].join(PARAGRAPH),
    }
}

/// The beginning of `text` that fits into `longest`, where `measure` says what a character counts
/// for: one ([`fn@one`]), its UTF-16 units ([`char::len_utf16`]) or its bytes ([`char::len_utf8`]).
#[must_use]
pub fn fit(text: &str, longest: usize, measure: fn(char) -> usize) -> &str {
    let mut used = 0_usize;
    let end = text.char_indices().find_map(|(at, character)| {
        used = used.saturating_add(measure(character));
        (used > longest).then_some(at)
    });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Every character counts as one, for [`fit`].
#[must_use]
pub fn one(_: char) -> usize {
    1
}

#[cfg(test)]
pub(crate) mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::{CallDirection, CallOutcome, EntryKey, LateParts, Module, RecordRef};

    pub(crate) fn entry(late: LateParts) -> LogEntry {
        LogEntry {
            key: EntryKey::new("key-1"),
            subject: "Extension Call".to_owned(),
            description: "Call: ...".to_owned(),
            direction: CallDirection::Inbound,
            outcome: CallOutcome::Answered,
            started: jiff::Timestamp::UNIX_EPOCH,
            zone: TimeZone::UTC,
            talk_seconds: 93,
            outside: "+14155550134".to_owned(),
            extension: "101".to_owned(),
            owner: "1".to_owned(),
            who: RecordRef {
                module: Module::Contact,
                id: "2".to_owned(),
            },
            account: None,
            late,
        }
    }

    fn all() -> LateParts {
        LateParts {
            note: Some("Wants 20 boxes".to_owned()),
            disposition: Some("Sale".to_owned()),
            recording: Some("https://pbx.example/r/1".parse().unwrap()),
        }
    }

    #[test]
    fn x1_x2_late_parts_follow_the_description() {
        assert_eq!(entry(LateParts::default()).text(), "Call: ...");
        assert_eq!(
            entry(all()).text(),
            "Call: ...\n\nWants 20 boxes\n\nSale\n\nhttps://pbx.example/r/1"
        );
    }

    #[test]
    fn a_description_that_is_too_long_never_pushes_the_note_out() {
        let mut long = entry(all());
        long.description = "😀".repeat(1_000);
        let text = long.text_within(100, char::len_utf16);
        assert!(text.ends_with("Wants 20 boxes\n\nSale\n\nhttps://pbx.example/r/1"));
        assert!(text.starts_with("😀"));
        assert!(text.encode_utf16().count() <= 100);
        long.late.note = Some("n".repeat(1_000));
        assert_eq!(long.text_within(100, one), "n".repeat(100));
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(fit("a😀b", 2, one), "a😀");
        assert_eq!(fit("a😀b", 2, char::len_utf16), "a");
        assert_eq!(fit("a😀b", 4, char::len_utf8), "a");
        assert_eq!(fit("ab", 9, one), "ab");
    }
}
