//! The hours of business.

use jiff::Timestamp;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "they are the days of the week")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Day {
    fn is(self, day: Weekday) -> bool {
        let same = match self {
            Self::Monday => Weekday::Monday,
            Self::Tuesday => Weekday::Tuesday,
            Self::Wednesday => Weekday::Wednesday,
            Self::Thursday => Weekday::Thursday,
            Self::Friday => Weekday::Friday,
            Self::Saturday => Weekday::Saturday,
            Self::Sunday => Weekday::Sunday,
        };
        same == day
    }
}

/// From when until when the company is open on some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// On which days.
    pub days: Vec<Day>,
    /// From then on.
    pub from: Time,
    /// Until then; not later than `from`: until then on the next day.
    pub until: Time,
}

/// Whether the company is open at that moment; without any hours it always is.
pub(super) fn is_open(openings: &[Opening], at: Timestamp, zone: &TimeZone) -> bool {
    let local = at.to_zoned(zone.clone());
    let (time, today) = (local.time(), local.weekday());
    let yesterday = today.previous();
    let on = |opening: &Opening, day| opening.days.iter().any(|named| named.is(day));
    openings.is_empty()
        || openings.iter().any(|opening| {
            if opening.from < opening.until {
                on(opening, today) && opening.from <= time && time < opening.until
            } else {
                (on(opening, today) && opening.from <= time)
                    || (on(opening, yesterday) && time < opening.until)
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(days: &[Day], from: &str, until: &str, at: &str) -> bool {
        let opening = Opening {
            days: days.to_vec(),
            from: from.parse().unwrap(),
            until: until.parse().unwrap(),
        };
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        is_open(&[opening], at.parse().unwrap(), &zone)
    }

    #[test]
    fn x11_hours_are_those_of_the_organisations_time_zone() {
        let monday = |at| open(&[Day::Monday], "09:00", "17:00", at);
        // A Monday in winter: Berlin is an hour ahead of UTC.
        assert!(!monday("2026-03-02T07:59:59Z"));
        assert!(monday("2026-03-02T08:00:00Z"));
        assert!(!monday("2026-03-02T16:00:00Z"));
        assert!(!monday("2026-03-03T09:00:00Z"));
    }

    #[test]
    fn x11_hours_may_run_past_midnight() {
        let night = |at| open(&[Day::Monday], "22:00", "06:00", at);
        assert!(night("2026-03-02T21:30:00Z"));
        assert!(night("2026-03-03T04:30:00Z"));
        assert!(!night("2026-03-03T21:30:00Z"));
        assert!(!night("2026-03-02T04:30:00Z"));
    }
}
