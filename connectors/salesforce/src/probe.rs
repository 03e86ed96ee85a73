//! What the connection may do (A13, A25). Everything is read from Salesforce's own word about
//! objects and fields; nothing is written.

use linecard_crm::{
    Ability, Advice, AdviceCode, Check, Failure, Identity, Module, PersonNeeded, Probe,
};
use linecard_http::Purpose;
use serde_json::{Map, Value};

use crate::api::Api;
use crate::describe::{self, Layout, Layouts};
use crate::identity;
use crate::links;
use crate::task::KEY;

/// What an admin reads, in this order.
const ABILITIES: [Ability; 8] = [
    Ability::ListUsers,
    Ability::ReadContacts,
    Ability::ReadLeads,
    Ability::ReadAccounts,
    Ability::Search,
    Ability::LogCalls,
    Ability::CreateContacts,
    Ability::CreateLeads,
];

/// A number that nobody has: `+1 555 0100 …` is kept free for fiction.
const HARMLESS_SEARCH: &str = "FIND {15550100000} IN PHONE FIELDS RETURNING Contact(Id LIMIT 1)";

/// What a call's Task is written with.
const TASK_FIELDS: [&str; 6] = [
    KEY,
    "Subject",
    "Description",
    "OwnerId",
    "WhoId",
    "ActivityDate",
];

/// Looks at the connection. `layouts` are asked for anew.
pub(crate) async fn probe(api: &Api, layouts: Result<Layouts, Failure>) -> Result<Probe, Failure> {
    let whose = match identity::whose(api).await {
        Ok(whose) => whose,
        // An edition without API, an app that a policy blocks: every line of the list says so.
        Err(
            failure @ Failure::NeedsPerson {
                what: PersonNeeded::Permission,
                ..
            },
        ) => {
            return barred(api, &failure).await;
        }
        Err(failure) => return Err(failure),
    };
    let task = describe::layout(api, Purpose::Call, "Task").await;
    let mut checks = Vec::with_capacity(ABILITIES.len());
    for ability in ABILITIES {
        let result = match ability {
            Ability::ListUsers => ask(api, "SELECT Id FROM User WHERE IsActive=true LIMIT 1").await,
            Ability::ReadContacts => may_read(&layouts, Module::Contact),
            Ability::ReadLeads => may_read(&layouts, Module::Lead),
            Ability::ReadAccounts => may_read(&layouts, Module::Account),
            Ability::Search => search(api).await,
            Ability::LogCalls => may_log(&task),
            Ability::CreateContacts => may_create(&layouts, Module::Contact),
            Ability::CreateLeads => may_create(&layouts, Module::Lead),
        };
        checks.push(Check { ability, result });
    }
    Ok(Probe {
        identity: whose.identity,
        edition: whose.edition,
        checks,
    })
}

async fn barred(api: &Api, failure: &Failure) -> Result<Probe, Failure> {
    let grant = api.grant().await?;
    let check = |ability| Check {
        ability,
        result: Err(failure.clone()),
    };
    Ok(Probe {
        identity: Identity {
            organisation: grant.organisation,
            organisation_name: None,
            user: grant.user,
        },
        edition: None,
        checks: ABILITIES.into_iter().map(check).collect(),
    })
}

async fn ask(api: &Api, soql: &str) -> Result<(), Failure> {
    let page = api.query::<Map<String, Value>>(Purpose::Call, soql).await?;
    if page.records.is_empty() {
        return Err(lacking(AdviceCode::RightUsers));
    }
    Ok(())
}

async fn search(api: &Api) -> Result<(), Failure> {
    let query = [("q", HARMLESS_SEARCH)];
    let found: Result<Value, _> = api.get(Purpose::Call, "search/", &query).await;
    Ok(found.map(|_| ())?)
}

fn layout(layouts: &Result<Layouts, Failure>, module: Module) -> Result<&Layout, Failure> {
    let layouts = layouts.as_ref().map_err(Failure::clone)?;
    layouts
        .of(module)
        .ok_or_else(|| lacking(Advice::about(AdviceCode::RightRead, links::object(module))))
}

fn may_read(layouts: &Result<Layouts, Failure>, module: Module) -> Result<(), Failure> {
    if layout(layouts, module)?.phones.is_empty() {
        let object = links::object(module);
        return Err(lacking(Advice::about(AdviceCode::RightPhones, object)));
    }
    Ok(())
}

fn may_create(layouts: &Result<Layouts, Failure>, module: Module) -> Result<(), Failure> {
    if layout(layouts, module)?.createable {
        return Ok(());
    }
    let object = links::object(module);
    Err(lacking(Advice::about(AdviceCode::RightCreate, object)))
}

fn may_log(task: &Result<Option<Layout>, Failure>) -> Result<(), Failure> {
    let task = task.as_ref().map_err(Failure::clone)?;
    let Some(task) = task.as_ref().filter(|task| task.createable) else {
        return Err(lacking(AdviceCode::RightTasks));
    };
    match TASK_FIELDS.into_iter().find(|field| !task.takes(field)) {
        Some(field) => Err(lacking(Advice::about(AdviceCode::RightFields, field))),
        None => Ok(()),
    }
}

/// The user who signed in has no such right.
fn lacking(right: impl Into<Advice>) -> Failure {
    Failure::advised(PersonNeeded::Permission, right)
}
