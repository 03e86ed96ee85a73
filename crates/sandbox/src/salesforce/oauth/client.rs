//! Who the application is: key and secret, in the body or as Basic authentication.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::OAuthError;
use super::form::Form;
use crate::salesforce::options::Application;

const UNKNOWN: OAuthError = OAuthError::new("invalid_client_id", "client identifier invalid");

/// Checks key and secret. Where both places have them, the body's count.
pub(super) fn authenticate(
    application: &Application,
    headers: &HeaderMap,
    form: &Form,
) -> Result<(), OAuthError> {
    let basic = basic(headers);
    let (basic_key, basic_secret) = basic.as_ref().map_or((None, None), |(key, secret)| {
        (Some(key.as_str()), Some(secret.as_str()))
    });
    let key = form.get("client_id").or(basic_key);
    let secret = form.get("client_secret").or(basic_secret);
    known(application, key)?;
    if secret == Some(application.consumer_secret.as_str()) {
        return Ok(());
    }
    Err(OAuthError::new(
        "invalid_client",
        "invalid client credentials",
    ))
}

/// Checks the key.
pub(super) fn known(application: &Application, key: Option<&str>) -> Result<(), OAuthError> {
    if key == Some(application.consumer_key.as_str()) {
        Ok(())
    } else {
        Err(UNKNOWN)
    }
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let decoded = STANDARD.decode(value.strip_prefix("Basic ")?).ok()?;
    let decoded = String::from_utf8(decoded).ok()?;
    let (key, secret) = decoded.split_once(':')?;
    let plain = |text: &str| {
        let fields = Form::read(format!("v={text}").as_bytes());
        fields.get("v").unwrap_or_default().to_owned()
    };
    Some((plain(key), plain(secret)))
}
