//! Callers who withhold their number from people although the line shows it to the phone system.
//!
//! A network between companies may pass the number on together with the wish that nobody is
//! shown it (`Privacy: id` beside an asserted identity, RFC 3325). No event tells of the wish:
//! the number stands in `CallerIDNum` as any other. On lines where the admin wants it, a caller
//! is introduced without number and name; whoever drives the translator asks the phone system for
//! `CALLERID(pres)`, and only an answer that allows it brings them out.

use std::collections::HashMap;

use linecard_call::{Channel, ChannelId};
use regex::Regex;

use super::Headers;

/// The channel function that tells the presentation.
pub const PRESENTATION: &str = "CALLERID(pres)";
/// Callers at one time whose presentation is asked for or withheld; of more nobody is asked.
const MOST_CALLERS: usize = 20_000;

/// Whose presentation is asked for, and who withholds.
#[derive(Debug, Default)]
pub(super) struct Presentation {
    lines: Vec<Regex>,
    callers: HashMap<Box<str>, Caller>,
    questions: Vec<ChannelId>,
}

#[derive(Debug)]
enum Caller {
    /// What is told of the caller as soon as it may be told, if there was anything to tell.
    Asked(Option<Box<Channel>>),
    Withheld,
}

impl Presentation {
    /// `lines` match the whole of a trunk's endpoint.
    pub(super) fn of_lines(lines: Vec<Regex>) -> Self {
        Self {
            lines,
            ..Self::default()
        }
    }

    pub(super) fn is_asked_for(&self) -> bool {
        !self.lines.is_empty()
    }

    /// A channel of the line `endpoint` is seen for the first time. A list of channels tells the
    /// presentation with each; else one who calls in is asked for.
    pub(super) fn meet(&mut self, endpoint: &str, id: &str, calls_in: bool, message: &dyn Headers) {
        let matches = self.lines.iter().any(|line| line.is_match(endpoint));
        if !matches || self.callers.len() >= MOST_CALLERS {
            return;
        }
        let told = message.get("Variable");
        let told = told.as_deref().and_then(value_in_list);
        match told {
            Some(value) if is_withheld(value) => {
                self.callers.insert(id.into(), Caller::Withheld);
            }
            None if calls_in => {
                self.callers.insert(id.into(), Caller::Asked(None));
                self.questions.push(ChannelId::new(id));
            }
            _ => {}
        }
    }

    /// Takes from a channel what must not be told, now or at all.
    pub(super) fn cover(&mut self, channel: &mut Channel) {
        match self.callers.get_mut(&channel.id.0) {
            None => {}
            Some(Caller::Withheld) => {
                channel.number = None;
                channel.name = None;
            }
            Some(Caller::Asked(kept)) => {
                let mut whole = channel.clone();
                if let Some(first) = kept.take() {
                    // The first number counts: a dial plan writes its own over it.
                    whole.number = first.number.or(whole.number);
                    whole.name = first.name.or(whole.name);
                }
                *kept = Some(Box::new(whole));
                channel.number = None;
                channel.name = None;
            }
        }
    }

    /// The callers to ask for since the last time.
    pub(super) fn take_questions(&mut self) -> Vec<ChannelId> {
        std::mem::take(&mut self.questions)
    }

    /// The answer, or `None` where there was none: the number is shown as it came. Gives the
    /// channel that may now be told with its number.
    pub(super) fn answered(
        &mut self,
        id: &ChannelId,
        answer: Option<&str>,
    ) -> Option<Box<Channel>> {
        if !matches!(self.callers.get(&id.0), Some(Caller::Asked(_))) {
            return None;
        }
        if answer.is_some_and(is_withheld) {
            self.callers.insert(id.0.clone(), Caller::Withheld);
            return None;
        }
        self.over(&id.0)
    }

    /// The channel hung up. One who was still asked for comes out as it is.
    pub(super) fn over(&mut self, id: &str) -> Option<Box<Channel>> {
        match self.callers.remove(id)? {
            Caller::Asked(kept) => kept,
            Caller::Withheld => None,
        }
    }
}

/// The value in an entry of `Status` that was asked for this variable.
fn value_in_list(variable: &str) -> Option<&str> {
    variable.strip_prefix(PRESENTATION)?.strip_prefix('=')
}

/// `prohib_not_screened` and its like (`presentation_names` in Asterisk's `callerid.c`).
/// `unavailable` has no number to hide.
fn is_withheld(presentation: &str) -> bool {
    presentation.starts_with("prohib")
}
