//! Endpoints that have channels and no owner: somebody has to say whose they are.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Callers without a name of their own come by address: more names than these say nothing new.
const MOST_KEPT: usize = 100;
/// How many are named; the others are counted.
const MOST_NAMED: usize = 5;
/// A hostile name may be as long as a line.
const LONGEST_NAME: usize = 80;

/// The endpoints that were seen and have no owner.
#[derive(Debug, Default)]
pub(super) struct Unassigned {
    names: BTreeSet<Box<str>>,
    news: bool,
}

impl Unassigned {
    /// A channel of `endpoint` was seen.
    pub(super) fn seen(&mut self, endpoint: &str) {
        if self.names.len() >= MOST_KEPT {
            return;
        }
        let name: String = endpoint.chars().take(LONGEST_NAME).collect();
        self.news |= self.names.insert(name.into());
    }

    /// What there is to tell, once for every new name: `PJSIP/alice, PJSIP/bob (+3)`.
    pub(super) fn take(&mut self) -> Option<String> {
        std::mem::take(&mut self.news).then(|| {
            let named: Vec<&str> = self
                .names
                .iter()
                .take(MOST_NAMED)
                .map(|name| &**name)
                .collect();
            let mut words = named.join(", ");
            let more = self.names.len().saturating_sub(MOST_NAMED);
            if more > 0 {
                // Writing to a text cannot fail.
                let _ = write!(words, " (+{more})");
            }
            words
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_name_is_told_once() {
        let mut unassigned = Unassigned::default();
        unassigned.seen("PJSIP/bob");
        assert_eq!(unassigned.take().as_deref(), Some("PJSIP/bob"));
        unassigned.seen("PJSIP/bob");
        assert_eq!(unassigned.take(), None);
        unassigned.seen("PJSIP/alice");
        assert_eq!(unassigned.take().as_deref(), Some("PJSIP/alice, PJSIP/bob"));
    }

    #[test]
    fn a_flood_of_names_is_counted_and_bounded() {
        let mut unassigned = Unassigned::default();
        for number in 0..1_000 {
            unassigned.seen(&format!("SIP/192.0.2.{number:04}"));
        }
        let words = unassigned.take().unwrap();
        assert!(words.starts_with("SIP/192.0.2.0000, "), "{words}");
        assert!(words.ends_with(" (+95)"), "{words}");
    }
}
