//! The vendor's paths: dated (`/crm/objects/2026-09/...`) and numbered (`/crm/v3/objects/...`)
//! ones mean the same. Each request is brought to the newest form before a route is looked for.

use axum::http::Uri;
use hyper::body::Incoming;

/// The version of every route of the stand-in.
pub(crate) const VERSION: &str = "2026-09";

/// The dated versions that are served.
const DATED: [&str; 2] = ["2026-03", VERSION];

/// Changes the request's address to the newest form, without a slash at the end.
pub(crate) fn newest(mut request: hyper::Request<Incoming>) -> hyper::Request<Incoming> {
    let path = newest_path(request.uri().path());
    let query = request
        .uri()
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    // What cannot be an address stays as it came and finds no route.
    if let Ok(uri) = format!("{path}{query}").parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request
}

fn newest_path(path: &str) -> String {
    let path = path.trim_end_matches('/');
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let (head, rest): (Vec<&str>, &[&str]) = match parts.as_slice() {
        ["crm", "v3" | "v4", "extensions", "calling", rest @ ..] => {
            (vec!["crm", "extensions", "calling", VERSION], rest)
        }
        ["crm", "extensions", "calling", version, rest @ ..] if DATED.contains(version) => {
            (vec!["crm", "extensions", "calling", VERSION], rest)
        }
        ["crm", "v3" | "v4", room, rest @ ..] => (vec!["crm", room, VERSION], rest),
        ["crm", room, version, rest @ ..] if DATED.contains(version) => {
            (vec!["crm", room, VERSION], rest)
        }
        ["account-info", version, rest @ ..] if DATED.contains(version) || *version == "v3" => {
            (vec!["account-info", VERSION], rest)
        }
        ["oauth", "v1" | "v3", "token", rest @ ..] => (vec!["oauth", VERSION, "token"], rest),
        ["oauth", version, rest @ ..] if DATED.contains(version) => (vec!["oauth", VERSION], rest),
        _ if path.is_empty() => return "/".to_owned(),
        _ => return path.to_owned(),
    };
    let parts: Vec<&str> = head.into_iter().chain(rest.iter().copied()).collect();
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_and_dated_paths_mean_the_same() {
        for (path, newest) in [
            (
                "/crm/v3/objects/contacts/search",
                "/crm/objects/2026-09/contacts/search",
            ),
            (
                "/crm/objects/2026-03/contacts/",
                "/crm/objects/2026-09/contacts",
            ),
            (
                "/crm/v4/objects/contact/1/associations/default/company/2",
                "/crm/objects/2026-09/contact/1/associations/default/company/2",
            ),
            ("/crm/v3/owners/", "/crm/owners/2026-09"),
            (
                "/crm/v4/associations/call/lead/labels",
                "/crm/associations/2026-09/call/lead/labels",
            ),
            (
                "/crm/v3/extensions/calling/inbound-call",
                "/crm/extensions/calling/2026-09/inbound-call",
            ),
            ("/account-info/v3/details", "/account-info/2026-09/details"),
            ("/oauth/v1/token", "/oauth/2026-09/token"),
            ("/oauth/v1/access-tokens/abc", "/oauth/v1/access-tokens/abc"),
            ("/oauth/authorize", "/oauth/authorize"),
            ("/", "/"),
        ] {
            assert_eq!(newest_path(path), newest, "{path}");
        }
    }

    #[test]
    fn a_version_that_does_not_exist_is_left_alone() {
        let path = "/crm/objects/1999-01/contacts";
        assert_eq!(newest_path(path), path);
    }
}
