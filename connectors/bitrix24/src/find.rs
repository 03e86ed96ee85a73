//! Who calls: a search for the number, and one batch that reads what it found.
//!
//! The search makes candidates only. A record counts when one of its phones, read with the
//! company's plan, is the very number that was asked for.

use std::collections::BTreeMap;

use linecard_crm::{Failure, Module, Record};
use linecard_http::Purpose;
use linecard_number::{Phone, Plan};
use serde_json::{Value, json};
use url::Url;

use crate::api::{Api, Given};
use crate::command::{Command, reference};
use crate::family::{COMPANY, Families, Family, ID, List, TITLE};
use crate::php;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::spellings::spellings;

/// The search gives at most this many of a kind, and when one kind is full it leaves out the
/// kinds that come later (REST documentation, "crm.duplicate.findbycomm").
const FULL: usize = 20;

/// In which order the search fills its answer.
const ORDER: [(Module, &str); 3] = [
    (Module::Lead, "LEAD"),
    (Module::Contact, "CONTACT"),
    (Module::Account, "COMPANY"),
];

/// Of how many contacts the company's name is asked for in the same batch. One number seldom has
/// more.
const NAMED: usize = 5;

/// The ids that the search found, best kind first.
type Found = BTreeMap<Module, Vec<u64>>;

/// Every record that holds `phone`, the best match first.
pub(crate) async fn find(
    api: &Api,
    families: &Families,
    plan: &Plan,
    portal: &Url,
    phone: &Phone,
) -> Result<Vec<Record>, Failure> {
    let found = candidates(api, plan, phone).await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let (family, fates) = families
        .batch(api, Purpose::Call, |family| reading(family, &found))
        .await?;
    let mut fates = fates.into_iter();
    let mut lists = Vec::with_capacity(found.len());
    for module in found.keys() {
        let given = fates.next().transpose()?.unwrap_or_default();
        lists.push((*module, family.rows(&given)?));
    }
    // A company that is missing or may not be read is no failure.
    let names = fates
        .filter_map(Result::ok)
        .filter_map(|given| company(family, &given));
    let names: BTreeMap<u64, String> = names.collect();

    let mut ranked: Vec<(Module, Record)> = Vec::new();
    for (module, rows) in &lists {
        for row in rows
            .iter()
            .filter_map(|fields| Row::read(*module, family, fields))
        {
            if row.is_converted() {
                continue;
            }
            if let Some(number) = row.holds(phone, plan) {
                let company = row.company_id().and_then(|id| names.get(&id).cloned());
                ranked.push((*module, row.record(number, company, portal)));
            }
        }
    }
    let read: usize = lists.iter().map(|(_, rows)| rows.len()).sum();
    let hidden = found
        .values()
        .map(Vec::len)
        .sum::<usize>()
        .saturating_sub(read);
    if hidden > 0 {
        tracing::info!(
            hidden,
            "the webhook's user may not read some records that hold a caller's number"
        );
    }
    // Contact, lead, account; among equals the one that changed last.
    ranked.sort_by(|(one, first), (other, second)| {
        one.cmp(other)
            .then_with(|| second.modified.cmp(&first.modified))
    });
    Ok(ranked.into_iter().map(|(_, record)| record).collect())
}

/// The ids of everything that may hold the number.
async fn candidates(api: &Api, plan: &Plan, phone: &Phone) -> Result<Found, Failure> {
    let search = |only: Option<&str>| {
        let mut params = json!({"type": "PHONE", "values": spellings(phone, plan)});
        if let Some(only) = only {
            params["entity_type"] = only.into();
        }
        Command::new("crm.duplicate.findbycomm", params)
    };
    let given = api.call(Purpose::Call, &search(None)).await?;
    let mut found = ids(&given.result);
    let is_full =
        |(module, _): &(Module, &str)| found.get(module).is_some_and(|ids| ids.len() >= FULL);
    let left_out: Vec<&str> = match ORDER.iter().position(is_full) {
        Some(place) => ORDER
            .iter()
            .skip(place + 1)
            .filter(|(module, _)| !found.contains_key(module))
            .map(|(_, name)| *name)
            .collect(),
        None => Vec::new(),
    };
    if !left_out.is_empty() {
        let again: Vec<Command> = left_out.iter().map(|only| search(Some(only))).collect();
        for fate in api.batch(Purpose::Call, &again).await? {
            found.append(&mut ids(&fate?.result));
        }
    }
    Ok(found)
}

/// `{"CONTACT": [275]}`; without a hit it is an empty list.
fn ids(result: &Value) -> Found {
    ORDER
        .into_iter()
        .filter_map(|(module, name)| {
            let list = php::values(result.get(name)?);
            let ids: Vec<u64> = list.into_iter().filter_map(php::id).collect();
            (!ids.is_empty()).then_some((module, ids))
        })
        .collect()
}

/// Reads what was found, and the names of the contacts' companies by reference.
fn reading(family: Family, found: &Found) -> Vec<Command> {
    let list = |(module, ids): (&Module, &Vec<u64>)| {
        family.list(&List::new(*module, vec![("@", ID, json!(ids))]))
    };
    let mut commands: Vec<Command> = found.iter().map(list).collect();
    let contacts = found.keys().position(|module| *module == Module::Contact);
    let many = found.get(&Module::Contact).map_or(0, Vec::len).min(NAMED);
    if let Some(place) = contacts {
        for contact in 0..many {
            let path = family.path(contact, COMPANY);
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            commands.push(one_company(family, &reference(place, &path)));
        }
    }
    commands
}

fn one_company(family: Family, id: &str) -> Command {
    match family {
        Family::Item => Command::new("crm.item.get", json!({"entityTypeId": 4, "id": id})),
        Family::Classic => Command::new("crm.company.get", json!({"id": id})),
    }
}

fn company(family: Family, given: &Given) -> Option<(u64, String)> {
    let fields = match family {
        Family::Item => given.result.get("item")?,
        Family::Classic => &given.result,
    };
    let id = php::id(fields.get(ID.of(family))?)?;
    Some((id, php::text(fields.get(TITLE.of(family))?)?.to_owned()))
}

/// The names of companies, by their ids; those that may not be read are left out.
pub(crate) async fn company_names(
    api: &Api,
    families: &Families,
    purpose: Purpose,
    ids: &[u64],
) -> Result<BTreeMap<u64, String>, Failure> {
    let mut names = BTreeMap::new();
    let pages: Vec<&[u64]> = ids.chunks(crate::command::MOST).collect();
    for pages in pages.chunks(crate::command::MOST) {
        let commands = |family: Family| {
            let page = |ids: &&[u64]| {
                family.list(&List::new(Module::Account, vec![("@", ID, json!(ids))]))
            };
            pages.iter().map(page).collect()
        };
        let (family, fates) = families.batch(api, purpose, commands).await?;
        for fate in fates {
            let rows = match fate {
                Ok(given) => family.rows(&given)?,
                // The webhook's user may not see companies: the contacts count all the same.
                Err(Refusal::Failed(Failure::Refused { .. }) | Refusal::NotFound { .. }) => {
                    continue;
                }
                Err(refusal) => return Err(refusal.into()),
            };
            names.extend(
                rows.iter()
                    .filter_map(|fields| Row::read(Module::Account, family, fields))
                    .map(|row| (row.id(), row.name())),
            );
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_read_in_one_batch_with_the_companies_names() {
        let found = ids(&json!({"CONTACT": [275, "2297"], "LEAD": [7], "DEAL": [1]}));
        let methods: Vec<String> = reading(Family::Item, &found)
            .iter()
            .map(|command| format!("{} {}", command.method, command.params))
            .collect();
        assert_eq!(methods.len(), 4);
        assert!(methods[0].contains("[275,2297]"), "{}", methods[0]);
        assert!(
            methods[2].contains("$result[0][items][0][companyId]"),
            "{}",
            methods[2]
        );
        assert!(
            methods[3].contains("$result[0][items][1][companyId]"),
            "{}",
            methods[3]
        );
    }

    #[test]
    fn no_hit_is_an_empty_list_and_odd_ids_are_none() {
        assert!(ids(&json!([])).is_empty());
        assert!(ids(&json!({"CONTACT": []})).is_empty());
        assert!(ids(&json!({"CONTACT": ["x", null, 0]})).is_empty());
    }
}
