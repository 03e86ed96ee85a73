//! Who calls the API: checks the token, the limits and the scopes, and tells the limits.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Target;
use crate::hubspot::errors::ApiError;
use crate::hubspot::faults::FaultKind;
use crate::hubspot::grants::Standing;
use crate::hubspot::portal::Kind;
use crate::hubspot::stand_in::StandIn;

/// Lets a request through to its handler.
pub(super) async fn admit(
    State(stand_in): State<StandIn>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let is_search = path.ends_with("/search");
    let switches = stand_in.switches();
    if let Err(error) = authenticated(&stand_in, request.headers()) {
        return error.into_response();
    }
    let admitted = stand_in
        .limits()
        .admit(is_search, stand_in.now(), &switches);
    if let Err(error) = admitted {
        return error.into_response();
    }
    if let Err(error) = permitted(&stand_in, request.method(), path, request.headers()) {
        return error.into_response();
    }
    let mut response = next.run(request).await;
    if response.status() != StatusCode::FORBIDDEN {
        stand_in
            .limits()
            .tell(response.headers_mut(), is_search, &switches);
    }
    response
}

fn token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}

fn authenticated(stand_in: &StandIn, headers: &HeaderMap) -> Result<(), ApiError> {
    let token = token(headers).ok_or_else(ApiError::not_authenticated)?;
    let grants = stand_in.grants();
    if token == stand_in.options().service_key && !grants.key_revoked {
        return Ok(());
    }
    match grants.standing(token, stand_in.now()) {
        Standing::Good => Ok(()),
        Standing::Expired => Err(ApiError::expired()),
        Standing::Unknown => Err(ApiError::not_authenticated()),
    }
}

fn permitted(
    stand_in: &StandIn,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Result<(), ApiError> {
    let reads =
        *method == Method::GET || path.ends_with("/search") || path.ends_with("/batch/read");
    let parts: Vec<&str> = path.split('/').collect();
    let kind = parts.get(4).and_then(|name| Kind::named(name));
    let scope = match (parts.get(2), kind) {
        (Some(&"objects"), Some(kind)) if reads => kind.read_scope(),
        (Some(&"objects"), Some(kind)) => kind.write_scope(),
        (Some(&"owners"), _) => "crm.objects.owners.read",
        _ => return Ok(()),
    };
    let switches = stand_in.switches();
    if kind == Some(Kind::Lead) && !switches.leads {
        return Err(ApiError::bare(
            StatusCode::FORBIDDEN,
            "You do not have permissions to view object type 0-136",
        ));
    }
    let target = if reads { Target::Reads } else { Target::Writes };
    let on_demand = stand_in
        .faults()
        .take(FaultKind::MissingScopes, target)
        .is_some();
    let grants = stand_in.grants();
    let granted = token(headers)
        .and_then(|token| grants.of_any(token))
        .is_none_or(|grant| grant.scopes.iter().any(|one| one == scope));
    let missing = switches.missing_scopes.iter().any(|one| one == scope);
    if on_demand || missing || !granted {
        return Err(ApiError::missing_scopes(
            &[scope],
            switches.missing_scopes_category,
        ));
    }
    Ok(())
}
