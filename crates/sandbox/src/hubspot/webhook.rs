//! The signature under a webhook (version 3): what the vendor sends in `X-HubSpot-Signature-v3`.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Signs method, whole address, body and time (milliseconds since 1970) with the app's secret;
/// nothing for a secret that cannot be a key.
#[must_use]
pub fn signature_v3(
    client_secret: &str,
    method: &str,
    uri: &str,
    body: &str,
    timestamp: &str,
) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(client_secret.as_bytes()).ok()?;
    mac.update(format!("{method}{uri}{body}{timestamp}").as_bytes());
    Some(BASE64_STANDARD.encode(mac.finalize().into_bytes()))
}
