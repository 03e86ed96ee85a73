//! One record's fields, and how the two families of methods show a value.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::schema::{Field, Holds};
use crate::bitrix24::asked::Param;

/// The fields of a record by the name that the older methods use. Times are kept in UTC.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row(BTreeMap<&'static str, Value>);

impl Row {
    pub(crate) fn get(&self, field: &Field) -> &Value {
        self.0.get(field.classic).unwrap_or(&Value::Null)
    }

    /// The value of the field that the older methods call so.
    pub(crate) fn value(&self, classic: &str) -> &Value {
        self.0.get(classic).unwrap_or(&Value::Null)
    }

    pub(crate) fn text(&self, classic: &str) -> &str {
        self.value(classic).as_str().unwrap_or_default()
    }

    pub(crate) fn integer(&self, classic: &str) -> Option<i64> {
        self.value(classic).as_i64()
    }

    pub(crate) fn time(&self, classic: &str) -> Option<Timestamp> {
        self.text(classic).parse().ok()
    }

    pub(crate) fn set(&mut self, classic: &'static str, value: impl Into<Value>) {
        self.0.insert(classic, value.into());
    }

    /// Kept to the second, as the vendor's database does.
    pub(crate) fn set_time(&mut self, classic: &'static str, at: Timestamp) {
        let whole = Timestamp::from_second(at.as_second()).unwrap_or(at);
        self.set(classic, whole.to_string());
    }

    /// Takes what a request gave for `field`, as far as it can be read.
    pub(crate) fn take(&mut self, field: &Field, given: &Param, zone: &TimeZone) {
        let value = match field.holds {
            Holds::Text => given.text().map(Value::from),
            Holds::Integer => given.integer().map(Value::from),
            Holds::Flag => given
                .text()
                .map(|text| if text == "Y" || text == "1" { "Y" } else { "N" }.into()),
            Holds::Time => given
                .text()
                .and_then(|text| moment(&text, zone))
                .map(|at| at.to_string().into()),
        };
        match value {
            Some(value) => self.0.insert(field.classic, value),
            None => self.0.insert(field.classic, Value::Null),
        };
    }
}

/// A value as the older methods give it: numbers are texts.
pub(crate) fn classic(field: &Field, value: &Value, zone: &TimeZone) -> Value {
    match (field.holds, value) {
        (Holds::Integer, Value::Number(number)) => number.to_string().into(),
        (Holds::Flag, Value::Null) => "N".into(),
        (Holds::Time, Value::String(text)) => shown(text, zone),
        _ => value.clone(),
    }
}

/// A value as `crm.item.*` gives it.
pub(crate) fn item(field: &Field, value: &Value, zone: &TimeZone) -> Value {
    match (field.holds, value) {
        (Holds::Flag, Value::Null) => "N".into(),
        (Holds::Time, Value::String(text)) => shown(text, zone),
        _ => value.clone(),
    }
}

/// `2026-05-01T10:25:37+03:00`: to the second, in the server's zone.
pub(crate) fn written(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

fn shown(text: &str, zone: &TimeZone) -> Value {
    text.parse()
        .map_or_else(|_| text.into(), |at| written(at, zone).into())
}

/// Reads a time; one without an offset is the server's.
pub(crate) fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    text.parse::<Timestamp>()
        .ok()
        .or_else(|| {
            let local: jiff::civil::DateTime = text.parse().ok()?;
            Some(local.to_zoned(zone.clone()).ok()?.timestamp())
        })
        .or_else(|| {
            let day: jiff::civil::Date = text.parse().ok()?;
            Some(day.to_zoned(zone.clone()).ok()?.timestamp())
        })
}

#[cfg(test)]
mod tests {
    use jiff::tz::Offset;

    use super::*;

    #[test]
    fn a_time_is_written_in_the_servers_zone_and_read_back() {
        let zone = TimeZone::fixed(Offset::constant(3));
        let at: Timestamp = "2026-05-01T07:25:37Z".parse().unwrap();
        assert_eq!(written(at, &zone), "2026-05-01T10:25:37+03:00");
        assert_eq!(moment("2026-05-01T10:25:37+03:00", &zone), Some(at));
        assert_eq!(moment("2026-05-01T10:25:37", &zone), Some(at));
        assert_eq!(moment("soon", &zone), None);
    }
}
