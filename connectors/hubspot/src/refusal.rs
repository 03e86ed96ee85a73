//! What an answer that is no success means.
//!
//! HubSpot refuses with one envelope, parts of which may be missing; a 404 can be a page of HTML
//! instead. So the status decides first, then the category ("Error handling", and the usage
//! guidelines for 429).

use std::time::Duration;

use http::{StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Failure, PersonNeeded};
use linecard_http::{Answer, Effect};
use serde::Deserialize;
use serde_json::Value;

/// The longest text kept of a refusal, in characters.
const LONGEST_WORDS: usize = 500;

/// How long to leave a locked record alone (423): at least two seconds.
const LOCKED: Duration = Duration::from_secs(2);

/// How long to wait for an account that moves (477), where HubSpot does not say.
const MOVING: Duration = Duration::from_mins(5);

/// How long a limit stays reached, where HubSpot does not say.
const TEN_SECONDS: SignedDuration = SignedDuration::from_secs(10);
const ONE_SECOND: SignedDuration = SignedDuration::from_secs(1);

/// After which time the day's quota is looked at anew at the latest.
pub(crate) const DAILY_PAUSE: SignedDuration = SignedDuration::from_mins(15);

/// What to do about a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The access token is turned down. The request was not carried out.
    NotAuthenticated { words: String },
    /// The day's requests are used up. The request was not carried out.
    DailyQuota { words: String },
    /// Some values are not taken: these properties'.
    Properties { names: Vec<String>, words: String },
    /// Something the request names is not there: the record itself, or one to associate with.
    NotThere { words: String },
    /// Taken for a record that is there.
    Exists { id: Option<String>, words: String },
    /// A 400 without a reason: what a search by a property gives that the account does not have.
    Unexplained { words: String },
    /// Anything else.
    Failed(Failure),
}

/// The envelope. Also stands among the errors of a batch.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Envelope {
    message: Option<String>,
    category: Option<String>,
    #[serde(rename = "correlationId")]
    correlation_id: Option<String>,
    #[serde(rename = "policyName")]
    policy: Option<String>,
    errors: Vec<Detail>,
    context: Value,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Detail {
    message: Option<String>,
    context: Value,
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotAuthenticated { words } => person(PersonNeeded::SignIn, words),
            Refusal::DailyQuota { words } => Self::Throttled { until: None, words },
            Refusal::Properties { words, .. }
            | Refusal::NotThere { words }
            | Refusal::Exists { words, .. }
            | Refusal::Unexplained { words } => Self::Refused { words },
            Refusal::Failed(failure) => failure,
        }
    }
}

/// Reads an answer that is no success.
pub(crate) fn read(answer: &Answer, effect: Effect, now: Timestamp) -> Refusal {
    let status = answer.status();
    let envelope: Envelope = serde_json::from_slice(answer.body()).unwrap_or_default();
    let words = envelope.words(status);
    tracing::info!(
        status = status.as_u16(),
        category = envelope.category.as_deref().unwrap_or_default(),
        correlation_id = envelope.correlation_id.as_deref().unwrap_or_default(),
        "HubSpot did not carry out a request"
    );
    let after = retry_after(answer);
    match status.as_u16() {
        401 => Refusal::NotAuthenticated { words },
        403 => Refusal::Failed(person(PersonNeeded::Permission, words)),
        423 => Refusal::Failed(Failure::Retry {
            after: Some(after.unwrap_or(LOCKED).max(LOCKED)),
            words,
        }),
        429 => too_many(envelope.policy.as_deref(), after, words, now),
        477 => Refusal::Failed(Failure::Retry {
            after: Some(after.unwrap_or(MOVING)),
            words,
        }),
        _ if status.is_redirection() => Refusal::Failed(person(PersonNeeded::Configuration, words)),
        _ if status.is_server_error() => Refusal::Failed(unsure(effect, words)),
        _ => envelope.refusal(status, words),
    }
}

/// Three policies: two of them are over within seconds, the day's is not.
fn too_many(
    policy: Option<&str>,
    after: Option<Duration>,
    words: String,
    now: Timestamp,
) -> Refusal {
    let usual = match policy {
        Some("DAILY") => return Refusal::DailyQuota { words },
        Some("SECONDLY") => ONE_SECOND,
        _ => TEN_SECONDS,
    };
    let pause = after
        .and_then(|after| SignedDuration::try_from(after).ok())
        .unwrap_or(usual);
    Refusal::Failed(Failure::Throttled {
        until: now.checked_add(pause).ok(),
        words,
    })
}

fn retry_after(answer: &Answer) -> Option<Duration> {
    let seconds = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    Some(Duration::from_secs(seconds.trim().parse().ok()?))
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

    fn refusal(&self, status: StatusCode, words: String) -> Refusal {
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
        Refusal::Failed(Failure::Refused { words })
    }

    /// The message, what its details add, and the scopes that are missing.
    fn words(&self, status: StatusCode) -> String {
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

/// The request may or may not have been carried out.
fn unsure(effect: Effect, words: String) -> Failure {
    match effect {
        Effect::Read => Failure::Retry { after: None, words },
        Effect::Write => Failure::Unknown { words },
    }
}

fn person(what: PersonNeeded, words: String) -> Failure {
    Failure::NeedsPerson { what, words }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(status: u16, body: &Value) -> Refusal {
        let answer = http::Response::builder()
            .status(status)
            .body(body.to_string().into_bytes())
            .unwrap();
        read(&answer, Effect::Write, Timestamp::UNIX_EPOCH)
    }

    fn at(second: i64) -> Option<Timestamp> {
        Timestamp::from_second(second).ok()
    }

    #[test]
    fn a_token_that_is_turned_down_is_told_apart() {
        for category in ["EXPIRED_AUTHENTICATION", "INVALID_AUTHENTICATION"] {
            let refusal = of(401, &json!({"message": "m", "category": category}));
            assert_eq!(
                refusal,
                Refusal::NotAuthenticated {
                    words: "m".to_owned()
                }
            );
        }
    }

    #[test]
    fn a_missing_scope_is_named() {
        let detail = json!({"message": "One or more scopes are required.", "context": {
            "requiredGranularScopes": ["crm.objects.leads.read"]}});
        for body in [
            json!({"message": "m", "category": "MISSING_SCOPES", "errors": [detail]}),
            json!({"message": "m", "context": {
                "requiredGranularScopes": ["crm.objects.leads.read"]}}),
        ] {
            let Refusal::Failed(Failure::NeedsPerson { what, words }) = of(403, &body) else {
                panic!("{body}");
            };
            assert_eq!(what, PersonNeeded::Permission);
            assert!(words.contains("crm.objects.leads.read"), "{words}");
        }
        let bare = json!({"message": "You do not have permissions to view object type 0-136"});
        assert!(matches!(
            of(403, &bare),
            Refusal::Failed(Failure::NeedsPerson { .. })
        ));
    }

    #[test]
    fn the_three_policies_of_429_last_differently() {
        for (policy, seconds) in [("SECONDLY", 1), ("TEN_SECONDLY_ROLLING", 10)] {
            let body = json!({"message": "m", "errorType": "RATE_LIMIT", "policyName": policy});
            let expected = Failure::Throttled {
                until: at(seconds),
                words: "m".to_owned(),
            };
            assert_eq!(of(429, &body), Refusal::Failed(expected), "{policy}");
        }
        let daily = json!({"message": "m", "policyName": "DAILY"});
        assert_eq!(
            of(429, &daily),
            Refusal::DailyQuota {
                words: "m".to_owned()
            }
        );
    }

    #[test]
    fn retry_after_counts_more_than_what_is_usual() {
        for (status, expected) in [(423, 7), (477, 7), (429, 7)] {
            let answer = http::Response::builder()
                .status(status)
                .header("retry-after", "7")
                .body(Vec::new())
                .unwrap();
            let refusal = read(&answer, Effect::Write, Timestamp::UNIX_EPOCH);
            match refusal {
                Refusal::Failed(Failure::Retry { after, .. }) => {
                    assert_eq!(after, Some(Duration::from_secs(expected)), "{status}");
                }
                Refusal::Failed(Failure::Throttled { until, .. }) => assert_eq!(until, at(7)),
                other => panic!("{status}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_locked_record_is_left_alone_for_two_seconds() {
        assert!(matches!(
            of(423, &json!({})),
            Refusal::Failed(Failure::Retry {
                after: Some(LOCKED),
                ..
            })
        ));
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
        let expected = Failure::Refused {
            words: "Validation rule: say why".to_owned(),
        };
        assert_eq!(of(400, &body), Refusal::Failed(expected));
    }

    #[test]
    fn a_400_without_category_is_unexplained() {
        let body = json!({"message": "There was a problem with the request."});
        assert!(matches!(of(400, &body), Refusal::Unexplained { .. }));
    }

    #[test]
    fn what_is_not_there_is_told_apart_even_when_the_answer_is_a_page() {
        let page = http::Response::builder()
            .status(404)
            .body(b"<html>HTTP ERROR 404</html>".to_vec())
            .unwrap();
        let refusal = read(&page, Effect::Read, Timestamp::UNIX_EPOCH);
        assert!(matches!(refusal, Refusal::NotThere { .. }));
        let body = json!({"message": "m", "category": "OBJECT_NOT_FOUND"});
        assert!(matches!(of(400, &body), Refusal::NotThere { .. }));
        let body = json!({"message": "One or more associations are not valid"});
        assert!(matches!(of(400, &body), Refusal::NotThere { .. }));
    }

    #[test]
    fn a_broken_answer_leaves_a_write_unknown_and_lets_a_read_be_repeated() {
        for status in [500, 502, 503, 504] {
            let page = http::Response::builder()
                .status(status)
                .body(b"<html>Down</html>".to_vec())
                .unwrap();
            let now = Timestamp::UNIX_EPOCH;
            assert!(matches!(
                read(&page, Effect::Write, now),
                Refusal::Failed(Failure::Unknown { .. })
            ));
            assert!(matches!(
                read(&page, Effect::Read, now),
                Refusal::Failed(Failure::Retry { .. })
            ));
        }
    }

    #[test]
    fn odd_bodies_are_read_without_complaint() {
        for body in [
            "",
            "[]",
            "{}",
            "null",
            "42",
            r#"{"errors":7}"#,
            r#"{"message":null}"#,
        ] {
            let answer = http::Response::builder()
                .status(400)
                .body(body.as_bytes().to_vec())
                .unwrap();
            let refusal = read(&answer, Effect::Read, Timestamp::UNIX_EPOCH);
            assert!(
                matches!(refusal, Refusal::Unexplained { .. }),
                "{body}: {refusal:?}"
            );
        }
    }
}
