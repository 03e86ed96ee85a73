//! `GET {v}/parameterizedSearch`: a search whose parts are parameters.

use std::collections::BTreeMap;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;

use super::search::answer;
use crate::salesforce::errors::ApiError;
use crate::salesforce::sosl::{self, Returning, Search};
use crate::salesforce::stand_in::StandIn;

/// `?q=…&in=PHONE&sobject=Contact&Contact.fields=Id,Name&Contact.where=…&Contact.limit=5`.
pub(super) async fn search(
    State(stand_in): State<StandIn>,
    Path(version): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = query.unwrap_or_default();
    let mut objects = Vec::new();
    let mut rest = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        if name == "sobject" {
            objects.extend(value.split(',').map(|one| one.trim().to_owned()));
        } else {
            rest.insert(name.to_ascii_lowercase(), value.into_owned());
        }
    }
    let get = |name: &str| rest.get(&name.to_ascii_lowercase()).map(String::as_str);
    let mut returning = Vec::new();
    for object in &objects {
        let fields = get(&format!("{object}.fields")).or(get("fields"));
        let limit = get(&format!("{object}.limit")).or(get("defaultLimit"));
        let filter = get(&format!("{object}.where"));
        returning.push(Returning::from_parts(object, fields, filter, limit)?);
    }
    let search = Search::from_parts(
        get("q").unwrap_or_default(),
        get("in"),
        returning,
        get("overallLimit"),
    )?;
    let found = sosl::run(&search, &stand_in.organisation().records, &version);
    Ok(answer(&version, found))
}
