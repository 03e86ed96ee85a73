//! Methods about the webhook itself and about the portal.

use serde_json::{Map, Value, json};

use super::{Context, Reply, names, user};
use crate::bitrix24::errors::ApiError;
use crate::bitrix24::options::CrmMode;
use crate::bitrix24::records::{User, written};

/// `profile`: who the webhook acts as.
pub(super) fn profile(context: &Context<'_>) -> Result<Reply, ApiError> {
    let user = caller(context)?;
    Ok(json!({
        "ID": user.id.to_string(), "ADMIN": user.is_admin(),
        "NAME": user.text("NAME"), "LAST_NAME": user.text("LAST_NAME"),
        "PERSONAL_GENDER": "", "TIME_ZONE": user.text("TIME_ZONE")
    })
    .into())
}

/// `scope`: what was granted.
pub(super) fn scope(context: &Context<'_>) -> Reply {
    json!(context.caller.scopes).into()
}

/// `methods`.
pub(super) fn methods() -> Reply {
    names::all().collect::<Value>().into()
}

/// `server.time`.
pub(super) fn server_time(context: &Context<'_>) -> Reply {
    Value::from(written(context.now, &context.portal.zone)).into()
}

/// `user.current`.
pub(super) fn current(context: &Context<'_>) -> Result<Reply, ApiError> {
    let fields: Map<String, Value> = user::shown(context, caller(context)?);
    Ok(Value::Object(fields).into())
}

/// `crm.settings.mode.get`.
pub(super) fn mode(mode: CrmMode) -> Reply {
    match mode {
        CrmMode::Classic => json!(1),
        CrmMode::Simple => json!(2),
    }
    .into()
}

fn caller<'a>(context: &'a Context<'_>) -> Result<&'a User, ApiError> {
    context
        .portal
        .user(context.caller.user)
        .ok_or_else(ApiError::not_found)
}
