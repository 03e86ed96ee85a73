//! What became of the records of a write: Zoho tells of each.

use linecard_crm::{AdviceCode, Failure};
use serde::Deserialize;
use serde_json::Value;

use crate::modules::is_id;
use crate::refusal::Problem;

/// What a write answers.
#[derive(Deserialize)]
pub(crate) struct Written {
    pub(crate) data: Vec<Item>,
}

/// One record of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Item {
    #[serde(default)]
    status: String,
    #[serde(flatten)]
    problem: Problem,
}

/// Why one record was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Turned {
    /// A field holds something that Zoho does not take there.
    Field {
        /// Its name in the API.
        name: String,
        /// What Zoho said.
        words: String,
    },
    /// The organisation has the record already.
    Duplicate {
        /// Which one, where Zoho tells.
        id: Option<String>,
        /// What Zoho said.
        words: String,
    },
    /// Anything else.
    Failed(Failure),
}

impl From<Turned> for Failure {
    fn from(turned: Turned) -> Self {
        match turned {
            Turned::Field { words, .. } | Turned::Duplicate { words, .. } => Self::refused(words),
            Turned::Failed(failure) => failure,
        }
    }
}

impl Item {
    /// Whether Zoho does not know the record (any more).
    pub(crate) fn is_gone(&self) -> bool {
        self.status != "success" && self.problem.code == "INVALID_DATA"
    }

    /// The id of what was written.
    pub(crate) fn result(&self) -> Result<String, Turned> {
        if self.status == "success" {
            return id(&self.problem.details)
                .ok_or(Turned::Failed(Failure::unknown(AdviceCode::AnswerUnclear)));
        }
        let words = self.problem.words();
        Err(match self.problem.code.as_str() {
            "DUPLICATE_DATA" => {
                let other = self.problem.details.get("duplicate_record");
                let known = other.and_then(id);
                Turned::Duplicate {
                    id: known.or_else(|| id(&self.problem.details)),
                    words,
                }
            }
            "INTERNAL_ERROR" => Turned::Failed(Failure::unknown(words)),
            "INVALID_DATA" | "NO_PERMISSION" => match self.problem.field() {
                Some(name) => Turned::Field {
                    name: name.to_owned(),
                    words,
                },
                None => Turned::Failed(Failure::refused(words)),
            },
            _ => Turned::Failed(Failure::refused(words)),
        })
    }
}

fn id(within: &Value) -> Option<String> {
    within
        .get("id")?
        .as_str()
        .filter(|id| is_id(id))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn result(item: Value) -> Result<String, Turned> {
        serde_json::from_value::<Item>(item).unwrap().result()
    }

    #[test]
    fn a_record_that_was_written_has_an_id() {
        let written = json!({"code": "SUCCESS", "status": "success", "message": "record added",
            "details": {"id": "7328395000000680155"}});
        assert_eq!(result(written).as_deref(), Ok("7328395000000680155"));
        let odd = json!({"code": "SUCCESS", "status": "success", "details": ""});
        assert!(matches!(
            result(odd),
            Err(Turned::Failed(Failure::Unknown { .. }))
        ));
    }

    #[test]
    fn a_duplicate_names_the_record_that_was_there() {
        for details in [
            json!({"duplicate_record": {"id": "7328395000000680155"}, "api_name": "Phone"}),
            json!({"id": "7328395000000680155", "api_name": "Phone"}),
        ] {
            let item = json!({"code": "DUPLICATE_DATA", "status": "error",
                "message": "duplicate data", "details": details});
            assert!(matches!(
                result(item),
                Err(Turned::Duplicate { id: Some(id), .. }) if id == "7328395000000680155"
            ));
        }
    }

    #[test]
    fn a_refused_field_is_named() {
        let item = json!({"code": "INVALID_DATA", "status": "error", "message": "invalid data",
            "details": {"api_name": "Owner", "json_path": "$.data[0].Owner"}});
        assert_eq!(
            result(item),
            Err(Turned::Field {
                name: "Owner".to_owned(),
                words: "INVALID_DATA: invalid data (Owner)".to_owned()
            })
        );
        let rule = json!({"code": "MANDATORY_NOT_FOUND", "status": "error",
            "message": "required field not found", "details": {"api_name": "Cost_Centre"}});
        assert_eq!(
            Failure::from(result(rule).unwrap_err()),
            Failure::refused("MANDATORY_NOT_FOUND: required field not found (Cost_Centre)")
        );
    }
}
