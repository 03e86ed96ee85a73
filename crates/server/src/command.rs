//! Why a phone system did not do what it was told, as a code for the pages.

use linecard_pbx::CommandError;

/// The stable code of a command that was not carried out.
pub(crate) fn code(error: &CommandError) -> &'static str {
    match error {
        CommandError::NotConnected => "phone_system_not_connected",
        CommandError::Unsupported => "not_possible",
        CommandError::Gone => "call_gone",
        CommandError::Refused(_) => "phone_system_refused",
        CommandError::TimedOut => "phone_system_timed_out",
    }
}
