//! The telephony scope, as far as a webhook gets.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Context, Reply, duplicate};
use crate::bitrix24::asked::Param;
use crate::bitrix24::errors::ApiError;
use crate::bitrix24::records::Kind;

/// What a webhook is told by a method that only answers an application.
pub(super) fn application_only() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "WRONG_AUTH_TYPE",
        "Current authorization type is denied for this method",
    )
}

/// `telephony.externalCall.searchCrmEntities`: who has this number, and who looks after them.
pub(super) fn search(context: &Context<'_>, params: &Param) -> Result<Reply, ApiError> {
    let number = params
        .named("phone_number")
        .and_then(Param::text)
        .filter(|number| !number.is_empty())
        .ok_or_else(|| ApiError::bad("ERROR_CORE", "PHONE_NUMBER is empty"))?;
    let normaliser = context.stand_in.switches().phone_normaliser;
    let wanted = duplicate::phone(&number, normaliser);
    let mut found = Vec::new();
    for kind in [Kind::Contact, Kind::Lead, Kind::Company] {
        for entity in context.portal.entities(kind, 0) {
            let has = entity
                .of_type("PHONE")
                .any(|one| duplicate::phone(&one.value, normaliser) == wanted);
            if !has || !context.may_read(entity) {
                continue;
            }
            let owner = entity.row.integer("ASSIGNED_BY_ID").unwrap_or(0);
            let user = u64::try_from(owner)
                .ok()
                .and_then(|id| context.portal.user(id));
            let of_user = |name: &str| {
                user.map(|user| user.text(name))
                    .filter(|text| !text.is_empty())
                    .map_or(Value::Null, Value::from)
            };
            found.push(json!({
                "CRM_ENTITY_TYPE": kind.name().to_ascii_uppercase(),
                "CRM_ENTITY_ID": entity.id,
                "ASSIGNED_BY_ID": owner,
                "NAME": entity.name(),
                "ASSIGNED_BY": {
                    "ID": owner.to_string(), "TIMEMAN_STATUS": "CLOSED",
                    "USER_PHONE_INNER": of_user("UF_PHONE_INNER"),
                    "WORK_PHONE": of_user("WORK_PHONE"),
                    "PERSONAL_MOBILE": of_user("PERSONAL_MOBILE")
                }
            }));
        }
    }
    Ok(Value::from(found).into())
}
