//! Whether dials are told at all: `disabledevents` in `manager.conf` can switch kinds of event off
//! for everybody, and without `DialBegin` no ringing is seen.

/// Somebody who listens to messages is a phone's channel without a dial; nobody does only that.
const SURELY: u32 = 50;

/// What is known of the dials of one connection.
#[derive(Debug, Default)]
pub(super) struct Dials {
    seen: bool,
    ended_without: u32,
}

impl Dials {
    /// A `DialBegin` came.
    pub(super) fn begun(&mut self) {
        self.seen = true;
    }

    /// Whether it is still open if dials are told.
    pub(super) fn are_awaited(&self) -> bool {
        !self.seen && self.ended_without < SURELY
    }

    /// A channel of an extension ended while no dial was ever told.
    pub(super) fn phone_ended(&mut self) {
        self.ended_without += 1;
    }

    /// The event that never comes, told once.
    pub(super) fn take_missing(&mut self) -> Option<&'static str> {
        (!self.seen && self.ended_without == SURELY).then(|| {
            self.ended_without += 1;
            "DialBegin"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_calls_without_a_dial_are_told_once() {
        let mut dials = Dials::default();
        for _ in 1..SURELY {
            dials.phone_ended();
        }
        assert_eq!(dials.take_missing(), None);
        dials.phone_ended();
        assert_eq!(dials.take_missing(), Some("DialBegin"));
        assert!(!dials.are_awaited());
        assert_eq!(dials.take_missing(), None);
    }

    #[test]
    fn one_dial_is_enough() {
        let mut dials = Dials::default();
        dials.begun();
        assert!(!dials.are_awaited());
        assert_eq!(dials.take_missing(), None);
    }
}
