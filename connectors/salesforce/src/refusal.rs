//! What an answer that is no success means.
//!
//! The codes are those of the REST API Developer Guide, "Status Codes and Error Responses", and
//! the SOAP API's `StatusCode`.

mod problem;

use std::time::Duration;

use crate::help;
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use linecard_crm::{AdviceCode, Failure, PersonNeeded};
use linecard_http::{Answer, Effect};

pub(crate) use problem::{Duplicates, Problem};
use problem::{problems, told, words};

/// How long to leave an organisation alone whose requests of the day are used up. The window
/// rolls, so some are free again soon; Salesforce does not say when.
const QUOTA_PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// How long to wait when too many long requests run at once, or a row is locked.
const BUSY: Duration = Duration::from_secs(1);

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
    /// Somebody has changed the record since it was read. Nothing was written.
    Modified {
        /// What Salesforce said.
        words: String,
    },
    /// The record was not taken, or is not there. Nothing was written.
    Rejected(Rejection),
    /// Anything else.
    Failed(Failure),
}

/// Why a record was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rejection {
    /// Salesforce's code: `INACTIVE_OWNER_OR_USER`.
    pub(crate) code: String,
    /// Code and message.
    pub(crate) words: String,
    /// The fields at fault, where Salesforce names them.
    pub(crate) fields: Vec<String>,
    /// What a duplicate rule found.
    pub(crate) duplicates: Option<Duplicates>,
}

/// Reads an answer that is no success.
pub(crate) fn read(answer: &Answer, effect: Effect, now: Timestamp) -> Refusal {
    let status = answer.status();
    let problems = problems(answer.body());
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
    if status == StatusCode::PRECONDITION_FAILED {
        return Refusal::Modified { words };
    }
    if status.is_redirection() {
        return Refusal::Failed(person(PersonNeeded::Configuration, words));
    }
    match problems
        .into_iter()
        .find(|problem| !problem.code.is_empty())
    {
        Some(problem) => judged(problem, words, now),
        // The edge turns down an address or a body that is too long; repeating it is no use.
        None if matches!(status.as_u16(), 413 | 414 | 431) => {
            Refusal::Failed(Failure::refused(words))
        }
        // Without one of Salesforce's codes it was something in front of it that answered.
        None => Refusal::Failed(unsure(effect, words)),
    }
}

/// What became of one record of a collection that was not taken.
pub(crate) fn of_record(problems: Vec<Problem>, now: Timestamp) -> Refusal {
    let words = told(&problems);
    match problems
        .into_iter()
        .find(|problem| !problem.code.is_empty())
    {
        Some(problem) => judged(problem, words, now),
        None => Refusal::Failed(Failure::refused(AdviceCode::NoReason)),
    }
}

fn judged(problem: Problem, words: String, now: Timestamp) -> Refusal {
    Refusal::Failed(match problem.code.as_str() {
        "INVALID_FIELD" => return Refusal::UnknownField { words },
        "API_DISABLED_FOR_ORG" | "API_CURRENTLY_DISABLED" | "FUNCTIONALITY_NOT_ENABLED" => {
            help::explained(person(PersonNeeded::Permission, words))
        }
        "UNSUPPORTED_API_VERSION" => person(PersonNeeded::Configuration, words),
        "REQUEST_LIMIT_EXCEEDED" if words.contains("Concurrent") => busy(words),
        "REQUEST_LIMIT_EXCEEDED" => Failure::Throttled {
            until: now.checked_add(QUOTA_PAUSE).ok(),
            words: words.into(),
        },
        "UNABLE_TO_LOCK_ROW" => busy(words),
        "QUERY_TIMEOUT" | "INVALID_QUERY_LOCATOR" => retry(words),
        _ => {
            return Refusal::Rejected(Rejection {
                duplicates: problem.duplicates(),
                code: problem.code,
                words,
                fields: problem.fields.unwrap_or_default(),
            });
        }
    })
}

/// The request may or may not have been carried out.
fn unsure(effect: Effect, words: String) -> Failure {
    match effect {
        Effect::Read => retry(words),
        Effect::Write => Failure::unknown(words),
    }
}

fn retry(words: String) -> Failure {
    Failure::retry(words)
}

fn busy(words: String) -> Failure {
    Failure::Retry {
        after: Some(BUSY),
        words: words.into(),
    }
}

fn person(what: PersonNeeded, words: String) -> Failure {
    Failure::needs_person(what, words)
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
            "CANNOT_EXECUTE_FLOW_TRIGGER",
            "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
            "INACTIVE_OWNER_OR_USER",
            "ENTITY_IS_DELETED",
            "INSUFFICIENT_ACCESS_OR_READONLY",
            "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
            "FIELD_INTEGRITY_EXCEPTION",
            "REQUIRED_FIELD_MISSING",
            "STRING_TOO_LONG",
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            "INVALID_EMAIL_ADDRESS",
            "DUPLICATE_VALUE",
            "JSON_PARSER_ERROR",
            "CANNOT_UPDATE_CONVERTED_LEAD",
            "INVALID_FIELD_FOR_INSERT_UPDATE",
        ] {
            assert_eq!(
                Failure::from(refusal(400, code, "say why")),
                Failure::refused(format!("{code}: say why"))
            );
        }
    }

    #[test]
    fn what_a_duplicate_rule_found_is_read_in_both_spellings() {
        for name in ["duplicateResut", "duplicateResult"] {
            let body = serde_json::json!([{
                "errorCode": "DUPLICATES_DETECTED", "message": "Use one of these records?",
                name: {"allowSave": true, "matchResults": [{"matchRecords": [
                    {"record": {"attributes": {"type": "Contact"}, "Id": "003000000000001AAA"}},
                    {"record": null}
                ]}]}
            }]);
            let answer = answer(400, &body.to_string());
            let Refusal::Rejected(rejection) = read(&answer, Effect::Write, Timestamp::UNIX_EPOCH)
            else {
                panic!("{name}");
            };
            let matches = vec![("Contact".to_owned(), "003000000000001AAA".to_owned())];
            let allow_save = true;
            let expected = Duplicates {
                allow_save,
                matches,
            };
            assert_eq!(rejection.duplicates, Some(expected), "{name}");
        }
    }

    #[test]
    fn a_record_of_a_collection_names_its_fields() {
        let problems: Vec<Problem> = serde_json::from_value(serde_json::json!([{
            "statusCode": "FIELD_INTEGRITY_EXCEPTION", "message": "Name ID: wrong",
            "fields": ["WhoId"]
        }]))
        .unwrap();
        let Refusal::Rejected(rejection) = of_record(problems, Timestamp::UNIX_EPOCH) else {
            panic!("not rejected");
        };
        assert_eq!(rejection.code, "FIELD_INTEGRITY_EXCEPTION");
        assert_eq!(rejection.fields, ["WhoId"]);
        assert_eq!(
            of_record(Vec::new(), Timestamp::UNIX_EPOCH),
            Refusal::Failed(Failure::refused(AdviceCode::NoReason))
        );
    }

    #[test]
    fn an_address_that_is_too_long_is_not_tried_again() {
        for status in [413, 414, 431] {
            let read = read(
                &answer(status, "Too Long"),
                Effect::Read,
                Timestamp::UNIX_EPOCH,
            );
            assert!(
                matches!(read, Refusal::Failed(Failure::Refused { .. })),
                "{status}"
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
            let read = read(&answer(400, body), Effect::Read, Timestamp::UNIX_EPOCH);
            assert_eq!(Failure::from(read).words(), words, "{body}");
        }
    }
}
