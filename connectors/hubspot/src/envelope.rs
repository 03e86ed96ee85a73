//! HubSpot's envelope around every refusal. Parts of it may be missing.

use http::StatusCode;
use linecard_crm::{Failure, PersonNeeded};
use serde::Deserialize;
use serde_json::Value;

use crate::refusal::{Refusal, person};

/// The longest text kept of a refusal, in characters.
const LONGEST_WORDS: usize = 500;

/// The envelope. Also stands among the errors of a batch.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Envelope {
    message: Option<String>,
    pub(crate) category: Option<String>,
    #[serde(rename = "correlationId")]
    pub(crate) correlation_id: Option<String>,
    #[serde(rename = "policyName")]
    pub(crate) policy: Option<String>,
    errors: Vec<Detail>,
    context: Value,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Detail {
    message: Option<String>,
    context: Value,
}

impl Envelope {
    /// What a refusal of one input of a batch means.
    pub(crate) fn of_input(&self) -> Refusal {
        let status = StatusCode::BAD_REQUEST;
        self.refusal(status, self.words(status))
    }

    /// The value that the request gave the input, so that it is known which one failed.
    pub(crate) fn trace(&self) -> Option<&str> {
        texts(self.context.get("objectWriteTraceId")).next()
    }

    /// What a client error means.
    pub(crate) fn refusal(&self, status: StatusCode, words: String) -> Refusal {
        let category = self.category.as_deref().unwrap_or_default();
        if status == StatusCode::NOT_FOUND || category == "OBJECT_NOT_FOUND" {
            return Refusal::NotThere { words };
        }
        if status == StatusCode::CONFLICT || category == "CONFLICT" {
            let id = self.existing();
            return Refusal::Exists { id, words };
        }
        if category == "MISSING_SCOPES" {
            return Refusal::Failed(person(PersonNeeded::Permission, words));
        }
        let names = self.properties();
        if !names.is_empty() {
            return Refusal::Properties { names, words };
        }
        if words.to_ascii_lowercase().contains("association") {
            return Refusal::NotThere { words };
        }
        if status == StatusCode::BAD_REQUEST && category.is_empty() && self.errors.is_empty() {
            return Refusal::Unexplained { words };
        }
        Refusal::Failed(Failure::refused(words))
    }

    /// The message, what its details add, and the scopes that are missing.
    pub(crate) fn words(&self, status: StatusCode) -> String {
        let mut words = self
            .message
            .clone()
            .filter(|message| !message.trim().is_empty())
            .unwrap_or_else(|| format!("HubSpot answered {status} without saying why"));
        let details = self
            .errors
            .iter()
            .filter_map(|detail| detail.message.as_ref());
        for detail in details {
            if !words.contains(detail.as_str()) {
                words = format!("{words} {detail}");
            }
        }
        let contexts = self.errors.iter().map(|detail| &detail.context);
        let scopes: Vec<&str> = contexts
            .chain([&self.context])
            .flat_map(|context| texts(context.get("requiredGranularScopes")))
            .collect();
        if !scopes.is_empty() {
            words = format!("{words} Missing: {}", scopes.join(", "));
        }
        words.chars().take(LONGEST_WORDS).collect()
    }

    /// The record that is there, from the context or else from the message.
    fn existing(&self) -> Option<String> {
        if let Some(id) = texts(self.context.get("existingId")).next() {
            return Some(id.to_owned());
        }
        let (_, after) = self.message.as_deref()?.split_once("Existing ID:")?;
        let digits: String = after
            .trim_start()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        (!digits.is_empty()).then_some(digits)
    }

    /// The properties whose values are not taken: named in the details, or in the list in JSON
    /// that older answers carry in their message.
    fn properties(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .errors
            .iter()
            .flat_map(|detail| texts(detail.context.get("propertyName")))
            .map(str::to_owned)
            .collect();
        let listed = self.message.as_deref().and_then(|message| {
            let list = message.get(message.find('[')?..)?;
            serde_json::from_str::<Vec<Value>>(list.trim()).ok()
        });
        for value in listed.into_iter().flatten() {
            if let Some(name) = value.get("name").and_then(Value::as_str)
                && !names.iter().any(|known| known == name)
            {
                names.push(name.to_owned());
            }
        }
        names
    }
}

/// A text, or the texts of a list.
fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let list = match value {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    list.iter().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(status: u16, body: &Value) -> Refusal {
        let envelope: Envelope = serde_json::from_value(body.clone()).unwrap();
        let status = StatusCode::from_u16(status).unwrap();
        envelope.refusal(status, envelope.words(status))
    }

    #[test]
    fn a_duplicate_names_the_record_that_is_there_in_one_of_two_places() {
        let message = "Contact already exists. Existing ID: 171591000198";
        for (body, existing) in [
            (
                json!({"message": "m", "category": "CONFLICT", "context": {"existingId": ["501"]}}),
                Some("501"),
            ),
            (
                json!({"message": message, "category": "CONFLICT"}),
                Some("171591000198"),
            ),
            (json!({"message": "Taken."}), None),
        ] {
            let Refusal::Exists { id, .. } = of(409, &body) else {
                panic!("{body}");
            };
            assert_eq!(id.as_deref(), existing);
        }
    }

    #[test]
    fn values_that_are_not_taken_are_known_by_their_property() {
        let listed = r#"Property values were not valid: [{"isValid":false,"message":"no",
            "error":"INVALID_OPTION","name":"hs_call_disposition"}]"#;
        for body in [
            json!({"message": listed, "category": "VALIDATION_ERROR"}),
            json!({"message": "m", "category": "VALIDATION_ERROR", "errors": [{
                "message": "no", "code": "INVALID_OPTION",
                "context": {"propertyName": ["hs_call_disposition"]}}]}),
        ] {
            let Refusal::Properties { names, .. } = of(400, &body) else {
                panic!("{body}");
            };
            assert_eq!(names, ["hs_call_disposition"]);
        }
    }

    #[test]
    fn a_rule_of_the_account_refuses_in_its_own_words() {
        let body = json!({"message": "Validation rule: say why", "category": "VALIDATION_ERROR"});
        let expected = Failure::refused("Validation rule: say why");
        assert_eq!(of(400, &body), Refusal::Failed(expected));
    }

    #[test]
    fn a_400_without_category_is_unexplained() {
        let body = json!({"message": "There was a problem with the request."});
        assert!(matches!(of(400, &body), Refusal::Unexplained { .. }));
    }
}
