//! Keeps a program that asks in a loop from keeping everybody else waiting.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// Counts requests by the second.
#[derive(Debug)]
pub(crate) struct Pace {
    per_second: u32,
    /// The second, and how many came in it.
    now: Mutex<(i64, u32)>,
}

impl Pace {
    pub(crate) fn new(per_second: u32) -> Self {
        Self {
            per_second,
            now: Mutex::default(),
        }
    }

    /// Counts one request; whether it may go on.
    pub(crate) fn go(&self, at: Timestamp) -> bool {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if now.0 != at.as_second() {
            *now = (at.as_second(), 0);
        }
        now.1 = now.1.saturating_add(1);
        now.1 <= self.per_second
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_in_one_second_goes_on_in_the_next() {
        let pace = Pace::new(2);
        let at = |millis| Timestamp::from_millisecond(millis).unwrap();
        assert!(pace.go(at(1_000)) && pace.go(at(1_500)) && !pace.go(at(1_999)));
        assert!(pace.go(at(2_000)));
    }
}
