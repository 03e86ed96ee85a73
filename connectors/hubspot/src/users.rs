//! The people who use the account: its owners.
//!
//! `hubspot_owner_id` takes the owner's id, not the user's; the two are different numbers in many
//! accounts. Queues and people who left are no users here.

use linecard_crm::{AdviceCode, Failure, User};
use linecard_http::Purpose;
use serde::Deserialize;

use crate::api::{Api, VERSION};
use crate::kind;
use crate::record::Paging;

/// Pages of 100 owners each: more than any account has. Bounds an answer that names itself as
/// its next page.
const MOST_PAGES: usize = 200;

#[derive(Deserialize)]
struct Owners {
    results: Vec<Owner>,
    #[serde(default)]
    paging: Option<Paging>,
}

/// One of them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub(crate) struct Owner {
    id: String,
    #[serde(rename = "type")]
    kind: Option<String>,
    pub(crate) email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    archived: bool,
}

pub(crate) fn path() -> String {
    format!("/crm/owners/{VERSION}")
}

pub(crate) async fn users(api: &Api) -> Result<Vec<User>, Failure> {
    let mut users = Vec::new();
    let mut after: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let mut query = vec![("limit", "100"), ("archived", "false")];
        if let Some(after) = &after {
            query.push(("after", after));
        }
        let page: Owners = api.get(Purpose::Call, &path(), &query).await?;
        users.extend(page.results.into_iter().filter_map(person));
        after = page.paging.and_then(Paging::after);
        if after.is_none() {
            return Ok(users);
        }
    }
    Err(Failure::refused(AdviceCode::EndlessList))
}

fn person(owner: Owner) -> Option<User> {
    let is_person = owner.kind.as_deref().is_none_or(|kind| kind == "PERSON");
    if !is_person || owner.archived || kind::id(&owner.id).is_err() {
        return None;
    }
    let name = [owner.first_name, owner.last_name]
        .into_iter()
        .flatten()
        .filter(|part| !part.trim().is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let email = owner.email.filter(|email| !email.is_empty());
    let name = if name.is_empty() {
        email.clone().unwrap_or_else(|| owner.id.clone())
    } else {
        name
    };
    Some(User {
        id: owner.id,
        name,
        email,
        is_system: false,
    })
}
