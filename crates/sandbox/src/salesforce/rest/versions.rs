//! Which versions of the API there are, and what one of them has.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::session::Session;
use crate::salesforce::errors::{ApiError, json_answer};
use crate::salesforce::stand_in::StandIn;

/// The newest version.
pub(crate) const NEWEST: &str = "v66.0";

const FIRST: u32 = 31;
const LAST: u32 = 66;

/// The number in `v66.0`.
pub(crate) fn number(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.strip_suffix(".0")?.parse().ok()
}

pub(super) fn supported(version: &str, retired: StatusCode) -> Result<(), ApiError> {
    match number(version) {
        Some(FIRST..=LAST) => Ok(()),
        Some(old) if old < FIRST => Err(ApiError::new(
            retired,
            "UNSUPPORTED_API_VERSION",
            format!("API version {old}.0 is retired"),
        )),
        _ => Err(ApiError::not_found()),
    }
}

/// Three versions a year: `Spring '26` is 66, `Winter '26` 65, `Summer '25` 64.
fn label(version: u32) -> String {
    let (season, year) = match version % 3 {
        0 => ("Spring", version / 3 + 4),
        1 => ("Summer", version / 3 + 4),
        _ => ("Winter", version / 3 + 5),
    };
    format!("{season} '{year}")
}

/// `GET /services/data`; needs no token.
pub(super) async fn versions() -> Response {
    let versions: Vec<Value> = (FIRST..=LAST)
        .map(|version| {
            json!({
                "label": label(version),
                "url": format!("/services/data/v{version}.0"),
                "version": format!("{version}.0"),
            })
        })
        .collect();
    json_answer(StatusCode::OK, &versions.into())
}

/// `GET {v}`: the resources, and who asks.
pub(super) async fn resources(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Path(version): Path<String>,
) -> Response {
    let base = format!("/services/data/{version}");
    let organisation = stand_in.organisation().id();
    let identity = format!("{}/id/{organisation}/{}", stand_in.base_url(), session.user);
    let answer = json!({
        "sobjects": format!("{base}/sobjects"),
        "query": format!("{base}/query"),
        "queryAll": format!("{base}/queryAll"),
        "search": format!("{base}/search"),
        "parameterizedSearch": format!("{base}/parameterizedSearch"),
        "composite": format!("{base}/composite"),
        "limits": format!("{base}/limits"),
        "identity": identity,
    });
    json_answer(StatusCode::OK, &answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_called_after_its_season() {
        assert_eq!(label(66), "Spring '26");
        assert_eq!(label(65), "Winter '26");
        assert_eq!(label(64), "Summer '25");
        assert_eq!(label(31), "Summer '14");
    }

    #[test]
    fn only_the_versions_listed_are_served() {
        let supported = |version| supported(version, StatusCode::NOT_FOUND);
        assert!(supported("v31.0").is_ok());
        assert!(supported("v66.0").is_ok());
        for version in ["v30.0", "v67.0", "66.0", "v66", "v66.5", ""] {
            assert!(supported(version).is_err(), "{version}");
        }
    }
}
