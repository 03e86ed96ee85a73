//! The times in records, which mostly name no time zone.
//!
//! CDR writes the server's local time (`2026-11-21 01:58:25`) unless `usegmtime` is on; CEL in a
//! file or in SQLite writes seconds since 1970 with decimals, and what `dateformat` of `cel.conf`
//! says elsewhere; a PostgreSQL column may carry its offset.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// How times are written in one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `1795226341.468459`
    Epoch,
    /// `2026-11-21 01:58:25.123`, in the server's time zone.
    Local,
    /// `2026-11-21 01:58:25.123+00`
    Offset,
}

impl Style {
    /// The style of a text that is a time.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.parse::<f64>().is_ok() {
            Some(Self::Epoch)
        } else if with_offset(text).is_some() {
            Some(Self::Offset)
        } else if text.parse::<DateTime>().is_ok() {
            Some(Self::Local)
        } else {
            None
        }
    }

    /// `at` in this style, for a comparison.
    pub(super) fn write(self, at: Timestamp, zone: &TimeZone) -> String {
        match self {
            Self::Epoch => at.as_second().to_string(),
            Self::Local => civil(zone.to_datetime(at)),
            Self::Offset => format!("{}+00", civil(TimeZone::UTC.to_datetime(at))),
        }
    }
}

/// Reads a time of any style. `id` is the channel's Uniqueid: it begins with the second in which
/// the channel was made, and so tells the two hours apart that an autumn night has twice.
pub(super) fn read(text: &str, zone: &TimeZone, id: &str) -> Option<Timestamp> {
    let text = text.trim();
    match Style::of(text)? {
        Style::Epoch => epoch(text),
        Style::Offset => with_offset(text),
        Style::Local => {
            let local: DateTime = text.parse().ok()?;
            let ambiguous = zone.to_ambiguous_timestamp(local);
            let made = made(id);
            match (ambiguous.offset(), made) {
                (AmbiguousOffset::Fold { before, after }, Some(made)) => {
                    let (first, second) = (
                        before.to_timestamp(local).ok()?,
                        after.to_timestamp(local).ok()?,
                    );
                    // Nothing happens to a channel before it is made.
                    let margin = SignedDuration::from_mins(1);
                    Some(if first + margin < made { second } else { first })
                }
                _ => ambiguous.compatible().ok(),
            }
        }
    }
}

/// When the channel of this Uniqueid was made: `1795226341.45` or `pbx-1795226341.45`.
pub(super) fn made(id: &str) -> Option<Timestamp> {
    let (before, serial) = id.rsplit_once('.')?;
    let seconds = before.rsplit('-').next()?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(seconds) || !digits(serial) {
        return None;
    }
    Timestamp::from_second(seconds.parse().ok()?).ok()
}

fn civil(time: DateTime) -> String {
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn epoch(text: &str) -> Option<Timestamp> {
    let (seconds, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(seconds) || !digits(decimals) || decimals.len() > 9 {
        return None;
    }
    let nanoseconds = format!("{decimals:0<9}").parse().ok()?;
    Timestamp::new(seconds.parse().ok()?, nanoseconds).ok()
}

/// PostgreSQL writes `+00` and `+05:30`, without a `T`.
fn with_offset(text: &str) -> Option<Timestamp> {
    let (_, clock) = text.split_once([' ', 'T'])?;
    let has_offset = clock.contains(['+', '-', 'Z']);
    has_offset.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").unwrap()
    }

    fn utc(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn every_style_is_read_and_written_back() {
        let at = utc("2026-11-21T01:58:25Z");
        for (text, style) in [
            ("1795226305", Style::Epoch),
            ("2026-11-21 02:58:25", Style::Local),
            ("2026-11-21 01:58:25+00", Style::Offset),
        ] {
            assert_eq!(Style::of(text), Some(style), "{text}");
            assert_eq!(read(text, &berlin(), ""), Some(at), "{text}");
            assert_eq!(style.write(at, &berlin()), text);
        }
        assert_eq!(
            read("1795226305.468459", &berlin(), ""),
            Some(utc("2026-11-21T01:58:25.468459Z"))
        );
        assert_eq!(
            read("2026-11-21 07:28:25.25+05:30", &berlin(), ""),
            Some(utc("2026-11-21T01:58:25.25Z"))
        );
        for text in ["", "noon", "0000-00-00 00:00:00", "-1", "1e300"] {
            assert_eq!(read(text, &berlin(), ""), None, "{text:?}");
        }
    }

    #[test]
    fn the_hour_that_an_autumn_night_has_twice_is_told_apart_by_the_channels_id() {
        let (first, second) = (utc("2026-10-25T00:30:00Z"), utc("2026-10-25T01:30:00Z"));
        for (at, id) in [(first, "1792888195.7"), (second, "pbx-1792891795.7")] {
            assert_eq!(read("2026-10-25 02:30:00", &berlin(), id), Some(at), "{id}");
        }
        // What a client chose as an id tells nothing.
        assert_eq!(
            read("2026-10-25 02:30:00", &berlin(), "lc-7f3a-1"),
            Some(first)
        );
    }
}
