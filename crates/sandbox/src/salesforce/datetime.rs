//! Points in time as Salesforce writes them: `2026-05-01T07:25:37.000+0000`, no colon.

use jiff::Timestamp;

/// The vendor's spelling, in UTC and to the millisecond.
pub(crate) fn written(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3f+0000").to_string()
}

/// Reads the vendor's spelling and RFC 3339.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
    Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text)
        .or_else(|_| text.parse())
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_no_colon_in_its_offset_and_reads_back() {
        let at: Timestamp = "2026-05-01T09:25:37.5+02:00".parse().unwrap();
        assert_eq!(written(at), "2026-05-01T07:25:37.500+0000");
        assert_eq!(read(&written(at)), Some(at));
        let whole: Timestamp = "2026-05-01T07:25:37Z".parse().unwrap();
        assert_eq!(written(whole), "2026-05-01T07:25:37.000+0000");
        assert_eq!(read("2026-05-01T09:25:37+02:00"), Some(whole));
        assert_eq!(read("yesterday"), None);
    }
}
