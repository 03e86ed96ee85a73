//! Phones and e-mail addresses: a record has any number of each, with a purpose.

use serde_json::{Value, json};

use crate::bitrix24::asked::Param;

/// The kinds of multiple fields.
pub(crate) const TYPES: [&str; 4] = ["PHONE", "EMAIL", "WEB", "IM"];

/// One phone or address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Multifield {
    pub(crate) id: u64,
    pub(crate) type_id: String,
    pub(crate) value_type: String,
    pub(crate) value: String,
}

impl Multifield {
    /// As the older methods give it: every value a text.
    pub(crate) fn classic(&self) -> Value {
        json!({
            "ID": self.id.to_string(), "VALUE_TYPE": self.value_type,
            "VALUE": self.value, "TYPE_ID": self.type_id
        })
    }

    /// As an element of `fm`.
    pub(crate) fn item(&self) -> Value {
        json!({
            "id": self.id, "typeId": self.type_id, "valueType": self.value_type,
            "value": self.value
        })
    }
}

/// What a request wants of a record's multiple fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Add {
        type_id: String,
        value_type: String,
        value: String,
    },
    Replace {
        id: u64,
        value_type: Option<String>,
        value: String,
    },
    Delete {
        id: u64,
    },
}

/// Reads `PHONE: [{VALUE, VALUE_TYPE}, {ID, VALUE}, {ID, DELETE: "Y"}]`.
pub(crate) fn classic(type_id: &str, list: &Param) -> Vec<Change> {
    let read = |element: &Param| {
        let text = |name: &str| element.get(name).and_then(Param::text);
        let value = text("VALUE").unwrap_or_default();
        let id = element.get("ID").and_then(Param::integer);
        let id = id.and_then(|id| u64::try_from(id).ok());
        match id {
            Some(id) if text("DELETE").as_deref() == Some("Y") || value.is_empty() => {
                Some(Change::Delete { id })
            }
            Some(id) => Some(Change::Replace {
                id,
                value_type: text("VALUE_TYPE"),
                value: plus(value),
            }),
            None if value.is_empty() => None,
            None => Some(Change::Add {
                type_id: type_id.to_owned(),
                value_type: text("VALUE_TYPE").unwrap_or_else(|| "WORK".to_owned()),
                value: plus(value),
            }),
        }
    };
    list.values().into_iter().filter_map(read).collect()
}

/// Reads `fm`. An element without `typeId` is passed over without a word.
pub(crate) fn item(fm: &Param, is_new: bool) -> Vec<Change> {
    let read = |(key, element): &(String, Param)| {
        let text = |name: &str| element.get(name).and_then(Param::text);
        let type_id = text("typeId").filter(|one| TYPES.contains(&one.as_str()))?;
        let value = text("value").unwrap_or_default();
        match key.parse::<u64>() {
            Ok(id) if !is_new && value.is_empty() => Some(Change::Delete { id }),
            Ok(id) if !is_new => Some(Change::Replace {
                id,
                value_type: text("valueType"),
                value: plus(value),
            }),
            _ if value.is_empty() => None,
            _ => Some(Change::Add {
                type_id,
                value_type: text("valueType").unwrap_or_else(|| "WORK".to_owned()),
                value: plus(value),
            }),
        }
    };
    fm.entries().iter().filter_map(read).collect()
}

/// A `+` that a client did not encode came as a space.
pub(crate) fn plus(value: String) -> String {
    match value.strip_prefix(' ') {
        Some(rest) if rest.starts_with(|first: char| first.is_ascii_digit()) => format!("+{rest}"),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Param {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn an_element_of_fm_without_its_type_is_passed_over() {
        let fm =
            read(r#"{"n0":{"value":"1","valueType":"WORK"},"n1":{"typeId":"PHONE","value":"2"}}"#);
        assert_eq!(
            item(&fm, false),
            [Change::Add {
                type_id: "PHONE".to_owned(),
                value_type: "WORK".to_owned(),
                value: "2".to_owned()
            }]
        );
    }

    #[test]
    fn an_id_changes_and_an_empty_value_deletes() {
        let list = read(
            r#"[{"ID":"5","VALUE":"1"},{"ID":6,"VALUE":""},{"ID":7,"DELETE":"Y","VALUE":"x"}]"#,
        );
        assert_eq!(
            classic("PHONE", &list),
            [
                Change::Replace {
                    id: 5,
                    value_type: None,
                    value: "1".to_owned()
                },
                Change::Delete { id: 6 },
                Change::Delete { id: 7 }
            ]
        );
    }

    #[test]
    fn a_plus_that_came_as_a_space_is_a_plus_again() {
        assert_eq!(plus(" 15550000001".to_owned()), "+15550000001");
        assert_eq!(plus(" x".to_owned()), " x");
    }
}
