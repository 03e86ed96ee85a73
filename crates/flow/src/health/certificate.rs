//! The certificate that browsers are shown, as the server tells of it (X7).

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// A certificate that is valid no longer than this is told of.
const SOON: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The certificate that browsers are shown, where Linecard itself speaks TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Whose it is, for people: the file's path, or the names that it is for.
    pub place: String,
    /// Until when it is valid.
    pub until: Timestamp,
    /// It comes from an authority of the company's own, which Linecard keeps.
    pub own_authority: bool,
    /// A newer one that could not be used: since when, and why, in words.
    pub refused: Option<(Timestamp, String)>,
}

impl Certificate {
    /// How many whole days it is still valid, when these are few.
    pub(super) fn days_left(&self, now: Timestamp) -> Option<u64> {
        let left = self.until.duration_since(now);
        let days = u64::try_from(left.as_hours() / 24).unwrap_or(0);
        (left < SOON).then_some(days)
    }
}

/// What the server told last; `None`: it does not speak TLS itself.
#[derive(Debug, Default)]
pub(crate) struct Shown(Mutex<Option<Certificate>>);

impl Shown {
    pub(crate) fn put(&self, certificate: Certificate) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(certificate);
    }

    pub(super) fn get(&self) -> Option<Certificate> {
        let shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x7_a_certificate_is_told_of_from_two_weeks_before_its_end() {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let left = |until: &str| {
            let certificate = Certificate {
                place: "home.pem".to_owned(),
                until: until.parse().unwrap(),
                own_authority: false,
                refused: None,
            };
            certificate.days_left(now)
        };
        assert_eq!(left("2026-01-15T00:00:00Z"), None);
        assert_eq!(left("2026-01-14T23:59:59Z"), Some(13));
        assert_eq!(left("2025-12-01T00:00:00Z"), Some(0));
    }
}
