//! Points in time as Zoho writes them: in the organisation's zone, to the second.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The zone of this name, or UTC.
pub(crate) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// `2026-05-14T10:00:00+02:00`
pub(crate) fn written(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// Reads what has an offset, to the second.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
    let at: Timestamp = text.trim().parse().ok()?;
    Timestamp::from_second(at.as_second()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_comes_back_in_the_organisations_zone() {
        let at = read("2026-05-14T10:00:00+05:30").unwrap();
        assert_eq!(
            written(at, &zone("Europe/Moscow")),
            "2026-05-14T07:30:00+03:00"
        );
        assert_eq!(read("2026-05-14"), None);
        assert_eq!(read("14/05/2026 10:00"), None);
    }
}
