//! Stable words for why a call was not placed or passed on: the audit log keeps them, and the pages have a
//! text for each.

use linecard_pbx::{CommandError, DialFailure};
use linecard_rules::dial::Refusal;

/// The word for why the agent's phone was not answered, or the number not called.
#[must_use]
pub fn failure_word(failure: &DialFailure) -> &'static str {
    match failure {
        DialFailure::NotAnswered => "own_phone_not_answered",
        DialFailure::Busy => "own_phone_busy",
        DialFailure::Declined => "own_phone_declined",
        DialFailure::Unreachable => "own_phone_unreachable",
        DialFailure::NoSuchNumber => "no_such_number",
        DialFailure::MissingRight(_) => "missing_right",
        DialFailure::Cancelled => "given_up",
        DialFailure::NotConnected => "phone_system_not_connected",
        DialFailure::LinkLost => "link_lost",
        DialFailure::TimedOut => "phone_system_timed_out",
        DialFailure::Unsupported => "cannot_dial",
        DialFailure::Refused(_) => "phone_system_refused",
    }
}

/// The word for why the phone system did not do what it was told.
#[must_use]
pub fn command_word(error: &CommandError) -> &'static str {
    match error {
        CommandError::NotConnected => "phone_system_not_connected",
        CommandError::Unsupported => "not_possible",
        CommandError::Gone => "call_gone",
        CommandError::Refused(_) => "phone_system_refused",
        CommandError::TimedOut => "phone_system_timed_out",
    }
}

/// The word for why a number is not called from here.
#[must_use]
pub fn refusal_word(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotANumber => "not_a_number",
        Refusal::OwnExtension => "own_extension",
        Refusal::Denied(_) => "denied_number",
        Refusal::NotAllowed(_) => "number_not_allowed",
    }
}
