//! How many attempts a connection may have at once, and when it is left alone.
//!
//! Each connection has places of its own, so that one that hangs holds up no other. One that
//! fails again and again is left alone for a while, then one attempt feels its way; the first
//! that succeeds opens the gate for all that waits. Pure: what attempts came to and the time in,
//! how many may be made out.

use jiff::{SignedDuration, Timestamp};

/// How many single attempts a connection may have at once. No more fresh calls than these are
/// written singly; more of them are a backlog.
pub(super) const SINGLES: usize = 4;
/// After so many failures in a row a connection is left alone.
const TROUBLE: u32 = 3;
/// For how long, in seconds, by how often it failed since then.
const PAUSES: [i64; 7] = [1, 2, 5, 10, 20, 30, 60];
/// The same for one whose quota is used up, where it does not say for how long.
const QUOTA_PAUSES: [i64; 6] = [5, 10, 30, 60, 120, 300];
/// A connection is left alone no longer than this: what it said may have changed.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// A place for an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// For one job.
    Single,
    /// For as many as the CRM takes at once.
    Batch,
}

/// What an attempt told about the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// The CRM works: it took something or said why it does not.
    Works,
    /// It does not.
    Fails,
    /// Its quota is used up, until then where that is known.
    LeaveAlone(Option<Timestamp>),
    /// Nothing.
    Nothing,
}

/// What may be attempted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// So many single attempts, and a batch or not.
    Free { singles: usize, batch: bool },
    /// One attempt with one job, to see whether the CRM works again.
    Feeler,
    /// Nothing before then.
    After(Timestamp),
    /// Nothing before an attempt has ended.
    Full,
}

/// The gate of one connection.
#[derive(Debug, Default)]
pub(super) struct Gate {
    singles: usize,
    batch: bool,
    failures: u32,
    closed_until: Option<Timestamp>,
}

impl Gate {
    pub(super) fn room(&self, now: Timestamp) -> Room {
        if let Some(until) = self.closed_until.filter(|until| now < *until) {
            return Room::After(until);
        }
        if self.failures >= TROUBLE {
            return if self.singles == 0 && !self.batch {
                Room::Feeler
            } else {
                Room::Full
            };
        }
        let singles = SINGLES.saturating_sub(self.singles);
        if singles == 0 && self.batch {
            return Room::Full;
        }
        Room::Free {
            singles,
            batch: !self.batch,
        }
    }

    pub(super) fn enters(&mut self, place: Place) {
        match place {
            Place::Single => self.singles += 1,
            Place::Batch => self.batch = true,
        }
    }

    /// The one of `pauses` whose turn it is.
    fn pause(&self, pauses: &[i64]) -> SignedDuration {
        let over = self.failures.saturating_sub(TROUBLE);
        let index = usize::try_from(over).unwrap_or(usize::MAX);
        let seconds = pauses.get(index).or(pauses.last());
        SignedDuration::from_secs(seconds.copied().unwrap_or(1))
    }

    /// Nothing that was learnt of the connection holds any more. Attempts that are under way keep
    /// their places.
    pub(super) fn reopens(&mut self) {
        self.failures = 0;
        self.closed_until = None;
    }

    /// An attempt has ended. `true`: the gate was closed and is open now.
    pub(super) fn leaves(&mut self, place: Place, told: Told, now: Timestamp) -> bool {
        match place {
            Place::Single => self.singles = self.singles.saturating_sub(1),
            Place::Batch => self.batch = false,
        }
        let after = |pause| now.checked_add(pause).unwrap_or(Timestamp::MAX);
        match told {
            Told::Nothing => false,
            Told::Works => {
                let was_closed = self.failures >= TROUBLE;
                self.failures = 0;
                self.closed_until = None;
                was_closed
            }
            Told::Fails => {
                self.failures = self.failures.saturating_add(1);
                if self.failures >= TROUBLE {
                    self.closed_until = Some(after(self.pause(&PAUSES)));
                }
                false
            }
            Told::LeaveAlone(until) => {
                self.failures = self.failures.saturating_add(1).max(TROUBLE);
                let until = until.unwrap_or_else(|| after(self.pause(&QUOTA_PAUSES)));
                self.closed_until = Some(until.min(after(LONGEST)));
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn fails(gate: &mut Gate, second: i64) {
        gate.enters(Place::Single);
        gate.leaves(Place::Single, Told::Fails, at(second));
    }

    #[test]
    fn a_connection_has_places_of_its_own_and_no_more() {
        let mut gate = Gate::default();
        for free in (1..=SINGLES).rev() {
            let room = Room::Free {
                singles: free,
                batch: true,
            };
            assert_eq!(gate.room(at(0)), room);
            gate.enters(Place::Single);
        }
        gate.enters(Place::Batch);
        assert_eq!(gate.room(at(0)), Room::Full);
        gate.leaves(Place::Single, Told::Works, at(0));
        let room = Room::Free {
            singles: 1,
            batch: false,
        };
        assert_eq!(gate.room(at(0)), room);
    }

    #[test]
    fn one_failure_closes_nothing() {
        let mut gate = Gate::default();
        fails(&mut gate, 0);
        fails(&mut gate, 0);
        assert!(matches!(gate.room(at(0)), Room::Free { .. }));
    }

    #[test]
    fn failures_in_a_row_leave_one_feeler_and_longer_pauses() {
        let mut gate = Gate::default();
        for _ in 0..3 {
            fails(&mut gate, 0);
        }
        assert_eq!(gate.room(at(0)), Room::After(at(1)));
        assert_eq!(gate.room(at(1)), Room::Feeler);
        gate.enters(Place::Single);
        assert_eq!(gate.room(at(1)), Room::Full);
        gate.leaves(Place::Single, Told::Fails, at(1));
        assert_eq!(gate.room(at(1)), Room::After(at(3)));
        for _ in 0..20 {
            fails(&mut gate, 10);
        }
        assert_eq!(gate.room(at(10)), Room::After(at(70)));
    }

    #[test]
    fn the_first_success_opens_the_gate_and_says_so_once() {
        let mut gate = Gate::default();
        for _ in 0..3 {
            fails(&mut gate, 0);
        }
        gate.enters(Place::Single);
        assert!(gate.leaves(Place::Single, Told::Works, at(1)));
        assert!(matches!(gate.room(at(1)), Room::Free { .. }));
        gate.enters(Place::Single);
        assert!(!gate.leaves(Place::Single, Told::Works, at(1)));
    }

    #[test]
    fn a_quota_is_waited_for_but_never_for_longer_than_can_be_wrong() {
        let mut gate = Gate::default();
        gate.enters(Place::Batch);
        gate.leaves(Place::Batch, Told::LeaveAlone(Some(at(60))), at(0));
        assert_eq!(gate.room(at(59)), Room::After(at(60)));
        assert_eq!(gate.room(at(60)), Room::Feeler);
        gate.enters(Place::Single);
        let tomorrow = Told::LeaveAlone(Some(at(86_400)));
        gate.leaves(Place::Single, tomorrow, at(60));
        assert_eq!(gate.room(at(60)), Room::After(at(960)));
    }

    #[test]
    fn a_connection_that_is_opened_anew_is_not_left_alone() {
        let mut gate = Gate::default();
        gate.enters(Place::Single);
        gate.enters(Place::Batch);
        gate.leaves(Place::Batch, Told::LeaveAlone(Some(at(900))), at(0));
        gate.reopens();
        let room = Room::Free {
            singles: SINGLES - 1,
            batch: true,
        };
        assert_eq!(gate.room(at(0)), room);
    }

    #[test]
    fn a_quota_that_does_not_say_for_how_long_is_felt_at_with_growing_pauses() {
        let mut gate = Gate::default();
        for (now, until) in [(0, 5), (5, 15), (15, 45)] {
            gate.enters(Place::Single);
            gate.leaves(Place::Single, Told::LeaveAlone(None), at(now));
            assert_eq!(gate.room(at(now)), Room::After(at(until)));
        }
    }
}
