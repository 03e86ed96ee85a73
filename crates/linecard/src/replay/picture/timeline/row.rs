//! One party's time in a call.

use jiff::{SignedDuration, Timestamp};

use super::Party;

/// What is seen for so short between two events is no time of anybody's.
const MOMENT: SignedDuration = SignedDuration::from_millis(30);

/// One party's time in a call.
#[derive(Debug, Clone)]
pub(in super::super) struct Row {
    pub(in super::super) party: Party,
    pub(in super::super) bars: Vec<Bar>,
    /// What it does now, and since when.
    now: Option<(Doing, Timestamp)>,
}

/// A party did one thing from one time to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Bar {
    pub(in super::super) from: Timestamp,
    pub(in super::super) to: Timestamp,
    pub(in super::super) doing: Doing,
}

/// What a party does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Doing {
    Waits,
    Rings,
    Talks,
    Holds,
    /// Talks with a colleague about the call.
    Consults,
}

impl Bar {
    fn is_brief(&self) -> bool {
        self.to.duration_since(self.from) < MOMENT
    }
}

impl Row {
    /// A party that does nothing yet.
    pub(super) fn idle(party: Party) -> Self {
        Self {
            party,
            bars: Vec::new(),
            now: None,
        }
    }

    /// A party that began to do something.
    pub(super) fn new(party: Party, at: Timestamp, doing: Doing) -> Self {
        let mut row = Self::idle(party);
        row.set(at, Some(doing));
        row
    }

    /// From now on it does this, or nothing.
    pub(super) fn set(&mut self, at: Timestamp, doing: Option<Doing>) {
        if self.now.map(|(doing, _)| doing) == doing {
            return;
        }
        if let Some((doing, from)) = self.now.take() {
            self.bars.push(Bar {
                from,
                to: at,
                doing,
            });
        }
        self.now = doing.map(|doing| (doing, at));
    }

    /// It does nothing after `at`.
    pub(super) fn close(&mut self, at: Timestamp) {
        self.set(at, None);
        self.bars.retain(|bar| bar.from <= at);
        for bar in &mut self.bars {
            bar.to = bar.to.min(at);
        }
    }

    /// What it did at that time.
    pub(super) fn at(&self, at: Timestamp) -> Option<&Bar> {
        self.bars.iter().find(|bar| bar.from <= at && at <= bar.to)
    }

    /// What it did at that time ends then.
    pub(super) fn cut(&mut self, at: Timestamp) {
        for bar in &mut self.bars {
            if bar.from < at && at < bar.to {
                bar.to = at;
            }
        }
    }

    /// What was seen as talk at that time was one thing before it and another after it.
    pub(super) fn split(&mut self, at: Timestamp, (before, after): (Doing, Doing)) {
        let split = |bar: Bar| {
            let both = [
                Bar {
                    to: at,
                    doing: before,
                    ..bar.clone()
                },
                Bar {
                    from: at,
                    doing: after,
                    ..bar.clone()
                },
            ];
            if bar.doing == Doing::Talks && bar.from < at && at < bar.to {
                both.to_vec()
            } else {
                vec![bar]
            }
        };
        self.bars = self.bars.drain(..).flat_map(split).collect();
    }

    /// Takes out what is there for a moment only, and closes the gaps that leaves.
    pub(super) fn smooth(&mut self) {
        if self.bars.iter().any(|bar| !bar.is_brief()) {
            self.bars.retain(|bar| !bar.is_brief());
        }
        let mut smooth: Vec<Bar> = Vec::with_capacity(self.bars.len());
        for bar in self.bars.drain(..) {
            match smooth.last_mut() {
                Some(last)
                    if last.doing == bar.doing && bar.from.duration_since(last.to) < MOMENT =>
                {
                    last.to = last.to.max(bar.to);
                }
                _ => smooth.push(bar),
            }
        }
        self.bars = smooth;
    }
}
