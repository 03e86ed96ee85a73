//! Who calls the API: checks the token, the scopes and the limits.

use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::zoho::errors::ApiError;
use crate::zoho::stand_in::StandIn;
use crate::zoho::times;

/// The user behind a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Session {
    pub(crate) user: u64,
}

/// Lets a request through to its handler, with its [`Session`].
pub(super) async fn admit(
    State(stand_in): State<StandIn>,
    OriginalUri(uri): OriginalUri,
    mut request: Request,
    next: Next,
) -> Response {
    let (_under_way, count) = stand_in.begin();
    let switches = stand_in.switches();
    if switches.concurrency > 0 && count > switches.concurrency {
        return ApiError::too_many().into_response();
    }
    if switches.daily_credits > 0 && stand_in.credits() > switches.daily_credits {
        return ApiError::limit_exceeded().into_response();
    }
    let now = stand_in.now();
    let found = token(request.headers()).and_then(|token| {
        let organisation = stand_in.organisation();
        let (grant, ends) = organisation.grants.of_access_token(token, now)?;
        Some((grant.user, grant.scopes.clone(), ends))
    });
    let Some((user, scopes, ends)) = found else {
        return ApiError::invalid_token().into_response();
    };
    let wanted = wanted(request.method(), uri.path());
    if !wanted
        .iter()
        .all(|wanted| scopes.iter().any(|scope| covers(scope, wanted)))
    {
        return ApiError::scope_mismatch().into_response();
    }
    request.extensions_mut().insert(Session { user });
    let mut response = next.run(request).await;
    if let Ok(ends) = HeaderValue::from_str(&times::written(ends, &stand_in.zone())) {
        response.headers_mut().insert("x-accesstoken-reset", ends);
    }
    response
}

/// The access token. Only Zoho's own scheme opens the door; what Zoho does with `Bearer` is not
/// known.
fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Zoho-oauthtoken ").map(str::trim)
}

/// The scopes that a request needs.
fn wanted(method: &Method, path: &str) -> Vec<String> {
    let path: Vec<&str> = path
        .trim_start_matches("/crm/v8/")
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let of = |scope: &str| vec![scope.to_owned()];
    match path.as_slice() {
        ["org", ..] => of("ZohoCRM.org.READ"),
        ["users", ..] => of("ZohoCRM.users.READ"),
        ["settings", "fields", ..] => of("ZohoCRM.settings.fields.READ"),
        ["settings", ..] => of("ZohoCRM.settings.modules.READ"),
        ["coql"] => of("ZohoCRM.coql.READ"),
        ["actions", ..] => of("ZohoCRM.notifications.ALL"),
        [module, rest @ ..] => {
            let operation = match (method, rest) {
                (&Method::POST, ["upsert"]) => vec!["CREATE", "UPDATE"],
                (&Method::POST, _) => vec!["CREATE"],
                (&Method::PUT, _) => vec!["UPDATE"],
                (&Method::DELETE, _) => vec!["DELETE"],
                _ => vec!["READ"],
            };
            let module = module.to_ascii_lowercase();
            let mut wanted: Vec<String> = operation
                .into_iter()
                .map(|operation| format!("ZohoCRM.modules.{module}.{operation}"))
                .collect();
            if rest == ["search"] {
                wanted.push("ZohoSearch.securesearch.READ".to_owned());
            }
            wanted
        }
        [] => Vec::new(),
    }
}

fn covers(scope: &str, wanted: &str) -> bool {
    if scope == wanted || scope == "*" {
        return true;
    }
    let Some((group, _)) = wanted.rsplit_once('.') else {
        return false;
    };
    let all = |group: &str| scope == format!("{group}.ALL");
    all(group) || group.rsplit_once('.').is_some_and(|(outer, _)| all(outer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_needs_a_scope_beside_the_modules() {
        assert_eq!(
            wanted(&Method::GET, "/crm/v8/Contacts/search"),
            [
                "ZohoCRM.modules.contacts.READ",
                "ZohoSearch.securesearch.READ"
            ]
        );
        assert_eq!(
            wanted(&Method::POST, "/crm/v8/Calls"),
            ["ZohoCRM.modules.calls.CREATE"]
        );
    }

    #[test]
    fn a_scope_for_all_covers_each() {
        let wanted = "ZohoCRM.modules.calls.CREATE";
        for scope in [
            wanted,
            "ZohoCRM.modules.calls.ALL",
            "ZohoCRM.modules.ALL",
            "*",
        ] {
            assert!(covers(scope, wanted), "{scope}");
        }
        for scope in ["ZohoCRM.modules.calls.READ", "ZohoCRM.modules.leads.ALL"] {
            assert!(!covers(scope, wanted), "{scope}");
        }
    }
}
