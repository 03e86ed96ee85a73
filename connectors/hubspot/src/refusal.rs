//! What an answer that is no success means.
//!
//! HubSpot refuses with one envelope, parts of which may be missing; a 404 can be a page of HTML
//! instead. So the status decides first, then the category ("Error handling", and the usage
//! guidelines for 429).

use std::time::Duration;

use http::header;
use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Failure, PersonNeeded};
use linecard_http::{Answer, Effect};

use crate::envelope::Envelope;

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

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotAuthenticated { words } => person(PersonNeeded::SignIn, words),
            Refusal::DailyQuota { words } => Self::Throttled {
                until: None,
                words: words.into(),
            },
            Refusal::Properties { words, .. }
            | Refusal::NotThere { words }
            | Refusal::Exists { words, .. }
            | Refusal::Unexplained { words } => Self::refused(words),
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
            words: words.into(),
        }),
        429 => too_many(envelope.policy.as_deref(), after, words, now),
        477 => Refusal::Failed(Failure::Retry {
            after: Some(after.unwrap_or(MOVING)),
            words: words.into(),
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
        words: words.into(),
    })
}

fn retry_after(answer: &Answer) -> Option<Duration> {
    let seconds = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    Some(Duration::from_secs(seconds.trim().parse().ok()?))
}

/// The request may or may not have been carried out.
fn unsure(effect: Effect, words: String) -> Failure {
    match effect {
        Effect::Read => Failure::retry(words),
        Effect::Write => Failure::unknown(words),
    }
}

pub(crate) fn person(what: PersonNeeded, words: String) -> Failure {
    Failure::needs_person(what, words)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

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
            let Refusal::Failed(Failure::NeedsPerson { what, words, .. }) = of(403, &body) else {
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
                words: "m".into(),
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
