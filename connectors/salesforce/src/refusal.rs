//! What an answer that is no success means.
//!
//! Salesforce refuses in four forms: an array of `{message, errorCode}` (sometimes one bare
//! object), OAuth's `{error, error_description}`, plain text, and HTML from the edge in front
//! of it. The codes are those of the REST API Developer Guide, "Status Codes and Error
//! Responses", and the SOAP API's `StatusCode`.

use http::{StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Failure, PersonNeeded};
use linecard_http::{Answer, Effect};
use serde::Deserialize;

/// How long to leave an organisation alone whose requests of the day are used up. The window
/// rolls, so some are free again soon; Salesforce does not say when.
const QUOTA_PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// The longest text kept of a refusal, in characters.
const LONGEST_WORDS: usize = 500;

/// What to do about a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The access token has expired. The request was not carried out.
    Expired {
        /// What Salesforce said.
        words: String,
    },
    /// A field in the request does not exist for this user.
    UnknownField {
        /// What Salesforce said.
        words: String,
    },
    /// Anything else.
    Failed(Failure),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    Many(Vec<Problem>),
    One(Problem),
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Problem {
    #[serde(rename = "errorCode")]
    code: String,
    message: String,
    error: String,
    error_description: String,
}

/// Reads an answer that is no success.
pub(crate) fn read(answer: &Answer, effect: Effect, now: Timestamp) -> Refusal {
    let status = answer.status();
    let problems = problems(answer.body());
    let code = problems
        .iter()
        .find(|problem| !problem.code.is_empty())
        .map_or("", |problem| problem.code.as_str());
    let words = words(answer, &problems);

    if status.is_server_error() {
        return Refusal::Failed(unsure(effect, words));
    }
    if status == StatusCode::UNAUTHORIZED {
        let no_rest = problems
            .iter()
            .any(|problem| problem.message.contains("not valid for use"));
        return if no_rest {
            Refusal::Failed(person(PersonNeeded::Permission, words))
        } else {
            Refusal::Expired { words }
        };
    }
    if status.is_redirection() {
        return Refusal::Failed(person(PersonNeeded::Configuration, words));
    }
    Refusal::Failed(match code {
        "INVALID_FIELD" => return Refusal::UnknownField { words },
        "API_DISABLED_FOR_ORG" | "API_CURRENTLY_DISABLED" | "FUNCTIONALITY_NOT_ENABLED" => {
            person(PersonNeeded::Permission, words)
        }
        "UNSUPPORTED_API_VERSION" => person(PersonNeeded::Configuration, words),
        "REQUEST_LIMIT_EXCEEDED" if words.contains("Concurrent") => retry(words),
        "REQUEST_LIMIT_EXCEEDED" => Failure::Throttled {
            until: now.checked_add(QUOTA_PAUSE).ok(),
            words,
        },
        "UNABLE_TO_LOCK_ROW" | "QUERY_TIMEOUT" | "INVALID_QUERY_LOCATOR" => retry(words),
        // Without one of Salesforce's codes it was something in front of it that answered.
        "" => unsure(effect, words),
        _ => Failure::Refused { words },
    })
}

fn problems(body: &[u8]) -> Vec<Problem> {
    match serde_json::from_slice(body) {
        Ok(Body::Many(problems)) => problems,
        Ok(Body::One(problem)) => vec![problem],
        Err(_) => Vec::new(),
    }
}

fn words(answer: &Answer, problems: &[Problem]) -> String {
    let told: Vec<String> = problems
        .iter()
        .map(|problem| {
            [
                &problem.code,
                &problem.error,
                &problem.message,
                &problem.error_description,
            ]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(|part| part.trim())
            .collect::<Vec<_>>()
            .join(": ")
        })
        .filter(|part| !part.is_empty())
        .collect();
    let is_text = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/plain"));
    let text = String::from_utf8_lossy(answer.body());
    let status = answer.status();
    let words = if !told.is_empty() {
        told.join("; ")
    } else if is_text && !text.trim().is_empty() {
        text.trim().to_owned()
    } else {
        format!("Salesforce answered {status} without saying why")
    };
    words.chars().take(LONGEST_WORDS).collect()
}

/// The request may or may not have been carried out.
fn unsure(effect: Effect, words: String) -> Failure {
    match effect {
        Effect::Read => retry(words),
        Effect::Write => Failure::Unknown { words },
    }
}

fn retry(words: String) -> Failure {
    Failure::Retry { after: None, words }
}

fn person(what: PersonNeeded, words: String) -> Failure {
    Failure::NeedsPerson { what, words }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        http::Response::builder()
            .status(status)
            .body(body.as_bytes().to_vec())
            .unwrap()
    }

    fn refusal(status: u16, code: &str, message: &str) -> Refusal {
        let body = serde_json::json!([{"errorCode": code, "message": message}]).to_string();
        read(&answer(status, &body), Effect::Write, Timestamp::UNIX_EPOCH)
    }

    fn failure(status: u16, code: &str, message: &str) -> Failure {
        match refusal(status, code, message) {
            Refusal::Failed(failure) => failure,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_expired_session_is_no_failure_yet() {
        let expired = refusal(401, "INVALID_SESSION_ID", "Session expired or invalid");
        assert!(matches!(expired, Refusal::Expired { .. }));
    }

    #[test]
    fn a_session_without_rest_access_is_not_refreshed() {
        let words = "This session is not valid for use with the REST API";
        assert!(matches!(
            failure(401, "INVALID_SESSION_ID", words),
            Failure::NeedsPerson {
                what: PersonNeeded::Permission,
                ..
            }
        ));
    }

    #[test]
    fn an_edition_without_api_needs_a_person() {
        assert!(matches!(
            failure(403, "API_DISABLED_FOR_ORG", "API is not enabled"),
            Failure::NeedsPerson {
                what: PersonNeeded::Permission,
                ..
            }
        ));
    }

    #[test]
    fn the_days_quota_pauses_and_too_many_at_once_does_not() {
        let Failure::Throttled { until, .. } = failure(
            403,
            "REQUEST_LIMIT_EXCEEDED",
            "TotalRequests Limit exceeded.",
        ) else {
            panic!("not throttled");
        };
        assert_eq!(until, Timestamp::from_second(300).ok());
        let words = "ConcurrentRequests (Concurrent API Requests) Limit exceeded.";
        assert!(matches!(
            failure(403, "REQUEST_LIMIT_EXCEEDED", words),
            Failure::Retry { .. }
        ));
    }

    #[test]
    fn a_locked_row_was_not_written() {
        assert!(matches!(
            failure(
                400,
                "UNABLE_TO_LOCK_ROW",
                "unable to obtain exclusive access"
            ),
            Failure::Retry { .. }
        ));
    }

    #[test]
    fn a_rule_of_the_organisation_refuses_the_record_in_its_own_words() {
        for code in [
            "FIELD_CUSTOM_VALIDATION_EXCEPTION",
            "INACTIVE_OWNER_OR_USER",
            "ENTITY_IS_DELETED",
            "INSUFFICIENT_ACCESS_OR_READONLY",
            "FIELD_INTEGRITY_EXCEPTION",
        ] {
            assert_eq!(
                failure(400, code, "say why"),
                Failure::Refused {
                    words: format!("{code}: say why")
                }
            );
        }
    }

    #[test]
    fn a_field_that_is_hidden_is_told_apart() {
        let hidden = refusal(400, "INVALID_FIELD", "No such column 'HomePhone'");
        assert!(matches!(hidden, Refusal::UnknownField { .. }));
    }

    #[test]
    fn a_page_of_the_edge_leaves_a_write_unknown_and_lets_a_read_be_repeated() {
        for status in [420, 428, 502, 503] {
            let page = answer(status, "<html><body>Down for maintenance</body></html>");
            let now = Timestamp::UNIX_EPOCH;
            assert!(
                matches!(
                    read(&page, Effect::Write, now),
                    Refusal::Failed(Failure::Unknown { .. })
                ),
                "{status}"
            );
            assert!(
                matches!(
                    read(&page, Effect::Read, now),
                    Refusal::Failed(Failure::Retry { .. })
                ),
                "{status}"
            );
        }
    }

    #[test]
    fn odd_bodies_are_read_without_complaint() {
        for body in [
            "",
            "[]",
            "[[]]",
            "[{}]",
            "{}",
            "null",
            "42",
            r#"{"errorCode":7}"#,
            r#"[{"message":null}]"#,
            "\u{fffd}",
        ] {
            let read = read(&answer(400, body), Effect::Read, Timestamp::UNIX_EPOCH);
            assert!(
                matches!(read, Refusal::Failed(Failure::Retry { .. })),
                "{body}: {read:?}"
            );
        }
    }

    #[test]
    fn one_bare_object_and_the_oauth_form_are_read_too() {
        for (body, words) in [
            (r#"{"errorCode":"X","message":"m"}"#, "X: m"),
            (
                r#"{"error":"invalid_x","error_description":"d"}"#,
                "invalid_x: d",
            ),
        ] {
            let Refusal::Failed(failure) =
                read(&answer(400, body), Effect::Read, Timestamp::UNIX_EPOCH)
            else {
                panic!("{body}");
            };
            assert_eq!(failure.words(), words);
        }
    }
}
