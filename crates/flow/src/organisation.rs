//! What is the same for the whole company: where it is, and how it is reached.

use jiff::tz::TimeZone;
use linecard_number::{Country, ExtensionRange, Habits, Plan};
use linecard_rules::dial::Guards;
use linecard_rules::exclude::Exclusions;
use linecard_store::{LastChange, StoreError};
use serde::{Deserialize, Serialize};
use url::Url;

/// The name under which the store keeps it.
pub(crate) const SETTING: &str = "organisation";
/// What the audit log calls it.
pub(crate) const SUBJECT: &str = "organisation";

/// The company's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Where a number without country code belongs.
    pub country: Country,
    /// The name of the time zone, as IANA writes it: `Asia/Shanghai`.
    pub time_zone: String,
    /// The company's extensions.
    pub extension_ranges: Vec<ExtensionRange>,
    /// The public addresses by which Linecard is reached (A9); the first is the default.
    pub home_addresses: Vec<Url>,
    /// How numbers are written, beyond what the country says.
    #[serde(default)]
    pub habits: Habits,
    /// Numbers of outside parties are hidden from agents (F17).
    #[serde(default)]
    pub masks_numbers: bool,
    /// Which numbers may be called by a click (C2).
    #[serde(default)]
    pub dial: Guards,
    /// What is kept out of every CRM: own numbers (X4), numbers never looked up or logged, the
    /// hours of business (X11).
    #[serde(default)]
    pub exclusions: Exclusions,
    /// Counts the changes, so that two admins do not overwrite each other.
    pub version: i64,
}

/// The organisation's settings were not taken.
#[derive(Debug, thiserror::Error)]
pub enum PutOrganisationError {
    /// No such time zone.
    #[error("{0:?} is not the name of a time zone, such as Europe/Berlin")]
    TimeZone(String),
    /// An extension range runs backwards or its ends differ in length.
    #[error(
        "the range {from}-{to} does not run from a lower to a higher extension of the same length"
    )]
    Range {
        /// The lower end.
        from: String,
        /// The upper end.
        to: String,
    },
    /// No address is left by which Linecard can be reached.
    #[error("at least one address by which Linecard is reached is needed")]
    NoHome,
    /// Somebody else changed them meanwhile: who, where it was written down.
    #[error("somebody else changed these settings meanwhile")]
    ChangedMeanwhile(Option<LastChange>),
    /// They could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Organisation {
    /// Before anybody has said anything: the United States, UTC, no extensions.
    #[must_use]
    pub(crate) fn before_set_up() -> Self {
        Self {
            country: Country::UNITED_STATES,
            time_zone: "UTC".to_owned(),
            extension_ranges: Vec::new(),
            home_addresses: Vec::new(),
            habits: Habits::default(),
            masks_numbers: false,
            dial: Guards::default(),
            exclusions: Exclusions::default(),
            version: 0,
        }
    }

    /// How numbers are read.
    #[must_use]
    pub fn plan(&self) -> Plan {
        Plan {
            country: self.country,
            extensions: self.extension_ranges.clone(),
            habits: self.habits.clone(),
        }
    }

    /// The time zone; UTC when its name is not known to this machine any more.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    pub(crate) fn check(&self) -> Result<(), PutOrganisationError> {
        if TimeZone::get(&self.time_zone).is_err() {
            return Err(PutOrganisationError::TimeZone(self.time_zone.clone()));
        }
        if self.home_addresses.is_empty() {
            return Err(PutOrganisationError::NoHome);
        }
        for range in &self.extension_ranges {
            let (from, to) = (range.from.as_str(), range.to.as_str());
            if from.len() != to.len() || from > to {
                return Err(PutOrganisationError::Range {
                    from: from.to_owned(),
                    to: to.to_owned(),
                });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organisation() -> Organisation {
        Organisation {
            home_addresses: vec!["http://127.0.0.1:8080".parse().unwrap()],
            ..Organisation::before_set_up()
        }
    }

    #[test]
    fn a_time_zone_that_does_not_exist_is_refused() {
        let mut wrong = organisation();
        wrong.time_zone = "Mars/Olympus".to_owned();
        assert!(matches!(
            wrong.check(),
            Err(PutOrganisationError::TimeZone(_))
        ));
        assert!(organisation().check().is_ok());
    }

    #[test]
    fn a_range_that_runs_backwards_is_refused() {
        let mut wrong = organisation();
        wrong.extension_ranges = vec![ExtensionRange {
            from: "200".parse().unwrap(),
            to: "100".parse().unwrap(),
        }];
        assert!(matches!(
            wrong.check(),
            Err(PutOrganisationError::Range { .. })
        ));
    }

    #[test]
    fn a_company_that_cannot_be_reached_is_refused() {
        let mut wrong = organisation();
        wrong.home_addresses.clear();
        assert!(matches!(wrong.check(), Err(PutOrganisationError::NoHome)));
    }
}
