//! Who a token belongs to: the identity URL, whose errors are plain text, and userinfo.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::bearer;
use super::form::Form;
use crate::salesforce::errors::json_answer;
use crate::salesforce::organisation::Organisation;
use crate::salesforce::record_id::RecordId;
use crate::salesforce::records::Record;
use crate::salesforce::stand_in::StandIn;

/// `GET /id/{organisation}/{user}`, the token as a header or as `oauth_token`.
pub(super) async fn identity(
    State(stand_in): State<StandIn>,
    Path((organisation_id, user_id)): Path<(String, String)>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = Form::read(query.unwrap_or_default().as_bytes());
    let Some(token) = bearer(&headers).or(query.get("oauth_token")) else {
        return (StatusCode::FORBIDDEN, "Missing_OAuth_Token").into_response();
    };
    let organisation = stand_in.organisation();
    let Some(holder) = holder(&stand_in, &organisation, token) else {
        return (StatusCode::FORBIDDEN, "Bad_OAuth_Token").into_response();
    };
    if RecordId::parse(&organisation_id) != Some(organisation.id()) {
        return (StatusCode::FORBIDDEN, "Wrong_Org").into_response();
    }
    if RecordId::parse(&user_id).as_ref() != Some(&holder.id) {
        return (StatusCode::NOT_FOUND, "Bad_Id").into_response();
    }
    json_answer(
        StatusCode::OK,
        &described(stand_in.base_url(), &organisation.id(), holder),
    )
}

fn described(base: &str, organisation: &RecordId, user: &Record) -> Value {
    let data = format!("{base}/services/data/v{{version}}/");
    json!({
        "id": format!("{base}/id/{organisation}/{}", user.id),
        "asserted_user": true,
        "user_id": user.id.as_str(),
        "organization_id": organisation.as_str(),
        "username": user.text("Username"),
        "nick_name": user.text("Alias"),
        "display_name": user.text("Name"),
        "email": user.text("Email"),
        "email_verified": true,
        "first_name": user.get("FirstName"),
        "last_name": user.text("LastName"),
        "timezone": user.text("TimeZoneSidKey"),
        "active": user.is_true("IsActive"),
        "user_type": user.text("UserType").to_ascii_uppercase(),
        "language": user.text("LanguageLocaleKey"),
        "locale": user.text("LocaleSidKey"),
        "last_modified_date": user.text("LastModifiedDate"),
        "urls": {
            "rest": data,
            "sobjects": format!("{data}sobjects/"),
            "search": format!("{data}search/"),
            "query": format!("{data}query/"),
            "custom_domain": base,
        },
    })
}

/// `/services/oauth2/userinfo`.
pub(super) async fn userinfo(State(stand_in): State<StandIn>, headers: HeaderMap) -> Response {
    let organisation = stand_in.organisation();
    let holder = bearer(&headers).and_then(|token| holder(&stand_in, &organisation, token));
    let Some(user) = holder else {
        return (StatusCode::FORBIDDEN, "Bad_OAuth_Token").into_response();
    };
    let (base, organisation) = (stand_in.base_url(), organisation.id());
    let answer = json!({
        "sub": format!("{base}/id/{organisation}/{}", user.id),
        "user_id": user.id.as_str(),
        "organization_id": organisation.as_str(),
        "preferred_username": user.text("Username"),
        "nickname": user.text("Alias"),
        "name": user.text("Name"),
        "email": user.text("Email"),
        "email_verified": true,
        "given_name": user.get("FirstName"),
        "family_name": user.text("LastName"),
        "zoneinfo": user.text("TimeZoneSidKey"),
        "active": user.is_true("IsActive"),
        "language": user.text("LanguageLocaleKey"),
        "locale": user.text("LocaleSidKey"),
    });
    json_answer(StatusCode::OK, &answer)
}

fn holder<'a>(
    stand_in: &StandIn,
    organisation: &'a Organisation,
    token: &str,
) -> Option<&'a Record> {
    let session = stand_in.options().session;
    let (grant, _) = organisation
        .grants
        .of_access_token(token, stand_in.now(), session)?;
    organisation.records.get(&grant.user)
}
