//! When something was so, each time: what a meter sums up.

use jiff::Timestamp;

use crate::Span;

/// More than these in one leg nobody could tell apart; the meter counts on.
pub(super) const MOST_SPANS: usize = 100;

/// Notes from when to when something was so, one after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans {
    past: Vec<Span>,
    since: Option<Timestamp>,
}

impl Spans {
    /// Whether it is so from `at` on. No time is in two spans, also when the clock ran backwards.
    pub(super) fn run(&mut self, on: bool, at: Timestamp) {
        match (on, self.since) {
            (true, None) => {
                let last = self.past.last().map(|span| span.until);
                self.since = Some(last.map_or(at, |last| last.max(at)));
            }
            (false, Some(since)) => {
                self.since = None;
                self.note(Span {
                    from: since,
                    until: at,
                });
            }
            _ => {}
        }
    }

    /// All of them; one that still goes on until `at`.
    pub(super) fn read(&self, at: Timestamp) -> Vec<Span> {
        let mut all = self.clone();
        all.run(false, at);
        all.past
    }

    /// Adds what another one noted until `at`, and stops.
    pub(super) fn absorb(&mut self, mut other: Self, at: Timestamp) {
        other.run(false, at);
        self.run(false, at);
        if other.past.is_empty() {
            return;
        }
        let mut all = std::mem::take(&mut self.past);
        all.append(&mut other.past);
        all.sort_by_key(|span| span.from);
        for span in all {
            self.note(span);
        }
    }

    /// Notes one that began after the others did; what touches the last is part of it.
    fn note(&mut self, span: Span) {
        if span.until <= span.from {
            return;
        }
        if let Some(last) = self.past.last_mut()
            && span.from <= last.until
        {
            last.until = last.until.max(span.until);
        } else if self.past.len() < MOST_SPANS {
            self.past.push(span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn noted(pairs: &[(i64, i64)]) -> Spans {
        let mut spans = Spans::default();
        for (from, until) in pairs {
            spans.run(true, at(*from));
            spans.run(false, at(*until));
        }
        spans
    }

    fn seconds(spans: &Spans, now: i64) -> Vec<(i64, i64)> {
        let pair = |span: Span| (span.from.as_second(), span.until.as_second());
        spans.read(at(now)).into_iter().map(pair).collect()
    }

    #[test]
    fn each_span_is_noted_and_the_one_that_goes_on_ends_now() {
        let mut spans = noted(&[(1, 3), (5, 8)]);
        assert_eq!(seconds(&spans, 20), [(1, 3), (5, 8)]);
        spans.run(true, at(10));
        assert_eq!(seconds(&spans, 12), [(1, 3), (5, 8), (10, 12)]);
        assert_eq!(seconds(&spans, 10), [(1, 3), (5, 8)]);
    }

    #[test]
    fn a_clock_that_runs_backwards_doubles_no_time() {
        assert_eq!(seconds(&noted(&[(5, 8), (6, 9), (9, 9)]), 20), [(5, 9)]);
        assert!(noted(&[(5, 3)]).read(at(20)).is_empty());
    }

    #[test]
    fn two_calls_that_become_one_have_their_spans_in_order() {
        let mut spans = noted(&[(5, 8), (20, 30)]);
        let mut other = noted(&[(1, 2), (7, 10)]);
        other.run(true, at(25));
        spans.absorb(other, at(40));
        assert_eq!(seconds(&spans, 50), [(1, 2), (5, 10), (20, 40)]);
    }

    #[test]
    fn their_number_is_bounded() {
        let many: Vec<_> = (0..1_000).map(|n| (10 * n, 10 * n + 5)).collect();
        assert_eq!(noted(&many).read(at(20_000)).len(), MOST_SPANS);
    }
}
