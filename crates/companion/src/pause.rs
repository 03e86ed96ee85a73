//! How long to wait before the next attempt to connect.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);

/// Doubles with each of the `failures` in a row, counted from 1, up to 30 s. Half of it is `chance`,
/// in [0, 1), so that a whole company's desktops do not come back in the same instant.
pub(crate) fn before(failures: u32, chance: f64) -> Duration {
    let doubled = FIRST.saturating_mul(1 << failures.saturating_sub(1).min(16));
    let full = doubled.min(LONGEST);
    full / 2 + (full / 2).mul_f64(chance.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_grows_to_thirty_seconds_and_half_of_it_is_chance() {
        assert_eq!(before(1, 0.0), Duration::from_millis(250));
        assert_eq!(before(1, 1.0), Duration::from_millis(500));
        assert_eq!(before(3, 0.5), Duration::from_millis(1500));
        assert_eq!(before(40, 0.0), Duration::from_secs(15));
        assert_eq!(before(u32::MAX, 1.0), Duration::from_secs(30));
    }
}
