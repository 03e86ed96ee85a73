//! The methods of the interface, by name.

mod account;
mod activity;
mod binding;
mod classic;
mod duplicate;
mod item;
mod names;
mod query;
mod telephony;
mod user;
mod write;

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;

use super::asked::Param;
use super::errors::ApiError;
use super::faults::{FaultKind, missing_scope};
use super::listing::Page;
use super::options::{CrmMode, Presence, Rights, Webhook};
use super::records::{Entity, Kind, Portal};
use super::stand_in::StandIn;
use crate::Target;

pub(crate) use write::{Author, NewRecord, change as change_record, put as put_record};

/// What a method sees.
pub(crate) struct Context<'a> {
    pub(crate) stand_in: &'a StandIn,
    pub(crate) portal: &'a mut Portal,
    pub(crate) caller: &'a Webhook,
    pub(crate) now: Timestamp,
}

/// What a method gives.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) result: Value,
    pub(crate) total: Option<usize>,
    pub(crate) next: Option<usize>,
}

impl From<Value> for Reply {
    fn from(result: Value) -> Self {
        Self {
            result,
            total: None,
            next: None,
        }
    }
}

impl Reply {
    /// One page, its rows shown by `show`.
    fn page<T>(page: Page<T>, show: impl FnMut(T) -> Value) -> Self {
        Self {
            result: page.rows.into_iter().map(show).collect(),
            total: page.total,
            next: page.next,
        }
    }
}

impl Context<'_> {
    fn has_scope(&self, scope: &str) -> bool {
        self.caller.scopes.iter().any(|one| one == scope)
    }

    /// Whether the webhook's user may read this record.
    fn may_read(&self, entity: &Entity) -> bool {
        match self.stand_in.switches().owner_rights {
            Rights::All => true,
            Rights::Own => {
                entity.row.integer("ASSIGNED_BY_ID") == i64::try_from(self.caller.user).ok()
            }
        }
    }

    /// Whether a fault of this kind has its turn with this write.
    fn fails(&self, kind: FaultKind) -> bool {
        let taken = self.stand_in.faults().take(kind, Target::Writes);
        taken.is_some()
    }
}

/// Whether a request to this method changes something.
pub(crate) fn is_write(method: &str) -> bool {
    [".add", ".update", ".delete", ".register", ".finish"]
        .iter()
        .any(|verb| method.ends_with(verb))
}

/// Carries out one method. Its name is in small letters.
pub(crate) fn call(
    context: &mut Context<'_>,
    method: &str,
    params: &Param,
) -> Result<Reply, ApiError> {
    let switches = context.stand_in.switches();
    let missing = || {
        let status = StatusCode::from_u16(switches.missing_method_status);
        ApiError::no_such_method(status.unwrap_or(StatusCode::NOT_FOUND))
    };
    let scope = names::scope(method).ok_or_else(missing)?;
    if !names::is_granted(scope, &context.caller.scopes) {
        return Err(missing_scope(context.stand_in));
    }
    match method {
        "profile" => return account::profile(context),
        "scope" => return Ok(account::scope(context)),
        "methods" => return Ok(account::methods()),
        "server.time" => return Ok(account::server_time(context)),
        "user.current" => return account::current(context),
        "user.get" => return Ok(user::get(context, params)),
        "crm.settings.mode.get" => return Ok(account::mode(switches.crm_mode)),
        "crm.duplicate.findbycomm" => return duplicate::find(context, params),
        "telephony.externalcall.searchcrmentities" => return telephony::search(context, params),
        "telephony.externalcall.register" | "telephony.externalcall.finish" => {
            return Err(telephony::application_only());
        }
        _ => {}
    }
    let mut parts = method.splitn(3, '.').skip(1);
    match (parts.next(), parts.next()) {
        (Some("item"), _) if switches.crm_item_methods == Presence::Off => Err(missing()),
        (Some("item"), Some(verb)) => item::call(context, verb, params),
        (Some("activity"), Some(verb)) => activity::call(context, verb, params),
        (Some(kind), Some(verb)) => {
            let kind = Kind::named(kind).ok_or_else(missing)?;
            if kind == Kind::Lead && switches.crm_mode == CrmMode::Simple && verb == "add" {
                return Err(ApiError::access_denied());
            }
            classic::call(context, kind, verb, params)
        }
        _ => Err(missing()),
    }
}
