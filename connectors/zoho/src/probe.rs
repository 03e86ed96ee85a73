//! What the connection may do (A13, A25). Nothing is written: Zoho's own word is read.

use linecard_crm::{
    Ability, Advice, AdviceCode, Check, Failure, Identity, Module, PersonNeeded, Probe,
};
use linecard_http::Purpose;
use serde::Deserialize;
use serde_json::Value;

use crate::api::Api;
use crate::ask::Ask;
use crate::layout::Layouts;
use crate::log::NEEDED;
use crate::modules::{self, CALLS};
use crate::users;

#[derive(Deserialize)]
struct Organisations {
    org: Vec<Organisation>,
}

#[derive(Deserialize)]
struct Organisation {
    id: String,
    #[serde(default)]
    company_name: Option<String>,
    #[serde(default)]
    license_details: Option<License>,
}

#[derive(Deserialize)]
struct License {
    #[serde(default)]
    paid_type: Option<String>,
}

#[derive(Deserialize)]
struct Users {
    users: Vec<User>,
}

#[derive(Deserialize)]
struct User {
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    full_name: Option<String>,
}

#[derive(Deserialize)]
struct Modules {
    #[serde(default)]
    modules: Vec<Rights>,
}

/// What the user who gave consent may do in a module.
#[derive(Deserialize)]
struct Rights {
    api_name: String,
    #[serde(default)]
    creatable: bool,
}

pub(crate) async fn probe(api: &Api, layouts: &Layouts, deep: bool) -> Result<Probe, Failure> {
    let organisation = read::<Organisations>(api, Ask::get(Purpose::Call, "org"))
        .await?
        .org
        .into_iter()
        .next()
        .ok_or_else(|| missing("its organisation"))?;
    let acting = Ask::get(Purpose::Call, "users").with("type", "CurrentUser");
    let user = read::<Users>(api, acting)
        .await?
        .users
        .into_iter()
        .next()
        .and_then(|user| user.email.or(user.full_name))
        .ok_or_else(|| missing("who signed in"))?;
    let rights = rights(api).await;
    let mut checks = vec![check(Ability::ListUsers, tried(api, users::ask(1)).await)];
    for (module, ability) in [
        (Module::Contact, Ability::ReadContacts),
        (Module::Lead, Ability::ReadLeads),
        (Module::Account, Ability::ReadAccounts),
    ] {
        let read = tried(api, list(modules::name(module))).await;
        checks.push(check(ability, read));
    }
    let calls = match creatable(&rights, CALLS) {
        Ok(()) => may_log(api, layouts).await,
        refused => refused,
    };
    checks.extend([
        check(Ability::LogCalls, calls),
        check(Ability::CreateContacts, creatable(&rights, "Contacts")),
        check(Ability::CreateLeads, creatable(&rights, "Leads")),
        check(Ability::Search, may_search(api, deep).await),
    ]);
    Ok(Probe {
        identity: Identity {
            organisation: organisation.id,
            organisation_name: organisation.company_name,
            user,
        },
        edition: organisation
            .license_details
            .and_then(|license| license.paid_type),
        checks,
    })
}

fn check(ability: Ability, result: Result<(), Failure>) -> Check {
    Check { ability, result }
}

async fn rights(api: &Api) -> Result<Vec<Rights>, Failure> {
    let ask = Ask::get(Purpose::Call, "settings/modules");
    Ok(read::<Modules>(api, ask).await?.modules)
}

fn creatable(rights: &Result<Vec<Rights>, Failure>, module: &str) -> Result<(), Failure> {
    let rights = rights.as_ref().map_err(Clone::clone)?;
    if rights
        .iter()
        .any(|rights| rights.api_name == module && rights.creatable)
    {
        return Ok(());
    }
    Err(lacking(AdviceCode::RightCreate, module))
}

/// Calls can be read, and have every field that Linecard needs: Zoho takes a field that does not
/// exist without a word, and a call without description could never be found again.
async fn may_log(api: &Api, layouts: &Layouts) -> Result<(), Failure> {
    tried(api, list(CALLS)).await?;
    let layout = layouts.of(api, CALLS, Purpose::Call).await?;
    let hidden: Vec<&str> = NEEDED
        .into_iter()
        .filter(|field| !layout.has(field))
        .collect();
    if hidden.is_empty() {
        return Ok(());
    }
    Err(lacking(AdviceCode::RightFields, hidden.join(", ")))
}

async fn may_search(api: &Api, deep: bool) -> Result<(), Failure> {
    let search = Ask::get(Purpose::Call, "Contacts/search")
        .with("criteria", "(Last_Name:equals:Linecard)")
        .with("fields", "id")
        .with("per_page", "1");
    tried(api, search).await?;
    if deep {
        let query = "select id from Contacts where Last_Name = 'Linecard' limit 0, 1";
        let question = serde_json::json!({"select_query": query});
        tried(api, Ask::question(Purpose::Call, "coql", &question)?).await?;
    }
    Ok(())
}

fn list(module: &str) -> Ask {
    Ask::get(Purpose::Call, module)
        .with("fields", "id")
        .with("per_page", "1")
}

async fn tried(api: &Api, ask: Ask) -> Result<(), Failure> {
    api.read::<Value>(&ask).await?;
    Ok(())
}

async fn read<T: serde::de::DeserializeOwned>(api: &Api, ask: Ask) -> Result<T, Failure> {
    api.read(&ask)
        .await?
        .ok_or_else(|| missing("what was asked for"))
}

/// The user who signed in has no such right.
fn lacking(right: AdviceCode, to: impl Into<String>) -> Failure {
    Failure::advised(PersonNeeded::Permission, Advice::about(right, to))
}

fn missing(what: &str) -> Failure {
    Failure::refused(Advice::about(AdviceCode::NotShown, what))
}
