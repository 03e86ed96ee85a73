//! Who the connection acts as.
//!
//! The identity address would need a scope of its own; these two queries need only `api`.

use linecard_crm::{Advice, AdviceCode, Failure, Identity};
use linecard_http::Purpose;
use serde::Deserialize;

use crate::api::Api;
use crate::escape;

/// The organisation, and the user who gave consent.
pub(crate) struct Whose {
    pub(crate) identity: Identity,
    /// The edition: `Enterprise Edition`.
    pub(crate) edition: Option<String>,
}

#[derive(Deserialize)]
struct OrganisationRow {
    #[serde(rename = "Id")]
    id: String,
    #[serde(default, rename = "Name")]
    name: Option<String>,
    #[serde(default, rename = "OrganizationType")]
    edition: Option<String>,
    #[serde(default, rename = "IsSandbox")]
    is_sandbox: Option<bool>,
}

#[derive(Deserialize)]
struct UserRow {
    #[serde(rename = "Username")]
    username: String,
}

pub(crate) async fn whose(api: &Api) -> Result<Whose, Failure> {
    let user = api.grant().await?.user;
    let soql = "SELECT Id,Name,OrganizationType,IsSandbox FROM Organization LIMIT 1";
    let organisation = api
        .query::<OrganisationRow>(Purpose::Call, soql)
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
        .query::<UserRow>(Purpose::Call, &soql)
        .await?
        .records
        .into_iter()
        .next()
        .ok_or_else(|| missing("the user who signed in"))?;
    let edition = organisation.edition.map(|edition| {
        if organisation.is_sandbox == Some(true) {
            format!("{edition} (sandbox)")
        } else {
            edition
        }
    });
    Ok(Whose {
        identity: Identity {
            organisation: organisation.id,
            organisation_name: organisation.name,
            user: user.username,
        },
        edition,
    })
}

fn missing(what: &str) -> Failure {
    Failure::refused(Advice::about(AdviceCode::NotShown, what))
}
