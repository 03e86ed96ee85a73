//! What changed in a module, and records by their ids.

use jiff::Timestamp;
use linecard_crm::{Changes, Cursor, Failure, LabelledNumber, Module, Person};
use linecard_http::Purpose;
use serde_json::{Value, json};

use crate::api::{Api, objects};
use crate::cursor::{Last, Position};
use crate::kind::{self, Kind};
use crate::links::Pages;
use crate::person::{person, properties};
use crate::record::{Found, Object};
use crate::refusal::Refusal;
use crate::search;

/// The longest page of a search.
const LONGEST_PAGE: usize = 200;

/// The greatest number of records in a batch.
const MOST_AT_ONCE: usize = 100;

/// One page of changes. Leads give nothing: the number of a lead is its contact's, who comes
/// with the contacts.
pub(crate) async fn changed(
    api: &Api,
    module: Module,
    cursor: Option<&Cursor>,
) -> Result<Changes, Failure> {
    let position = Position::of(cursor, api.now());
    if module == Module::Lead {
        return Ok(Changes {
            changed: Vec::new(),
            next: position.cursor(),
            more: false,
            total: None,
        });
    }
    let kind = Kind::from(module);
    let found: Found = api
        .search(Purpose::Sync, kind, &body(&position, kind, module))
        .await?;
    let pages = api.pages();
    let people = found
        .results
        .iter()
        .filter_map(|object| person(object, module, &pages))
        .collect();
    let total = match position {
        Position::First { read, .. } => found.total.map(|rest| rest.saturating_add(read)),
        _ => None,
    };
    let is_full = found.results.len() >= LONGEST_PAGE || found.after().is_some();
    let count = u64::try_from(found.results.len()).unwrap_or(u64::MAX);
    let last = found
        .results
        .iter()
        .rev()
        .find_map(|object| last(object, kind));
    let (next, more) = position.past(count, last, is_full, api.now());
    Ok(Changes {
        changed: people,
        next: next.cursor(),
        more,
        total,
    })
}

fn last(object: &Object, kind: Kind) -> Option<Last> {
    Some(Last {
        id: object.id.parse().ok()?,
        modified: object.modified(kind).unwrap_or(Timestamp::UNIX_EPOCH),
    })
}

fn body(position: &Position, kind: Kind, module: Module) -> Value {
    let by_id = |above: u64| search::filter("hs_object_id", "GT", &above.to_string());
    let (filters, sort) = match position {
        Position::First { above, .. } => (vec![by_id(*above)], "hs_object_id"),
        Position::Moment { at, above } => {
            let same = search::filter(kind.modified(), "EQ", &at.to_string());
            (vec![same, by_id(*above)], "hs_object_id")
        }
        Position::Pass { .. } | Position::Next { .. } => {
            let from = position.from().unwrap_or_default().to_string();
            (
                vec![search::filter(kind.modified(), "GTE", &from)],
                kind.modified(),
            )
        }
    };
    let sort = json!({"propertyName": sort, "direction": "ASCENDING"});
    search::body(
        &[search::all(&filters)],
        properties(module),
        &[sort],
        LONGEST_PAGE,
    )
}

/// The records with these ids; those that are gone are left out.
pub(crate) async fn read(
    api: &Api,
    module: Module,
    ids: &[String],
) -> Result<Vec<Person>, Failure> {
    let mut people = Vec::with_capacity(ids.len());
    for ids in ids.chunks(MOST_AT_ONCE) {
        let objects = batch(api, module.into(), ids, properties(module)).await?;
        let pages = api.pages();
        for object in &objects {
            let Some(mut person) = person(object, module, &pages) else {
                continue;
            };
            if module == Module::Lead {
                person.numbers = numbers_of_lead(api, &object.id, &pages).await?;
            }
            people.push(person);
        }
    }
    Ok(people)
}

/// The records that are there. A merged one is told as the one it was merged into.
pub(crate) async fn batch(
    api: &Api,
    kind: Kind,
    ids: &[String],
    properties: &[&str],
) -> Result<Vec<Object>, Failure> {
    let inputs: Vec<Value> = ids
        .iter()
        .filter(|id| kind::id(id).is_ok())
        .map(|id| json!({"id": id}))
        .collect();
    if inputs.is_empty() {
        return Ok(Vec::new());
    }
    let body = json!({"inputs": inputs, "properties": properties});
    match api
        .post_read::<Found>(Purpose::Sync, &objects(kind, "/batch/read"), &body)
        .await
    {
        Ok(found) => Ok(found.results),
        // None of them is there.
        Err(Refusal::NotThere { .. }) => Ok(Vec::new()),
        Err(refusal) => Err(refusal.into()),
    }
}

/// A lead's numbers are those of its contact.
async fn numbers_of_lead(
    api: &Api,
    id: &str,
    pages: &Pages,
) -> Result<Vec<LabelledNumber>, Failure> {
    let path = objects(Kind::Lead, &format!("/{}", kind::id(id)?));
    let query = [("associations", "contacts")];
    let lead: Object = match api.get(Purpose::Sync, &path, &query).await {
        Ok(lead) => lead,
        Err(Refusal::NotThere { .. }) => return Ok(Vec::new()),
        Err(refusal) => return Err(refusal.into()),
    };
    let contacts = lead.associations.get("contacts");
    let ids: Vec<String> = contacts
        .iter()
        .flat_map(|linked| &linked.results)
        .take(1)
        .map(|contact| contact.id.clone())
        .collect();
    let contacts = batch(api, Kind::Contact, &ids, properties(Module::Contact)).await?;
    Ok(contacts
        .iter()
        .filter_map(|object| person(object, Module::Contact, pages))
        .flat_map(|person| person.numbers)
        .collect())
}
