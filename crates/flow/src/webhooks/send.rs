//! One attempt at sending a message.

use std::time::Duration;

use jiff::SignedDuration;
use linecard_clock::Clock;
use linecard_http::{Answer, HttpClient, Request};
use linecard_store::{Delivery, Sent, WebhookSecrets};

use super::sign;
use super::verdict::Outcome;

/// How much of an answer that is no success is kept, in characters.
const WORDS: usize = 300;

/// Sends a message and tells what became of it.
pub(super) async fn send(
    http: &HttpClient,
    clock: &dyn Clock,
    secrets: &WebhookSecrets,
    delivery: &Delivery,
) -> (Sent, Outcome) {
    let at = clock.now();
    let sent = |status, words, took| Sent {
        at,
        status,
        words,
        took,
    };
    let request = match request(secrets, delivery, at) {
        Ok(request) => request,
        Err(words) => {
            let failed = sent(None, Some(words), Duration::ZERO);
            return (failed, Outcome::NotTaken { after: None });
        }
    };
    let answered = http.send(request).await;
    let took = Duration::try_from(clock.now().duration_since(at)).unwrap_or(Duration::ZERO);
    match answered {
        Ok(answer) => {
            let (words, outcome) = judge(&answer);
            (sent(Some(answer.status().as_u16()), words, took), outcome)
        }
        // It names the host only: the rest of the address may be a secret.
        Err(error) => (
            sent(None, Some(error.to_string()), took),
            Outcome::NotTaken { after: None },
        ),
    }
}

fn request(
    secrets: &WebhookSecrets,
    delivery: &Delivery,
    at: jiff::Timestamp,
) -> Result<Request, String> {
    let id = format!("msg_{}", delivery.id);
    let signatures = sign::signatures(secrets, &id, at, &delivery.body)
        .ok_or("the secret of this endpoint cannot be used; make a new one")?;
    http::Request::post(&secrets.url)
        .header("content-type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", at.as_second())
        .header("webhook-signature", signatures)
        .body(delivery.body.clone().into_bytes())
        .map_err(|_| "the address of this endpoint cannot be used".to_owned())
}

fn judge(answer: &Answer) -> (Option<String>, Outcome) {
    let status = answer.status();
    if status.is_success() {
        return (None, Outcome::Taken);
    }
    if status.is_redirection() {
        let words = "it answered with a redirect, which is not followed".to_owned();
        return (Some(words), Outcome::NotTaken { after: None });
    }
    let words: String = String::from_utf8_lossy(answer.body())
        .chars()
        .filter(|it| !it.is_control())
        .take(WORDS)
        .collect();
    let words = (!words.trim().is_empty()).then_some(words);
    if status.as_u16() == 410 {
        return (words, Outcome::Gone);
    }
    let after = answer.headers().get("retry-after");
    let after = after
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .map(SignedDuration::from_secs);
    (words, Outcome::NotTaken { after })
}
