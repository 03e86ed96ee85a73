//! What a Task is called when it is done; organisations may have their own words.

use linecard_crm::Failure;
use linecard_http::Purpose;
use serde::Deserialize;

use crate::api::Api;
use crate::refusal::Refusal;

/// A new organisation's.
const USUAL: &str = "Completed";

const QUERY: &str = "SELECT ApiName,IsClosed,SortOrder FROM TaskStatus ORDER BY SortOrder";

#[derive(Deserialize)]
struct Status {
    #[serde(rename = "ApiName")]
    name: String,
    #[serde(default, rename = "IsClosed")]
    is_closed: bool,
}

/// The first closed status of a Task.
pub(crate) async fn closed_status(api: &Api) -> Result<String, Failure> {
    let closed = match api.query::<Status>(Purpose::Journal, QUERY).await {
        Ok(page) => page.records.into_iter().find(|status| status.is_closed),
        // The user may not see them; a new organisation's is the best guess.
        Err(Refusal::Rejected(_) | Refusal::UnknownField { .. }) => None,
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(closed.map_or_else(|| USUAL.to_owned(), |status| status.name))
}
