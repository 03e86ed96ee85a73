//! Signatures as Standard Webhooks wants them: HMAC-SHA256 over id, time and body, in base64
//! (the specification's "Signature scheme").

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use linecard_clock::Entropy;
use linecard_store::WebhookSecrets;
use sha2::Sha256;

/// What a secret begins with.
const PREFIX: &str = "whsec_";
/// How many bytes a secret has; the specification wants 24 to 64.
const BYTES: usize = 32;

/// A new secret.
pub(super) fn new_secret(entropy: &dyn Entropy) -> String {
    let mut bytes = [0; BYTES];
    entropy.fill(&mut bytes);
    format!("{PREFIX}{}", STANDARD.encode(bytes))
}

/// The header `webhook-signature`: one signature, or two while an older secret still counts. `None`:
/// the secret is none.
pub(super) fn signatures(
    secrets: &WebhookSecrets,
    id: &str,
    at: Timestamp,
    body: &str,
) -> Option<String> {
    let newest = signature(&secrets.secret, id, at, body)?;
    let before = secrets.before.as_ref().filter(|(_, until)| at < *until);
    let before = before.and_then(|(secret, _)| signature(secret, id, at, body));
    Some(match before {
        Some(before) => format!("{newest} {before}"),
        None => newest,
    })
}

fn signature(secret: &str, id: &str, at: Timestamp, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{}.{body}", at.as_second()).as_bytes());
    Some(format!(
        "v1,{}",
        STANDARD.encode(mac.finalize().into_bytes())
    ))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn secrets(before: Option<(String, Timestamp)>) -> WebhookSecrets {
        WebhookSecrets {
            url: String::new(),
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
            before,
        }
    }

    #[test]
    fn x13_a_message_is_signed_as_the_specifications_own_example() {
        let at = Timestamp::from_second(1_614_265_330).unwrap();
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let signed = signatures(&secrets(None), id, at, r#"{"test": 2432232314}"#);
        let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(signed.as_deref(), Some(expected));
    }

    #[test]
    fn x13_an_older_secret_signs_beside_the_new_one_until_its_time_is_over() {
        let until = Timestamp::from_second(1_000).unwrap();
        let both = secrets(Some((new_secret(&linecard_clock::SystemEntropy), until)));
        let before = until - SignedDuration::from_secs(1);
        let count = |at| {
            let signed = signatures(&both, "msg_1", at, "{}").unwrap();
            signed.split(' ').count()
        };
        assert_eq!((count(before), count(until)), (2, 1));
    }

    #[test]
    fn x13_a_new_secret_has_as_many_bytes_as_the_specification_wants() {
        let secret = new_secret(&linecard_clock::SystemEntropy);
        let bytes = STANDARD.decode(secret.strip_prefix(PREFIX).unwrap());
        assert_eq!(bytes.unwrap().len(), BYTES);
    }
}
