//! Who the application is: key and secret, in the body or as Basic authentication.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::OAuthError;
use super::form::Form;
use crate::salesforce::setup::ApplicationPolicy;
use crate::salesforce::stand_in::StandIn;

const UNKNOWN: OAuthError = OAuthError::new("invalid_client_id", "client identifier invalid");

/// Checks key and secret. Where both places have them, the body's count.
pub(super) fn authenticate(
    stand_in: &StandIn,
    headers: &HeaderMap,
    form: &Form,
) -> Result<(), OAuthError> {
    let application = &stand_in.options().application;
    let basic = basic(headers);
    let (basic_key, basic_secret) = basic.as_ref().map_or((None, None), |(key, secret)| {
        (Some(key.as_str()), Some(secret.as_str()))
    });
    let key = form.get("client_id").or(basic_key);
    let secret = form.get("client_secret").or(basic_secret);
    known(stand_in, key)?;
    let left_out = secret.is_none() && application.secret_optional;
    if left_out || secret == Some(application.consumer_secret.as_str()) {
        return Ok(());
    }
    Err(OAuthError::new(
        "invalid_client",
        "invalid client credentials",
    ))
}

/// Checks the key, and what the organisation says of its application.
pub(super) fn known(stand_in: &StandIn, key: Option<&str>) -> Result<(), OAuthError> {
    if key != Some(stand_in.options().application.consumer_key.as_str()) {
        return Err(UNKNOWN);
    }
    match stand_in.setup().application {
        ApplicationPolicy::Allowed
        | ApplicationPolicy::NotApproved
        | ApplicationPolicy::IpRestricted => Ok(()),
        ApplicationPolicy::TooNew => Err(UNKNOWN),
        ApplicationPolicy::NotInstalled => Err(OAuthError::new(
            "app_not_found",
            "External client app is not installed in this org",
        )),
        ApplicationPolicy::Blocked => Err(OAuthError::new(
            "OAUTH_APP_BLOCKED",
            "this app is blocked by admin",
        )),
    }
}

/// Whether the user may use the application, from where it is.
pub(super) fn approved(stand_in: &StandIn) -> Result<(), OAuthError> {
    let words = match stand_in.setup().application {
        ApplicationPolicy::NotApproved => "user hasn't approved this consumer",
        ApplicationPolicy::IpRestricted => "ip restricted",
        _ => return Ok(()),
    };
    Err(OAuthError::new("invalid_grant", words))
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
