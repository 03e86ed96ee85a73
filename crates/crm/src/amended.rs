//! A text of ours into which people write, too: what came late is brought into it, and every word
//! that is not ours stays.
//!
//! Such a text is taken apart into paragraphs. Linecard knows which ones it wrote before and which
//! ones shall stand there now. What it no longer says is taken out where it still stands as it was
//! written; what is new is put behind the paragraph of ours that it follows. A paragraph of ours
//! that somebody has changed is theirs from then on.

use crate::text::PARAGRAPH;
use crate::{LateParts, LogEntry};

impl LogEntry {
    /// The text of this entry for a CRM that has one field for it, where `present` stands there
    /// now and `before` is what was written of [`LogEntry::late`] so far. It takes at most
    /// `longest`, where `measure` says what a character counts for: beside what people wrote, ours
    /// gives way.
    #[must_use]
    pub fn amended(
        &self,
        before: &LateParts,
        present: &str,
        longest: usize,
        measure: fn(char) -> usize,
    ) -> String {
        let present = present.replace("\r\n", "\n");
        let size = |text: &str| text.chars().map(measure).sum();
        self.amended_with(before, longest, measure, size, |before, after| {
            let stands = paragraphs(&present).map(str::to_owned).collect();
            let same = |stands: &str, ours: &str| stands.trim() == ours.trim();
            amend(stands, before, after, same, str::to_owned).join(PARAGRAPH)
        })
    }

    /// The same for a CRM whose texts are no plain ones. `measure` is what a character of ours
    /// takes at most, `size` what a whole text takes; `amend` makes the text of what stands there,
    /// of ours before and of ours now.
    #[must_use]
    pub fn amended_with(
        &self,
        before: &LateParts,
        longest: usize,
        measure: fn(char) -> usize,
        size: impl Fn(&str) -> usize,
        amend: impl Fn(&str, &str) -> String,
    ) -> String {
        let was = Self {
            late: before.clone(),
            ..self.clone()
        };
        let was = was.text_within(longest, measure);
        let whole = amend(&was, &self.text_within(longest, measure));
        if size(&whole) <= longest {
            return whole;
        }
        let theirs = size(&amend(&was, ""));
        let gap: usize = PARAGRAPH.chars().map(measure).sum();
        let room = longest.saturating_sub(theirs.saturating_add(gap));
        amend(&was, &self.text_within(room, measure))
    }
}

/// The paragraphs of a text, without empty ones.
pub fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split(PARAGRAPH)
        .filter(|paragraph| !paragraph.trim().is_empty())
}

/// Brings our paragraphs among those that stand there from `before` to `after`. `same` says whether
/// one that stands there is one of ours, `written` how ours is written there. Doing it again
/// changes nothing.
#[must_use]
pub fn amend(
    mut stands: Vec<String>,
    before: &str,
    after: &str,
    same: impl Fn(&str, &str) -> bool,
    written: impl Fn(&str) -> String,
) -> Vec<String> {
    let mut news: Vec<&str> = paragraphs(after).collect();
    for ours in paragraphs(before) {
        if let Some(kept) = news.iter().position(|new| *new == ours) {
            news.remove(kept);
        } else if let Some(place) = stands.iter().position(|stands| same(stands, ours)) {
            stands.remove(place);
        }
    }
    let after: Vec<&str> = paragraphs(after).collect();
    let mut behind = None;
    for (number, ours) in after.iter().enumerate() {
        if let Some(place) = stands.iter().position(|stands| same(stands, ours)) {
            behind = Some(place);
        } else if news.contains(ours) {
            let next = || {
                let mut next = after.iter().skip(number + 1);
                next.find_map(|ours| stands.iter().position(|stands| same(stands, ours)))
            };
            let place = match behind {
                Some(behind) => behind + 1,
                None => next().unwrap_or(stands.len()),
            };
            stands.insert(place, written(ours));
            behind = Some(place);
        }
    }
    stands
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{one, tests::entry};

    fn note(text: &str) -> LateParts {
        LateParts {
            note: Some(text.to_owned()),
            ..LateParts::default()
        }
    }

    fn amended(present: &str, before: &LateParts, after: LateParts) -> String {
        let text = entry(after.clone()).amended(before, present, 1_000, one);
        let again = entry(after).amended(before, &text, 1_000, one);
        assert_eq!(again, text, "repeating it changes nothing");
        text
    }

    #[test]
    fn x1_what_somebody_typed_stays_above_between_and_below() {
        let nothing = LateParts::default();
        let before = "Urgent!\n\nCall: ...\n\nCalled back.\n\nlinecard: key-1\n\nDone.";
        assert_eq!(
            amended(before, &nothing, note("Wants 20")),
            "Urgent!\n\nCall: ...\n\nWants 20\n\nCalled back.\n\nlinecard: key-1\n\nDone."
        );
    }

    #[test]
    fn x1_a_note_that_was_changed_replaces_the_one_before() {
        let before = "Call: ...\r\n\r\nWants 20\r\n\r\nCalled back.";
        assert_eq!(
            amended(before, &note("Wants 20"), note("Wants 30")),
            "Call: ...\n\nWants 30\n\nCalled back."
        );
        assert_eq!(
            amended(before, &note("Wants 20"), LateParts::default()),
            "Call: ...\n\nCalled back."
        );
    }

    #[test]
    fn x1_a_paragraph_of_ours_that_somebody_changed_is_theirs() {
        assert_eq!(
            amended(
                "Call: edited\n\nWants 21",
                &note("Wants 20"),
                note("Wants 30")
            ),
            "Call: edited\n\nWants 21\n\nWants 30"
        );
        assert_eq!(
            amended("", &note("Wants 20"), note("Wants 20")),
            "",
            "what somebody took out stays out"
        );
    }

    #[test]
    fn x1_what_stands_there_already_is_not_written_twice() {
        let both = "Call: ...\n\nWants 20";
        assert_eq!(amended(both, &LateParts::default(), note("Wants 20")), both);
    }

    #[test]
    fn what_people_wrote_never_gives_way() {
        let theirs = "t".repeat(80);
        let present = format!("Call: ...\n\n{theirs}");
        let entry = entry(note(&"n".repeat(50)));
        let text = entry.amended(&LateParts::default(), &present, 100, one);
        assert!(text.chars().count() <= 100, "{text}");
        assert!(text.contains(&theirs), "{text}");
        assert!(text.contains("nnn"), "{text}");
    }
}
