//! Measures how long something lasted, with breaks.

use jiff::{SignedDuration, Timestamp};

use super::spans::Spans;
use crate::Direction;
use crate::Span;

/// A stop-watch that is told the time.
#[derive(Debug, Clone, Default)]
pub(super) struct Meter {
    total: SignedDuration,
    since: Option<Timestamp>,
    first: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Meter {
    /// Whether it runs from `at` on. No time is measured twice, also when it is to run from a
    /// time before it last stopped.
    pub(super) fn run(&mut self, on: bool, at: Timestamp) {
        match (on, self.since) {
            (true, None) => {
                self.since = Some(self.until.map_or(at, |until| until.max(at)));
                self.first.get_or_insert(at);
            }
            (false, Some(since)) => {
                self.total += passed(since, at);
                self.since = None;
                self.until = self.until.max(Some(at));
            }
            _ => {}
        }
    }

    /// It has been running, or was to run, from `at` already.
    pub(super) fn ran_from(&mut self, at: Timestamp) {
        if let Some(since) = self.since
            && self.until.is_none_or(|until| until <= at)
        {
            self.since = Some(since.min(at));
        }
        self.first = self.first.map(|first| first.min(at));
    }

    /// Whether it runs.
    pub(super) fn running(&self) -> bool {
        self.since.is_some()
    }

    /// When it first ran.
    pub(super) fn first(&self) -> Option<Timestamp> {
        self.first
    }

    /// When it last stopped.
    pub(super) fn until(&self) -> Option<Timestamp> {
        self.until
    }

    /// What it shows at `at`, in milliseconds.
    pub(super) fn read(&self, at: Timestamp) -> u64 {
        let running = self
            .since
            .map_or(SignedDuration::ZERO, |since| passed(since, at));
        millis(self.total + running)
    }

    /// Adds what another one measured until `at`, and stops. Time that both measured counts once;
    /// each is taken to have run without a break where the other ran too.
    pub(super) fn absorb(&mut self, mut other: Self, at: Timestamp) {
        other.run(false, at);
        self.run(false, at);
        let both = match (
            self.first.max(other.first),
            earlier(self.until, other.until),
        ) {
            (Some(from), Some(to)) if self.first.is_some() && other.first.is_some() => {
                passed(from, to).min(self.total).min(other.total)
            }
            _ => SignedDuration::ZERO,
        };
        self.total += other.total - both;
        self.first = earlier(self.first, other.first);
        self.until = self.until.max(other.until);
    }
}

/// Time with the other party. In a call with an outside party only time with that party counts,
/// not the consultation before a transfer; in a call between extensions time with anyone does.
#[derive(Debug, Clone, Default)]
pub(super) struct Talk {
    outside: Meter,
    outside_held: Meter,
    outside_holds: Spans,
    anyone: Meter,
    anyone_held: Meter,
    anyone_holds: Spans,
}

impl Talk {
    /// Sets what is so from now on; who talks with the outside also talks with anyone.
    pub(super) fn run(&mut self, outside: bool, anyone: bool, held: bool, at: Timestamp) {
        self.outside.run(outside, at);
        self.outside_held.run(outside && held, at);
        self.outside_holds.run(outside && held, at);
        self.anyone.run(anyone, at);
        self.anyone_held.run(anyone && held, at);
        self.anyone_holds.run(anyone && held, at);
    }

    /// The talk and the part of it on hold that count in a call of that direction.
    pub(super) fn of(&self, direction: Option<Direction>) -> (&Meter, &Meter) {
        if direction == Some(Direction::Internal) {
            (&self.anyone, &self.anyone_held)
        } else {
            (&self.outside, &self.outside_held)
        }
    }

    /// When it was on hold, of the holding that counts in a call of that direction.
    pub(super) fn holds(&self, direction: Option<Direction>, at: Timestamp) -> Vec<Span> {
        if direction == Some(Direction::Internal) {
            self.anyone_holds.read(at)
        } else {
            self.outside_holds.read(at)
        }
    }

    /// When there was first a connection with anyone.
    pub(super) fn first(&self) -> Option<Timestamp> {
        self.anyone.first()
    }

    /// When a connection with anyone last ended.
    pub(super) fn last(&self) -> Option<Timestamp> {
        self.anyone.until()
    }

    pub(super) fn absorb(&mut self, other: Self, at: Timestamp) {
        self.outside.absorb(other.outside, at);
        self.outside_held.absorb(other.outside_held, at);
        self.outside_holds.absorb(other.outside_holds, at);
        self.anyone.absorb(other.anyone, at);
        self.anyone_held.absorb(other.anyone_held, at);
        self.anyone_holds.absorb(other.anyone_holds, at);
    }
}

/// The earlier of two times, where there is one.
pub(super) fn earlier(one: Option<Timestamp>, two: Option<Timestamp>) -> Option<Timestamp> {
    match (one, two) {
        (Some(one), Some(two)) => Some(one.min(two)),
        (one, two) => one.or(two),
    }
}

/// From `from` to `to` in milliseconds; zero when the clock ran backwards.
pub(super) fn millis_between(from: Timestamp, to: Timestamp) -> u64 {
    millis(passed(from, to))
}

fn passed(from: Timestamp, to: Timestamp) -> SignedDuration {
    to.duration_since(from).max(SignedDuration::ZERO)
}

fn millis(duration: SignedDuration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(0)
}
