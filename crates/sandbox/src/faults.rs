//! Failures on demand: the next N requests of a kind go wrong in a chosen way.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What can go wrong at one CRM: its own enumeration, named in `snake_case` on the wire.
pub trait Kind: Copy + Eq + Ord {
    /// The requests it is for, unless a fault says otherwise.
    fn usual_target(self) -> Target;
}

/// Which requests a fault is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Everything of the API.
    Api,
    /// Requests of the API that only read.
    Reads,
    /// The other requests of the API.
    Writes,
    /// The token endpoint.
    Token,
    /// The consent page.
    Consent,
}

impl Target {
    /// Whether a fault for `self` is for such a request.
    fn covers(self, request: Self) -> bool {
        self == request || self == Self::Api && matches!(request, Self::Reads | Self::Writes)
    }
}

/// Something to go wrong, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault<K> {
    kind: K,
    #[serde(default = "once")]
    times: u32,
    #[serde(default)]
    milliseconds: u64,
    #[serde(default)]
    target: Option<Target>,
}

fn once() -> u32 {
    1
}

impl<K: Kind> Fault<K> {
    /// The next `times` requests go wrong: those that the kind is for, unless [`Fault::at`] says
    /// otherwise.
    #[must_use]
    pub fn new(kind: K, times: u32) -> Self {
        Self {
            kind,
            times,
            milliseconds: 0,
            target: None,
        }
    }

    /// How long it takes, for a kind that takes time.
    #[must_use]
    pub fn lasting(self, milliseconds: u64) -> Self {
        Self {
            milliseconds,
            ..self
        }
    }

    /// Confines the fault to these requests.
    #[must_use]
    pub fn at(self, target: Target) -> Self {
        Self {
            target: Some(target),
            ..self
        }
    }

    /// How long it takes, in milliseconds.
    pub(crate) fn milliseconds(&self) -> u64 {
        self.milliseconds
    }

    fn target(&self) -> Target {
        self.target.unwrap_or(self.kind.usual_target())
    }
}

/// The faults that are still to come, in the order in which they were asked for, and those that
/// have been.
#[derive(Debug)]
pub(crate) struct Faults<K> {
    coming: Vec<Fault<K>>,
    fired: BTreeMap<K, u64>,
}

impl<K> Default for Faults<K> {
    fn default() -> Self {
        Self {
            coming: Vec::new(),
            fired: BTreeMap::new(),
        }
    }
}

impl<K: Kind> Faults<K> {
    pub(crate) fn add(&mut self, fault: Fault<K>) {
        self.coming.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.coming.clear();
    }

    /// What is still to go wrong.
    pub(crate) fn coming(&self) -> &[Fault<K>] {
        &self.coming
    }

    /// How often each kind went wrong since the start or the last reset.
    pub(crate) fn fired(&self) -> &BTreeMap<K, u64> {
        &self.fired
    }

    /// Uses up one fault of this kind meant for such a request.
    pub(crate) fn take(&mut self, kind: K, request: Target) -> Option<Fault<K>> {
        let fault = self.coming.iter_mut().find(|fault| {
            fault.kind == kind && fault.times > 0 && fault.target().covers(request)
        })?;
        fault.times -= 1;
        let taken = fault.clone();
        self.coming.retain(|fault| fault.times > 0);
        *self.fired.entry(kind).or_default() += 1;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Test {
        Down,
        Drop,
    }

    impl Kind for Test {
        fn usual_target(self) -> Target {
            match self {
                Self::Down => Target::Api,
                Self::Drop => Target::Writes,
            }
        }
    }

    #[test]
    fn a_fault_is_used_up_and_waits_for_its_own_requests() {
        let mut faults = Faults::default();
        faults.add(Fault::new(Test::Drop, 1));
        faults.add(Fault::new(Test::Down, 2));
        let taken = [
            (Test::Drop, Target::Reads),
            (Test::Down, Target::Token),
            (Test::Drop, Target::Writes),
            (Test::Drop, Target::Writes),
            (Test::Down, Target::Reads),
            (Test::Down, Target::Writes),
            (Test::Down, Target::Reads),
        ]
        .map(|(kind, request)| faults.take(kind, request).is_some());
        assert_eq!(taken, [false, false, true, false, true, true, false]);
        assert_eq!(faults.fired().get(&Test::Down), Some(&2));
    }

    #[test]
    fn a_fault_can_be_meant_for_the_token_endpoint() {
        let mut faults = Faults::default();
        faults.add(Fault::new(Test::Drop, 1).at(Target::Token));
        assert!(faults.take(Test::Drop, Target::Writes).is_none());
        assert!(faults.take(Test::Drop, Target::Token).is_some());
    }
}
