//! Channels by which a softphone fetches a call that rings at another phone of its extension.
//!
//! Asterisk counts such a channel to a call of its own until it has the caller. So its id says which
//! call it is for, and whoever reads it later, in an event, in the picture after a lost link or in the
//! call records, needs no memory of ours.

use std::fmt::Display;

/// What no id of Asterisk and none of a click-to-call begins with.
const PREFIX: &str = "lc-pick-";
/// How long a UUID is in text.
const LONGEST_PART: usize = 36;

/// The id of a channel that shall fetch a call which Asterisk counts as `call`; `id` is a UUID.
/// Asterisk takes ids of up to 149 bytes, and refuses longer ones.
pub(crate) fn channel(id: impl Display, call: &str) -> String {
    format!("{PREFIX}{id}-{call}")
}

/// The call that the channel of this id shall fetch; `None` for any other channel.
pub(crate) fn fetches(id: &str) -> Option<&str> {
    let (_, call) = id.strip_prefix(PREFIX)?.split_at_checked(LONGEST_PART)?;
    call.strip_prefix('-').filter(|call| !call.is_empty())
}

/// The call that Asterisk means: a channel that fetches one belongs to that, from the first.
pub(crate) fn counted_to(call: &str) -> &str {
    fetches(call).unwrap_or(call)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x5_the_id_of_a_fetching_channel_tells_the_call_it_is_for() {
        let id = channel("0190b6a5-0000-7000-8000-000000000001", "pbx-1795370855.3");
        assert_eq!(fetches(&id), Some("pbx-1795370855.3"));
        assert_eq!(counted_to(&id), "pbx-1795370855.3");
    }

    #[test]
    fn other_ids_name_their_own_call() {
        for id in [
            "pbx-1795370855.3",
            "lc-0190b6a5-0000-7000-8000-000000000001",
            "lc-pick-",
            "lc-pick-0190b6a5-0000-7000-8000-000000000001-",
            "lc-pick-名名名名名名名名名名名名名-1",
        ] {
            assert_eq!(fetches(id), None, "{id}");
            assert_eq!(counted_to(id), id);
        }
    }
}
