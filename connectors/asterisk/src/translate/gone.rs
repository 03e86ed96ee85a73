//! Channels that hung up a moment ago: an event that comes after must not bring them back.

use std::collections::HashSet;

/// Many more than hang up within the milliseconds by which events come late.
const GENERATION: usize = 4_096;

/// The last few thousand of them. The oldest are forgotten, a generation at a time.
#[derive(Debug, Default)]
pub(super) struct Gone {
    young: HashSet<Box<str>>,
    old: HashSet<Box<str>>,
}

impl Gone {
    pub(super) fn insert(&mut self, id: Box<str>) {
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(id);
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.young.contains(id) || self.old.contains(id)
    }

    /// A channel of that id is new: a click-to-call's id may be used again.
    pub(super) fn remove(&mut self, id: &str) {
        self.young.remove(id);
        self.old.remove(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_are_forgotten() {
        let mut gone = Gone::default();
        for id in 0..3 * GENERATION {
            gone.insert(id.to_string().into());
        }
        assert!(!gone.contains("0") && gone.contains(&(3 * GENERATION - 1).to_string()));
        assert!(gone.young.len() + gone.old.len() <= 2 * GENERATION);
    }
}
