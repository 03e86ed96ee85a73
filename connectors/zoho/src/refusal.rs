//! What an answer that is no success means.
//!
//! Zoho refuses with `{"code", "details", "message", "status": "error"}`; the same object stands
//! inside `data[i]` for each record that was turned down. What has no code comes from something
//! in front of Zoho. Codes: API guide, "Status codes and errors", and the pages of each call.

use http::{StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Failure, PersonNeeded};
use linecard_http::{Answer, Effect};
use serde::Deserialize;
use serde_json::Value;

/// How long to leave an organisation alone whose credits of the last 24 hours are used up. The
/// window rolls, so some are free again soon; Zoho does not say when.
const QUOTA_PAUSE: SignedDuration = SignedDuration::from_mins(15);

/// How long to wait when too many requests were under way at once and Zoho names no time.
const CROWD_PAUSE: SignedDuration = SignedDuration::from_secs(2);

/// The longest text kept of a refusal, in characters.
const LONGEST_WORDS: usize = 500;

/// What to do about a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The access token is not good any more. The request was not carried out.
    Expired {
        /// What Zoho said.
        words: String,
    },
    /// The consent does not cover this request.
    Scope {
        /// What Zoho said.
        words: String,
    },
    /// The user who gave consent may not see this module, or it is switched off.
    Forbidden {
        /// What Zoho said.
        words: String,
    },
    /// The credits of the day are used up.
    Spent {
        /// When to ask again.
        until: Timestamp,
        /// What Zoho said.
        words: String,
    },
    /// Anything else.
    Failed(Failure),
}

/// One refusal in Zoho's words.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Problem {
    pub(crate) code: String,
    pub(crate) message: String,
    /// An object, sometimes an empty string or null.
    pub(crate) details: Value,
}

impl Problem {
    /// A text of the details.
    pub(crate) fn detail(&self, name: &str) -> Option<&str> {
        self.details.get(name)?.as_str()
    }

    /// The field that the refusal is about.
    pub(crate) fn field(&self) -> Option<&str> {
        let at = || {
            let path = self.detail("json_path")?;
            path.rsplit('.')
                .find(|part| !matches!(*part, "id" | "name" | "$") && !part.starts_with("data["))
        };
        self.detail("api_name")
            .filter(|name| *name != "id")
            .or_else(at)
            .or_else(|| self.detail("api_name"))
    }

    /// The refusal in Zoho's words, with the field that it is about.
    pub(crate) fn words(&self) -> String {
        let mut words = self.code.clone();
        if !self.message.is_empty() {
            words = format!("{words}: {}", self.message);
        }
        let about = self
            .field()
            .or_else(|| self.detail("param"))
            .or_else(|| self.detail("param_name"));
        if let Some(about) = about {
            words = format!("{words} ({about})");
        }
        words.chars().take(LONGEST_WORDS).collect()
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            // A refreshed token is turned down too, or covers too little: sign in again.
            Refusal::Expired { words } | Refusal::Scope { words } => {
                Self::needs_person(PersonNeeded::SignIn, words)
            }
            Refusal::Forbidden { words } => person(PersonNeeded::Permission, words),
            Refusal::Spent { until, words } => Self::Throttled {
                until: Some(until),
                words: words.into(),
            },
            Refusal::Failed(failure) => failure,
        }
    }
}

/// Reads an answer that is no success.
pub(crate) fn read(answer: &Answer, effect: Effect, now: Timestamp) -> Refusal {
    let status = answer.status();
    let problem: Problem = serde_json::from_slice(answer.body()).unwrap_or_default();
    let words = if problem.code.is_empty() {
        format!("Zoho answered {status} without saying why")
    } else {
        problem.words()
    };
    match problem.code.as_str() {
        "INVALID_TOKEN" => return Refusal::Expired { words },
        "OAUTH_SCOPE_MISMATCH" | "AUTHENTICATION_FAILURE" => return Refusal::Scope { words },
        "NO_PERMISSION" => return Refusal::Forbidden { words },
        // COQL has a limit of its own under the same name, and names the part of the query.
        "LIMIT_EXCEEDED" if problem.detail("clause").is_none() => {
            let until = later(now, QUOTA_PAUSE);
            return Refusal::Spent { until, words };
        }
        _ => {}
    }
    Refusal::Failed(match (status, problem.code.as_str()) {
        (_, "TOO_MANY_REQUESTS") | (StatusCode::TOO_MANY_REQUESTS, _) => Failure::Throttled {
            until: Some(later(now, retry_after(answer).unwrap_or(CROWD_PAUSE))),
            words: words.into(),
        },
        (_, "INTERNAL_ERROR") => unsure(effect, words),
        (status, _) if status.is_server_error() => unsure(effect, words),
        (_, "FEATURE_NOT_SUPPORTED" | "LICENSE_LIMIT_EXCEEDED") => {
            person(PersonNeeded::Permission, words)
        }
        (_, "INVALID_HOST" | "INVALID_MODULE" | "INVALID_URL_PATTERN") => {
            person(PersonNeeded::Configuration, words)
        }
        (_, "INVALID_REQUEST_METHOD") => person(PersonNeeded::Configuration, words),
        (StatusCode::UNAUTHORIZED, "") => return Refusal::Expired { words },
        (status, _) if status.is_redirection() => person(PersonNeeded::Configuration, words),
        // Without one of Zoho's codes it was something in front of it that answered.
        (_, "") => unsure(effect, words),
        _ => Failure::refused(words),
    })
}

fn retry_after(answer: &Answer) -> Option<SignedDuration> {
    let seconds = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    // A day at most, whatever was sent.
    seconds
        .trim()
        .parse()
        .ok()
        .map(|seconds: u32| SignedDuration::from_secs(i64::from(seconds.min(86_400))))
}

fn later(now: Timestamp, pause: SignedDuration) -> Timestamp {
    now.saturating_add(pause).unwrap_or(Timestamp::MAX)
}

/// The request may or may not have been carried out.
fn unsure(effect: Effect, words: String) -> Failure {
    match effect {
        Effect::Read => Failure::retry(words),
        Effect::Write => Failure::unknown(words),
    }
}

fn person(what: PersonNeeded, words: String) -> Failure {
    Failure::needs_person(what, words)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn answer(status: u16, body: &str) -> Answer {
        http::Response::builder()
            .status(status)
            .body(body.as_bytes().to_vec())
            .unwrap()
    }

    fn refusal(status: u16, code: &str, effect: Effect) -> Refusal {
        let body = json!({"code": code, "details": {}, "message": "words", "status": "error"});
        read(&answer(status, &body.to_string()), effect, NOW)
    }

    fn failure(status: u16, code: &str) -> Failure {
        refusal(status, code, Effect::Write).into()
    }

    #[test]
    fn every_code_says_who_has_to_act() {
        let person = |what| move |failure: &Failure| matches!(failure, Failure::NeedsPerson { what: told, .. } if *told == what);
        let sign_in = person(PersonNeeded::SignIn);
        let permission = person(PersonNeeded::Permission);
        let configuration = person(PersonNeeded::Configuration);
        for (status, code) in [
            (401, "INVALID_TOKEN"),
            (401, "OAUTH_SCOPE_MISMATCH"),
            (401, "AUTHENTICATION_FAILURE"),
        ] {
            assert!(sign_in(&failure(status, code)), "{code}");
        }
        for (status, code) in [
            (403, "NO_PERMISSION"),
            (403, "FEATURE_NOT_SUPPORTED"),
            (400, "LICENSE_LIMIT_EXCEEDED"),
        ] {
            assert!(permission(&failure(status, code)), "{code}");
        }
        for (status, code) in [
            (400, "INVALID_HOST"),
            (400, "INVALID_MODULE"),
            (404, "INVALID_URL_PATTERN"),
            (400, "INVALID_REQUEST_METHOD"),
            (302, ""),
        ] {
            assert!(configuration(&failure(status, code)), "{code}");
        }
        for code in [
            "INVALID_DATA",
            "MANDATORY_NOT_FOUND",
            "PATTERN_NOT_MATCHED",
            "REQUIRED_PARAM_MISSING",
        ] {
            assert_eq!(
                failure(400, code),
                Failure::refused(format!("{code}: words"))
            );
        }
    }

    #[test]
    fn an_expired_token_and_a_missing_scope_are_told_apart() {
        assert!(matches!(
            refusal(401, "INVALID_TOKEN", Effect::Write),
            Refusal::Expired { .. }
        ));
        assert!(matches!(
            refusal(401, "OAUTH_SCOPE_MISMATCH", Effect::Write),
            Refusal::Scope { .. }
        ));
    }

    #[test]
    fn used_up_credits_pause_for_long_and_a_crowd_for_a_moment() {
        let Refusal::Spent { until, .. } = refusal(400, "LIMIT_EXCEEDED", Effect::Read) else {
            panic!("not spent");
        };
        assert_eq!(until, later(NOW, QUOTA_PAUSE));
        let Failure::Throttled { until, .. } = failure(429, "TOO_MANY_REQUESTS") else {
            panic!("not throttled");
        };
        assert_eq!(until, Some(later(NOW, CROWD_PAUSE)));
        let mut told = answer(429, "");
        told.headers_mut()
            .insert(header::RETRY_AFTER, "30".parse().unwrap());
        let Refusal::Failed(Failure::Throttled { until, .. }) = read(&told, Effect::Write, NOW)
        else {
            panic!("not throttled");
        };
        assert_eq!(until, Timestamp::from_second(30).ok());
    }

    #[test]
    fn a_query_that_asks_for_too_much_is_no_spent_quota() {
        let body = json!({"code": "LIMIT_EXCEEDED", "details": {"clause": "limit"},
            "message": "too many", "status": "error"});
        let read = read(&answer(400, &body.to_string()), Effect::Read, NOW);
        assert!(matches!(read, Refusal::Failed(Failure::Refused { .. })));
    }

    #[test]
    fn a_broken_server_leaves_a_write_unknown_and_lets_a_read_be_repeated() {
        for (status, body) in [
            (503, "<html>Down for maintenance</html>"),
            (
                500,
                r#"{"code":"INTERNAL_ERROR","message":"","status":"error"}"#,
            ),
            (404, "<html>no such page</html>"),
        ] {
            let answer = answer(status, body);
            assert!(matches!(
                Failure::from(read(&answer, Effect::Write, NOW)),
                Failure::Unknown { .. }
            ));
            assert!(matches!(
                Failure::from(read(&answer, Effect::Read, NOW)),
                Failure::Retry { .. }
            ));
        }
    }

    #[test]
    fn a_refusal_names_the_field() {
        for (details, field) in [
            (json!({"api_name": "Last_Name"}), Some("Last_Name")),
            (
                json!({"api_name": "id", "json_path": "$.data[0].Who_Id.id"}),
                Some("Who_Id"),
            ),
            (json!({"json_path": "$.data[0].Owner"}), Some("Owner")),
            (
                json!({"api_name": "id", "json_path": "$.data[0].id"}),
                Some("id"),
            ),
            (json!(""), None),
            (Value::Null, None),
        ] {
            let problem = Problem {
                code: "INVALID_DATA".to_owned(),
                message: "invalid data".to_owned(),
                details,
            };
            assert_eq!(problem.field(), field, "{problem:?}");
        }
    }

    #[test]
    fn odd_bodies_are_read_without_complaint() {
        for body in ["", "[]", "null", "42", r#"{"code":7}"#, "\u{fffd}"] {
            let read = read(&answer(400, body), Effect::Read, NOW);
            assert!(
                matches!(read, Refusal::Failed(Failure::Retry { .. })),
                "{body}: {read:?}"
            );
        }
    }
}
