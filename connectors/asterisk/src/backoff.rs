//! How long to wait before the next try.

use std::time::Duration;

use linecard_clock::Entropy;

const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);
/// After a refusal that a person must mend: fail2ban commonly bans an address that is refused
/// five times in ten minutes.
const REFUSED: Duration = Duration::from_mins(4);

/// A pause that doubles with every failure: from 0.5 s to 30 s, each between half and the whole
/// of its step, so that many nodes do not come back at the same moment.
#[derive(Debug, Default)]
pub(crate) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The link stood: the next pause is a short one again.
    pub(crate) fn reset(&mut self) {
        self.failures = 0;
    }

    /// The pause after a link that was lost or not made.
    pub(crate) fn lost(&mut self, entropy: &dyn Entropy) -> Duration {
        let step = FIRST.saturating_mul(1 << self.failures.min(5)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        jitter(step, entropy)
    }

    /// The pause after a refusal that a person must mend: 2 to 4 minutes.
    pub(crate) fn refused(&mut self, entropy: &dyn Entropy) -> Duration {
        self.failures = 0;
        jitter(REFUSED, entropy)
    }
}

fn jitter(step: Duration, entropy: &dyn Entropy) -> Duration {
    let mut bytes = [0; 2];
    entropy.fill(&mut bytes);
    let part = f64::from(u16::from_be_bytes(bytes)) / f64::from(u16::MAX);
    step.mul_f64(0.5 + part / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fills with one byte, to stand at either end of the range.
    struct Always(u8);

    impl Entropy for Always {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn pauses_grow_from_half_a_second_to_half_a_minute() {
        let mut shortest = Backoff::default();
        let mut longest = Backoff::default();
        assert_eq!(shortest.lost(&Always(0)), Duration::from_millis(500));
        assert_eq!(longest.lost(&Always(255)), Duration::from_secs(1));
        for _ in 0..100 {
            shortest.lost(&Always(0));
            longest.lost(&Always(255));
        }
        assert_eq!(shortest.lost(&Always(0)), Duration::from_secs(15));
        assert_eq!(longest.lost(&Always(255)), Duration::from_secs(30));
    }

    #[test]
    fn a_link_that_stood_is_tried_again_soon() {
        let mut backoff = Backoff::default();
        for _ in 0..10 {
            backoff.lost(&Always(0));
        }
        backoff.reset();
        assert_eq!(backoff.lost(&Always(0)), Duration::from_millis(500));
    }

    #[test]
    fn a_refusal_is_tried_again_only_after_minutes() {
        let mut backoff = Backoff::default();
        assert_eq!(backoff.refused(&Always(0)), Duration::from_mins(2));
        assert_eq!(backoff.refused(&Always(255)), Duration::from_mins(4));
    }
}
