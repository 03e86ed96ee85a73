//! What the connection may do (A13, A25).
//!
//! Reading is tried with one record. Writing is tried with an empty batch, which HubSpot refuses
//! either way: for the missing scope, or because there is nothing in it. Nothing is written.

use http::Method;
use linecard_crm::{Ability, Check, Failure, Identity, PersonNeeded, Probe};
use linecard_http::Purpose;
use serde_json::{Value, json};

use crate::account::{self, Account};
use crate::api::{Api, objects};
use crate::kind::Kind;
use crate::known::Known;
use crate::refusal::Refusal;
use crate::search;
use crate::users::{self, Owner};

/// Looks at the connection. What was known of the account is asked for anew.
pub(crate) async fn probe(api: &Api, known: &Known) -> Result<Probe, Failure> {
    let account: Account = api.get(Purpose::Call, &account::path(), &[]).await?;
    let user = user(api).await?;
    let mut checks = vec![
        Check {
            ability: Ability::ListUsers,
            result: reads(api, &users::path()).await?,
        },
        Check {
            ability: Ability::ReadContacts,
            result: reads(api, &objects(Kind::Contact, "")).await?,
        },
        Check {
            ability: Ability::ReadAccounts,
            result: reads(api, &objects(Kind::Company, "")).await?,
        },
        Check {
            ability: Ability::Search,
            result: searches(api).await?,
        },
        Check {
            ability: Ability::LogCalls,
            result: writes(api, Kind::Call).await?,
        },
        Check {
            ability: Ability::CreateContacts,
            result: writes(api, Kind::Contact).await?,
        },
    ];
    if known.has_leads(api, Purpose::Call).await? {
        checks.push(Check {
            ability: Ability::ReadLeads,
            result: Ok(()),
        });
    }
    Ok(Probe {
        identity: Identity {
            organisation: account.portal_id.to_string(),
            organisation_name: None,
            user,
        },
        edition: account.edition,
        checks,
    })
}

/// Who gave consent: the e-mail address where the account tells it.
async fn user(api: &Api) -> Result<String, Failure> {
    let user = api.grant().await?.user;
    if crate::kind::id(&user).is_err() {
        return Ok(user);
    }
    let path = format!("{}/{user}", users::path());
    let owner: Result<Owner, Refusal> = api
        .get(Purpose::Call, &path, &[("idProperty", "userId")])
        .await;
    Ok(owner.ok().and_then(|owner| owner.email).unwrap_or(user))
}

async fn reads(api: &Api, path: &str) -> Result<Result<(), Failure>, Failure> {
    let answer: Result<Value, Refusal> = api.get(Purpose::Call, path, &[("limit", "1")]).await;
    told(answer)
}

async fn searches(api: &Api) -> Result<Result<(), Failure>, Failure> {
    let body = search::body(&[], &["hs_object_id"], &[], 1);
    let answer: Result<Value, Refusal> = api.search(Purpose::Call, Kind::Contact, &body).await;
    told(answer)
}

async fn writes(api: &Api, kind: Kind) -> Result<Result<(), Failure>, Failure> {
    let path = objects(kind, "/batch/create");
    let nothing = json!({"inputs": []});
    let answer: Result<Value, Refusal> = api
        .write(Purpose::Call, Method::POST, &path, &nothing)
        .await;
    match answer {
        Err(Refusal::Failed(Failure::Refused { .. }) | Refusal::Unexplained { .. }) => Ok(Ok(())),
        answer => told(answer),
    }
}

/// A refusal belongs to the list; that HubSpot is not there, or knows no such token, does not.
fn told(answer: Result<Value, Refusal>) -> Result<Result<(), Failure>, Failure> {
    match answer.map_err(Failure::from) {
        Ok(_) => Ok(Ok(())),
        Err(
            failure @ (Failure::Refused { .. }
            | Failure::NeedsPerson {
                what: PersonNeeded::Permission,
                ..
            }),
        ) => Ok(Err(failure)),
        Err(failure) => Err(failure),
    }
}
