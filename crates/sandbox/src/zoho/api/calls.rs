//! The rules of Calls (Zoho's "Kaizen 38" and recorded answers; the API description knows none).

use serde_json::{Map, Value};

use super::prepare::Place;
use crate::zoho::errors::Problem;
use crate::zoho::switches::LongDuration;
use crate::zoho::times;

const TYPES: [&str; 3] = ["Inbound", "Outbound", "Missed"];

/// Checks a call and derives what Zoho derives.
pub(super) fn apply(place: &Place<'_>, fields: &mut Map<String, Value>) -> Result<(), Problem> {
    let text = |fields: &Map<String, Value>, name: &str| {
        fields
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let wrong = |name: &str, message: &str| Problem::invalid(name, message, place.index);
    let kind = text(fields, "Call_Type");
    if !TYPES.contains(&kind.as_str()) {
        return Err(wrong("Call_Type", "invalid data"));
    }
    if let Some(existing) = place.existing {
        let is_completed = !existing.get("Call_Duration_in_seconds").is_null();
        let unchangeable: &[&str] = if is_completed {
            &["Call_Type", "Owner", "Call_Start_Time"]
        } else {
            &["Call_Type"]
        };
        for name in unchangeable {
            if existing.text(name) != text(fields, name) {
                return Err(wrong(name, "the field of a call cannot be changed"));
            }
        }
    }
    let start = times::read(&text(fields, "Call_Start_Time"))
        .ok_or_else(|| wrong("Call_Start_Time", "invalid data"))?;
    if start > place.now {
        // A call in the future is one to be made.
        fields.insert("Call_Duration".to_owned(), Value::Null);
        fields.insert("Call_Duration_in_seconds".to_owned(), Value::Null);
        return Ok(());
    }
    let mut duration = text(fields, "Call_Duration");
    if duration.is_empty() && kind == "Missed" && place.switches.missed_without_duration {
        "00:00".clone_into(&mut duration);
    }
    if duration.is_empty() {
        return Err(Problem::mandatory("Call_Duration", place.index));
    }
    let seconds = seconds(&duration, place.switches.long_duration)
        .ok_or_else(|| wrong("Call_Duration", "invalid data"))?;
    fields.insert("Call_Duration_in_seconds".to_owned(), seconds.into());
    Ok(())
}

/// Minutes and seconds, or hours, minutes and seconds. `02:05` is 125 seconds.
fn seconds(text: &str, long: LongDuration) -> Option<u64> {
    let parts: Vec<u64> = text
        .split(':')
        .map(|part| {
            let digits = (2..=6).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| part.parse().ok()).flatten()
        })
        .collect::<Option<_>>()?;
    match (parts.as_slice(), long) {
        ([minutes, seconds], _) if *minutes < 60 && *seconds < 60 => Some(minutes * 60 + seconds),
        ([minutes, seconds], LongDuration::Both | LongDuration::Minutes) if *seconds < 60 => {
            Some(minutes * 60 + seconds)
        }
        ([hours, minutes, seconds], LongDuration::Both | LongDuration::Hours)
            if *minutes < 60 && *seconds < 60 =>
        {
            Some(hours * 3_600 + minutes * 60 + seconds)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_minutes_and_seconds() {
        for (text, read) in [
            ("10:00", Some(600)),
            ("00:15", Some(15)),
            ("02:05", Some(125)),
            ("125:04", Some(7_504)),
            ("02:05:04", Some(7_504)),
            ("2:05", None),
            ("00:75", None),
            ("125", None),
            ("", None),
        ] {
            assert_eq!(seconds(text, LongDuration::Both), read, "{text}");
        }
        assert_eq!(seconds("125:04", LongDuration::Hours), None);
        assert_eq!(seconds("02:05:04", LongDuration::Minutes), None);
    }
}
