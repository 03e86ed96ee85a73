//! Who the connection acts as.
//!
//! The identity address would need a scope of its own; these two queries need only `api`.

use linecard_crm::{Failure, Identity};
use serde::Deserialize;

use crate::api::Api;
use crate::escape;

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "Id")]
    id: String,
    #[serde(default, rename = "Name")]
    name: Option<String>,
}

#[derive(Deserialize)]
struct UserRow {
    #[serde(rename = "Username")]
    username: String,
}

pub(crate) async fn identity(api: &Api) -> Result<Identity, Failure> {
    let user = api.user().await?;
    let organisation = api
        .query::<Row>("SELECT Id,Name FROM Organization LIMIT 1")
        .await?
        .records
        .into_iter()
        .next()
        .ok_or_else(|| missing("the organisation"))?;
    let soql = format!(
        "SELECT Username FROM User WHERE Id='{}'",
        escape::id(&user)?
    );
    let user = api
        .query::<UserRow>(&soql)
        .await?
        .records
        .into_iter()
        .next()
        .ok_or_else(|| missing("the user who signed in"))?;
    Ok(Identity {
        organisation: organisation.id,
        organisation_name: organisation.name,
        user: user.username,
    })
}

fn missing(what: &str) -> Failure {
    Failure::Refused {
        words: format!("Salesforce does not show {what}"),
    }
}
