//! What an answer that is no success means.
//!
//! A portal refuses with `{error, error_description}`. The code of most CRM methods is empty, so
//! the status decides first, then the code in any case, then the text. A command of a batch has
//! no status of its own.

use http::StatusCode;
use linecard_crm::{AdviceCode, Failure, PersonNeeded};
use linecard_http::{Answer, Effect};
use serde_json::Value;

use crate::php;

/// The longest text kept of a refusal, in characters.
const LONGEST_WORDS: usize = 500;

/// How long to wait when there were too many requests: four of them flow off meanwhile.
const BACKOFF: std::time::Duration = std::time::Duration::from_secs(2);

/// What to do about a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The portal has no such method: an older one has.
    NoSuchMethod {
        /// What the portal said.
        words: String,
    },
    /// The method has worked too long and is blocked for a while; nothing was done.
    Blocked {
        /// What the portal said.
        words: String,
    },
    /// There is no such record.
    NotFound {
        /// What the portal said.
        words: String,
    },
    /// The responsible user was not taken.
    Responsible {
        /// What the portal said.
        words: String,
    },
    /// The record that an activity is about is gone.
    Binding {
        /// What the portal said.
        words: String,
    },
    /// Anything else.
    Failed(Failure),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoSuchMethod { words }
            | Refusal::NotFound { words }
            | Refusal::Responsible { words }
            | Refusal::Binding { words } => Self::refused(words),
            Refusal::Blocked { words } => Self::Throttled {
                until: None,
                words: words.into(),
            },
            Refusal::Failed(failure) => failure,
        }
    }
}

/// Reads a whole answer that is no success. `secret` never becomes part of what is said.
pub(crate) fn read(answer: &Answer, effect: Effect, secret: &str) -> Refusal {
    let status = answer.status();
    let body: Value = serde_json::from_slice(answer.body()).unwrap_or(Value::Null);
    if status.is_redirection() {
        return Refusal::Failed(Failure::misconfigured(AdviceCode::PortalMoved));
    }
    if body.get("error").is_none() {
        let words = format!("Bitrix24 answered {status} without saying why");
        return match status.as_u16() {
            401 | 403 => person(PersonNeeded::SignIn, words),
            404 | 410 => person(PersonNeeded::Configuration, words),
            // Something in front of the portal answered.
            _ => Refusal::Failed(unsure(effect, words)),
        };
    }
    of(&body, Some(status), effect, secret)
}

/// Reads `{error, error_description}`, of an answer or of a command in a batch.
pub(crate) fn of(
    body: &Value,
    status: Option<StatusCode>,
    effect: Effect,
    secret: &str,
) -> Refusal {
    let part = |name: &str| body.get(name).and_then(php::text).unwrap_or_default();
    let (code, text) = (part("error"), part("error_description"));
    let words = words(code, text, secret);
    let is_forbidden = status == Some(StatusCode::FORBIDDEN);
    match code.to_ascii_lowercase().as_str() {
        "query_limit_exceeded" => Refusal::Failed(Failure::Retry {
            after: Some(BACKOFF),
            words: words.into(),
        }),
        "operation_time_limit" => Refusal::Blocked { words },
        "overload_limit" => person(PersonNeeded::Permission, words),
        "error_unexpected_answer" | "internal_server_error" => {
            Refusal::Failed(unsure(effect, words))
        }
        "error_method_not_found" => Refusal::NoSuchMethod { words },
        "no_auth_found"
        | "invalid_credentials"
        | "expired_token"
        | "invalid_token"
        | "authorization_error"
        | "application_not_found"
        | "error_oauth" => person(PersonNeeded::SignIn, words),
        "insufficient_scope" | "payment_required" | "user_access_error" | "wrong_auth_type" => {
            person(PersonNeeded::Permission, words)
        }
        // Of a single record the newer methods say it too.
        "access_denied" if is_forbidden || text.contains("commercial") => {
            person(PersonNeeded::Permission, words)
        }
        "portal_deleted" | "invalid_request" => person(PersonNeeded::Configuration, words),
        "not_found" => Refusal::NotFound { words },
        "" => by_text(text, status, effect, words),
        _ if status.is_some_and(|status| status.is_server_error()) => {
            Refusal::Failed(unsure(effect, words))
        }
        _ if status == Some(StatusCode::UNAUTHORIZED) => person(PersonNeeded::SignIn, words),
        _ if is_forbidden => person(PersonNeeded::Permission, words),
        _ => Refusal::Failed(Failure::refused(words)),
    }
}

fn by_text(text: &str, status: Option<StatusCode>, effect: Effect, words: String) -> Refusal {
    if status.is_some_and(|status| status.is_server_error()) {
        return Refusal::Failed(unsure(effect, words));
    }
    if text.contains("RESPONSIBLE_ID") {
        Refusal::Responsible { words }
    } else if text.contains("build binding") {
        Refusal::Binding { words }
    } else if text == "Not found" {
        Refusal::NotFound { words }
    } else {
        Refusal::Failed(Failure::refused(words))
    }
}

fn words(code: &str, text: &str, secret: &str) -> String {
    let told: Vec<&str> = [code, text]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect();
    let told = if told.is_empty() {
        "Bitrix24 did not say why".to_owned()
    } else {
        told.join(": ")
    };
    let told = if secret.is_empty() {
        told
    } else {
        told.replace(secret, "…")
    };
    told.chars().take(LONGEST_WORDS).collect()
}

/// The request may or may not have been carried out.
pub(crate) fn unsure(effect: Effect, words: String) -> Failure {
    match effect {
        Effect::Read => Failure::retry(words),
        Effect::Write => Failure::unknown(words),
    }
}

fn person(what: PersonNeeded, words: String) -> Refusal {
    let failure = Failure::needs_person(what, words);
    Refusal::Failed(match what {
        // Nobody signs in to Bitrix24: it is the webhook that it does not know.
        PersonNeeded::SignIn => failure.advising(AdviceCode::WebhookGone),
        _ => failure,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(status: u16, code: &str, text: &str) -> Refusal {
        let body = json!({"error": code, "error_description": text}).to_string();
        let answer = http::Response::builder()
            .status(status)
            .body(body.into_bytes())
            .unwrap();
        read(&answer, Effect::Write, "topsecret")
    }

    fn needs(refusal: &Refusal) -> Option<PersonNeeded> {
        match refusal {
            Refusal::Failed(Failure::NeedsPerson { what, .. }) => Some(*what),
            _ => None,
        }
    }

    #[test]
    fn what_a_person_has_to_look_at_is_told_apart_whatever_the_status() {
        use PersonNeeded::{Configuration, Permission, SignIn};
        for (status, code, what) in [
            (401, "NO_AUTH_FOUND", SignIn),
            (401, "INVALID_CREDENTIALS", SignIn),
            (403, "INVALID_CREDENTIALS", SignIn),
            (401, "expired_token", SignIn),
            (401, "invalid_token", SignIn),
            (401, "authorization_error", SignIn),
            (401, "APPLICATION_NOT_FOUND", SignIn),
            (401, "ERROR_OAUTH", SignIn),
            (401, "insufficient_scope", Permission),
            (403, "insufficient_scope", Permission),
            (401, "PAYMENT_REQUIRED", Permission),
            (403, "ACCESS_DENIED", Permission),
            (403, "WRONG_AUTH_TYPE", Permission),
            (403, "user_access_error", Permission),
            (503, "OVERLOAD_LIMIT", Permission),
            (410, "PORTAL_DELETED", Configuration),
            (500, "PORTAL_DELETED", Configuration),
            (400, "INVALID_REQUEST", Configuration),
        ] {
            assert_eq!(
                needs(&refused(status, code, "say why")),
                Some(what),
                "{status} {code}"
            );
        }
    }

    #[test]
    fn what_only_concerns_one_record_refuses_that_record_in_the_portals_words() {
        for (code, text) in [
            ("", "Access denied."),
            ("", "ID is not defined or invalid."),
            ("", "Communication type is not defined."),
            ("", "The field SUBJECT is not defined or empty"),
            (
                "",
                "The only one communication is allowed for activity of specified type",
            ),
            ("ERROR_CORE", "Unknown TYPE"),
            ("INVALID_ARG_VALUE", "say why"),
            ("INVALID_ARGUMENT", "say why"),
            ("ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded"),
            ("ACCESS_DENIED", "Access denied"),
        ] {
            let Refusal::Failed(Failure::Refused { words }) = refused(400, code, text) else {
                panic!("{code} {text}");
            };
            assert!(words.ends_with(text), "{words}");
        }
    }

    #[test]
    fn what_can_be_mended_is_told_apart() {
        let text = "The field RESPONSIBLE_ID is not defined or empty";
        assert!(matches!(
            refused(400, "", text),
            Refusal::Responsible { .. }
        ));
        let text = "Could not build binding. Please ensure that owner info and communications are \
                    defined correctly";
        assert!(matches!(refused(400, "", text), Refusal::Binding { .. }));
        assert!(matches!(
            refused(400, "", "Not found"),
            Refusal::NotFound { .. }
        ));
        assert!(matches!(
            refused(400, "NOT_FOUND", ""),
            Refusal::NotFound { .. }
        ));
        for status in [400, 404] {
            let refusal = refused(status, "ERROR_METHOD_NOT_FOUND", "Method not found!");
            assert!(matches!(refusal, Refusal::NoSuchMethod { .. }), "{status}");
        }
    }

    #[test]
    fn too_many_requests_and_too_long_work_have_done_nothing() {
        assert!(matches!(
            refused(503, "QUERY_LIMIT_EXCEEDED", "Too many requests"),
            Refusal::Failed(Failure::Retry { after: Some(_), .. })
        ));
        assert!(matches!(
            refused(429, "OPERATION_TIME_LIMIT", "Method is blocked"),
            Refusal::Blocked { .. }
        ));
    }

    #[test]
    fn a_write_that_broke_at_the_server_is_unknown_and_a_read_may_be_repeated() {
        for body in [
            "<html>Something went wrong</html>",
            "",
            "[]",
            r#"{"error":"ERROR_UNEXPECTED_ANSWER"}"#,
            r#"{"error":"","error_description":""}"#,
        ] {
            let answer = http::Response::builder()
                .status(500)
                .body(body.as_bytes().to_vec())
                .unwrap();
            assert!(
                matches!(
                    read(&answer, Effect::Write, ""),
                    Refusal::Failed(Failure::Unknown { .. })
                ),
                "{body}"
            );
            assert!(
                matches!(
                    read(&answer, Effect::Read, ""),
                    Refusal::Failed(Failure::Retry { .. })
                ),
                "{body}"
            );
        }
    }

    #[test]
    fn a_portal_that_moved_is_not_followed() {
        let answer = http::Response::builder()
            .status(302)
            .header("location", "https://evil.example/rest/1/topsecret/")
            .body(Vec::new())
            .unwrap();
        let refusal = read(&answer, Effect::Read, "topsecret");
        assert_eq!(needs(&refusal), Some(PersonNeeded::Configuration));
    }

    #[test]
    fn a18_the_secret_is_never_part_of_what_is_said() {
        let refusal = refused(400, "ERROR_CORE", "no route /rest/1/topsecret/x");
        let failure = Failure::from(refusal);
        assert!(!failure.words().contains("topsecret"), "{failure}");
    }

    #[test]
    fn the_same_codes_count_inside_a_batch() {
        let body = json!({"error": "insufficient_scope", "error_description": "higher privileges"});
        let refusal = of(&body, None, Effect::Read, "");
        assert_eq!(needs(&refusal), Some(PersonNeeded::Permission));
        let odd = of(&json!("what"), None, Effect::Read, "");
        assert!(matches!(odd, Refusal::Failed(Failure::Refused { .. })));
    }
}
